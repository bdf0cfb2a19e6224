// Everything is worked out; the appraisal is read, with its charts, each of which has a table.
import { administratorWithAllRoles } from './people.mjs'

export async function walk (tools) {
  const { step } = tools
  const officer = await administratorWithAllRoles(tools)
  await step('Ask for everything to be worked out', async () => {
    await officer.open('/')
    await officer.press('Work everything out')
  })
  await step('Follow how far it has come', async () => {
    await officer.follow()
    await officer.look()
  })
  await step('See where the proposal stands', async () => {
    await officer.open('/')
    await officer.mustSee('Worked out on')
  })
  await step('Read the appraisal', async () => {
    await officer.open('/analyses')
    await officer.open('/analyses/appraisal')
  })
  await step('Find a chart and its table', async () => {
    const charts = await officer.page.locator('main figure svg').count()
    const tables = await officer.page.locator('main table').count()
    if (!charts || !tables) throw new Error(`${charts} charts and ${tables} tables`)
  })
}
