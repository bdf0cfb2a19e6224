//! Dates as an iCalendar file (RFC 5545), which calendars subscribe to: one day-long event a date.

use icalendar::{Calendar, Component, Event, Property};
use penshaw_basis::Date;

/// A date that somebody must not miss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEntry {
    /// The same whenever the calendar is written, so that a calendar that subscribes moves the event and
    /// does not add another.
    pub id: String,
    /// The day.
    pub day: Date,
    /// What it is, in one line.
    pub summary: String,
    /// What to do.
    pub description: String,
    /// Where to read more, where there is such a page.
    pub href: Option<String>,
}

/// The calendar as text: lines end with CR LF and are folded at 75 octets.
///
/// Nothing in it comes from a clock or from chance: `stamped` is the day for which the dates were worked out, and
/// `site` makes their ids unlike those of any other site.
///
/// ```
/// use penshaw_basis::Date;
/// use penshaw_files::write::calendar::{self, CalendarEntry};
/// let entry = CalendarEntry {
///     id: "contract-notice/SCC/C1".into(),
///     day: Date::constant(2015, 2, 28),
///     summary: "Last day for notice".into(),
///     description: "Decide whether to give notice.".into(),
///     href: None,
/// };
/// let text = calendar::write("Shared ICT", "example.gov.uk", Date::constant(2014, 10, 1), &[entry]);
/// assert!(text.contains("UID:contract-notice/SCC/C1@example.gov.uk\r\n"));
/// assert!(text.contains("DTSTART;VALUE=DATE:20150228\r\n"));
/// ```
pub fn write(name: &str, site: &str, stamped: Date, entries: &[CalendarEntry]) -> String {
    let mut calendar = Calendar::empty();
    let head =
        [("VERSION", "2.0"), ("PRODID", "-//Penshaw//Delivery//EN"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")];
    for (key, value) in head {
        calendar.append_property(Property::new(key, value));
    }
    calendar.name(&one_line(name));
    for entry in entries {
        calendar.push(event(entry, site, stamped));
    }
    calendar.to_string()
}

fn event(entry: &CalendarEntry, site: &str, stamped: Date) -> Event {
    let mut event = Event::new();
    event.uid(&format!("{}@{}", one_line(&entry.id), one_line(site)));
    event.add_property("DTSTAMP", format!("{}T000000Z", digits(stamped)));
    event.append_property(on("DTSTART", entry.day));
    // The end of a day-long event is the day after it.
    event.append_property(on("DTEND", entry.day.tomorrow().unwrap_or(entry.day)));
    event.add_property("TRANSP", "TRANSPARENT");
    event.summary(&one_line(&entry.summary)).description(&clean(&entry.description));
    if let Some(href) = &entry.href {
        event.url(&one_line(href));
    }
    event.done()
}

fn on(key: &str, day: Date) -> Property {
    Property::new(key, digits(day)).add_parameter("VALUE", "DATE").done()
}

fn digits(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// The words on one line: a line break in a property would begin another one.
fn one_line(words: &str) -> String {
    words.split(|letter: char| letter.is_control()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The words without characters that the format cannot hold; line breaks stay.
fn clean(words: &str) -> String {
    words.replace("\r\n", "\n").chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect()
}
