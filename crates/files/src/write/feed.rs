//! What was published, as feeds that readers subscribe to: Atom (RFC 4287) and JSON Feed 1.1.

use atom_syndication::{
    CategoryBuilder, EntryBuilder, FeedBuilder, FixedDateTime, Generator, LinkBuilder, Person, Text,
};
use jiff::Timestamp;
use serde_json::json;

use super::words::clean;

/// A feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Its title.
    pub title: String,
    /// The address of the page that it is of, which names it too.
    pub home: String,
    /// Its own address.
    pub address: String,
    /// When anything in it last changed.
    pub updated: Timestamp,
    /// What was published, the newest first.
    pub entries: Vec<FeedEntry>,
}

/// Something that was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedEntry {
    /// Its address, which stays and names it.
    pub address: String,
    /// Its title.
    pub title: String,
    /// What it is about, in one or two sentences.
    pub summary: String,
    /// Who published it.
    pub author: String,
    /// What sort of publication it is.
    pub category: String,
    /// When it was last published.
    pub updated: Timestamp,
}

/// The feed as Atom.
///
/// ```
/// use penshaw_files::write::feed::{Feed, atom};
/// let feed = Feed {
///     title: "Notices & decisions".into(),
///     home: "https://example.gov.uk/public".into(),
///     address: "https://example.gov.uk/public/feed.atom".into(),
///     updated: "2014-06-20T09:00:00Z".parse()?,
///     entries: Vec::new(),
/// };
/// let text = atom(&feed);
/// assert!(text.contains("<title>Notices &amp; decisions</title>"));
/// assert!(text.contains("<updated>2014-06-20T09:00:00+00:00</updated>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn atom(feed: &Feed) -> String {
    let entries: Vec<_> = feed.entries.iter().map(atom_entry).collect();
    let own = LinkBuilder::default()
        .href(feed.address.clone())
        .rel("self")
        .mime_type(Some("application/atom+xml".to_owned()))
        .build();
    let home = LinkBuilder::default().href(feed.home.clone()).rel("alternate").build();
    FeedBuilder::default()
        .title(Text::plain(clean(&feed.title)))
        .id(feed.home.clone())
        .updated(moment(feed.updated))
        .links(vec![own, home])
        .generator(Some(Generator { value: "Penshaw".into(), ..Generator::default() }))
        .lang(Some("en-GB".to_owned()))
        .entries(entries)
        .build()
        .to_string()
}

fn atom_entry(entry: &FeedEntry) -> atom_syndication::Entry {
    EntryBuilder::default()
        .title(Text::plain(clean(&entry.title)))
        .id(entry.address.clone())
        .updated(moment(entry.updated))
        .author(Person { name: clean(&entry.author).into_owned(), ..Person::default() })
        .category(CategoryBuilder::default().term(clean(&entry.category)).build())
        .link(LinkBuilder::default().href(entry.address.clone()).rel("alternate").build())
        .summary(Some(Text::plain(clean(&entry.summary))))
        .build()
}

fn moment(at: Timestamp) -> FixedDateTime {
    at.to_string().parse().expect("a moment of our era is one of the feed's")
}

/// The feed as JSON Feed 1.1.
pub fn json_feed(feed: &Feed, own_address: &str) -> String {
    let items: Vec<_> = feed
        .entries
        .iter()
        .map(|entry| {
            json!({
                "id": entry.address,
                "url": entry.address,
                "title": clean(&entry.title),
                "content_text": clean(&entry.summary),
                "date_modified": entry.updated.to_string(),
                "authors": [{ "name": clean(&entry.author) }],
                "tags": [clean(&entry.category)],
            })
        })
        .collect();
    let all = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(&feed.title),
        "home_page_url": feed.home,
        "feed_url": own_address,
        "language": "en-GB",
        "items": items,
    });
    serde_json::to_string_pretty(&all).expect("a feed is plain data")
}
