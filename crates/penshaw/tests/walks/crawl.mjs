// Every page that links lead an administrator with every role to, at the widths of a phone and of a desk.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { lookOver } from './checks.mjs'
import { administratorWithAllRoles } from './people.mjs'

const WIDTHS = [320, 390, 1280]
/** At this width nothing appears that is not there at one of the others, so that axe need not look again. */
const BETWEEN = 390
/** Of pages that differ only in the kind, the owner, the entry or the filter, so many are enough. */
const ALIKE_AT_MOST = 2
const PAGES_AT_MOST = 300
/** Parts of addresses that name a page and nothing that is on it. */
const WORDS = new Set(['entry', 'new', 'change', 'remove', 'table', 'compare', 'verify', 'tokens', 'password', 'invite',
  'read', 'publish', 'downloads', 'papers', 'commitments', 'group', 'suggestions'])
const NO_PAGE = /\.(csv|xlsx|pdf|docx|json|atom|zip|txt|html)$|^\/(api|assets|metrics|sign-|template)/

export async function walk (tools) {
  const { step, screenshots, base } = tools
  const administrator = await administratorWithAllRoles(tools)
  await prepare(administrator, step)
  const waiting = ['/', '/account', '/people', '/audit', '/audit/verify', '/estate/lines/partnership/table?option=O2',
    '/estate/options/partnership/table', '/sharing/SCC/contracts/entry/C01', '/estate/contracts/SCC/entry/C01']
  const known = new Set(waiting)
  const alike = new Map()
  const wrong = []
  let seen = 0
  while (waiting.length && seen < PAGES_AT_MOST) {
    const address = waiting.shift()
    const shape = shapeOf(address)
    if ((alike.get(shape) ?? 0) >= ALIKE_AT_MOST) continue
    alike.set(shape, (alike.get(shape) ?? 0) + 1)
    seen += 1
    console.log(`    ${address}`)
    wrong.push(...await visit(administrator, address, screenshots))
    for (const link of await links(administrator.page, base)) {
      if (!known.has(link) && !NO_PAGE.test(link.split('?')[0])) {
        known.add(link)
        waiting.push(link)
      }
    }
  }
  await step(`Find nothing wrong with ${seen} pages`, () => {
    if (wrong.length) throw new Error(`\n  ${wrong.join('\n  ')}`)
  })
}

/** Something to look at on every kind of page. */
async function prepare (administrator, step) {
  await step('Have everything worked out', async () => {
    await administrator.open('/')
    await administrator.press('Work everything out')
    await administrator.follow()
  })
}

async function visit (person, address, screenshots) {
  const wrong = []
  for (const width of WIDTHS) {
    await person.page.setViewportSize({ width, height: 900 })
    if (width === WIDTHS[0]) {
      const failed = await person.page.goto(address).then(() => '', (why) => why.message.split('\n')[0])
      if (failed) return [...wrong, `${address}: ${failed}`]
    }
    const found = [...person.troubles.splice(0), ...await lookOver(person.page, { accessible: width !== BETWEEN })]
    wrong.push(...found.map((what) => `${address} at ${width} px: ${what}`))
    if (screenshots && width !== WIDTHS[0]) {
      mkdirSync(screenshots, { recursive: true })
      const name = address.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '').slice(0, 100) || 'home'
      await person.page.screenshot({ path: join(screenshots, `${name}.${width}.png`), fullPage: true })
    }
  }
  return wrong
}

async function links (page, base) {
  const found = await page.evaluate(() => [...document.querySelectorAll('a[href]')].map((link) => link.href))
  const ours = found.filter((address) => address.startsWith(`${base}/`)).map((address) => address.slice(base.length))
  return [...new Set(ours.map((address) => address.split('#')[0]))]
}

/** What an address has in common with others of its kind. */
function shapeOf (address) {
  const [path, query = ''] = address.split('?')
  const names = query.split('&').map((pair) => pair.split('=')[0]).filter(Boolean).sort().join('&')
  const [, place, ...parts] = path.split('/')
  // A question has a page of its own look; an entry, an owner and a kind are one like another.
  const fixed = place === 'analyses' ? parts : parts.map((part) => WORDS.has(part) ? part : '*')
  return `/${[place, ...fixed].join('/')}?${names}`
}
