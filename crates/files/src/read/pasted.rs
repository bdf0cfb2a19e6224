//! Cells that somebody copied in a spreadsheet and pasted into a form, or CSV text.

use penshaw_register::Kind;

use super::gathered::{Gathered, place};
use super::{Read, by_place, delimited, limits, rows, too_large};

/// What the places of pasted text are called instead of a file.
const PASTED: &str = "pasted";

/// Reads cells pasted from a spreadsheet, or CSV text, as entries of a kind.
///
/// The first row holds the headings. Cells of a spreadsheet are pasted with a tab between them.
///
/// ```
/// use penshaw_register::Kind;
/// let text = "Reference\tName\tAnnual cost\nA1\tAcademy\t85,000\nA2\tLedger\t12.345\n";
/// let read = penshaw_files::read::pasted(text, Kind::Application);
/// assert_eq!(read.records.len(), 2);
/// assert_eq!(read.findings[0].place.to_string(), "pasted, line 3, column Annual cost");
/// ```
pub fn pasted(text: &str, kind: Kind) -> Read {
    let mut gathered = Gathered::default();
    gather(text, kind, &mut gathered);
    limit(PASTED, 0, &mut gathered);
    let (records, findings) = gathered.finish();
    Read { records, findings: by_place(findings) }
}

fn gather(text: &str, kind: Kind, gathered: &mut Gathered) {
    if text.len() as u64 > limits::LARGEST_FILE {
        return gathered.wrong(place(PASTED, None), too_large(text.len() as u64));
    }
    let sheet = delimited::sheet(PASTED, text.trim_start_matches('\u{feff}'), gathered);
    if sheet.rows.is_empty() {
        gathered.error(place(PASTED, None), "nothing was pasted", "copy the cells with their row of headings");
    } else if rows::read_held(&sheet, kind, kind.holder(), gathered) == 0 {
        let hint = "copy the rows of entries as well as the row of headings";
        gathered.warning(place(PASTED, None), "no entries were pasted", hint);
    }
}

/// Leaves out findings beyond what anybody reads, and says how many.
pub(super) fn limit(name: &str, before: usize, gathered: &mut Gathered) {
    let said = gathered.findings.len() - before;
    if said > limits::MOST_FINDINGS {
        gathered.findings.truncate(before + limits::MOST_FINDINGS);
        let what = format!("there are {} more findings in the file", said - limits::MOST_FINDINGS);
        gathered.error(place(name, None), what, "mend these first and check again");
    }
}
