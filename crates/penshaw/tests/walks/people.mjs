// What several walks begin with: an administrator with every role, and officers whom the administrator invites.

export const PARTNERSHIP = 'The partnership'
export const SUNDERLAND = 'Sunderland City Council'
export const DURHAM = 'Durham County Council'
export const ALL_ROLES = ['Estate editor', 'Finance', 'Democratic services', 'Approver', 'Administrator', 'Auditor']

/** The administrator comes in by the link and gives themself every role in every body. */
export async function administratorWithAllRoles ({ step, person, invitation }, where) {
  const administrator = await person(where)
  await step('Come in as the first administrator', () => administrator.join(invitation, 'harbour lantern orchard'))
  await step('Give oneself every role', async () => {
    await administrator.open('/people')
    await administrator.press('Ada Example')
    for (const body of [SUNDERLAND, DURHAM, PARTNERSHIP]) await administrator.tick(body, ALL_ROLES)
    await administrator.press('Save roles')
    await administrator.mustSee('The roles were changed')
  })
  return administrator
}

/** Somebody is invited to one body and comes in by the link that the page shows once. */
export async function invited ({ step, person }, administrator, { name, email, body, roles }, where) {
  const link = await step(`Invite ${name} to ${body}`, async () => {
    await administrator.open('/people')
    await administrator.press('Invite somebody')
    await administrator.fill({ Name: name, 'E-mail address': email })
    await administrator.field('For which body').selectOption({ label: body })
    await administrator.tick('What they may do', roles)
    await administrator.press('Make the invitation')
    await administrator.mustBeAt('Invitation made')
    return (await administrator.page.locator('#link').innerText()).trim()
  })
  const officer = await person(where)
  await step(`${name} comes in`, () => officer.join(link, 'granite pillow saxophone'))
  return officer
}
