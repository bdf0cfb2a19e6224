//! The areas in section 5: which stand by their own evidence, which do not, and who judged them.

use penshaw_analyses::PLANNED;
use penshaw_documents::{Block, Cell, Column, Inline, Row, RowKind, Table, Value};
use penshaw_register::recommendation::AreaJudged;

use super::ReportInputs;
use crate::recommendation::{capitalised, count, listed};

pub fn blocks(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let recommendation = inputs.recommendation;
    if recommendation.areas.is_empty() {
        return vec![Block::words("No areas of joint work were recorded.")];
    }
    let standing = recommendation.standing().count();
    let of = count(recommendation.areas.len());
    let said = match standing {
        0 => format!("None of the {of} areas of joint work considered stands on its own evidence."),
        1 => format!("One of the {of} areas of joint work considered stands on its own evidence."),
        several => format!(
            "{} of the {of} areas of joint work considered stand on their own evidence.",
            capitalised(&count(several))
        ),
    };
    let mut blocks = vec![
        Block::words(format!(
            "{said} An area stands where a dated document shows that the work is under way or agreed, that it binds every \
             partner and that each gains by it. Each stands or falls by itself, whatever becomes of the whole."
        )),
        Block::Table(table(recommendation.standing().collect(), recommendation.falling().collect())),
    ];
    blocks.extend(officers_judgement(recommendation.standing().collect()));
    blocks.extend(what_analyses_say(inputs));
    blocks
}

/// What the analysis of each area that stands says first; the whole of it is in an annex.
fn what_analyses_say(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let answered = |area: &AreaJudged| {
        let answer = inputs.answers.of_area(area.judged_by.as_deref()?)?;
        let words = answer.answered.as_ref().ok()?.iter().find_map(|block| match block {
            Block::Paragraph { text, .. } => Some(text.clone()),
            _ => None,
        })?;
        let lead = Inline::strong(format!("{}: ", capitalised(&area.name)));
        Some(Block::paragraph([vec![lead], words].concat()))
    };
    inputs.recommendation.standing().filter_map(answered).collect()
}

fn table(standing: Vec<&AreaJudged>, falling: Vec<&AreaJudged>) -> Table {
    let columns = ["Area", "Why", "Judged by"].map(Column::words).to_vec();
    let mut table = Table::new("report-areas", "Areas of joint work, each by its own evidence", columns);
    for (title, areas) in [("Areas that stand", standing), ("Areas that do not stand", falling)] {
        if areas.is_empty() {
            continue;
        }
        let cells = vec![Cell::words(title), Cell::empty(), Cell::empty()];
        table.push(Row { kind: RowKind::Group, cells });
        for area in areas {
            table.push(Row::body(vec![
                Cell::words(capitalised(&area.name)),
                Cell::new(Value::text(&area.why), area.sources.clone()),
                Cell::words(judged_by(area)),
            ]));
        }
    }
    table
}

fn judged_by(area: &AreaJudged) -> String {
    match &area.judged_by {
        _ if area.officers_judgement => "Officers' judgement".into(),
        Some(analysis) => match penshaw_analyses::find(analysis) {
            Some(listed) => format!("The analysis “{}”", listed.question),
            None => format!("The analysis {analysis}"),
        },
        None => "Officers' judgement".into(),
    }
}

/// That no analysis has answered for areas that stand, and which question would.
fn officers_judgement(standing: Vec<&AreaJudged>) -> Option<Block> {
    let judged: Vec<&AreaJudged> = standing.into_iter().filter(|area| area.officers_judgement).collect();
    if judged.is_empty() {
        return None;
    }
    let mut questions: Vec<&str> = judged
        .iter()
        .filter_map(|area| PLANNED.iter().find(|planned| Some(planned.name) == area.judged_by.as_deref()))
        .map(|planned| planned.question)
        .collect();
    questions.dedup();
    let names: Vec<String> = judged.iter().map(|area| format!("“{}”", capitalised(&area.name))).collect();
    let unasked = match questions.as_slice() {
        [] => String::new(),
        questions => {
            format!(" Questions that would be asked of them and are not answered here: {}", questions.join(" "))
        }
    };
    let are = if judged.len() == 1 { "stands" } else { "stand" };
    let words = format!(
        "{} {are} on the judgement of officers, with the source beside each, since no analysis has answered for {} yet.{unasked}",
        listed(&names),
        if judged.len() == 1 { "it" } else { "them" },
    );
    Some(Block::note("Officers' judgement", words))
}
