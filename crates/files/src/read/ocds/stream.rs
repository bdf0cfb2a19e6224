//! The releases and records of a file, one after another, so that the file is never held as a whole tree.

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// What a file hands on.
pub(super) enum Part {
    /// A release.
    Release(Value),
    /// A record: an ocid with its releases, linked or in full, and what they come to.
    Record(Value),
    /// Something that should be a list of releases or records.
    NotAList(&'static str),
    /// What a package says of itself.
    Package(Map<String, Value>),
}

/// Hands on each part of a text of JSON or JSON Lines with its place: a pointer, after the line where each line is a document.
///
/// # Errors
/// Where the text is not JSON; what came before was handed on.
pub(super) fn each(text: &str, mut hand_on: impl FnMut(Part, String)) -> serde_json::Result<()> {
    if !is_lines(text) {
        let mut document = serde_json::Deserializer::from_str(text);
        Document { before: String::new(), hand_on: &mut hand_on }.deserialize(&mut document)?;
        return document.end();
    }
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let mut document = serde_json::Deserializer::from_str(line);
        let before = format!("line {}, ", number + 1);
        let read = Document { before, hand_on: &mut hand_on }.deserialize(&mut document).and_then(|()| document.end());
        read.map_err(|error| serde_json::Error::custom(format!("line {}: {error}", number + 1)))?;
    }
    Ok(())
}

/// Whether each line is a document of its own.
pub(crate) fn is_lines(text: &str) -> bool {
    let Some((first, rest)) = text.trim_start().split_once('\n') else { return false };
    !rest.trim_start().is_empty()
        && first.trim_start().starts_with('{')
        && serde_json::from_str::<IgnoredAny>(first).is_ok()
}

/// One document: a package, a record, a release, or a list of such.
struct Document<'a, F> {
    before: String,
    hand_on: &'a mut F,
}

impl<'de, F: FnMut(Part, String)> DeserializeSeed<'de> for Document<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, F: FnMut(Part, String)> Visitor<'de> for Document<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a package of releases or records")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Document { before, hand_on } = self;
        let mut others = Map::new();
        let mut is_package = false;
        while let Some(key) = map.next_key::<String>()? {
            let made: fn(Value) -> Part = match key.as_str() {
                "releases" => Part::Release,
                "records" => Part::Record,
                _ => {
                    let value = map.next_value()?;
                    others.insert(key, value);
                    continue;
                }
            };
            map.next_value_seed(Items { before: format!("{before}/{key}"), made, hand_on: &mut *hand_on })?;
            is_package = true;
        }
        let place = before.trim_end_matches([',', ' ']).to_owned();
        if others.contains_key("compiledRelease") {
            hand_on(Part::Record(Value::Object(others)), place);
        } else if is_package {
            hand_on(Part::Package(others), place);
        } else {
            hand_on(Part::Release(Value::Object(others)), place);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Document { before, hand_on } = self;
        let mut number = 0;
        while list
            .next_element_seed(Document { before: format!("{before}/{number}"), hand_on: &mut *hand_on })?
            .is_some()
        {
            number += 1;
        }
        Ok(())
    }
}

/// The items of a list.
struct Items<'a, F> {
    before: String,
    made: fn(Value) -> Part,
    hand_on: &'a mut F,
}

impl<'de, F: FnMut(Part, String)> DeserializeSeed<'de> for Items<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<F: FnMut(Part, String)> Items<'_, F> {
    fn odd(self, what: &'static str) {
        (self.hand_on)(Part::NotAList(what), self.before);
    }
}

impl<'de, F: FnMut(Part, String)> Visitor<'de> for Items<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut number = 0;
        while let Some(item) = list.next_element::<Value>()? {
            (self.hand_on)((self.made)(item), format!("{}/{number}", self.before));
            number += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.odd("an object");
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        self.odd("a text");
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        self.odd("true or false");
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        self.odd("a number");
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        self.odd("a number");
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        self.odd("a number");
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.odd("null");
        Ok(())
    }
}

/// The names of the members of the first document, or of the first item of a list; none where it is not JSON.
pub(crate) fn members(text: &str) -> Vec<String> {
    struct Names;
    impl<'de> Visitor<'de> for Names {
        type Value = Vec<String>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object or a list")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<String>, A::Error> {
            let mut names = Vec::new();
            while let Some((name, IgnoredAny)) = map.next_entry()? {
                names.push(name);
            }
            Ok(names)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<String>, A::Error> {
            let first = list.next_element::<Value>()?;
            while list.next_element::<IgnoredAny>()?.is_some() {}
            Ok(first.and_then(|first| Some(first.as_object()?.keys().cloned().collect())).unwrap_or_default())
        }
    }
    let document = if is_lines(text) { text.trim_start().lines().next().unwrap_or_default() } else { text };
    serde_json::Deserializer::from_str(document).deserialize_any(Names).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<String> {
        let mut parts = Vec::new();
        each(text, |part, at| {
            let name = match part {
                Part::Release(_) => "release",
                Part::Record(_) => "record",
                Part::NotAList(what) => what,
                Part::Package(_) => "package",
            };
            parts.push(format!("{name} at {at}"));
        })
        .unwrap();
        parts
    }

    #[test]
    fn every_form_of_a_file_hands_on_its_releases() {
        assert_eq!(
            parts(r#"{"releases":[{},1],"uri":"u"}"#),
            ["release at /releases/0", "release at /releases/1", "package at "]
        );
        assert_eq!(parts(r#"{"records":[{}]}"#), ["record at /records/0", "package at "]);
        assert_eq!(parts(r#"{"ocid":"o"}"#), ["release at "]);
        assert_eq!(parts(r#"{"ocid":"o","compiledRelease":{}}"#), ["record at "]);
        assert_eq!(
            parts(r#"[{"ocid":"o"},{"releases":[{}]}]"#),
            ["release at /0", "release at /1/releases/0", "package at /1"]
        );
        assert_eq!(
            parts("{\"ocid\":\"a\"}\n\n{\"releases\":[{}]}\n"),
            ["release at line 1", "release at line 3, /releases/0", "package at line 3"]
        );
        assert_eq!(parts(r#"{"releases":null}"#), ["null at /releases", "package at "]);
        assert_eq!(parts(r#"{"records":{"a":[1]}}"#), ["an object at /records", "package at "]);
    }

    #[test]
    fn a_file_is_known_by_the_names_of_its_members() {
        assert_eq!(members(r#"{"a":1,"b":[{"c":2}]}"#), ["a", "b"]);
        assert_eq!(members("[{\"ocid\":1},2]"), ["ocid"]);
        assert_eq!(members("{\"ocid\":1}\n{\"x\":2}\n"), ["ocid"]);
        for nothing in ["", "{", "[1,", "7", "\"a\"", "null"] {
            assert_eq!(members(nothing), [] as [&str; 0], "{nothing}");
        }
    }
}
