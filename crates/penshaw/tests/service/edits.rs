//! Two people who change one entry at once.

use crate::browser::Browser;
use crate::databases::Database;
use crate::server::Server;

const CHANGE: &str = "/estate/applications/SCC/entry/A01/change";

#[test]
fn of_two_who_change_an_entry_the_second_is_shown_both() {
    for database in [Database::sqlite(), Database::postgres()] {
        let server = Server::over(&database);
        let mut first = database.officer("SCC", &server);
        let mut second = database.officer("SCC", &server);
        let [fields_of_first, mut fields_of_second] = [fields(&mut first), fields(&mut second)];
        let saved = send(&mut first, with(fields_of_first, "name", "Named by the first"));
        assert_eq!(saved.0, 303, "{}", saved.1);
        fields_of_second = with(fields_of_second, "name", "Named by the second");
        let told = send(&mut second, fields_of_second);
        assert_eq!(told.0, 409, "{}", told.1);
        assert!(told.1.contains("Named by the first") && told.1.contains("Named by the second"), "{}", told.1);
        let entry = second.get("/estate/applications/SCC/entry/A01").text();
        assert!(entry.contains("Named by the first") && !entry.contains("Named by the second"), "{entry}");
        database.verified();
    }
}

/// The fields of the form that changes an entry, as a browser would send them.
fn fields(browser: &mut Browser) -> Vec<(String, String)> {
    let page = browser.get(CHANGE);
    assert_eq!(page.status, 200, "{}", page.text());
    page.fields()
}

fn with(mut fields: Vec<(String, String)>, name: &str, value: &str) -> Vec<(String, String)> {
    let field = fields.iter_mut().find(|(known, _)| known == name).expect("the form has the field");
    field.1 = value.to_owned();
    fields
}

fn send(browser: &mut Browser, fields: Vec<(String, String)>) -> (u16, String) {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = browser.post(CHANGE, &fields);
    (answer.status, answer.body)
}
