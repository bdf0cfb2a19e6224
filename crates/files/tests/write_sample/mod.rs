//! A document with every kind of block, and a workbook with every kind of formula.
#![allow(dead_code)] // Each test file uses its own part.

use penshaw_basis::{Confidence, Date, Estimate, FinancialYear, Money, Source};
use penshaw_documents::{
    At, Band, Bar, Block, Cell, Chart, ChartKind, Column, Document, Figure, Formula, Inline, Marker, Marking, Range,
    Row, RowKind, Series, Table, Value, Workbook, Worksheet, inlines,
};

/// The day on which everything in the sample was written.
pub fn day() -> Date {
    jiff::civil::date(2014, 6, 18)
}

pub fn pounds(amount: f64) -> Value {
    Value::Pounds(Estimate::from_pounds(amount))
}

fn discount_rate() -> Source {
    Source::Parameter { name: "green_book/standard_discount_rate".into(), from: "2003-04-01".into() }
}

fn green_book() -> Source {
    Source::publication(
        "The Green Book (2022)",
        "https://www.gov.uk/government/publications/the-green-book-appraisal-and-evaluation-in-central-government",
    )
}

/// A document with every block, every run and every value.
pub fn document() -> Document {
    Document {
        title: "Shared ICT Service: outcome of the evaluation".into(),
        author: "Executive Director of Commercial and Corporate Services".into(),
        occasion: "Cabinet, 18 June 2014".into(),
        marking: Some(Marking { words: "Illustrative estate: not for decision".into() }),
        titles: Default::default(),
        blocks: [opening(), money(), charts(), closing()].concat(),
    }
}

fn opening() -> Vec<Block> {
    vec![
        Block::Fields {
            caption: "Executive summary sheet, part I".into(),
            fields: vec![
                ("Title of report".into(), vec![Block::words("Shared ICT Service")]),
                (
                    "Description of decision".into(),
                    vec![
                        Block::words("Cabinet is asked to:"),
                        Block::List {
                            ordered: true,
                            items: vec![
                                inlines("note the outcome of the evaluation;"),
                                inlines("agree to close the programme; and"),
                                inlines("support collaboration in five areas."),
                            ],
                        },
                    ],
                ),
                ("Is the decision consistent with the Budget and Policy Framework?".into(), vec![Block::words("Yes")]),
            ],
        },
        Block::numbered_heading(2, "1", "Purpose of the report"),
        Block::Paragraph {
            number: Some("1.1".into()),
            text: inlines("To tell Cabinet what came of the evaluation, and to ask for its decision."),
        },
        Block::numbered_heading(2, "5", "Reasons for the decision"),
        Block::Paragraph {
            number: Some("5.1".into()),
            text: vec![
                Inline::text("The two authorities spend "),
                Inline::figure(
                    Value::Money(Money::from_pence(123_456_789)),
                    &[Source::entry("SCC", "C1"), Source::entry("DCC", "C7")],
                ),
                Inline::text(" a year on ICT; a shared service would save "),
                Inline::Figure(Figure {
                    value: pounds(2_345_678.4),
                    sources: vec![Source::entry("partnership", "O2"), discount_rate()],
                    confidence: Some(Confidence::Estimated),
                }),
                Inline::text(" over ten years, "),
                Inline::strong("before optimism bias"),
                Inline::text(". The method is that of "),
                Inline::Link {
                    text: "HM Treasury’s Green Book".into(), href: "https://www.gov.uk/green-book".into()
                },
                Inline::text("."),
            ],
        },
        Block::List {
            ordered: false,
            items: vec![inlines("hosting each other’s recovery site;"), inlines("buying licences together.")],
        },
        Block::note("Officers’ judgement", "The pace of the two transformation programmes differs by 18 months."),
    ]
}

fn money() -> Vec<Block> {
    vec![
        Block::numbered_heading(2, "7", "Relevant considerations"),
        Block::numbered_heading(3, "7.1", "Financial implications"),
        Block::Table(costs()),
        Block::Table(cash()),
        Block::numbered_heading(4, "7.1.1", "What it rests on"),
        Block::Table(values()),
        Block::heading(5, "A note on rounding"),
        Block::words("Figures are rounded where they are shown and nowhere else."),
    ]
}

/// Costs with groups, a total, confidence, and sources shared by rows.
fn costs() -> Table {
    let columns = vec![
        Column::words("Cost line"),
        Column::numbers("Sunderland (£ a year)"),
        Column::numbers("Durham (£ a year)"),
    ];
    let mut table = Table::new("costs", "What each authority spends on ICT", columns);
    table.note = "Full-year figures at 2014/15 prices.".into();
    let row = |kind, name: &str, left: f64, right: f64, references: [&str; 2]| Row {
        kind,
        cells: vec![
            Cell::words(name),
            Cell::new(pounds(left), vec![Source::entry("SCC", references[0])]),
            Cell::new(pounds(right), vec![Source::entry("DCC", references[1])]),
        ],
    };
    let group = |name: &str| Row { kind: RowKind::Group, cells: vec![Cell::words(name), Cell::empty(), Cell::empty()] };
    table.push(group("Staff"));
    table.push(row(RowKind::Body, "Service desk & support", 812_000.0, 1_034_500.0, ["P1", "P4"]));
    table.push(row(RowKind::Body, "Development <in-house>", 655_250.0, 420_000.0, ["P2", "P5"]));
    table.push(group("Contracts"));
    let mut estimated = row(RowKind::Body, "Data centre", 240_000.0, 310_000.0, ["K1", "K9"]);
    estimated.cells[2].figure.confidence = Some(Confidence::Estimated);
    table.push(estimated);
    table.push(Row {
        kind: RowKind::Body,
        cells: vec![
            Cell::words("Both from the joint tender"),
            Cell::new(pounds(-1_500.5), vec![Source::assumption("prices hold")]),
            Cell::new(pounds(-2_500.0), vec![Source::assumption("prices hold")]),
        ],
    });
    table.push(Row::total(vec![Cell::words("Total"), pounds(1_705_749.5).into(), pounds(1_762_000.0).into()]));
    table
}

/// Twelve years of cash, too wide for an upright page.
fn cash() -> Table {
    let first = FinancialYear::starting(2014);
    let mut columns = vec![Column::words("Partner")];
    columns.extend(first.following(12).map(|year| Column::numbers(year.to_string())));
    let mut table = Table::new("cash", "Cash by partner and year (£)", columns);
    for (partner, start) in [("Sunderland City Council", -1_250_000.0), ("Durham County Council", -987_654.0)] {
        let years = (0..12).map(|year| pounds(start + f64::from(year) * 312_345.6));
        let cells = years.map(|value| Cell::new(value, vec![Source::entry("partnership", "O2")]));
        table.push(Row::body(std::iter::once(Cell::words(partner)).chain(cells).collect()));
    }
    table
}

/// One row a kind of value.
fn values() -> Table {
    let columns = vec![Column::words("Kind"), Column::numbers("Value"), Column::words("Remark")];
    let mut table = Table::new("values", "Every kind of value", columns);
    let all = [
        ("Recorded money", Value::Money(Money::from_pence(-1_205))),
        ("Modelled money", pounds(1_234.56)),
        ("Modelled money to the penny", Value::Pence(Estimate::from_pounds(99.995))),
        ("Proportion", Value::Percent(0.035)),
        ("Number", Value::Number { number: 0.966_184, decimals: 4 }),
        ("Count", Value::Count(1_027)),
        ("Day", Value::Day(day())),
        ("Year", Value::Year(FinancialYear::starting(2014))),
        ("Words", Value::text("=2+2 is words, not a sum")),
        ("Nothing", Value::Nothing),
    ];
    for (kind, value) in all {
        let figure = Cell::new(value, vec![green_book()]);
        table.push(Row::body(vec![Cell::words(kind), figure, Cell::words("first line\nsecond line")]));
    }
    table
}

fn bar(label: &str, value: f64) -> Bar {
    Bar { label: label.into(), value }
}

fn chart(id: &str, caption: &str, kind: ChartKind) -> Chart {
    let columns = vec![Column::words("Thing"), Column::numbers("£")];
    let mut table = Table::new(format!("{id}_table"), format!("Figures behind: {caption}"), columns);
    for (name, amount) in [("Staff", 1_467_250.0), ("Contracts", 240_000.0), ("Grants", -310_000.0)] {
        table.push(Row::body(vec![Cell::words(name), Cell::new(pounds(amount), vec![Source::entry("SCC", "C1")])]));
    }
    Chart {
        id: id.into(),
        caption: caption.into(),
        alternative: "Staff cost six times as much as contracts, and grants bring £310,000 back.".into(),
        horizontal: "£ a year".into(),
        vertical: "Cost line".into(),
        kind,
        table,
    }
}

fn charts() -> Vec<Block> {
    let bars = vec![bar("Staff", 1_467_250.0), bar("Contracts", 240_000.0), bar("Grants\u{7}", -310_000.0)];
    let series = vec![
        Series { label: "Sunderland".into(), values: vec![-1e6, -4e5, 3e5, 9e5] },
        Series { label: "Durham".into(), values: vec![-8e5, -5e5, -1e5, 4e5] },
    ];
    let bands = vec![
        Band { label: "Redundancy cost".into(), low: -900_000.0, high: 1_400_000.0 },
        Band { label: "Licence saving".into(), low: 100_000.0, high: 600_000.0 },
    ];
    let steps = (2014..2018).map(|year| FinancialYear::starting(year).to_string()).collect();
    let markers =
        vec![Marker { label: "P10".into(), value: 150_000.0 }, Marker { label: "P90".into(), value: 420_000.0 }];
    let kinds = [
        ("bars", "Cost by line", ChartKind::Bars { bars: bars.clone() }),
        ("lines", "Cumulative cash", ChartKind::Lines { steps, series }),
        ("tornado", "What moves the answer most", ChartKind::Tornado { middle: 350_000.0, bands }),
        (
            "histogram",
            "How the outcome is spread",
            ChartKind::Histogram { from: 0.0, width: 100_000.0, counts: vec![3, 17, 42, 30, 8], markers },
        ),
        ("bridge", "From the joint figure to the partners’", ChartKind::Bridge { bars }),
    ];
    let mut blocks = vec![Block::PageBreak, Block::numbered_heading(2, "8", "Charts")];
    blocks.extend(kinds.map(|(id, caption, kind)| Block::Chart(chart(id, caption, kind))));
    blocks
}

fn closing() -> Vec<Block> {
    vec![
        Block::PageBreak,
        Block::numbered_heading(2, "9", "Glossary <&> \"odd\" words"),
        Block::words("Control\u{1b}[31m characters\u{0} are dropped; <script>alert('x')</script> is words."),
        Block::paragraph(vec![Inline::Link {
            text: "A link that could run".into(),
            href: "javascript:alert(1)".into(),
        }]),
        Block::numbered_heading(2, "10", "Sources"),
        Block::SourceList,
    ]
}

fn number(number: f64) -> Cell {
    Cell::plain(Value::Number { number, decimals: 4 })
}

/// Inputs, flows with discount factors, and answers by every kind of formula.
/// Each cached figure is the engine's own: what `evaluate` gives.
pub fn workbook() -> Workbook {
    let mut workbook = Workbook {
        title: "Shared ICT Service: workbook".into(),
        sheets: vec![
            Worksheet {
                name: "Inputs: rate/flows [1]".into(),
                introduction: "What the appraisal starts from.".into(),
                tables: vec![inputs()],
            },
            Worksheet {
                name: "Appraisal".into(),
                introduction: "How net present value is worked out.".into(),
                tables: vec![flows(), answers()],
            },
        ],
    };
    cache(&mut workbook);
    workbook
}

fn inputs() -> Table {
    let mut table = Table::new("inputs", "Inputs", vec![Column::words("Input"), Column::numbers("Value")]);
    let rate = Cell::new(Value::Percent(0.035), vec![discount_rate()]).as_input();
    table.push(Row::body(vec![Cell::words("Discount rate"), rate]));
    let saving = Cell::new(pounds(312_345.678_9), vec![Source::entry("partnership", "O2")]).as_input();
    table.push(Row::body(vec![Cell::words("Saving a year"), saving]));
    table
}

fn at(table: &str, row: usize, column: usize) -> Formula {
    Formula::Cell(At::new(table, row, column))
}

/// Years across; rows of cash, factor, and a row with a gap in it.
fn flows() -> Table {
    let mut columns = vec![Column::words("Line"), Column::words("Fund")];
    columns.extend(FinancialYear::starting(2014).following(6).map(|year| Column::numbers(year.to_string())));
    let mut table = Table::new("flows", "Cash flows and discount factors", columns);
    let entry = |reference: &str| vec![Source::entry("SCC", reference)];
    let mut cash = vec![Cell::words("Cash"), Cell::words("General fund")];
    cash.push(Cell::new(Value::Money(Money::from_pence(-100_000_033)), entry("L1")).as_input());
    cash.extend((1..6).map(|year| {
        let growth = Formula::Multiply(vec![at("inputs", 1, 1), Formula::Number(1.0 + f64::from(year) / 7.0)]);
        Cell::new(pounds(0.0), entry("L2")).with_formula(growth)
    }));
    table.push(Row::body(cash));
    let mut factors = vec![Cell::words("Discount factor"), Cell::words("HOUSING"), number(1.0)];
    factors.extend((1..6).map(|year| {
        let over = Formula::Add(vec![Formula::Number(1.0), at("inputs", 0, 1)]);
        number(0.0).with_formula(Formula::Divide(
            Box::new(at("flows", 1, 1 + year)),
            Box::new(over),
            Box::new(Formula::Number(0.0)),
        ))
    }));
    table.push(Row::body(factors));
    let mut gaps = vec![Cell::words("Grant, with gaps"), Cell::words("general fund")];
    gaps.extend([1000.0, 2000.5].map(number));
    gaps.push(Value::Nothing.into());
    gaps.push(Cell::empty());
    gaps.extend([-4000.25, 5000.0].map(number));
    table.push(Row::body(gaps));
    table
}

/// One answer a kind of formula.
fn answers() -> Table {
    let mut table = Table::new("answers", "Answers", vec![Column::words("Answer"), Column::numbers("Value")]);
    let row = |row| Range::of_row("flows", row, 2..=7);
    let npv = |flow: usize| {
        let later = Range::of_row("flows", flow, 3..=7);
        Formula::Add(vec![
            at("flows", flow, 2),
            Formula::PresentValue { rate: Box::new(at("inputs", 0, 1)), flows: later },
        ])
    };
    let fund = Formula::SumWhere {
        criteria: Range::of_column("flows", 1, 0..=2),
        equals: "General fund".into(),
        amounts: Range::of_column("flows", 3, 0..=2),
    };
    let square = Range { from: At::new("flows", 0, 2), to_row: 2, to_column: 7 };
    let all = [
        ("Net present value by NPV", npv(0)),
        ("Net present value by factors", Formula::SumProduct(row(0), row(1))),
        ("Grant discounted, gaps counted as years", npv(2)),
        ("Sum of all", Formula::Sum(square.clone())),
        ("Smallest of a row with gaps", Formula::Minimum(row(2))),
        ("Smallest of all", Formula::Minimum(square)),
        ("General fund in the second year", fund),
        ("A gap counts as nought", Formula::Add(vec![at("flows", 2, 4), at("flows", 2, 5), Formula::Number(-2.5)])),
        (
            "Over nought",
            Formula::Divide(
                Box::new(at("inputs", 1, 1)),
                Box::new(at("flows", 2, 5)),
                Box::new(Formula::Subtract(Box::new(Formula::Number(7.0)), Box::new(at("answers", 7, 1)))),
            ),
        ),
    ];
    for (name, formula) in all {
        let sources = vec![Source::entry("SCC", "L1"), green_book()];
        table.push(Row::body(vec![
            Cell::words(name),
            Cell::new(Value::Pence(Estimate::ZERO), sources).with_formula(formula),
        ]));
    }
    let all = Formula::Sum(Range::of_column("answers", 1, 0..=8));
    table.push(Row::total(vec![Cell::words("Total"), Cell::plain(Value::Pence(Estimate::ZERO)).with_formula(all)]));
    table
}

/// Puts what the formulas give into the cells that hold them.
fn cache(workbook: &mut Workbook) {
    let evaluation = penshaw_documents::evaluate(workbook, &Default::default());
    for table in workbook.sheets.iter_mut().flat_map(|sheet| &mut sheet.tables) {
        for (row, cells) in table.rows.iter_mut().enumerate() {
            for (column, cell) in cells.cells.iter_mut().enumerate().filter(|(_, cell)| cell.formula.is_some()) {
                let worked_out = evaluation.value(&At::new(&table.id, row, column));
                cell.figure.value = with_number(&cell.figure.value, worked_out);
            }
        }
    }
}

/// The value with another number in it.
pub fn with_number(value: &Value, number: f64) -> Value {
    match value {
        Value::Pence(_) => Value::Pence(Estimate::from_pounds(number)),
        Value::Pounds(_) => pounds(number),
        Value::Percent(_) => Value::Percent(number),
        Value::Number { decimals, .. } => Value::Number { number, decimals: *decimals },
        Value::Money(_) => Value::Money(Estimate::from_pounds(number).to_money()),
        other => other.clone(),
    }
}
