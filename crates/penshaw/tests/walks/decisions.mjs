// Two cabinets decide one proposal: noticed, decided, called in in one of them, and published for anybody to read.
import { choose, day, write } from './fields.mjs'
import { atomEntries, jsonItems } from './feeds.mjs'
import { administratorWithAllRoles } from './people.mjs'

const RESOLUTION = 'That the proposed collaborative ICT shared service model be closed down, and that joint work go on in areas of mutual benefit.'
const STATEMENT = {
  resolution: RESOLUTION,
  reasons: 'Formal integration will not provide the most effective outcomes',
  alternatives: 'To continue the development of a shared service: the result might not meet future needs',
  conflicts: 'None',
  dispensations: 'None'
}
const entry = (kind, owner, reference) => `/estate/${kind}/${owner}/entry/${reference}`

export async function walk (tools) {
  const { step, person } = tools
  const officer = await administratorWithAllRoles(tools)
  await step('See what is to be done by when, in both councils', async () => {
    await officer.open('/')
    await officer.press('Decisions', { within: officer.page.getByRole('navigation') })
    await officer.mustSee('What to do by when', '20 May 2014', '10 June 2014', 'Not legal advice')
    await officer.mustSee('may be decided', 'Not concluded')
  })
  await step('Find nothing public yet, without signing in', async () => {
    const early = await person()
    await early.open('/public')
    await early.mustSee('Nothing has been published yet')
  })
  await step('Publish Sunderland’s notice', () => publish(officer, 'notices', 'SCC', 'N2'))
  await step('Have the report worked out, and publish it', async () => {
    await officer.open('/')
    await officer.press(/^Work (it|everything) out/)
    await officer.follow()
    await officer.open(entry('decisions', 'SCC', 'D2'))
    await officer.press('See what would be published of the report to it')
    await officer.mustSee('What anybody would read', 'EXECUTIVE SUMMARY SHEET – PART I')
    await officer.press('Publish')
    await officer.mustSee('It is public from now on')
  })
  await step('Record what Sunderland’s Cabinet decided', async () => {
    await officer.open(`${entry('decisions', 'SCC', 'D2')}/change`)
    await decide(officer, ['18', '6', '2014'], ['20', '6', '2014'])
  })
  await step('Publish the statement of it', () => publish(officer, 'decisions', 'SCC', 'D2'))
  await step('Call it in', async () => {
    await officer.open('/estate/call_ins/SCC/new')
    await write(officer, { reference: 'CI1', members: '6', reasons: 'The alternatives were not shown with their costs' })
    await choose(officer, 'decision', 'D2')
    await day(officer, 'requested_on', ['26', '6', '2014'])
    await officer.press(/^Save/)
    await officer.open('/decisions')
    await officer.mustSee('1 was called in')
  })
  await step('Scrutiny refers it back, and Cabinet confirms it', async () => {
    await officer.open(`${entry('call_ins', 'SCC', 'CI1')}/change`)
    await choose(officer, 'outcome', 'referred back')
    await day(officer, 'heard_on', ['3', '7', '2014'])
    await choose(officer, 'reconsidered', 'confirmed')
    await day(officer, 'reconsidered_on', ['16', '7', '2014'])
    await write(officer, { reconsidered_reasons: 'The costs were shown and do not change the reasons' })
    await officer.press(/^Save/)
  })
  await step('Durham puts its papers out and decides the same', async () => {
    await officer.open(`${entry('meetings', 'DCC', 'M1')}/change`)
    await choose(officer, 'standing', 'held')
    for (const name of ['notice_published', 'agenda_published']) await day(officer, name, ['8', '7', '2014'])
    await officer.press(/^Save/)
    await officer.open(`${entry('decisions', 'DCC', 'D1')}/change`)
    await decide(officer, ['16', '7', '2014'], ['18', '7', '2014'])
    await publish(officer, 'notices', 'DCC', 'N1')
    await publish(officer, 'decisions', 'DCC', 'D1')
  })
  await step('See that both have concluded, from the later day on', async () => {
    await officer.open('/decisions')
    await officer.mustSee('Concluded: all resolved the same, and it takes effect on 26 July 2014')
  })
  // Another browser: the first may show what it kept for a minute.
  const reader = await person()
  await step('Read it all without signing in', async () => {
    await reader.open('/public')
    await reader.mustSee('Sunderland City Council', 'Durham County Council')
    await reader.press('Decision: Proposed ICT services collaboration: update')
    await reader.mustSee(RESOLUTION, 'Version 1')
    await reader.open('/public/SCC/reports/D2')
    await reader.mustSee('Agree to close down', 'Annex E: Sources', 'This page as PDF or Word')
    await reader.open('/public/SCC/notices/N2')
    await reader.mustSee('A key decision is to be made on behalf of the authority')
  })
  await step('Read the feeds', async () => {
    const forms = [
      ['/public/feed.atom', atomEntries],
      ['/public/feed.json', jsonItems],
      ['/public/records.json', text => JSON.parse(text).records.map(record => record.address)]
    ]
    for (const [path, read] of forms) {
      const answer = await reader.page.request.get(path)
      const text = await answer.text()
      const lists = answer.ok() ? read(text) : []
      for (const wanted of ['/public/SCC/decisions/D2', '/public/SCC/reports/D2', '/public/DCC/decisions/D1']) {
        if (!lists.some(address => address.endsWith(wanted))) throw new Error(`${path} does not list ${wanted}: ${text.slice(0, 200)}`)
      }
    }
  })
  await step('Withdraw a notice, and find its address say so', async () => {
    await officer.open(`${entry('notices', 'DCC', 'N1')}/publish`)
    await write(officer, { reason: 'Replaced by the statement of the decision' })
    await officer.press('Withdraw')
    const answer = await reader.page.request.get('/public/DCC/notices/N1')
    if (answer.status() !== 410) throw new Error(`a withdrawn notice answers ${answer.status()}`)
  })
}

async function decide (officer, decided, published) {
  await write(officer, STATEMENT)
  await choose(officer, 'outcome', 'agreed')
  await day(officer, 'decided_on', decided)
  await day(officer, 'statement_published', published)
  await officer.press(/^Save/)
}

async function publish (officer, kind, owner, reference) {
  await officer.open(entry(kind, owner, reference))
  await officer.press('See what would be published of it, and publish it')
  await officer.press('Publish')
  await officer.mustSee('It is public from now on', 'see the public page')
}
