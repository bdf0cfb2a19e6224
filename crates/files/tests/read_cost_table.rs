//! Cost tables: every coalition once, and all that is wrong at once.

use penshaw_files::read::cost_table;

fn said(text: &str) -> Vec<String> {
    cost_table("game.csv", text.as_bytes()).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn a_table_of_three_members_is_placed_by_its_coalitions() {
    let text = "Coalition;Cost\r\nSCC;10\r\nDCC;£1,200.50\r\nNCC;30\r\nDCC + SCC;40\r\nSCC+NCC;50\r\nNCC+DCC;60\r\nSCC+DCC+NCC;70\r\n";
    let table = cost_table("game.csv", text.as_bytes()).unwrap();
    assert_eq!(table.members, ["SCC", "DCC", "NCC"]);
    assert_eq!(table.costs, [0.0, 10.0, 1200.5, 40.0, 30.0, 50.0, 60.0, 70.0]);
}

#[test]
fn every_mistake_of_a_table_is_found_at_once() {
    assert_eq!(
        said("coalition,cost\nA,6\nB,seven\nC,-1\nA+B,10\nB+A,11\nA+A,3\nA++B,3\nA+C,inf\n"),
        [
            "error: game.csv: 2 of 7 coalitions have no cost: B+C, A+B+C\n  hint: add a line for each",
            "error: game.csv, line 3, column cost: \"seven\" is not a number\n  hint: write digits, such as 34.69",
            "error: game.csv, line 4, column cost: the cost -1 is negative\n  hint: write what the coalition pays, from 0",
            "error: game.csv, line 6: B+A is there twice: first in line 5\n  hint: keep one of the two lines",
            "error: game.csv, line 7, column coalition: the coalition names A twice\n  hint: name each member once",
            "error: game.csv, line 8, column coalition: \"A++B\" is not a coalition\n  hint: join the members by +, as A+B",
            "error: game.csv, line 9, column cost: \"inf\" is not a number\n  hint: write digits, such as 34.69",
        ]
    );
}

#[test]
fn a_table_without_headings_or_members_says_so() {
    assert!(said("A,6\nB,7\n")[0].contains("there are no columns \"coalition\" and \"cost\""));
    assert!(said("")[0].contains("there are no columns"));
    assert!(said("coalition,cost\n")[0].contains("names 0 members"));
    let many: String = (0..30).map(|member| format!("M{member},1\n")).collect();
    assert!(said(&format!("coalition,cost\n{many}"))[0].contains("names 30 members"));
    let missing = said("coalition,cost\nA+B+C+D+E+F,9\n");
    assert!(
        missing[0].contains("62 of 63 coalitions have no cost: A, B, A+B,") && missing[0].contains("and 42 more"),
        "{missing:?}"
    );
    assert!(said("PK\u{3}\u{4}")[0].contains("it is not CSV but a ZIP file or workbook"));
}
