// From an invitation to the partnership's home, and back in on another day; with scripts and without.

export async function walk ({ step, person, invitation }) {
  const officer = await person({ scripts: process.env.PENSHAW_SCRIPTS !== 'off' })
  await step('Open the invitation with a password that is too short', async () => {
    await officer.open(invitation)
    await officer.fill({ 'Choose a password': 'short' })
    await officer.press('Create account')
    await officer.mustSee('Enter a password of at least 12 characters')
  })
  await step('Choose a password and set up an authenticator app by its key', async () => {
    await officer.join(invitation, 'harbour lantern orchard')
  })
  await step('See the home page', async () => {
    await officer.mustSee('Where the proposal stands', 'What needs your attention')
  })
  await step('Sign out', async () => {
    await officer.press('Sign out', { within: officer.page })
    await officer.mustBeAt('Sign in')
  })
  await step('Sign in with a wrong password', async () => {
    await officer.fill({ 'E-mail address': officer.email, Password: 'not the password' })
    await officer.press('Continue')
    await officer.mustSee('There is a problem')
  })
  await step('Sign in again', async () => {
    await officer.signIn()
    await officer.mustSee('Where the proposal stands')
  })
  await step('Find that the link works no more', async () => {
    await officer.page.goto(invitation)
    await officer.mustSee('it was used or has expired')
    officer.troubles.length = 0
  })
}
