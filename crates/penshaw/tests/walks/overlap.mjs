// Ten suggested matches are reviewed; a saving is adopted by an option, and the appraisal and the report hold it.
import { execFileSync } from 'node:child_process'
import { administratorWithAllRoles } from './people.mjs'

const OPTION = 'O3'
const VERDICTS = [...Array(7).fill('same product'), 'same function only', 'same function only', 'different']

export async function walk (tools) {
  const { step } = tools
  const officer = await administratorWithAllRoles(tools)
  await step('Have everything worked out', async () => {
    await officer.open('/')
    await officer.press('Work everything out')
    await officer.follow()
  })
  const before = await npsv(officer)
  await step('Review ten suggested matches', async () => {
    await officer.open('/analyses/overlap')
    await officer.open('/matches')
    await officer.mustBeAt('Matches to review')
    for (const [place, verdict] of VERDICTS.entries()) {
      await officer.page.locator(`input[name="verdict-${place}"][value="${verdict}"]`).check()
    }
    await officer.page.locator('input[name="reason-0"]').fill('Both bought from the same framework')
    await officer.press('Keep these verdicts')
    await officer.mustSee('The verdict is kept', 'Not yet worked in')
  })
  await step('Work it out again with what was said', async () => {
    await officer.page.locator('input[name="standing"]').first().check()
    await officer.press('Work it out again')
    await officer.follow()
    await officer.open('/matches')
    await officer.mustSee('10 reviewed', 'same function only')
  })
  await step('Split a group, and think better of it', async () => {
    await officer.page.locator('a[href*="/matches/group/"]').first().click()
    await officer.press('Split the group')
    await officer.mustSee('Choose those that are another product')
  })
  const saving = await step('Adopt the first saving that was found', async () => {
    await officer.open('/opportunities')
    const link = officer.main.locator('a[href*="/opportunities/overlap/"]').first()
    const words = (await link.innerText()).trim()
    await officer.open(await link.getAttribute('href'))
    await officer.page.locator('select[name="option"]').selectOption(OPTION)
    await officer.press('Adopt it')
    await officer.mustSee(`Adopted by option ${OPTION}`)
    return words
  })
  await step('Open one of its lines, which says where it came from', async () => {
    const line = officer.main.locator('a[href*="/estate/lines/partnership/entry/"]').first()
    await officer.open(await line.getAttribute('href'))
    await officer.mustSee('overlap/', saving)
  })
  await step('Work everything out with the option as it stands', async () => {
    await officer.open('/analyses')
    await officer.page.locator('input[name="standing"]').first().check()
    await officer.press('Work everything out')
    await officer.follow()
  })
  await step('See the saving in the appraisal and in the report', async () => {
    const after = await npsv(officer)
    if (!(after > before)) throw new Error(`the option's NPSV was ${before} and is ${after}`)
    await officer.open('/report/downloads')
    const path = await officer.download('report.pdf')
    const text = execFileSync('pdftotext', ['-raw', path, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 }).replace(/\s+/g, ' ')
    if (!text.includes(saving.slice(0, 30))) throw new Error(`the report does not name “${saving}”`)
  })
}

/** The expected NPSV of the option in the newest appraisal, in pounds. */
async function npsv (officer) {
  await officer.open('/analyses/appraisal')
  const address = await officer.main.locator('a[href$="/outcome.json"]').first().getAttribute('href')
  const outcome = await (await officer.page.request.get(address)).json()
  const option = outcome.options.find((option) => option.reference === OPTION)
  return option.economic.npsv
}
