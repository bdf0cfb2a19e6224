//! Networks in SNDlib's native format, read as sites and links; the network is our own.

use penshaw_files::read;
use penshaw_register::{Holder, Kind};
use serde_json::json;

const NETWORK: &str = "\
?SNDlib native format; type: network; version: 1.0
# network of three made-up places

META (
  unit = GBITPERSEC
)

NODES (
  Hall ( -1.57 54.78 )
  Works ( -1.38, 54.90 )
  Depot
)

# <link_id> ( <source> <target> ) <capacity> <cost> <routing_cost> <setup_cost> ( {<module_capacity> <module_cost>}* )
LINKS (
  L1 ( Hall Works ) 10.00 7.50 0.00 0.00 ( 40.00 133.00 )
  L2 ( Works Depot ) 0.00 0.00 0.00 12.00 ( 0.622 81.25 0.155 27.25 )
)

DEMANDS (
  D1 ( Hall Depot ) 1 3.00 UNLIMITED
)
";

fn said(text: &str) -> Vec<String> {
    let (_, findings) = read::sndlib::read(text, "dcc/made-up.txt");
    findings.iter().map(|finding| finding.to_string().lines().next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn nodes_become_sites_and_links_take_what_is_installed_or_their_smallest_module() {
    let (records, _) = read::sndlib::read(NETWORK, "dcc/made-up.txt");
    let of = |kind| records.iter().filter(move |record| record.kind == kind).collect::<Vec<_>>();
    let (sites, links) = (of(Kind::Site), of(Kind::Link));
    assert_eq!(sites.len(), 3);
    assert_eq!(json!(sites[0].fields), json!({ "name": "Hall", "longitude": -1.57, "latitude": 54.78 }));
    assert_eq!(json!(sites[2].fields), json!({ "name": "Depot" }));
    assert_eq!(
        json!(links[0].fields),
        json!({
            "name": "L1", "from_site": "Hall", "to_site": "Works", "standing": "in place",
            "capacity_mbps": 10_000.0, "capital_cost": 750,
        })
    );
    assert_eq!((&links[1].fields["capacity_mbps"], &links[1].fields["capital_cost"]), (&json!(155.0), &json!(3_925)));
    assert_eq!(links[1].origin.place.to_string(), "dcc/made-up.txt, line 17");
}

#[test]
fn what_has_no_entry_or_no_unit_is_told() {
    let expected = [
        "warning: dcc/made-up.txt: costs have no currency: they are read as pounds",
        "warning: dcc/made-up.txt: the register has no entry for demands",
    ];
    assert_eq!(said(NETWORK), expected);
    let without = NETWORK.replace("unit = GBITPERSEC", "unit = FURLONGS");
    assert!(said(&without)[0].contains("no unit of capacity that is known is named"));
}

#[test]
fn every_mistake_is_told_by_its_line_and_the_rest_is_read() {
    let wrong = NETWORK
        .replace("Hall ( -1.57 54.78 )", "Hall ( 401 54.78 )")
        .replace("L1 ( Hall Works ) 10.00", "L1 ( Hall Wroks ) 10.00")
        .replace("( 0.622 81.25 0.155 27.25 )", "( 0.622 nothing )")
        .replace("  D1 ( Hall Depot ) 1 3.00 UNLIMITED\n)", "  D1 ( Hall Depot )");
    let told = said(&wrong);
    for expected in [
        "warning: dcc/made-up.txt, line 9: (401 54.78) is no longitude and latitude, and is left out",
        "error: dcc/made-up.txt, line 16: the link ends at \"Wroks\", which is no node",
        "error: dcc/made-up.txt, line 20: the section DEMANDS does not end",
    ] {
        assert!(told.iter().any(|told| told == expected), "{expected} is not among {told:#?}");
    }
    assert!(told.iter().any(|told| told.starts_with("error: dcc/made-up.txt, line 17: ")));
    assert_eq!(read::sndlib::read(&wrong, "dcc/made-up.txt").0.len(), 4);
}

#[test]
fn a_file_is_known_by_its_first_line_whatever_its_name() {
    let read = read::file("network.txt", NETWORK.as_bytes(), Holder::Authority);
    assert_eq!(read.records.len(), 5);
    let note = read::file("note.txt", b"Remember the milk", Holder::Authority);
    assert!(note.records.is_empty());
    let joint = read::file("network.txt", NETWORK.as_bytes(), Holder::Partnership);
    assert!(joint.records.is_empty() && read::has_errors(&joint.findings));
}

#[test]
fn an_authoritys_folder_may_hold_a_network_beside_its_notes() {
    let folder = tempfile::tempdir().unwrap();
    let partnership = "name = \"Made up\"\n\n[[authorities]]\ncode = \"DCC\"\nname = \"Durham\"\nfolder = \"dcc\"\n";
    std::fs::write(folder.path().join("partnership.toml"), partnership).unwrap();
    std::fs::create_dir(folder.path().join("dcc")).unwrap();
    std::fs::write(folder.path().join("dcc/estate.toml"), "on = 2026-04-01\n").unwrap();
    std::fs::write(folder.path().join("dcc/network.txt"), NETWORK).unwrap();
    std::fs::write(folder.path().join("dcc/notes.txt"), "Remember the milk").unwrap();
    let read = read::folder(folder.path()).unwrap();
    let durham = read.baselines.iter().find(|baseline| baseline.owner() == "DCC").unwrap();
    assert_eq!(durham.records().len(), 5);
    assert!(!read::has_errors(&read.findings), "{:#?}", read.findings);
}

proptest::proptest! {
    #[test]
    fn any_change_of_a_network_is_answered(at in 0..NETWORK.len(), with in "[(){}#= .,0-9a-zA-Z\\n-]{0,6}", cut in 0_usize..40) {
        let end = (at + cut).min(NETWORK.len());
        let changed = format!("{}{with}{}", &NETWORK[..at], &NETWORK[end..]);
        let (records, findings) = read::sndlib::read(&changed, "dcc/made-up.txt");
        proptest::prop_assert!(records.len() <= 6);
        proptest::prop_assert!(!findings.is_empty());
    }
}
