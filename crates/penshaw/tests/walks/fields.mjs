// Fields of an entry's form, found by the names that they have in files.

/** Writes in fields, by the names that they have in files. */
export async function write (person, fields) {
  for (const [name, words] of Object.entries(fields)) await person.page.locator(`[name="${name}"]`).fill(words)
}

/** Chooses one of few by its radio, one of many from a list. */
export async function choose (person, name, value) {
  const radio = person.page.locator(`input[name="${name}"][value="${value}"]`)
  if (await radio.count()) return radio.check()
  const list = person.page.locator(`select[name="${name}"]`)
  return await list.count() ? list.selectOption(value) : write(person, { [name]: value })
}

export async function day (person, name, [dayOfMonth, month, year]) {
  const parts = { [`${name}-day`]: dayOfMonth, [`${name}-month`]: month, [`${name}-year`]: year }
  const whole = await person.page.locator(`input[name="${name}"]`).count()
  await write(person, whole ? { [name]: `${year}-${month.padStart(2, '0')}-${dayOfMonth}` } : parts)
}
