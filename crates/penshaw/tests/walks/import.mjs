// A file with a wrong amount: found, mended, looked at, committed, there.
import { SUNDERLAND, administratorWithAllRoles, invited } from './people.mjs'

const HEADINGS = 'Reference,Title,Supplier,Starts,Ends,Annual value,Confidence'
const file = (amount) => ({
  name: 'contracts.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`${HEADINGS}\nWALK1,Bus passes and parking permits,Example supplier Q,2013-04-01,2018-03-31,${amount},estimated\n`)
})

export async function walk (tools) {
  const { step } = tools
  const administrator = await administratorWithAllRoles(tools)
  const editor = await invited(tools, administrator, {
    name: 'Sam Editor', email: 'sam@example.gov.uk', body: SUNDERLAND, roles: ['Estate editor']
  })
  await step('Go to the imports of one’s authority', async () => {
    await editor.open('/')
    await editor.press(`Import for ${SUNDERLAND}`)
    await editor.mustBeAt(/^Imports/)
  })
  await step('Bring a file with a wrong amount', async () => {
    await editor.field('File').setInputFiles(file('a great deal'))
    await editor.press('Read the file')
    await editor.follow()
  })
  await step('Read what is to mend', async () => {
    await editor.mustSee('There is 1 error in the file', 'line 2, column Annual value')
    await editor.mustNotSee('>Commit</button>')
  })
  await step('Bring the mended file', async () => {
    await editor.press('Bring the mended file')
    await editor.field('File').setInputFiles(file('48250'))
    await editor.press('Read the file')
    await editor.follow()
  })
  await step('Look at what it would change', async () => {
    await editor.mustSee('Bus passes and parking permits')
    await editor.look()
  })
  await step('Find that nothing is changed yet', async () => {
    const here = editor.page.url()
    await editor.open('/estate/contracts?words=parking')
    await editor.mustNotSee('WALK1')
    await editor.open(here)
  })
  await step('Commit it', async () => {
    await editor.press('Commit')
    await editor.follow()
    await editor.mustSee('was committed')
  })
  await step('Find the entry', async () => {
    await editor.open('/estate/contracts?words=parking')
    await editor.press('Bus passes and parking permits')
    await editor.mustSee('£48,250.00', 'by an import')
  })
  await step('Find the import in the trail', async () => {
    await administrator.open('/audit')
    await administrator.mustSee('Imported a file')
  })
}
