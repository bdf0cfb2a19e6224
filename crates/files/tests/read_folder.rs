//! Partnership folders: what a sound one gives, and every finding of one that is not.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use penshaw_basis::{Confidence, Date, Money};
use penshaw_files::read::{self, Folder, ReadError, has_errors};
use penshaw_register::{Application, CourseOption, Kind, Line, PARTNERSHIP, SmallArea, join};
use tempfile::TempDir;

const PARTNERSHIP_TOML: &str = r#"
name = "Two councils"
marking = "Illustrative estate"

[[authorities]]
code = "SCC"
name = "Sunderland City Council"
folder = "sunderland"
population = 275_500
annual_budget = "£9,800,000.50"

[[authorities]]
code = "DCC"
name = "Durham County Council"
folder = "durham"
annual_budget = 12000000.25
source = "Revenue estimates 2014/15"

[report]
authority = "SCC"
body = "Cabinet"
meeting = 2014-06-18
title = "Shared ICT; a review"
key_decision = true
[report.words]
"3" = "One paragraph; with a semicolon."
"7.3" = ["First.", "Second."]
[report.adoption]
officer = "Director of Commercial and Corporate Services"
on = 2014-06-18
adopted = true
resolutions = ["Note; and close."]

[[options]]
reference = "O1"
name = "Business as usual"
role = "business as usual"
course = "apart"
starts = "2014/15"

[[options]]
reference = "O2"
name = "Shared service"
role = "do minimum"
course = "integrate"
starts = "2014/15"

[[lines]]
reference = "L1"
option = "O2"
authority = "joint"
description = "Migration"
flow = "cost"
range = "pert"
low = 0.8
likely = 1
high = 1.5
amounts = { "2014/15" = 100000, "2015/16" = "£50,000.50", "2016/17" = 0.25 }
confidence = { all = "estimated", amounts = "verified" }
"#;

const ESTATE_TOML: &str = "on = 2014-03-31\n[[share]]\nshared = true\n";
const APPLICATIONS: &str = "reference,name,users,annual_cost,contract\nA1,Academy,120,\"£85,000\",\n";

/// A folder of the files given, over a sound one.
fn made(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sound = [
        ("partnership.toml", PARTNERSHIP_TOML),
        ("sunderland/estate.toml", ESTATE_TOML),
        ("sunderland/applications.csv", APPLICATIONS),
        ("durham/estate.toml", ESTATE_TOML),
        ("durham/applications.csv", APPLICATIONS),
    ];
    for (name, text) in sound.iter().chain(files) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn read_in(folder: &TempDir) -> Folder {
    read::folder(folder.path()).unwrap()
}

fn said(files: &[(&str, &str)]) -> Vec<String> {
    read_in(&made(files)).findings.iter().map(ToString::to_string).collect()
}

/// The partnership file with something else in place of a part of it.
fn instead(old: &str, new: &str) -> String {
    assert!(PARTNERSHIP_TOML.contains(old), "{old}");
    PARTNERSHIP_TOML.replacen(old, new, 1)
}

#[test]
fn a_sound_folder_is_read_whole_and_without_findings() {
    let folder = made(&[
        ("parameters/green_book/appraisal_horizon.toml", "unit = 'years'"),
        ("partnership/areas.csv", "Reference;Name\nAR1;Shared sites\n"),
        ("sunderland/notes.txt", "not an estate"),
        ("sunderland/~$estate.xlsx", "a lock file"),
    ]);
    let read = read_in(&folder);
    assert_eq!(read.findings, []);
    let (partnership, report) = (&read.partnership, &read.partnership.report);
    assert_eq!(partnership.marking.as_deref(), Some("Illustrative estate"));
    let budgets: Vec<Option<Money>> = partnership.authorities.iter().map(|authority| authority.annual_budget).collect();
    assert_eq!(budgets, [Some(Money::from_pence(980_000_050)), Some(Money::from_pence(1_200_000_025))]);
    assert_eq!(report.meeting, Some(Date::constant(2014, 6, 18)));
    assert_eq!(report.words["3"], ["One paragraph; with a semicolon."]);
    assert_eq!(report.words["7.3"], ["First.", "Second."]);
    assert_eq!(report.adoption.as_ref().unwrap().resolutions, ["Note; and close."]);
    let owners: Vec<&str> = read.baselines.iter().map(|baseline| baseline.owner()).collect();
    assert_eq!(owners, ["SCC", "DCC", PARTNERSHIP]);
    assert!(read.baselines.iter().all(|baseline| baseline.on() == Date::constant(2014, 3, 31)));
    assert_eq!(
        read.parameters,
        BTreeMap::from([("green_book/appraisal_horizon.toml".into(), "unit = 'years'".into())])
    );
    let joint = join(&read.partnership, &read.baselines, &read.choices);
    assert_eq!(joint.all::<Application>().len(), 2);
    assert_eq!(joint.all::<CourseOption>().len(), 2);
    let lines = joint.all::<Line>();
    assert_eq!(lines[0].total(), Money::from_pence(15_000_075));
    assert_eq!(lines[0].confidence, Confidence::Estimated);
    assert_eq!(lines[0].confidence_of("amounts"), Confidence::Verified);
}

#[test]
fn a_figure_that_its_owner_keeps_back_is_not_in_the_joint_register() {
    let estate = format!("{ESTATE_TOML}[[share]]\nkind = \"applications\"\nfields = \"annual_cost\"\nshared = false\n");
    let read = read_in(&made(&[("durham/estate.toml", &estate)]));
    let joint = join(&read.partnership, &read.baselines, &read.choices);
    let costs: Vec<Option<Money>> = joint.all::<Application>().iter().map(|held| held.annual_cost).collect();
    assert_eq!(costs, [Some(Money::from_pounds(85_000)), None]);
}

#[test]
fn the_digest_does_not_depend_on_how_entries_are_split_into_files() {
    let toml = format!(
        "{ESTATE_TOML}[[applications]]\nreference = \"A1\"\nname = \"Academy\"\nusers = 120\nannual_cost = 85000\n"
    );
    let folder =
        made(&[("sunderland/estate.toml", &toml), ("sunderland/applications.csv", "reference,name\nA2,Ledger\n")]);
    let split = read_in(&folder);
    let whole = read_in(&made(&[("sunderland/applications.csv", &format!("{APPLICATIONS}A2,Ledger,,,\n"))]));
    assert_eq!(split.findings, []);
    assert_eq!(split.baselines[0].digest(), whole.baselines[0].digest());
}

#[test]
fn what_makes_reading_impossible_is_one_line_with_a_hint() {
    let empty = tempfile::tempdir().unwrap();
    let lines = |error: ReadError| (error.to_string(), error.hint());
    let missing = read::folder(&empty.path().join("nowhere")).unwrap_err();
    assert!(matches!(missing, ReadError::NoSuchFolder(_)));
    assert!(matches!(read::folder(empty.path()).unwrap_err(), ReadError::NoPartnership(_)));
    let file = made(&[]);
    assert!(matches!(read::folder(&file.path().join("partnership.toml")).unwrap_err(), ReadError::NotAFolder(_)));
    let broken = made(&[("partnership.toml", "name = \"Two\"\nstarts = 2014-02-31x\n")]);
    let (what, hint) = lines(read::folder(broken.path()).unwrap_err());
    assert!(what.starts_with("partnership.toml, line 2: "), "{what}");
    assert!(!what.contains('\n') && !hint.contains('\n'));
}

#[test]
fn every_mistake_of_the_partnership_file_has_its_line_and_a_suggestion() {
    let text = PARTNERSHIP_TOML
        .replace("marking =", "markng =")
        .replace("population = 275_500", "population = \"many\"")
        .replace("key_decision = true", "key_decison = true")
        .replace("role = \"do minimum\"", "rol = \"do minimum\"")
        .replace("flow = \"cost\"", "flow = \"costs\"")
        .replace("\"2015/16\" = \"£50,000.50\"", "\"2015/17\" = 1")
        .replace("low = 0.8\n", "");
    assert_eq!(
        said(&[("partnership.toml", &text)]),
        [
            "error: partnership.toml, line 3: \"markng\" is not known here\n  hint: did you mean \"marking\"?",
            "error: partnership.toml, [[authorities]] 1, population, line 9: \"many\" is not a whole number\n  hint: write a whole number from 0, such as 120",
            "error: partnership.toml, report, line 24: \"key_decison\" is not known here\n  hint: did you mean \"key_decision\"?",
            "error: partnership.toml, [[options]] 2 (O2), line 41: Role is empty\n  hint: enter it: Its place in the short list of the Green Book. For example: preferred way forward",
            "error: partnership.toml, [[options]] 2 (O2), line 44: \"rol\" is not known here\n  hint: did you mean \"role\"?",
            "error: partnership.toml, [[lines]] 1 (L1), flow, line 53: \"costs\" is not one of: cost, cash-releasing benefit, non-cash-releasing benefit, wider benefit, grant, recharge, redundancy, pension strain, reserve drawn, reserve contribution, capital receipt, residual value\n  hint: did you mean \"cost\"?",
            "error: partnership.toml, [[lines]] 1 (L1), amounts, line 57: \"2015/17\" is not a financial year\n  hint: write it as 2014/15: the second year follows the first",
            "warning: partnership.toml, [[options]] 1 (O1), role, line 37: no option is do minimum\n  hint: add an option whose role is \"do minimum\"",
        ]
    );
}

#[test]
fn authorities_that_cannot_be_told_apart_or_lie_outside_are_refused() {
    let finds = |old: &str, new: &str, what: &str| {
        let said = said(&[("partnership.toml", &instead(old, new))]);
        assert!(said.iter().any(|line| line.starts_with("error") && line.contains(what)), "{what}: {said:#?}");
    };
    finds("code = \"DCC\"", "code = \"scc\"", "another authority has the code \"scc\" too");
    finds("folder = \"durham\"", "folder = \"sunderland/\"", "another authority has the folder");
    finds("code = \"DCC\"", "code = \"joint\"", "\"joint\" cannot be an authority's code");
    finds("code = \"DCC\"", "code = \"D/C\"", "\"D/C\" cannot be an authority's code");
    finds("code = \"DCC\"\n", "", "the authority has no code");
    finds("folder = \"durham\"", "folder = \"../..\"", "the folder lies outside the partnership folder");
    finds("folder = \"durham\"", "folder = \"/etc\"", "the folder lies outside the partnership folder");
    finds("folder = \"durham\"", "folder = \"partnership\"", "the folder \"partnership\" is not one authority's");
    finds("folder = \"durham\"", "folder = \"derham\"", "there is no such folder");
    finds("authority = \"joint\"", "authority = \"NCC\"", "NCC is no authority of this partnership");
    finds("authority = \"SCC\"", "authority = \"SSC\"", "SSC is no authority of this partnership");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_folder_is_refused() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("applications.csv"), APPLICATIONS).unwrap();
    let folder = made(&[]);
    fs::remove_file(folder.path().join("sunderland/applications.csv")).unwrap();
    std::os::unix::fs::symlink(
        outside.path().join("applications.csv"),
        folder.path().join("sunderland/applications.csv"),
    )
    .unwrap();
    fs::remove_dir_all(folder.path().join("durham")).unwrap();
    std::os::unix::fs::symlink(outside.path(), folder.path().join("durham")).unwrap();
    let read = read_in(&folder);
    let said: Vec<String> =
        read.findings.iter().map(|finding| format!("{}: {}", finding.place, finding.what)).collect();
    assert!(said.contains(&"durham: it is a link that leads out of the partnership folder".to_owned()), "{said:#?}");
    assert!(
        said.contains(&"sunderland/applications.csv: it is a link that leads out of the partnership folder".to_owned())
    );
    assert!(read.baselines.iter().take(2).all(|baseline| baseline.records().is_empty()));
}

#[test]
fn an_estate_without_a_day_or_choices_is_told_so_and_read_all_the_same() {
    let folder = made(&[]);
    fs::remove_file(folder.path().join("durham/estate.toml")).unwrap();
    let read = read_in(&folder);
    let said: Vec<String> = read.findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "error: durham/estate.toml: nothing says of which day Durham County Council's entries are\n  hint: write on = 2014-03-31 at the top of the file, with your day",
            "warning: durham/estate.toml: DCC shares nothing, so no analysis sees its entries\n  hint: to share everything add [[share]] and under it shared = true; to keep prices back, add fields",
        ]
    );
    assert_eq!(read.baselines[1].records().len(), 1);
    let dated = instead("name = \"Two councils\"", "name = \"Two councils\"\non = 2014-04-01");
    let folder = made(&[("partnership.toml", &dated), ("durham/estate.toml", "[[share]]\nshared = true\n")]);
    let days: Vec<String> = read_in(&folder).baselines.iter().map(|baseline| baseline.on().to_string()).collect();
    assert_eq!(days, ["2014-03-31", "2014-04-01", "2014-04-01"]);
}

#[test]
fn a_damaged_file_does_not_keep_the_others_from_being_read() {
    let folder = made(&[
        ("durham/estate.xlsx", "<html>not a workbook</html>"),
        (
            "durham/contracts.csv",
            "reference,title,starts,ends\nC1,Support,2016-03-31,31/02/2016\nC2,Network,2016-03-31,2011-04-01\n",
        ),
        ("durham/aplications.csv", "reference,name\nA9,Lost\n"),
        ("durham/minutes.pdf", "%PDF"),
        ("durham/old/applications.csv", APPLICATIONS),
        ("durham/licences.csv", ""),
        ("durham/posts.csv", "reference,title\n"),
    ]);
    let read = read_in(&folder);
    let said: Vec<String> =
        read.findings.iter().map(|finding| format!("{}: {}", finding.place, finding.what)).collect();
    assert_eq!(
        said,
        [
            "durham/aplications.csv: \"aplications\" is not a kind of entry, so its lines cannot be read",
            "durham/contracts.csv, line 2, column ends: there is no 31 February 2016",
            "durham/contracts.csv, line 3, column ends: 2011-04-01 is before 2016-03-31, the day on which it starts",
            "durham/estate.xlsx: it is not a workbook but a web page",
            "durham/licences.csv: the file is empty",
            "durham/minutes.pdf: it is not a form of file that holds entries, and not read",
            "durham/old: the folder is not looked into",
            "durham/posts.csv: the file has no entries",
        ]
    );
    assert!(has_errors(&read.findings));
    let applications =
        |owner: usize| read.baselines[owner].records().iter().filter(|record| record.kind == Kind::Application).count();
    assert_eq!((applications(0), applications(1)), (1, 1));
}

#[test]
fn a_reference_that_leads_nowhere_is_found_at_its_cell() {
    let said = said(&[("durham/applications.csv", "reference,name,contract\nA1,Academy,C9\n")]);
    assert_eq!(
        said,
        [
            "error: durham/applications.csv, line 2, column contract: there is no C9 among the contracts\n  hint: correct the reference, or add C9 to the contracts",
        ]
    );
}

#[test]
fn twelve_authorities_of_five_hundred_applications_each_are_read() {
    let folder = tempfile::tempdir().unwrap();
    many(folder.path(), 12, 500);
    let started = std::time::Instant::now();
    let read = read::folder(folder.path()).unwrap();
    eprintln!("12 authorities of 500 applications read in {:?}", started.elapsed());
    assert_eq!(read.findings, []);
    assert_eq!(read.baselines.iter().map(|baseline| baseline.records().len()).sum::<usize>(), 12 * 500);
}

/// A folder of many authorities, each with a workbook.
fn many(folder: &Path, authorities: usize, applications: u32) {
    let mut text = String::from("name = \"Many\"\n");
    for number in 0..authorities {
        text.push_str(&format!(
            "[[authorities]]\ncode = \"C{number}\"\nname = \"Council {number}\"\nfolder = \"c{number}\"\n"
        ));
        let own = folder.join(format!("c{number}"));
        fs::create_dir_all(&own).unwrap();
        fs::write(own.join("estate.toml"), ESTATE_TOML).unwrap();
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet().set_name("Applications").unwrap();
        sheet
            .write_row(0, 0, ["Reference", "Name", "Supplier", "Version", "Modules", "Hosting", "Users", "Annual cost"])
            .unwrap();
        for row in 1..=applications {
            let names = [
                format!("A{row}"),
                format!("System {row}"),
                "Example Ltd".into(),
                "1.2".into(),
                "One; Two".into(),
                "on premises".into(),
            ];
            sheet.write_row(row, 0, names).unwrap();
            sheet.write(row, 6, row).unwrap();
            sheet.write(row, 7, f64::from(row) * 100.25).unwrap();
        }
        book.save(own.join("estate.xlsx")).unwrap();
    }
    fs::write(folder.join("partnership.toml"), text).unwrap();
}

#[test]
fn every_small_area_of_the_example_is_read_without_a_finding() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/sunderland_durham");
    let folder = read::folder(&example).unwrap();
    assert_eq!(folder.findings, []);
    let joint = join(&folder.partnership, &folder.baselines, &folder.choices);
    let of = |owner: &str, vintage: &str| {
        let areas = joint.all::<SmallArea>().into_iter().filter(|area| area.owner == owner);
        areas.filter(|area| area.vintage.as_deref() == Some(vintage)).collect::<Vec<_>>()
    };
    let counts = [of("DCC", "2011"), of("SCC", "2011"), of("DCC", "2021"), of("SCC", "2021")].map(|areas| areas.len());
    assert_eq!(counts, [324, 185, 330, 185]);
    // Census 2021: residents of County Durham and of Sunderland.
    let residents = |owner| of(owner, "2021").iter().filter_map(|area| area.population).sum::<u64>();
    assert_eq!([residents("DCC"), residents("SCC")], [521_957, 274_165]);
}
