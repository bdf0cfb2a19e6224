//! Values as the databases keep them, and back: days, moments, plain data as JSON.

use chrono::{DateTime, NaiveDate, Utc};
use jiff::Timestamp;
use penshaw_basis::Date;
use sea_orm::Value;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::StoreError;

pub(crate) fn text(words: impl Into<String>) -> Value {
    words.into().into()
}

pub(crate) fn maybe(words: Option<impl Into<String>>) -> Value {
    words.map(Into::<String>::into).into()
}

pub(crate) fn json(thing: &impl Serialize) -> Value {
    serde_json::to_string(thing).expect("what is kept is plain data").into()
}

pub(crate) fn from_json<T: DeserializeOwned>(what: &'static str, words: &str) -> Result<T, StoreError> {
    serde_json::from_str(words).map_err(|error| StoreError::unreadable(what, error))
}

pub(crate) fn moment(at: Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.as_microsecond()).expect("a moment of our era")
}

pub(crate) fn timestamp(at: DateTime<Utc>) -> Timestamp {
    Timestamp::from_microsecond(at.timestamp_micros()).expect("a moment of our era")
}

pub(crate) fn at(when: Timestamp) -> Value {
    moment(when).into()
}

pub(crate) fn maybe_at(when: Option<Timestamp>) -> Value {
    when.map(moment).into()
}

pub(crate) fn day(on: Date) -> Value {
    naive(on).into()
}

fn naive(on: Date) -> NaiveDate {
    let (year, month, day) = (i32::from(on.year()), on.month() as u32, on.day() as u32);
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of our calendar")
}

pub(crate) fn date(on: NaiveDate) -> Date {
    use chrono::Datelike;
    Date::new(on.year() as i16, on.month() as i8, on.day() as i8).expect("a day of our calendar")
}
