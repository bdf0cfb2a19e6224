//! What somebody typed into one field of a form, read exactly as a file's cell is read.

use std::collections::BTreeMap;

use penshaw_basis::Confidence;
use penshaw_register::{Field, FieldKind, Kind};
use serde_json::Value;

use super::convert::convert;
use super::gathered::confidence;
use super::other_names::convert_field;
use super::written::{Written, Wrong};

/// Why something typed cannot be read, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub hint: String,
}

impl From<Wrong> for Misread {
    fn from(wrong: Wrong) -> Self {
        Misread { what: wrong.what, hint: wrong.hint }
    }
}

/// Reads what was typed into a field; nothing where nothing was typed.
///
/// Lists may stand one word a line as well as between semicolons; amounts by year stand one
/// year a line, as `2014/15: 1250.50`.
///
/// # Errors
/// With the words by which a file with the same in a cell would be refused.
///
/// ```
/// use penshaw_files::read::value;
/// use penshaw_register::Kind;
/// let cost = Kind::Application.field("annual_cost").unwrap();
/// assert_eq!(value(cost, "£1,250.50"), Ok(Some(125_050.into())));
/// assert_eq!(value(cost, " "), Ok(None));
/// assert!(value(cost, "dear").is_err());
/// ```
pub fn value(field: &Field, typed: &str) -> Result<Option<Value>, Misread> {
    let written = match field.kind {
        FieldKind::AmountsByYear => amounts_of(typed)?,
        FieldKind::List | FieldKind::References(_) => Written::text(words_of(typed)),
        _ => Written::text(typed),
    };
    if written.is_blank() {
        return Ok(None);
    }
    let value = convert_field(field, &written)?;
    let holds_nothing = match &value {
        Value::String(words) => words.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(years) => years.is_empty(),
        _ => false,
    };
    Ok((!holds_nothing).then_some(value))
}

/// Reads an amount of one year; nothing where nothing was typed.
///
/// # Errors
/// If it is not an amount of money.
pub fn amount(typed: &str) -> Result<Option<Value>, Misread> {
    let written = Written::text(typed);
    if written.is_blank() { Ok(None) } else { Ok(Some(convert(FieldKind::Money, &written)?)) }
}

/// Reads how sure an entry is, as `reported; annual_cost=verified`: the whole, and single fields.
///
/// # Errors
/// If a word or a field's name is not known.
pub fn sureness(kind: Kind, typed: &str) -> Result<(Option<Confidence>, BTreeMap<String, Confidence>), Misread> {
    Ok(confidence(kind, &Written::text(typed))?)
}

/// Lines and semicolons both end a word; what JSON quotes stays as it is.
fn words_of(typed: &str) -> String {
    if typed.trim_start().starts_with('[') { typed.to_owned() } else { typed.lines().collect::<Vec<_>>().join(";") }
}

/// The amounts of several years, each with its year before a colon.
fn amounts_of(typed: &str) -> Result<Written, Misread> {
    let lines = typed.split(['\n', ';']).map(str::trim).filter(|line| !line.is_empty());
    let amounts = lines.map(|line| {
        let (year, amount) = line.split_once(':').ok_or_else(|| no_year(line))?;
        Ok((year.trim().to_owned(), Written::text(amount.trim())))
    });
    let amounts: Vec<(String, Written)> = amounts.collect::<Result<_, Misread>>()?;
    match amounts.iter().find(|(_, amount)| amount.is_blank()) {
        Some((year, _)) => Err(Misread {
            what: format!("{year} has no amount"),
            hint: "write pounds after the year, such as 2014/15: 1250".into(),
        }),
        None if amounts.is_empty() => Ok(Written::Text(String::new())),
        None => Ok(Written::Table(amounts)),
    }
}

fn no_year(line: &str) -> Misread {
    Misread {
        what: format!("\"{}\" does not say of which year it is", super::nearest::shortened(line)),
        hint: "write the year, a colon and pounds, such as 2014/15: 1250".into(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::write::entries::typed;

    fn field(kind: Kind, name: &str) -> &'static Field {
        kind.field(name).expect("a field of the kind")
    }

    #[test]
    fn nothing_typed_is_nothing_recorded() {
        for one in Kind::ALL.iter().flat_map(|kind| kind.fields()) {
            for nothing in ["", "  ", "\r\n"] {
                assert_eq!(value(one, nothing), Ok(None), "{}", one.name);
            }
        }
        assert_eq!(value(field(Kind::Application, "modules"), ";;"), Ok(None));
    }

    #[test]
    fn every_example_is_read_and_written_as_it_was() {
        for kind in Kind::ALL {
            for one in kind.fields().iter().filter(|one| !one.example.is_empty()) {
                let example = match one.kind {
                    FieldKind::AmountsByYear => format!("2014/15: {}", one.example),
                    _ => one.example.to_owned(),
                };
                let read = value(one, &example).expect(one.name).expect(one.name);
                assert_eq!(value(one, &typed(one.kind, &read)), Ok(Some(read)), "{kind} {}", one.name);
            }
        }
    }

    #[test]
    fn a_form_refuses_with_the_words_of_an_import() {
        let csv = b"Reference,Name,Annual cost,Users,Support ends\nA1,Academy,12.345,many,31/31/2016\n";
        let read = crate::read::file("applications.csv", csv, penshaw_register::Holder::Authority);
        let cells = [("annual_cost", "12.345"), ("users", "many"), ("support_ends", "31/31/2016")];
        let mut by_form: Vec<(String, String)> = cells
            .iter()
            .map(|(name, typed)| value(field(Kind::Application, name), typed).expect_err(name))
            .map(|misread| (misread.what, misread.hint))
            .collect();
        let mut by_import: Vec<(String, String)> =
            read.findings.into_iter().map(|finding| (finding.what, finding.hint)).collect();
        by_form.sort();
        by_import.sort();
        assert_eq!(by_form, by_import);
    }

    #[test]
    fn amounts_stand_one_year_a_line() {
        let amounts = field(Kind::Line, "amounts");
        let both = json!({ "2014/15": 125_050, "2015/16": -100 });
        assert_eq!(value(amounts, "2014/15: £1,250.50\r\n\r\n2015/16: -1"), Ok(Some(both.clone())));
        assert_eq!(typed(FieldKind::AmountsByYear, &both), "2014/15: 1250.50\n2015/16: -1");
        for wrong in ["1250", "2014/15:", "2014/16: 1", "2014/15: 1\n2014/15: 2", "2014/15: 0.001"] {
            assert!(value(amounts, wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn lists_stand_one_word_a_line_or_between_semicolons() {
        let modules = field(Kind::Application, "modules");
        let two = json!(["Council tax", "Business rates"]);
        for both in [
            "Council tax; Business rates",
            "Council tax\r\nBusiness rates\r\n",
            "[\"Council tax\", \"Business rates\"]",
        ] {
            assert_eq!(value(modules, both), Ok(Some(two.clone())));
        }
        for hard in [json!(["one; and the same", "two"]), json!(["[a]", "b"]), json!(["two\nlines"])] {
            assert_eq!(value(modules, &typed(FieldKind::List, &hard)), Ok(Some(hard)));
        }
    }
}
