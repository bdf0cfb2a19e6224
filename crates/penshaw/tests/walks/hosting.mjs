// A hosting agreement goes from proposal to delivery; a recovery test that fails raises an alert.
import { administratorWithAllRoles } from './people.mjs'

const AGREEMENT = '/estate/hosting_agreements/partnership'
const AREAS = ['resilience', 'network', 'appraisal', 'skills', 'inclusion']

export async function walk (tools) {
  const { step } = tools
  const officer = await administratorWithAllRoles(tools)
  await step('Propose a hosting agreement', async () => {
    await officer.open(`${AGREEMENT}/new`)
    await officer.fill({ Reference: 'HA9', Name: 'Sunderland’s telephony at Durham', Site: 'S1', 'Annual price': '6000' })
    await choose(officer, 'Guest', /^SCC|Sunderland/)
    await choose(officer, 'Host', /^DCC|Durham/)
    await choose(officer, 'Standing', /^proposed$/i)
    await officer.press(/^Save/)
    await officer.mustSee('Sunderland’s telephony at Durham')
  })
  for (const standing of [/^agreed$/i, /^in force$/i]) {
    await step(`Bring it to ${standing.source}`, async () => {
      await officer.open(`${AGREEMENT}/entry/HA9/change`)
      await choose(officer, 'Standing', standing)
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
  await step('See the agreement followed up in delivery', async () => {
    await officer.open('/analyses/delivery')
    await officer.mustSee('Sunderland’s telephony at Durham')
  })
  await step('Record a recovery test that failed', async () => {
    await officer.open('/estate/recovery_tests/SCC/new')
    await officer.fill({ Reference: 'T9' })
    await choose(officer, 'Workload', /^W1\b/)
    await day(officer, 'Tested on', ['16', '6', '2014'])
    await choose(officer, 'Result', /^failed$/i)
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

/** Chooses one of few by its radio, one of many from a list. */
async function choose (person, legend, words) {
  const group = person.page.getByRole('group', { name: legend })
  if (await group.count()) return group.getByLabel(words).first().check()
  const list = person.field(legend)
  const options = await list.locator('option').allInnerTexts()
  await list.selectOption({ label: options.find((option) => words.test(option.trim())) })
}

async function day (person, legend, [dayOfMonth, month, year]) {
  const group = person.page.getByRole('group', { name: legend })
  if (!await group.count()) return person.fill({ [legend]: `${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}` })
  for (const [label, value] of [['Day', dayOfMonth], ['Month', month], ['Year', year]]) await group.getByLabel(label).fill(value)
}

/** Follows the first link of the page itself whose address holds these words. */
async function leads (person, words) {
  const link = person.main.locator(`a[href*="${words}"]`).first()
  const address = await link.getAttribute('href')
  await person.open(address)
}
