// A contract is shared without its price: the other authority finds the contract, and the price nowhere.
import { DURHAM, SUNDERLAND, administratorWithAllRoles, invited } from './people.mjs'
import { wordsOf } from './zip.mjs'

const PRICE = 271828
/** The price, as it might stand on a page, in a file, in a search. */
const FORMS = ['271828', '271,828', '27182800']
const CONTRACT = '/estate/contracts/SCC/entry/C01'

export async function walk (tools) {
  const { step } = tools
  const administrator = await administratorWithAllRoles(tools)
  const owner = await invited(tools, administrator, {
    name: 'Sam Owner', email: 'sam@example.gov.uk', body: SUNDERLAND, roles: ['Estate editor', 'Finance', 'Approver']
  })
  const other = await invited(tools, administrator, {
    name: 'Dee Partner', email: 'dee@example.gov.uk', body: DURHAM, roles: ['Estate editor', 'Approver', 'Auditor']
  })
  await step('Set the price of a contract', async () => {
    await owner.open(CONTRACT)
    await owner.press(/^Change/)
    await owner.field(/^Annual value/).fill(String(PRICE))
    await owner.press(/^Save/)
    await owner.mustSee('£271,828.00')
  })
  await step('See the price from the other authority, while all is shared', async () => {
    await other.open(CONTRACT)
    await other.mustSee('£271,828.00')
  })
  await step('Keep the price back', () => keepBack(owner))
  await step('See what the others see of it', async () => {
    await owner.open(CONTRACT)
    await owner.mustSee('The other authorities see it without these fields')
  })
  await step('Find the contract from the other authority without its price', async () => {
    await other.open(CONTRACT)
    await other.mustSee('Kept back by its owner')
    await other.mustNotSee(...FORMS)
  })
  await step('Find no price in the list, sorted by it or searched for', async () => {
    for (const asked of ['', '&sort=annual_value&order=descending', '&words=271828', '&words=271%2C828.00']) {
      await other.open(`/estate/contracts?owner=SCC${asked}`)
      if (!asked.includes('words')) await other.mustSee('Council tax and business rates, licence and support', 'kept back')
      else await other.mustNotSee('Council tax and business rates')
      await other.mustNotSee('£271,828', '>271828')
    }
  })
  await step('Find no price in what is downloaded', async () => {
    for (const form of ['csv', 'xlsx']) {
      const answer = await other.page.request.get(`/estate/contracts/SCC/download.${form}`)
      if (!answer.ok()) throw new Error(`${answer.status()} for the ${form}`)
      const bytes = await answer.body()
      const text = form === 'csv' ? bytes.toString('utf8') : wordsOf(bytes)
      if (!text.includes('Council tax and business rates')) throw new Error(`the contract is not in the ${form}`)
      const found = FORMS.find((price) => text.includes(price))
      if (found) throw new Error(`${found} stands in the ${form}`)
    }
  })
  await step('Find no price in the trail of the other authority', async () => {
    await other.open('/audit')
    await other.mustNotSee(...FORMS)
  })
}

/** Everything of the kind but its prices. */
async function keepBack (owner) {
  await owner.open('/sharing/SCC')
  await owner.press('Contracts')
  await owner.page.getByLabel('Everything but some fields').check()
  for (const price of ['Whole-life value', 'Annual value']) await owner.page.getByLabel(price, { exact: true }).check()
  await owner.press('Look at what others will see')
  await owner.press('Save, and share it so from now on')
  await owner.mustSee('What you share was changed')
}
