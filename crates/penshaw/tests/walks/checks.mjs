// What every page must pass, whoever comes to it and however wide their window is.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export function isOurs (base, address) {
  return address.startsWith(base)
}

/** What is wrong with the page that is open. Where scripts are switched off, axe cannot run either. */
export async function lookOver (page, options = {}) {
  for (let moved = 0; ; moved += 1) {
    try {
      return await lookedOver(page, options)
    } catch (error) {
      // A page of work under way goes on by itself while it is looked over: then the next one is.
      if (moved === 5 || !error.message.includes('because of a navigation')) throw error
      await page.waitForLoadState()
    }
  }
}

async function lookedOver (page, { scripts = true, accessible = true }) {
  return [...(scripts && accessible ? await accessibility(page) : []), ...await tooWide(page), ...await shape(page)]
}

async function accessibility (page) {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate((rules) => window.axe.run(document, {
    runOnly: { type: 'tag', values: rules }, resultTypes: ['violations']
  }), RULES)
  return violations.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 3).map((node) => `${node.target.join(' ')} — ${node.html.slice(0, 160)}`)
    return `axe ${id}: ${help} (${nodes.length})\n      ${places.join('\n      ')}`
  })
}

/** What makes the whole page scroll sideways. Tables scroll in regions of their own. */
async function tooWide (page) {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= room) return []
    const scrolls = (element) => {
      for (let above = element.parentElement; above; above = above.parentElement) {
        if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(above).overflowX)) return true
      }
      return false
    }
    const wide = [...document.body.querySelectorAll('*')].filter((element) => {
      return element.getBoundingClientRect().right > room + 1 && !scrolls(element)
    })
    const names = wide.slice(-3).map((element) => element.outerHTML.slice(0, 120))
    return [`wider than the window of ${room} px: ${document.documentElement.scrollWidth} px\n      ${names.join('\n      ')}`]
  })
}

/** One heading, which is what the title says first. */
async function shape (page) {
  return page.evaluate(() => {
    const headings = [...document.querySelectorAll('h1')].map((heading) => heading.innerText.trim())
    if (headings.length !== 1) return [`${headings.length} headings of the first level: ${headings.join('; ')}`]
    const title = document.title.replace(/^Error: /, '')
    return title.startsWith(headings[0]) ? [] : [`the title “${title}” does not begin with the heading “${headings[0]}”`]
  })
}
