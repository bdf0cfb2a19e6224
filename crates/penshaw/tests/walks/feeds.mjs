// Feeds as another's reader reads them, held against what RFC 4287 and JSON Feed 1.1 ask of every feed.
import { parseAtomFeed, parseJsonFeed } from 'feedsmith'

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/
const isAddress = text => typeof text === 'string' && URL.canParse(text) && /^https?:/.test(text)

/** The addresses of an Atom feed's entries. */
export function atomEntries (text) {
  const feed = parseAtomFeed(text)
  const wrong = []
  const need = (holds, what) => holds || wrong.push(what)
  need(isAddress(feed.id), 'the feed has no id that is an address')
  need(feed.title?.value, 'the feed has no title')
  need(MOMENT.test(feed.updated), 'the feed has no moment of its last change')
  need(feed.links?.some(link => link.rel === 'self' && isAddress(link.href)), 'the feed does not say its own address')
  const entries = feed.entries ?? []
  need(new Set(entries.map(entry => entry.id)).size === entries.length, 'two entries have one id')
  for (const entry of entries) {
    need(isAddress(entry.id), 'an entry has no id that is an address')
    need(entry.title?.value, `${entry.id} has no title`)
    need(MOMENT.test(entry.updated), `${entry.id} has no moment of its last change`)
    need(entry.authors?.every(author => author.name) && entry.authors.length > 0, `${entry.id} has no author`)
    need(entry.links?.some(link => link.rel === 'alternate' && isAddress(link.href)), `${entry.id} leads nowhere`)
    need(Date.parse(entry.updated) <= Date.parse(feed.updated), `${entry.id} is newer than the feed`)
  }
  return sound('Atom', wrong, entries.map(entry => entry.id))
}

/** The addresses of a JSON feed's items. */
export function jsonItems (text) {
  const raw = JSON.parse(text)
  const feed = parseJsonFeed(raw)
  const wrong = []
  const need = (holds, what) => holds || wrong.push(what)
  need(raw.version === 'https://jsonfeed.org/version/1.1', 'the feed does not say its version')
  need(feed.title, 'the feed has no title')
  need(isAddress(feed.feed_url) && isAddress(feed.home_page_url), 'the feed does not say its addresses')
  const items = feed.items ?? []
  need(Array.isArray(raw.items) && items.length === raw.items.length, 'items are lost in reading')
  need(new Set(items.map(item => item.id)).size === items.length, 'two items have one id')
  for (const item of items) {
    need(typeof item.id === 'string' && isAddress(item.url), 'an item has no id or leads nowhere')
    need(item.content_text || item.content_html, `${item.id} says nothing`)
    need(MOMENT.test(item.date_modified), `${item.id} has no moment of its last change`)
    need(item.authors?.every(author => author.name), `${item.id} has no author`)
  }
  return sound('JSON', wrong, items.map(item => item.id))
}

function sound (form, wrong, ids) {
  if (wrong.length > 0) throw new Error(`the ${form} feed: ${wrong.join('; ')}`)
  return ids
}
