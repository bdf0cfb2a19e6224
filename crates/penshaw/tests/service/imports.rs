//! Imports, as somebody brings them: uploaded, looked at, committed.

use crate::browser::Browser;
use crate::server::until;

/// A CSV file of so many applications, whose references begin with some letters.
pub fn applications(letters: &str, count: usize) -> String {
    let row =
        |number: usize| format!("{letters}{number:05},System {number} of {letters},{},{}\n", number % 900, number * 10);
    let rows: String = (0..count).map(row).collect();
    format!("Reference,Name,Users,Annual cost\n{rows}")
}

/// Brings a file and returns the page of the import.
pub fn bring(browser: &mut Browser, owner: &str, name: &str, bytes: &[u8]) -> String {
    let answer = browser.upload(&format!("/imports/{owner}"), name, bytes);
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.leads_to().to_owned()
}

/// What an import's page says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// Nobody has begun to work on it.
    Waits,
    /// A server works on it, in one of these stages.
    Reading,
    Preparing,
    Committing,
    /// It can be committed.
    Ready,
    Committed,
    /// It failed or was stopped.
    Ended,
}

/// How far an import has come.
pub fn stands(browser: &mut Browser, import: &str) -> Stands {
    let page = browser.get(import);
    assert_eq!(page.status, 200, "{}", page.text());
    let says = |words: &str| page.body.contains(words);
    match () {
        () if says("Putting the entries in place") => Stands::Committing,
        () if says("Preparing the preview") || says("Comparing with what is there") => Stands::Preparing,
        () if says("Reading the file") => Stands::Reading,
        () if says("Waiting for its turn") => Stands::Waits,
        () if says("/commit\"") => Stands::Ready,
        () if says("was committed") || says("were committed") || says("Committed") => Stands::Committed,
        () => Stands::Ended,
    }
}

/// Waits until an import stands so.
pub fn wait_for(browser: &mut Browser, import: &str, wanted: Stands) {
    until(&format!("the import is {wanted:?}"), || {
        let found = stands(browser, import);
        assert_ne!(found, Stands::Ended, "{}", browser.get(import).text());
        (found == wanted).then_some(())
    });
}

/// Asks for an import to be committed.
pub fn commit(browser: &mut Browser, import: &str) {
    let answer = browser.post(&format!("{import}/commit"), &[]);
    assert_eq!(answer.status, 303, "{}", answer.text());
}

/// Brings a file and commits it, to the end.
pub fn through(browser: &mut Browser, owner: &str, name: &str, bytes: &[u8]) {
    let import = bring(browser, owner, name, bytes);
    wait_for(browser, &import, Stands::Ready);
    commit(browser, &import);
    wait_for(browser, &import, Stands::Committed);
}
