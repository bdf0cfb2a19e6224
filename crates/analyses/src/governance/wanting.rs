//! What an agreement still lacks: cost and savings, quorum, chair, term, review, leaving, disputes.

use super::Finding;
use super::board::Board;

/// What is wanting, in the order of the agreement.
pub(super) fn findings(board: &Board) -> Vec<Finding> {
    let scheme = board.scheme;
    let silent = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
    let paid = board.blocs.iter().any(|bloc| bloc.contribution.is_some());
    let as_agreed = board.vehicle.is_some_and(|vehicle| !vehicle.chair_votes_twice_by_law());
    let lacks = [
        (!paid, "What each would pay", "enter each one's contribution; see cost-shares for fair ones"),
        (
            silent(&scheme.baseline_year),
            "The year that the shares start from",
            "enter it: its budgets and volumes are fixed when the agreement is signed",
        ),
        (
            silent(&scheme.true_up),
            "How the shares are set right each year",
            "enter the measure, the limits and the notice of another key",
        ),
        (silent(&scheme.savings_split), "How savings are shared", "choose how, before there are any"),
        (scheme.quorum.is_none(), "The quorum", "enter how many members must be present"),
        (scheme.chair.is_none(), "Who takes the chair", "enter it: equal votes turn on it"),
        (
            as_agreed && scheme.casting_vote.is_none(),
            "Whether the chair has a second vote",
            "enter it: until then it is worked out as none, though a company's model articles give one",
        ),
        (scheme.term_years.is_none(), "The term", "enter how many years the agreement lasts"),
        (scheme.review_years.is_none(), "When it is reviewed", "enter how often; a review before half of the term"),
        (scheme.notice_months.is_none(), "The notice of a partner who leaves", "enter the months; a year is common"),
        (
            scheme.earliest_exit.is_none(),
            "The earliest day on which a partner may leave",
            "enter the day: until then the others can count on its share",
        ),
        (silent(&scheme.exit_terms), "Who bears what when a partner leaves", "go through the checklist for leaving"),
        (silent(&scheme.disputes), "How a dispute is settled", "name the steps, and who settles it in the end"),
    ];
    let found = lacks.into_iter().filter(|(lacking, _, _)| *lacking);
    found.map(|(_, what, hint)| Finding::warning(format!("{what} is not recorded."), hint, &[board.source()])).collect()
}
