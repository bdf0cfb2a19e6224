//! A chart of each kind.

use super::*;

pub fn section() -> Vec<Block> {
    let mut blocks = vec![
        Block::numbered_heading(3, "5.2", "What the figures look like"),
        numbered(
            "5.2.1",
            inlines(
                "Five figures show where the money goes, when it is spent, what the answer depends on, how it might turn out, and how the two views of cost are reconciled.",
            ),
        ),
    ];
    blocks.extend([spend(), cash(), tornado(), histogram(), bridge(), long_bridge()].map(Block::Chart));
    blocks
}

fn table(id: &str, caption: &str, rows: &[(String, f64)]) -> Table {
    let mut table = Table::new(id, caption, vec![Column::words("Item"), Column::numbers("Pounds")]);
    for (place, (name, value)) in rows.iter().enumerate() {
        table.push(Row::body(vec![Cell::words(name.clone()), Cell::new(pounds(*value), vec![entry(place + 1)])]));
    }
    table
}

fn chart(id: &str, caption: &str, finding: &str, axes: (&str, &str), kind: ChartKind, rows: &[(String, f64)]) -> Chart {
    Chart {
        id: id.into(),
        caption: caption.into(),
        alternative: finding.into(),
        horizontal: axes.0.into(),
        vertical: axes.1.into(),
        kind,
        table: table(&format!("{id}-table"), caption, rows),
    }
}

fn named(rows: &[(&str, f64)]) -> (Vec<Bar>, Vec<(String, f64)>) {
    let bars = rows.iter().map(|(label, value)| Bar { label: (*label).into(), value: *value });
    let table = rows.iter().map(|(label, value)| ((*label).to_owned(), *value));
    (bars.collect(), table.collect())
}

fn spend() -> Chart {
    let (bars, rows) = named(&[
        ("Infrastructure and hosting", 2_914_000.0),
        ("Applications: revenues, benefits, social care and planning", 2_310_450.0),
        ("Service desk & end-user support", 1_204_300.0),
        ("Networks and telephony", 1_118_000.0),
        ("Information management", 565_550.0),
        ("Income from schools", -300_000.0),
    ]);
    chart(
        "spend",
        "Annual spend by service, both councils",
        "Infrastructure and applications take six tenths of the spend; income from schools offsets a small part.",
        ("Annual cost (£), 2013/14", ""),
        ChartKind::Bars { bars },
        &rows,
    )
}

fn cash() -> Chart {
    let steps: Vec<String> = (0..10).map(|year| format!("{}/{:02}", 2014 + year, 15 + year)).collect();
    let line = |label: &str, start: f64, gain: f64| Series {
        label: label.into(),
        values: (0..10).map(|year| start + gain * year as f64 - if year > 6 { 40_000.0 } else { 0.0 }).collect(),
    };
    let series = vec![
        line("Sunderland, five areas", -310_000.0, 145_000.0),
        line("Durham, five areas", -290_000.0, 138_000.0),
        line("Sunderland, full integration", -820_000.0, 96_000.0),
        line("Durham, full integration", -790_000.0, 24_000.0),
    ];
    let rows: Vec<(String, f64)> = steps.iter().cloned().zip(series[0].values.iter().copied()).collect();
    chart(
        "cash",
        "Cumulative cash by partner and option",
        "Both councils are ahead by the third year with five areas; Durham never recovers its outlay under full integration.",
        ("Financial year", "Cumulative cash (£), nominal"),
        ChartKind::Lines { steps, series },
        &rows,
    )
}

fn tornado() -> Chart {
    let band = |label: &str, low: f64, high: f64| Band { label: label.into(), low, high };
    let bands = vec![
        band("Staff saved by a joint service desk (posts)", -210_000.0, 4_120_000.0),
        band("Price of joint contracts against today’s", 3_300_000.0, 590_000.0),
        band("Cost of moving data centres", 2_700_000.0, 1_250_000.0),
        band("Year in which savings begin", 2_300_000.0, 1_610_000.0),
        band("Optimism bias on capital", 2_080_000.0, 1_830_000.0),
    ];
    let rows: Vec<(String, f64)> =
        bands.iter().map(|band| (band.label.clone(), (band.high - band.low).abs())).collect();
    chart(
        "tornado",
        "What the net present value of five areas depends on",
        "The number of posts saved matters most; at its low end the option loses £210,000.",
        ("Net present social value (£)", ""),
        ChartKind::Tornado { middle: 1_948_220.0, bands },
        &rows,
    )
}

fn histogram() -> Chart {
    let counts: Vec<u64> = (0..40_i64)
        .map(|place| {
            let distance = (place - 18) as f64 / 8.0;
            (9_400.0 / (1.0 + distance * distance * distance * distance)) as u64
        })
        .collect();
    let markers = [("P10", 620_000.0), ("P50", 1_910_000.0), ("P90", 3_240_000.0)]
        .map(|(label, value)| Marker { label: label.into(), value })
        .to_vec();
    let rows: Vec<(String, f64)> = markers.iter().map(|marker| (marker.label.clone(), marker.value)).collect();
    chart(
        "histogram",
        "How five areas might turn out, 100,000 trials",
        "Nine trials in ten are worth more than £620,000; three in a hundred lose money.",
        ("Net present social value (£)", "Trials"),
        ChartKind::Histogram { from: -900_000.0, width: 150_000.0, counts, markers },
        &rows,
    )
}

fn bridge() -> Chart {
    let (bars, rows) = named(&[
        ("Economic value", 1_948_000.0),
        ("Remove non-cash benefits", -412_000.0),
        ("Add inflation", 96_000.0),
        ("Add grants", 150_000.0),
        ("Recharges", -61_000.0),
        ("Net present cash", 1_721_000.0),
    ]);
    chart(
        "bridge",
        "From economic value to net present cash",
        "Non-cash benefits account for most of the difference between the two views.",
        ("", "Pounds (£), ten years"),
        ChartKind::Bridge { bars },
        &rows,
    )
}

fn long_bridge() -> Chart {
    let (bars, rows) = named(&[
        ("Net present cash of both councils together", 1_721_000.0),
        ("Redundancy and pension strain borne by Durham alone", -512_000.0),
        ("Share of joint lines by number of users", -240_000.0),
        ("Grant already committed to Sunderland", -1_150_000.0),
        ("Recharges", 61_000.0),
        ("Base budget given up in 2016/17", -33_000.0),
        ("Contingency released", 40_000.0),
        ("Reserves used for the data centre", 12_000.0),
        ("Net present cash of Durham", -101_000.0),
    ]);
    chart(
        "shares",
        "From joint cash to Durham’s own",
        "Durham’s own position is slightly negative although the joint one is positive.",
        ("", "Pounds (£), ten years"),
        ChartKind::Bridge { bars },
        &rows,
    )
}
