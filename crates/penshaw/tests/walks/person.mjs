// A person at a browser: finds things as people do, by their words, and has each page that they come to looked over.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { isOurs, lookOver } from './checks.mjs'
import { code } from './totp.mjs'

/** How long anything may take, in milliseconds. */
const PATIENCE = 30_000
/** How long work in the background may take. */
const LONG_PATIENCE = 240_000

export class Person {
  /**
   * @param {import('playwright-core').Browser} browser
   * @param {{ base: string, out: string, width?: number, scripts?: boolean }} where
   */
  static async arrive (browser, { base, out, width = 1280, scripts = true }) {
    const context = await browser.newContext({
      baseURL: base, viewport: { width, height: 900 }, javaScriptEnabled: scripts, acceptDownloads: true,
      locale: 'en-GB', timezoneId: 'Europe/London', reducedMotion: 'reduce'
    })
    context.setDefaultTimeout(PATIENCE)
    return new Person(await context.newPage(), base, out, scripts)
  }

  constructor (page, base, out, scripts) {
    Object.assign(this, { page, base, out, scripts, troubles: [], key: '' })
    page.on('console', (message) => {
      // A form that is sent back with errors answers 422, which the browser reports too.
      if (message.type() === 'error' && !/status of 4(09|22)/.test(message.text())) {
        this.troubles.push(`console: ${message.text()}`)
      }
    })
    page.on('pageerror', (error) => this.troubles.push(`script: ${error.message}`))
    page.on('response', (response) => {
      const refused = response.status() >= 500 || response.status() === 404
      if (isOurs(base, response.url()) && refused) this.troubles.push(`${response.status()} from ${response.url()}`)
    })
  }

  /** Opens an address. */
  async open (path) {
    await this.page.goto(path)
    await this.look()
  }

  /** Presses a link or a button that leads to another page. */
  async press (words, { within = this.main } = {}) {
    const loaded = this.page.waitForEvent('load')
    loaded.catch(() => {})
    await this.control(words, within).click()
    await loaded
    await this.look()
  }

  /** Waits until the work that the page follows has ended, and the page that it leads to is there. */
  async follow () {
    const ended = () => document.readyState === 'complete' && !document.querySelector('[data-progress]')
    await this.page.waitForFunction(ended, null, { timeout: LONG_PATIENCE })
    await this.look()
  }

  /** What the page itself says, without what stands around every page. */
  get main () {
    return this.page.getByRole('main')
  }

  control (words, within) {
    const named = { name: words, exact: typeof words === 'string' }
    return within.getByRole('button', named).or(within.getByRole('link', named)).first()
  }

  /** A field by its label. */
  field (label, within = this.page) {
    return within.getByLabel(label, { exact: typeof label === 'string' }).first()
  }

  async fill (fields, within = this.page) {
    for (const [label, words] of Object.entries(fields)) await this.field(label, within).fill(words)
  }

  /** Ticks boxes of the group with that legend. */
  async tick (legend, labels) {
    const group = this.page.getByRole('group', { name: legend })
    for (const label of labels) await group.getByLabel(label, { exact: true }).check()
  }

  /** Downloads what a link leads to, and says where it lies. */
  async download (words, { within = this.main } = {}) {
    const coming = this.page.waitForEvent('download')
    coming.catch(() => {})
    await this.control(words, within).click()
    const download = await coming
    mkdirSync(this.out, { recursive: true })
    const path = join(this.out, download.suggestedFilename())
    await download.saveAs(path)
    return path
  }

  /** The heading of the page. */
  async heading () {
    return (await this.page.getByRole('heading', { level: 1 }).first().innerText()).trim()
  }

  async mustBeAt (heading) {
    const found = await this.heading()
    const right = typeof heading === 'string' ? found === heading : heading.test(found)
    if (!right) throw new Error(`the page is headed “${found}”, not “${heading}” (${this.page.url()})`)
  }

  /** Words that must stand on the page. */
  async mustSee (...words) {
    for (const one of words) await this.page.getByText(one).first().waitFor({ state: 'attached' })
  }

  /** Words that must stand nowhere on the page, hidden or not. */
  async mustNotSee (...words) {
    const html = await this.page.content()
    for (const one of words) {
      if (html.includes(one)) throw new Error(`“${one}” stands in the page ${this.page.url()}`)
    }
  }

  /** Has the page looked over: by axe, for what the console said, for what is wider than the window. */
  async look () {
    const found = [...this.troubles.splice(0), ...await lookOver(this.page, this)]
    if (found.length) throw new Error(`${this.page.url()}:\n    ${found.join('\n    ')}`)
  }

  async picture (name) {
    mkdirSync(this.out, { recursive: true })
    const path = join(this.out, `${name.replace(/[^a-z0-9]+/gi, '-').slice(0, 80)}.png`)
    await this.page.screenshot({ path, fullPage: true })
    return path
  }

  /** Accepts an invitation: a password, then an authenticator app, by its key as the page shows it. */
  async join (link, password) {
    this.password = password
    await this.open(link)
    this.email = await this.field('E-mail address').inputValue()
    await this.fill({ 'Choose a password': password })
    await this.press('Create account')
    await this.mustBeAt('Set up your authenticator app')
    this.key = (await this.page.locator('.penshaw-key').innerText()).trim()
    await this.fill({ Code: code(this.key) })
    await this.press('Finish and sign in')
  }

  /** Signs in again. A code is good for once, so the one that follows is given. */
  async signIn () {
    await this.fill({ 'E-mail address': this.email, Password: this.password })
    await this.press('Continue')
    await this.mustBeAt('Enter your code')
    await this.fill({ Code: code(this.key, 30) })
    await this.press('Sign in')
  }
}
