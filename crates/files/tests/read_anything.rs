//! Whatever the bytes, a reader answers with records and findings, never with a panic.

use std::io::{Cursor, Read, Write};
use std::sync::LazyLock;

use penshaw_basis::{Date, FinancialYear};
use penshaw_files::{read, template};
use penshaw_register::{Holder, Kind};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

fn read_every_way(bytes: &[u8]) {
    for name in
        ["estate.xlsx", "estate.ods", "applications.csv", "lines.csv", "estate.json", "a.jsonl", "spend.csv", "x.bin"]
    {
        for holder in [Holder::Authority, Holder::Partnership] {
            read::file(name, bytes, holder);
        }
    }
    let _ = read::cost_table("game.csv", bytes);
    let text = String::from_utf8_lossy(bytes);
    for kind in [Kind::Application, Kind::Line] {
        read::pasted(&text, kind);
    }
}

fn read_as_folder(partnership: &[u8], estate: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("scc")).unwrap();
    std::fs::write(folder.path().join("partnership.toml"), partnership).unwrap();
    std::fs::write(folder.path().join("scc/estate.toml"), estate).unwrap();
    let _ = read::folder(folder.path());
}

/// The parts of a workbook: their names and what they hold.
type Parts = Vec<(String, Vec<u8>)>;

/// The parts of a filled workbook of Excel and of LibreOffice.
static WORKBOOKS: LazyLock<Vec<(&str, Parts)>> = LazyLock::new(|| {
    let day = Date::constant(2014, 3, 31);
    let template = template::partnership(day, FinancialYear::of(day)).unwrap();
    vec![
        ("estate.xlsx", parts(include_bytes!("read_data/estate.xlsx"))),
        ("estate.ods", parts(include_bytes!("read_data/estate.ods"))),
        ("partnership.xlsx", parts(&template)),
    ]
});

fn parts(bytes: &[u8]) -> Parts {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for place in 0..zip.len() {
        let mut part = zip.by_index(place).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.push((part.name().unwrap().into_owned(), bytes));
    }
    parts
}

fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts.iter().filter(|(name, _)| !name.ends_with('/')) {
        zip.start_file(name.as_str(), stored).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Puts something else in the place of a few bytes, at a place given as a share of the whole.
fn changed(bytes: &[u8], changes: &[(f64, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (place, with) in changes {
        let from = (bytes.len() as f64 * place) as usize;
        let to = (from + with.len()).min(bytes.len());
        bytes.splice(from..to, with.iter().copied());
    }
    bytes
}

/// Bytes that parsers trip over, and any others.
fn stumbling() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::sample::select(vec![
            "<",
            ">",
            "\"",
            "&#0;",
            "&x;",
            "</row>",
            "</c>",
            "<v>",
            "<f t=\"shared\" si=\"9999999999\">",
            "r=\"A0\"",
            "r=\"ZZZZZZ99999999999\"",
            "t=\"s\"",
            "t=\"e\"",
            "99999999999999999999",
            "-1",
            "NaN",
            "1e999",
            "\u{0}",
            "<!--",
            "<![CDATA[",
            "]]>",
            "<?",
            "\u{feff}",
        ])
        .prop_map(|text: &str| text.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 1..8),
    ]
}

fn some_toml() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "[[lines]]\n",
        "[[options]]\n",
        "[[authorities]]\n",
        "[report]\n",
        "[report.words]\n",
        "[[share]]\n",
        "reference = ",
        "amounts = ",
        "on = ",
        "name = ",
        "code = ",
        "folder = ",
        "kind = ",
        "shared = ",
        "\"2014/15\"",
        "{ ",
        " }",
        "[",
        "]",
        " = ",
        "\n",
        "true",
        "12.345",
        "2014-02-30",
        "2014-03-31",
        "\"SCC\"",
        "\"scc\"",
        "\"..\"",
        "\"\"\"",
        "'",
        "inf",
        "nan",
        "0xFF",
        "9223372036854775808",
        "1979-05-27T07:32:00Z",
        "07:32:00",
        "#",
    ]);
    prop::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

fn some_csv() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "reference",
        "Name",
        "2014/15",
        "users",
        "annual_cost",
        "confidence",
        ",",
        ";",
        "\t",
        "\n",
        "\r\n",
        "\"",
        "A1",
        "TOTAL",
        "EXAMPLE",
        "31/02/2014",
        "£1,250.50",
        "(5)",
        "1e9",
        "verified; users=reported",
        "=",
        "coalition",
        "cost",
        "A+B",
        "+",
    ]);
    prop::collection::vec(word, 0..60).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        read_every_way(&bytes);
        read_as_folder(&bytes, &bytes);
    }

    #[test]
    fn any_bytes_behind_the_mark_of_a_zip_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
        read_every_way(&[b"PK\x03\x04", bytes.as_slice()].concat());
    }

    #[test]
    fn a_workbook_with_changed_parts_is_answered(
        which in 0_usize..3,
        part in any::<prop::sample::Index>(),
        changes in prop::collection::vec((0.0..1.0, stumbling()), 1..4),
    ) {
        let (name, parts) = &WORKBOOKS[which];
        let mut parts = parts.clone();
        let part = part.index(parts.len());
        parts[part].1 = changed(&parts[part].1, &changes);
        let bytes = zipped(&parts);
        read::file(name, &bytes, Holder::Authority);
        read::file(name, &bytes, Holder::Partnership);
    }

    #[test]
    fn a_workbook_with_changed_bytes_is_answered(
        which in 0_usize..2,
        changes in prop::collection::vec((0.0..1.0, stumbling()), 1..4),
    ) {
        let bytes = [include_bytes!("read_data/estate.xlsx").as_slice(), include_bytes!("read_data/estate.ods")][which];
        read_every_way(&changed(bytes, &changes));
    }

    #[test]
    fn any_toml_is_answered(partnership in some_toml(), estate in some_toml()) {
        read_as_folder(partnership.as_bytes(), estate.as_bytes());
        let sound = format!("name = 'x'\n[[authorities]]\ncode = 'SCC'\nname = 'S'\nfolder = 'scc'\n{partnership}");
        read_as_folder(sound.as_bytes(), estate.as_bytes());
    }

    #[test]
    fn any_csv_is_answered(text in some_csv()) {
        read_every_way(text.as_bytes());
    }

    #[test]
    fn any_estate_in_json_is_answered(
        ids in prop::collection::vec("[a-c]?", 0..5),
        value in prop::sample::select(vec!["null", "-1", "1e308", "13", "\"x\"", "[]", "{}", "true", "[null]", "2028"]),
        key in prop::sample::select(vec!["label", "users", "annualCost", "endYear", "endMonth", "noticePeriod", "isCloud", "sharedWith", "lgaFunctionId", "id"]),
    ) {
        let nodes: Vec<String> = ids.iter().map(|id| format!("{{\"id\":\"{id}\",\"type\":\"ITSystem\",\"label\":\"x\",\"endYear\":2028,\"{key}\":{value}}}")).collect();
        let text = format!("{{\"councilName\":\"X\",\"nodes\":[{}],\"edges\":[{{\"source\":\"a\"}},3]}}", nodes.join(","));
        read_every_way(text.as_bytes());
    }
}

#[test]
fn deep_nesting_is_answered() {
    for text in
        ["[".repeat(200_000), "{a=".repeat(200_000), format!("a = {}", "[".repeat(200_000)), "{\"a\":".repeat(200_000)]
    {
        read_as_folder(text.as_bytes(), text.as_bytes());
        read_every_way(text.as_bytes());
    }
    let xml = "<a>".repeat(200_000);
    read_every_way(&zipped(&[("xl/workbook.xml".to_owned(), xml.into_bytes())]));
}
