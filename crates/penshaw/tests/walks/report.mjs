// The report's own words are edited, looked at as a PDF, worked out again and downloaded.
import { execFileSync } from 'node:child_process'
import { administratorWithAllRoles } from './people.mjs'

const WORDS = 'Members may wish to know that the lighthouse keeper was consulted.'

export async function walk (tools) {
  const { step } = tools
  const officer = await administratorWithAllRoles(tools)
  await step('Have everything worked out', async () => {
    await officer.open('/')
    await officer.press('Work everything out')
    await officer.follow()
  })
  await step('Edit what the report is for', async () => {
    await officer.open('/report')
    await officer.field(/purpose|what it is for/i).fill(WORDS)
    await officer.press(/^Save/)
    await officer.mustSee('Saved')
    if (await officer.field(/purpose|what it is for/i).inputValue() !== WORDS) throw new Error('the words were not kept')
  })
  await step('Look at it as a PDF', async () => {
    const answer = await officer.page.request.get('/report/preview.pdf')
    const text = pdfText(await answer.body())
    if (!text.includes('lighthouse keeper')) throw new Error('the preview does not hold what was written')
  })
  await step('Have it worked out again', async () => {
    await officer.open('/')
    await officer.press(/^Work (it|everything) out again$/)
    await officer.follow()
  })
  await step('Download it', async () => {
    await officer.open('/report/downloads')
    const path = await officer.download('report.pdf')
    const text = pdfText(path)
    if (!text.includes('lighthouse keeper')) throw new Error(`${path} does not hold what was written`)
  })
}

/** @param {string | Buffer} pdf a file or its bytes */
function pdfText (pdf) {
  const options = { encoding: 'utf8', maxBuffer: 1 << 26 }
  const text = typeof pdf === 'string'
    ? execFileSync('pdftotext', ['-layout', pdf, '-'], options)
    : execFileSync('pdftotext', ['-layout', '-', '-'], { ...options, input: pdf })
  return text.replace(/\s+/g, ' ')
}
