//! A document with every kind of block and chart, as a report to a cabinet would use them.

use penshaw_basis::{Confidence, Estimate, Source};
use penshaw_documents::{
    Band, Bar, Block, Cell, Chart, ChartKind, Column, Document, Figure, Inline, Marker, Marking, Row, RowKind, Series,
    Table, Value, inlines,
};

mod charts;

/// The sample. Every figure in it is invented.
pub fn sample() -> Document {
    let mut blocks = sheet();
    blocks.extend(sections());
    blocks.extend(charts::section());
    blocks.extend(tables());
    blocks.extend(closing());
    Document {
        title: "Shared ICT services: business case and recommendation".into(),
        author: "Head of ICT".into(),
        occasion: "Cabinet, 18 June 2014".into(),
        marking: Some(Marking { words: "Illustrative estate".into() }),
        titles: Default::default(),
        blocks,
    }
}

/// The sample as long as a full report, for timing.
#[allow(dead_code)]
pub fn long() -> Document {
    let mut document = sample();
    for _ in 0..2 {
        let middle: Vec<Block> = sections().into_iter().chain(tables()).collect();
        document.blocks.extend(middle);
    }
    document.blocks.extend(charts::section());
    document
}

fn pounds(amount: f64) -> Value {
    Value::Pounds(Estimate::from_pounds(amount))
}

fn entry(number: usize) -> Source {
    Source::entry(if number.is_multiple_of(2) { "SCC" } else { "DCC" }, &format!("A{number}"))
}

fn green_book() -> Source {
    Source::publication(
        "The Green Book: appraisal and evaluation in central government",
        "https://www.gov.uk/government/publications/the-green-book-appraisal-and-evaluation-in-central-government",
    )
}

fn sheet() -> Vec<Block> {
    let one = |words: &str| vec![Block::words(words)];
    let fields = vec![
        ("Title of report".to_owned(), one("Shared ICT services: business case and recommendation")),
        ("Author".to_owned(), one("Head of ICT")),
        (
            "Purpose of report".to_owned(),
            one("To set out what the joint evaluation found and to ask Cabinet to decide what follows from it."),
        ),
        (
            "Description of decision".to_owned(),
            vec![
                Block::words("Cabinet is requested to:"),
                Block::List {
                    ordered: false,
                    items: vec![
                        inlines("note the findings of the evaluation;"),
                        inlines("support closing the integration project; and"),
                        inlines("agree that the two councils work together in the five areas named in section 5."),
                    ],
                },
            ],
        ),
        ("Is the decision consistent with the budget and policy framework?".to_owned(), one("Yes")),
        (
            "Suggested reasons for decision".to_owned(),
            vec![Block::paragraph(vec![
                Inline::text("Integration would cost "),
                Inline::figure(pounds(1_284_000.0), &[entry(1), entry(2), entry(3), entry(5)]),
                Inline::text(
                    " more than it saves over ten years for one partner, and the councils’ delivery models are moving apart.",
                ),
            ])],
        ),
        (
            "Alternative options to be considered and recommended to be rejected".to_owned(),
            vec![
                Block::words(
                    "Do nothing: rejected, because five contracts end within eighteen months and could be bought together.",
                ),
                Block::words(
                    "Integrate fully: rejected, because one partner would lose under every tested range of costs.",
                ),
            ],
        ),
        (
            "Impacts analysed".to_owned(),
            one("Equality: yes. Privacy: yes. Sustainability: not applicable. Crime and disorder: not applicable."),
        ),
        ("Is this a key decision as defined in the constitution?".to_owned(), one("Yes")),
        ("Is it included in the 28-day notice of decisions?".to_owned(), one("Yes")),
        ("Relevant scrutiny committee".to_owned(), one("Scrutiny Coordinating Committee")),
    ];
    vec![
        Block::heading(2, "Executive summary sheet – Part I"),
        Block::Fields { caption: "Executive summary sheet: each row names a field and holds its text.".into(), fields },
        Block::PageBreak,
    ]
}

fn numbered(number: &str, text: Vec<Inline>) -> Block {
    Block::Paragraph { number: Some(number.into()), text }
}

fn sections() -> Vec<Block> {
    let mut estimated = Figure::new(pounds(412_500.0), vec![entry(4), entry(6), entry(7), entry(8)]);
    estimated.confidence = Some(Confidence::Estimated);
    vec![
        Block::numbered_heading(2, "1", "Purpose of the report"),
        numbered("1.1", inlines("This report sets out what the joint evaluation of shared ICT services found, what each council would gain or lose under each option, and how sure the figures are. It asks Cabinet to decide what follows.")),
        Block::numbered_heading(2, "2", "Description of decision"),
        numbered("2.1", inlines("Cabinet is requested to:")),
        Block::List { ordered: true, items: vec![
            inlines("note the findings of the evaluation;"),
            inlines("support closing the integration project; and"),
            vec![Inline::text("agree that the councils work together in "), Inline::strong("five named areas"), Inline::text(", each with an owner and a date.")],
        ] },
        Block::numbered_heading(2, "5", "Analysis of the business case"),
        Block::numbered_heading(3, "5.1", "What the options cost"),
        numbered("5.1.1", vec![
            Inline::text("Together the councils spend "),
            Inline::figure(pounds(8_412_300.0), &[entry(1), entry(2)]),
            Inline::text(" a year on the services in scope. Licence and contract overlap accounts for "),
            Inline::Figure(estimated),
            Inline::text(" of it. All present values use the social time preference rate of "),
            Inline::figure(Value::Percent(0.035), &[Source::Parameter { name: "green_book/standard_discount_rate".into(), from: "2003-04-01".into() }, green_book()]),
            Inline::text(" in real terms. The words “#set page(fill: red)”, $x^2$, *stars*, _lines_, @labels, <tags> & \\backslashes are printed as they stand."),
        ]),
        Block::words("A paragraph without a number stands under the numbered ones, with its text in line with theirs, so that a reader’s eye runs down one edge only."),
        Block::note("Illustrative", "The estate in this report is made up for demonstration. No figure in it should be quoted as a council’s own."),
        numbered("5.1.2", inlines("Table 1 compares the options over ten years:")),
        Block::Table(options()),
        Block::heading(4, "Where the figures come from"),
        numbered("5.1.3", vec![
            Inline::text("The method follows "),
            Inline::Link { text: "the Green Book’s supplementary guidance on discounting".into(), href: "https://www.gov.uk/government/publications/the-green-book-appraisal-and-evaluation-in-central-government".into() },
            Inline::text(", with optimism bias applied once, before ranges, and never twice to one line."),
        ]),
        Block::Note { label: "Officers’ judgement".into(), text: vec![
            Inline::text("Staff turnover would rise during integration. The figure of "),
            Inline::figure(Value::Percent(0.12), &[Source::assumption("turnover during integration is half as high again as in an ordinary year")]),
            Inline::text(" is a judgement and has not been tested."),
        ] },
    ]
}

fn options() -> Table {
    let columns = vec![
        Column::words("Option"),
        Column::numbers("Net present social value"),
        Column::numbers("Chance of being best"),
        Column::numbers("Payback, years"),
        Column::words("Who would lose"),
    ];
    let mut table = Table::new("options", "The options compared over ten years, 2014/15 prices", columns);
    let rows = [
        ("Business as usual", 0.0, 0.08, 0, "Nobody; nothing is gained either"),
        ("Collaborate in five areas", 1_948_220.0, 0.81, 3, "Nobody under any tested range"),
        ("Integrate fully", -1_284_000.0, 0.11, 11, "Durham, by £214,000 a year from 2017/18"),
    ];
    for (place, (name, value, chance, years, loser)) in rows.into_iter().enumerate() {
        let sources = vec![entry(place * 3 + 10), entry(place * 3 + 11)];
        table.push(Row::body(vec![
            Cell::words(name),
            Cell::new(pounds(value), sources.clone()),
            Cell::new(Value::Percent(chance), sources.clone()),
            Cell::new(if years == 0 { Value::Nothing } else { Value::Count(years) }, sources),
            Cell::words(loser),
        ]));
    }
    table.note = "Chance of being best: the share of 100,000 trials in which the option has the highest value.".into();
    table
}

fn tables() -> Vec<Block> {
    vec![
        Block::numbered_heading(2, "7", "Other considerations"),
        Block::numbered_heading(3, "7.1", "Financial implications"),
        numbered("7.1.1", inlines("Cash by year and partner, in thousands of pounds, is as follows:")),
        Block::Table(years(12, 1_000.0)),
        numbered("7.1.2", inlines("The contracts that end within three years, by authority, are these:")),
        Block::Table(contracts()),
        Block::numbered_heading(3, "7.2", "Risk"),
        numbered("7.2.1", inlines("The full cash flow of each cost line is printed on a page of its own:")),
        Block::Table(years(15, 1_000_000.0)),
    ]
}

fn years(columns: usize, scale: f64) -> Table {
    let mut headed = vec![Column::words("Authority and line")];
    headed.extend((1..columns - 1).map(|year| Column::numbers(format!("{}/{:02}", 2013 + year, 14 + year))));
    headed.push(Column::numbers("Total"));
    let mut table = Table::new("years", format!("Cash by year over {} years", columns - 2), headed);
    for (authority, sign) in [("Sunderland", 1.0), ("Durham", -1.0)] {
        let mut group = vec![Cell::words(authority)];
        group.resize_with(columns, Cell::empty);
        table.push(Row { kind: RowKind::Group, cells: group });
        for line in ["Service desk", "Networks and telephony"] {
            table.push(Row::body(year_cells(line, columns, sign * scale)));
        }
    }
    table.push(Row::total(year_cells("Total", columns, scale * 1.7)));
    table
}

fn year_cells(name: &str, columns: usize, scale: f64) -> Vec<Cell> {
    let mut cells = vec![Cell::words(name)];
    let mut total = 0.0;
    for year in 1..columns - 1 {
        let amount = scale * (year as f64 * 0.37 - 1.0);
        total += amount;
        cells.push(Cell::new(pounds(amount), vec![entry(year + 20), entry(year * 2 + 21)]));
    }
    cells.push(Cell::new(pounds(total), vec![entry(21)]));
    cells
}

fn contracts() -> Table {
    let columns = vec![
        Column::words("Contract"),
        Column::words("Supplier"),
        Column::words("Ends"),
        Column::numbers("Annual cost"),
        Column::words("What can be done"),
    ];
    let mut table = Table::new("contracts", "Contracts that end within three years", columns);
    for place in 0..34 {
        let mut cost = Cell::new(pounds(12_500.0 + 7_310.0 * place as f64), vec![entry(60 + place)]);
        cost.figure.confidence = Some([Confidence::Verified, Confidence::Reported, Confidence::Estimated][place % 3]);
        table.push(Row::body(vec![
            Cell::words(
                [
                    "Geographic information system",
                    "Revenues and benefits",
                    "Telephony, both sites",
                    "Data centre hosting",
                ][place % 4],
            ),
            Cell::words(["Northern Mapping Ltd", "Civic Software plc", "Tyne Telecom"][place % 3]),
            Value::Day(jiff::civil::date(2015, 1 + (place % 12) as i8, 28)).into(),
            cost,
            Cell::words(
                [
                    "Extend by one year, as the contract allows, and buy together from 2016",
                    "Let it lapse",
                    "Bridge for six months under the framework",
                ][place % 3],
            ),
        ]));
    }
    table
}

fn closing() -> Vec<Block> {
    vec![
        Block::numbered_heading(2, "10", "Background papers and sources"),
        numbered("10.1", inlines("Each number in square brackets names a source in this list.")),
        Block::SourceList,
    ]
}
