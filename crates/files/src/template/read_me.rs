//! The first sheet of a template: how to fill in the others, in plain words.

use penshaw_register::{EXAMPLE, Holder, Kind, TOTAL};
use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::style::Styles;
use crate::read::READ_ME;

/// The workbook's title.
pub(super) fn title(holder: Holder) -> &'static str {
    match holder {
        Holder::Authority => "Estate workbook: what one authority has",
        Holder::Partnership => "Partnership workbook: what the partners weigh together",
    }
}

pub(super) fn write(sheet: &mut Worksheet, holder: Holder, kinds: &[Kind], styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_name(READ_ME)?.set_column_width(0, 20)?.set_column_width(1, 80)?;
    sheet.write_with_format(0, 0, title(holder), &styles.title)?;
    sheet.set_row_height(0, 26)?;
    let mut row = 2;
    for (topic, words) in topics(holder) {
        sheet.write_with_format(row, 0, topic, &styles.bold)?;
        sheet.write_with_format(row, 1, &words, &styles.words)?;
        sheet.set_row_height(row, (words.len() as f64 / 88.0).ceil() * 13.0 + 5.0)?;
        row += 1;
    }
    row += 1;
    sheet.write_with_format(row, 0, "Sheet", &styles.heading)?;
    sheet.write_with_format(row, 1, "What it holds", &styles.heading)?;
    for kind in kinds {
        row += 1;
        let link = Url::new(format!("internal:'{}'!A1", kind.sheet())).set_text(kind.sheet());
        sheet.write_url_with_format(row, 0, &link, &styles.link)?;
        sheet.write_with_format(row, 1, kind.about(), &styles.words)?;
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 1);
    Ok(())
}

fn topics(holder: Holder) -> Vec<(&'static str, String)> {
    let (fill, save) = match holder {
        Holder::Authority => (
            "Fill in the sheets for which you have figures, one entry a row, from row 5. Leave out what you do not know: \
             an empty cell is better than a guess. Delete the sheets that you do not need.",
            "Save this workbook in your authority's folder. Nothing in it is seen by the other authorities until your \
             authority says so in estate.toml, entry by entry and figure by figure.",
        ),
        Holder::Partnership => (
            "Fill in the sheets that your case needs, one entry a row, from row 5: the options first, then their lines. \
             Delete the sheets that you do not need.",
            "Save this workbook in the folder \"partnership\". All partners see what it holds.",
        ),
    };
    let mut topics = vec![
        ("What to fill in", fill.to_owned()),
        (
            "Required",
            "A heading with * must be filled in for every entry. Above each heading stands what belongs under it.".to_owned(),
        ),
        (
            "Examples",
            format!("Row 4 of each sheet is an example in grey. Rows whose reference begins with {EXAMPLE} are not read; you may delete them."),
        ),
        (
            "References",
            "Give each entry a short name of your own that is used once on its sheet, such as A1. Entries point to each \
             other by it; where several are allowed, separate them by semicolons."
                .to_owned(),
        ),
        (
            "Money",
            "Pounds, with pence if you have them. A column headed 2014/15 holds the amounts of that financial year, \
             1 April to 31 March. You may change the years, and add columns for more."
                .to_owned(),
        ),
        (
            "Totals",
            format!("To have your sums checked, add a row whose reference is {TOTAL} and write under each amount what it adds up to."),
        ),
        (
            "Dates",
            "2014-06-18, 18/06/2014 or 18 June 2014: always the day before the month, and the year in full.".to_owned(),
        ),
        (
            "How sure",
            "Under Confidence: verified (checked against an invoice or a contract), reported (stated and not checked) or \
             estimated (judged). For one figure that differs: reported; annual_cost=verified."
                .to_owned(),
        ),
        ("Saving", save.to_owned()),
        (
            "Checking",
            "penshaw check FOLDER lists everything that is wrong, with the sheet and the cell.".to_owned(),
        ),
    ];
    if holder == Holder::Authority {
        topics.insert(
            2,
            (
                "People",
                "Describe posts, never the persons in them. No sheet has room for a name, and none should be written."
                    .to_owned(),
            ),
        );
    }
    topics
}
