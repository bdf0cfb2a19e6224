//! What is written into a workbook or CSV is what the reader reads, for every kind of entry and field.

use penshaw_files::read;
use penshaw_register::{FieldKind, Holder, Kind, Record};
use proptest::prelude::*;
use proptest::strategy::BoxedStrategy;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use serde_json::{Value, json};

/// What somebody types, and what the record must then hold.
#[derive(Clone, Debug)]
struct Typed {
    cell: Cell,
    value: Value,
}

#[derive(Clone, Debug)]
enum Cell {
    Text(String),
    Number(f64),
    Day(i16, i8, i8),
    YesNo(bool),
}

fn words() -> impl Strategy<Value = String> {
    "[A-Za-zé][A-Za-z0-9 é'&<>\",.-]{0,20}[a-z]"
}

fn text(text: impl Into<String>) -> Typed {
    let text = text.into();
    Typed { cell: Cell::Text(text.clone()), value: json!(text) }
}

/// Something that a field of the kind may hold; `AmountsByYear` stands for one of its years.
fn typed(kind: FieldKind) -> BoxedStrategy<Typed> {
    let number = |most: f64| (0.0..most).prop_map(|number| Typed { cell: Cell::Number(number), value: json!(number) });
    match kind {
        FieldKind::Text => words().prop_map(text).boxed(),
        FieldKind::Money | FieldKind::AmountsByYear => (0_i64..100_000_000_000)
            .prop_map(|pence| Typed { cell: Cell::Number(pence as f64 / 100.0), value: json!(pence) })
            .boxed(),
        FieldKind::Number { least, most, .. } => (least.max(-1e6)..=most.min(1e6))
            .prop_map(|number| Typed { cell: Cell::Number(number), value: json!(number) })
            .boxed(),
        FieldKind::Count => {
            (0_u32..1_000_000).prop_map(|count| Typed { cell: Cell::Number(count.into()), value: json!(count) }).boxed()
        }
        FieldKind::Proportion => number(1.0).boxed(),
        FieldKind::Date => (1901_i16..2100, 1_i8..=12, 1_i8..=28)
            .prop_map(|(year, month, day)| Typed {
                cell: Cell::Day(year, month, day),
                value: json!(format!("{year:04}-{month:02}-{day:02}")),
            })
            .boxed(),
        FieldKind::Year => {
            (1950_i16..2100).prop_map(|year| text(penshaw_basis::FinancialYear::starting(year).to_string())).boxed()
        }
        FieldKind::Choice(choices) => prop::sample::select(choices.to_vec()).prop_map(text).boxed(),
        FieldKind::YesNo => {
            any::<bool>().prop_map(|answer| Typed { cell: Cell::YesNo(answer), value: json!(answer) }).boxed()
        }
        FieldKind::List | FieldKind::References(_) => prop::collection::vec("[A-Z][a-z0-9]{0,5}", 1..4)
            .prop_map(|items| Typed { cell: Cell::Text(items.join("; ")), value: json!(items) })
            .boxed(),
        FieldKind::Reference(_) => "[A-Z]{1,3}[0-9]{1,4}".prop_map(text).boxed(),
        FieldKind::Authority | FieldKind::AuthorityOrJoint => "[A-Z]{2,4}".prop_map(text).boxed(),
        FieldKind::Function => (1_u32..200).prop_map(|id| text(id.to_string())).boxed(),
    }
}

type Row = Vec<(String, FieldKind, &'static str, Typed)>;

/// A row in which every column of the kind is filled: heading, kind, field, what is typed.
fn row(kind: Kind) -> BoxedStrategy<Row> {
    let fields = kind.fields().iter().map(|field| {
        let heading = match field.kind {
            FieldKind::AmountsByYear if kind == Kind::Benefit => format!("{} 2014/15", field.label),
            FieldKind::AmountsByYear => "2014/15".to_owned(),
            _ => field.label.to_owned(),
        };
        typed(field.kind).prop_map(move |typed| (heading.clone(), field.kind, field.name, typed))
    });
    fields.collect::<Vec<_>>().boxed()
}

fn expected(kind: Kind, row: &Row) -> Record {
    let mut record = Record::new(kind, "X1");
    for (_, field_kind, name, typed) in row {
        let value = match field_kind {
            FieldKind::AmountsByYear => json!({ "2014/15": typed.value }),
            _ => typed.value.clone(),
        };
        record.fields.insert((*name).to_owned(), value);
    }
    record
}

fn workbook(kind: Kind, row: &Row) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(kind.sheet()).unwrap();
    sheet.write(0, 0, "Reference").unwrap();
    sheet.write(1, 0, "X1").unwrap();
    for (place, (heading, _, _, typed)) in row.iter().enumerate() {
        sheet.write(0, place as u16 + 1, heading).unwrap();
        write(sheet, place as u16 + 1, &typed.cell);
    }
    workbook.save_to_buffer().unwrap()
}

fn write(sheet: &mut Worksheet, column: u16, cell: &Cell) {
    match cell {
        Cell::Text(text) => sheet.write(1, column, text),
        Cell::Number(number) => sheet.write(1, column, *number),
        Cell::YesNo(answer) => sheet.write(1, column, *answer),
        Cell::Day(year, month, day) => {
            let day = ExcelDateTime::from_ymd(*year as u16, *month as u8, *day as u8).unwrap();
            sheet.write_with_format(1, column, &day, &Format::new().set_num_format("dd/mm/yyyy"))
        }
    }
    .unwrap();
}

fn csv(row: &Row) -> Vec<u8> {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut head = vec!["Reference".to_owned()];
    let mut line = vec!["X1".to_owned()];
    for (heading, _, _, typed) in row {
        head.push(quoted(heading));
        line.push(match &typed.cell {
            Cell::Text(text) => quoted(text),
            Cell::Number(number) => number.to_string(),
            Cell::YesNo(answer) => answer.to_string(),
            Cell::Day(year, month, day) => format!("{day}/{month}/{year}"),
        });
    }
    format!("{}\n{}\n", head.join(","), line.join(",")).into_bytes()
}

fn read_one(name: &str, bytes: &[u8], holder: Holder) -> Record {
    let read = read::file(name, bytes, holder);
    assert_eq!(read.records.len(), 1, "{:#?}", read.findings);
    let mut record = read.records.into_iter().next().unwrap();
    record.origin = Default::default();
    record
}

fn any_row() -> impl Strategy<Value = (Kind, Row)> {
    prop::sample::select(Kind::ALL.to_vec()).prop_flat_map(|kind| (Just(kind), row(kind)))
}

proptest! {
    #[test]
    fn every_field_of_every_kind_survives_a_workbook((kind, row) in any_row()) {
        prop_assert_eq!(read_one("estate.xlsx", &workbook(kind, &row), kind.holder()), expected(kind, &row));
    }

    #[test]
    fn every_field_of_every_kind_survives_csv((kind, row) in any_row()) {
        let name = format!("{}.csv", kind.key());
        prop_assert_eq!(read_one(&name, &csv(&row), kind.holder()), expected(kind, &row));
    }
}
