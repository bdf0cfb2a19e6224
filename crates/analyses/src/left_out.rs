//! What the totals of an answer leave out because its owners keep it back.

use penshaw_documents::Block;
use penshaw_register::{JointRegister, Kind};

/// Says how many figures and whole entries no total of the answer holds, by owner; nothing where all is shared.
pub(crate) fn note(joint: &JointRegister, adds_up: &[(Kind, &str)]) -> Option<Block> {
    let owners = joint.authorities().iter();
    let said: Vec<String> = owners
        .flat_map(|owner| adds_up.iter().filter_map(|(kind, field)| said(joint, &owner.code, *kind, field)))
        .collect();
    (!said.is_empty()).then(|| {
        Block::note("Kept back", format!("No total here holds what its owner keeps back. {}.", said.join(". ")))
    })
}

fn said(joint: &JointRegister, owner: &str, kind: Kind, field: &str) -> Option<String> {
    let left = joint.left_out(kind, field, Some(owner));
    let field = kind.field(field).expect("an analysis adds up a field of its kind").label;
    let (name, sheet) = (joint.partnership().name_of(owner), kind.sheet());
    (!left.is_nothing()).then(|| format!("{name}, {sheet}, {field}: {left}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use penshaw_basis::Date;
    use penshaw_documents::Block;
    use penshaw_register::{Authority, Baseline, Kind, Partnership, Record, SharingChoice, Which, join};
    use serde_json::json;

    use super::note;

    const DAY: Date = Date::constant(2014, 6, 18);

    #[test]
    fn every_field_that_an_analysis_adds_up_is_one_of_its_kind() {
        let fields = crate::ALL.iter().flat_map(|listed| listed.adds_up.iter().map(move |added| (listed.name, added)));
        let unknown: Vec<_> = fields.filter(|(_, (kind, field))| kind.field(field).is_none()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        assert!(crate::find("appraisal").expect("listed").adds_up.contains(&(Kind::CostLine, "budget")));
    }

    /// What is said of three budgets, the one withheld entry by entry as `kept` names them.
    fn said(kept: &[(&[&str], Which)]) -> Option<Block> {
        let partnership = Partnership {
            authorities: vec![Authority { code: "SCC".into(), name: "Sunderland".into(), ..Authority::default() }],
            ..Partnership::default()
        };
        let budget = |reference: &str| {
            let mut record = Record::new(Kind::CostLine, reference);
            record.fields.insert("cost_centre".into(), json!("ICT"));
            record.fields.insert("budget".into(), json!({"2014-15": 100}));
            record
        };
        let choice = |records, fields, shared| SharingChoice {
            kind: Some(Kind::CostLine),
            records,
            fields,
            shared,
            instead: None,
        };
        let all = choice(Which::All, Which::All, true);
        let kept = kept.iter().map(|(references, fields)| {
            let references = references.iter().map(|reference| (*reference).to_owned()).collect();
            choice(Which::Only(references), fields.clone(), false)
        });
        let choices = BTreeMap::from([("SCC".to_owned(), std::iter::once(all).chain(kept).collect())]);
        let baseline = Baseline::freeze("SCC", DAY, vec![budget("B1"), budget("B2"), budget("B3")]);
        note(&join(&partnership, &[baseline], &choices), &[(Kind::CostLine, "budget")])
    }

    #[test]
    fn an_answer_says_how_many_figures_its_totals_leave_out() {
        assert_eq!(said(&[]), None);
        let figure = Which::Only(vec!["budget".into()]);
        assert_eq!(
            said(&[(&["B1"], figure), (&["B3"], Which::All)]),
            Some(Block::note(
                "Kept back",
                "No total here holds what its owner keeps back. \
                 Sunderland, Cost lines, Budget: 1 figure and 1 whole entry kept back and left out."
            ))
        );
    }
}
