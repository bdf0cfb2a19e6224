// Starts govuk-frontend's components and follows background work. Every page works without it.
import { initAll } from './govuk-frontend.min.js'

/** Milliseconds between two looks at how far the work has come. */
const PAUSE = 1000
/** After a look that failed, the pause doubles up to this. */
const LONGEST_PAUSE = 30000

initAll()
// After what govuk-frontend itself does at these moments.
forgetExpandedRadios()
document.addEventListener('click', forgetExpandedRadios)
window.addEventListener('pageshow', forgetExpandedRadios)
document.querySelectorAll('[data-progress]').forEach(follow)

/**
 * Shows how far a piece of work has come, from the address in `data-progress`, until a fragment names in
 * `data-done` the page to follow.
 *
 * @param {HTMLElement} region
 */
async function follow (region) {
  let pause = PAUSE
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, pause))
    const fragment = await look(region.dataset.progress)
    if (!fragment) {
      pause = Math.min(pause * 2, LONGEST_PAUSE)
      continue
    }
    pause = PAUSE
    show(region, fragment)
    const done = fragment.querySelector('[data-done]')
    if (done) {
      window.location.assign(done.dataset.done)
      return
    }
  }
}

/**
 * The fragment at an address of our own, or nothing where it cannot be had just now.
 *
 * @param {string} address
 */
async function look (address) {
  try {
    const answer = await fetch(address, { headers: { accept: 'text/html' } })
    // Sent elsewhere: the session has ended, and the page leads to where it can begin again.
    if (answer.redirected) window.location.reload()
    return answer.ok && !answer.redirected ? parse(await answer.text()) : null
  } catch {
    return null
  }
}

/** @param {string} html */
function parse (html) {
  return new DOMParser().parseFromString(html, 'text/html').body
}

/**
 * Replaces what the region says, only where it says something new: a screen reader reads each change out.
 *
 * @param {HTMLElement} region
 * @param {HTMLElement} fragment
 */
function show (region, fragment) {
  if (region.innerHTML.trim() !== fragment.innerHTML.trim()) {
    region.replaceChildren(...[...fragment.childNodes].map((node) => node.cloneNode(true)))
  }
}

/** ARIA knows no radio button that is expanded: what a choice shows comes right after it, and is read there. */
function forgetExpandedRadios () {
  const radios = document.querySelectorAll('input[type="radio"][aria-expanded]')
  radios.forEach((radio) => radio.removeAttribute('aria-expanded'))
}
