//! A calendar of dates, read back by a parser of the format.

use icalendar::{Calendar, CalendarComponent, Component, Event};
use penshaw_basis::Date;
use penshaw_files::write::calendar::{self, CalendarEntry};

const ON: Date = Date::constant(2014, 10, 1);

fn entry(id: &str, summary: &str, description: &str) -> CalendarEntry {
    CalendarEntry {
        id: id.into(),
        day: Date::constant(2014, 12, 31),
        summary: summary.into(),
        description: description.into(),
        href: Some("https://example.gov.uk/delivery#alerts".into()),
    }
}

fn read(text: &str) -> Vec<Event> {
    let calendar: Calendar = text.parse().expect("a calendar");
    let events = calendar.components.into_iter().map(|component| match component {
        CalendarComponent::Event(event) => event,
        other => panic!("{other:?} is no event"),
    });
    events.collect()
}

#[test]
fn what_is_written_is_read_back_as_it_was() {
    let hard = "Ends; soon, at “Moorside”: £24,000 \\ year\nSecond line";
    let text = calendar::write(
        "Shared ICT",
        "example.gov.uk",
        ON,
        &[entry("hosting-end/partnership/HA1", "Ends, soon", hard)],
    );
    let events = read(&text);
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].get_uid(), Some("hosting-end/partnership/HA1@example.gov.uk"));
    assert_eq!(events[0].get_summary(), Some("Ends, soon"));
    assert_eq!(events[0].get_description(), Some(hard));
    assert_eq!(events[0].get_url(), Some("https://example.gov.uk/delivery#alerts"));
    assert_eq!(events[0].property_value("DTSTART"), Some("20141231"));
    assert_eq!(events[0].property_value("DTEND"), Some("20150101"));
    assert_eq!(events[0].property_value("DTSTAMP"), Some("20141001T000000Z"));
}

#[test]
fn the_same_dates_give_the_same_bytes_in_lines_of_75_octets() {
    let long = "A sentence of some length, with letters of more than one octet: “é”. ".repeat(9);
    let entries = [entry("a", &long, &long), entry("b", "B", "")];
    let text = calendar::write("Shared ICT", "example.gov.uk", ON, &entries);
    assert_eq!(text, calendar::write("Shared ICT", "example.gov.uk", ON, &entries));
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "every line ends with CR LF");
    let longest = text.split("\r\n").map(str::len).max();
    assert!(longest <= Some(75), "a line has {longest:?} octets");
    assert_eq!(read(&text)[0].get_summary().map(str::trim), Some(long.trim()));
}

#[test]
fn a_line_break_in_an_entry_begins_no_property() {
    let mut one = entry("a\r\nATTENDEE:mailto:x", "S\r\nBEGIN:VALARM", "D\rURL:x");
    one.href = Some("https://example.gov.uk/\r\nCLASS:PRIVATE".into());
    let text = calendar::write("N\r\nX-FORGED:1", "example.gov.uk\r\nX:1", ON, &[one]);
    for forged in ["\r\nATTENDEE", "\r\nBEGIN:VALARM", "\r\nCLASS", "\r\nX-FORGED", "\r\nX:1", "\r\nURL:x"] {
        assert!(!text.contains(forged), "{forged:?} in {text}");
    }
    assert_eq!(read(&text).len(), 1);
}

#[test]
fn a_calendar_without_dates_is_a_calendar() {
    let text = calendar::write("Shared ICT", "example.gov.uk", ON, &[]);
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Penshaw//Delivery//EN\r\n"));
    assert!(read(&text).is_empty());
}
