// A hosting agreement goes from proposal to delivery; a recovery test that fails raises an alert.
import { choose, day, write } from './fields.mjs'
import { administratorWithAllRoles } from './people.mjs'

const AGREEMENT = '/estate/hosting_agreements/partnership'
const NAME = 'Sunderland’s telephony at Durham'
const AREAS = ['resilience', 'network', 'appraisal', 'skills', 'inclusion']

export async function walk (tools) {
  const { step } = tools
  const officer = await administratorWithAllRoles(tools)
  await step('Propose a hosting agreement', async () => {
    await officer.open(`${AGREEMENT}/new`)
    await write(officer, { reference: 'HA9', name: NAME, site: 'S1', annual_price: '6000' })
    for (const [field, value] of [['guest', 'SCC'], ['host', 'DCC'], ['standing', 'proposed']]) await choose(officer, field, value)
    await officer.press(/^Save/)
    await officer.mustSee(NAME)
  })
  for (const standing of ['agreed', 'in force']) {
    await step(`Bring it to ${standing}`, async () => {
      await officer.open(`${AGREEMENT}/entry/HA9/change`)
      await choose(officer, 'standing', standing)
      await officer.press(/^Save/)
    })
  }
  await step('Work everything out', async () => {
    await officer.open('/')
    await officer.press('Work everything out')
    await officer.follow()
  })
  for (const area of AREAS) {
    await step(`Open the analysis of ${area} from the recommendation, and an entry from there`, async () => {
      await officer.open('/recommendation')
      await leads(officer, `/analyses/${area}`)
      await leads(officer, '/entry/')
    })
  }
  await step('Draft the regional strategy', async () => {
    await officer.open('/report')
    await officer.press('Draft the papers beside it')
    await officer.mustSee('Regional infrastructure strategy', 'Update report')
    const answer = await officer.page.request.get('/report/papers/strategy.pdf')
    const bytes = await answer.body()
    if (!answer.ok() || !bytes.subarray(0, 5).equals(Buffer.from('%PDF-'))) throw new Error(`${answer.status()}: no PDF`)
  })
  await step('Record what the report says will happen', async () => {
    await officer.press('What the report says will happen')
    await officer.page.locator('input[name="commitment"]').first().check()
    await officer.press('Record those ticked')
    await officer.mustSee('Saved', 'Recorded', 'CM5')
  })
  await step('See the agreement followed up in delivery', async () => {
    await officer.open('/analyses/delivery')
    await officer.page.locator('input[name="standing"]').first().check()
    await officer.press(/^Work it out/)
    await officer.follow()
    await officer.open('/analyses/delivery')
    await officer.mustSee(NAME)
  })
  await step('Record a recovery test that failed', async () => {
    await officer.open('/estate/recovery_tests/SCC/new')
    await write(officer, { reference: 'T9' })
    await choose(officer, 'workload', 'W1')
    await day(officer, 'tested_on', ['16', '6', '2014'])
    await choose(officer, 'result', 'failed')
    await officer.press(/^Save/)
  })
  await step('Be told of it at home and among what needs attention', async () => {
    await officer.open('/')
    await officer.press(/overdue or has failed|overdue or have failed/)
    await officer.mustBeAt('What needs attention')
    await officer.mustSee('Failed', 'Council tax and business rates')
  })
  await step('Subscribe a calendar to it', async () => {
    await officer.press('Make an address for my calendar')
    const address = (await officer.page.locator('#calendar').innerText()).trim()
    const answer = await officer.page.request.get(new URL(address).pathname)
    const text = await answer.text()
    if (!answer.ok() || !text.includes('BEGIN:VEVENT')) throw new Error(`${answer.status()}: ${text.slice(0, 200)}`)
  })
}

/** Follows the first link of the page itself whose address holds these words. */
async function leads (person, words) {
  const link = person.main.locator(`a[href*="${words}"]`).first()
  const address = await link.getAttribute('href')
  await person.open(address)
}
