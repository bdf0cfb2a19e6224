// Runs one walk against a server: `node main.mjs WALK --base … --invitation … --out … --example …`.
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { Person } from './person.mjs'

const { values, positionals: [name] } = parseArgs({
  allowPositionals: true,
  options: {
    base: { type: 'string' },
    invitation: { type: 'string' },
    out: { type: 'string' },
    example: { type: 'string' },
    screenshots: { type: 'string' }
  }
})
const { walk } = await import(`./${name}.mjs`)
const browser = await chromium.launch({
  executablePath: process.env.PENSHAW_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync']
})
const people = []
const tools = {
  ...values,
  async person (where = {}) {
    const person = await Person.arrive(browser, { ...values, ...where })
    people.push(person)
    return person
  },
  /** One step: what is done, in words, and the doing of it. */
  async step (words, act) {
    console.log(`  ${words}`)
    try {
      return await act()
    } catch (error) {
      console.log(`FAILED at the step “${words}”: ${error.message}`)
      for (const [place, person] of people.entries()) {
        console.log(`  screenshot: ${await person.picture(`${name}-${words}-${place + 1}`).catch((why) => why.message)}`)
      }
      await browser.close()
      process.exit(1)
    }
  }
}
await walk(tools)
await browser.close()
console.log('done')
