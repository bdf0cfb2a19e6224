//! The answer as blocks: the verdict, the shares, who would leave, and what a drop-out does.

use penshaw_documents::{Block, Inline};

use super::amounts::Amounts;
use crate::named::{sentence_list, uncapitalised};

use super::{BasisOfCosts, Leaving, Method, Outcome, RuleNote, TwoPartners, tables};

pub(super) fn present(outcome: &Outcome) -> Vec<Block> {
    let amounts = Amounts::of(outcome);
    let mut blocks = verdict(outcome, &amounts);
    blocks.push(Block::heading(3, "What each would pay"));
    blocks.push(Block::Table(tables::shares(outcome, &amounts)));
    blocks.push(Block::Chart(tables::savings(outcome, &amounts)));
    blocks.extend(not_worked_out(outcome));
    blocks.push(Block::heading(3, "Who would pay less apart"));
    blocks.extend(leavers(outcome, &amounts));
    if !outcome.drop_outs.is_empty() {
        blocks.push(Block::heading(3, "If a partner drops out"));
        blocks.push(drop_out_words(outcome));
        blocks.extend(tables::drop_outs(outcome, &amounts).into_iter().map(Block::Table));
    }
    blocks.push(Block::heading(3, "Where the costs come from"));
    blocks.extend(costs(outcome, &amounts));
    blocks
}

fn verdict(outcome: &Outcome, amounts: &Amounts) -> Vec<Block> {
    let (method, answer) = outcome.judged();
    let mut first = key_words(outcome);
    match answer.would_leave.worst.first() {
        None => first.push(Inline::strong(format!(
            "{}, nobody pays more than it would apart, alone or in any group.",
            under(method)
        ))),
        Some(worst) => first.extend(leaving(outcome, method, worst, answer.would_leave.count, amounts)),
    }
    let mut blocks = vec![Block::paragraph(first), Block::paragraph(saving(outcome, amounts))];
    blocks.extend(core(outcome, amounts));
    blocks.extend(outcome.two_partners.as_ref().map(|two| halved(two, amounts)));
    blocks
}

fn halved(two: &TwoPartners, amounts: &Amounts) -> Block {
    let dearer = two.saving < 0.0;
    let rules = if dearer {
        "For two partners the Shapley value and separable costs are one and the same: what sharing costs more is halved, "
    } else {
        "For two partners the Shapley value, the nucleolus and separable costs are one and the same: what sharing saves \
         is halved, "
    };
    Block::paragraph(vec![
        Inline::text(rules),
        amounts.inline(two.each.abs()),
        Inline::text(
            " for each, whatever their size. Weighted votes cannot change that: with two partners either one has the \
             majority and decides alone, or each can stop the other. Fairness has to come from the shares, from what \
             is reserved to each council, and from the right to leave.",
        ),
    ])
}

/// Says so where no key is in force, or where it cannot be worked out.
fn key_words(outcome: &Outcome) -> Vec<Inline> {
    let words = match outcome.key_in_force {
        None => "No cost key is recorded; the Shapley value stands in for it. ".to_owned(),
        Some(key) => match outcome.cannot.iter().find(|cannot| cannot.method == key) {
            Some(cannot) => format!(
                "The key in force, {}, cannot be worked out. {} The Shapley value stands in for it. ",
                uncapitalised(key.label()),
                cannot.why
            ),
            None => return Vec::new(),
        },
    };
    vec![Inline::text(words)]
}

fn leaving(outcome: &Outcome, method: Method, worst: &Leaving, count: usize, amounts: &Amounts) -> Vec<Inline> {
    let names: Vec<&str> = worst.members.iter().map(|code| outcome.name_of(code)).collect();
    let alone = names.len() == 1;
    let pays = if alone { "pays" } else { "together pay" };
    let mut text = vec![Inline::strong(format!("{}, {} {pays} ", under(method), sentence_list(&names)))];
    let [_, _, by] = amounts.leaving(outcome, method, worst);
    text.push(amounts.inline(by));
    let than = if alone { " more than it would apart." } else { " more than they would as a group of their own." };
    text.push(Inline::strong(than));
    if count > 1 {
        text.push(Inline::text(format!(" In all, {count} partners or groups of partners would pay less apart.")));
    }
    text
}

fn saving(outcome: &Outcome, amounts: &Amounts) -> Vec<Inline> {
    let mut text = vec![Inline::text("Together the partners pay "), amounts.inline(outcome.grand_cost)];
    match outcome.dearer_together {
        Some(by) => {
            text.extend([Inline::text(", which is "), amounts.inline(by)]);
            text.push(Inline::text(
                " more than apart: whatever the shares, at least one of them pays more than it would alone.",
            ));
        }
        None => {
            text.extend([Inline::text(", which is "), amounts.inline(outcome.saving)]);
            text.push(Inline::text(" less than the sum of what each would pay on its own."));
        }
    }
    text
}

fn core(outcome: &Outcome, amounts: &Amounts) -> Option<Block> {
    let (_, judged) = outcome.judged();
    let text = match (outcome.core_is_empty, &outcome.least_core) {
        (Some(true), Some(least)) => vec![
            Inline::text("No shares keep every group in: under the best there are, some group still pays "),
            amounts.inline(least.epsilon),
            Inline::text(" more than it would apart."),
        ],
        (Some(false), _) if !judged.in_core => {
            let stable = outcome.methods.iter().filter(|(_, answer)| answer.in_core);
            let stable: Vec<&str> = stable.map(|(method, _)| method.label()).collect();
            let example = if stable.is_empty() { String::new() } else { format!(": {}", sentence_list(&stable)) };
            vec![Inline::text(format!("There are shares under which nobody would pay less apart{example}."))]
        }
        (None, _) => vec![Inline::text("Whether any shares keep every group in could not be told.")],
        _ => return None,
    };
    Some(Block::paragraph(text))
}

fn not_worked_out(outcome: &Outcome) -> Option<Block> {
    if outcome.cannot.is_empty() {
        return None;
    }
    let each = outcome.cannot.iter().map(|cannot| format!("{}: {}", cannot.method.label(), cannot.why));
    Some(Block::note("Not worked out", each.collect::<Vec<_>>().join(" ")))
}

fn leavers(outcome: &Outcome, amounts: &Amounts) -> Vec<Block> {
    match tables::would_leave(outcome, amounts) {
        Some(table) => vec![Block::Table(table)],
        None => vec![Block::words("Under every way of sharing that was worked out, nobody would pay less apart.")],
    }
}

fn drop_out_words(outcome: &Outcome) -> Block {
    let singles = || outcome.drop_outs.iter().filter(|drop_out| drop_out.leaving.len() == 1);
    let fatal: Vec<&str> = singles()
        .filter(|drop_out| !drop_out.rest_gains)
        .map(|drop_out| outcome.name_of(&drop_out.leaving[0]))
        .collect();
    let words = if fatal.is_empty() {
        "Whichever one partner leaves, those who stay still pay less together than each alone.".to_owned()
    } else {
        format!("Without {}, those who stay would no longer gain by sharing.", fatal.join(", or without "))
    };
    Block::words(words)
}

fn costs(outcome: &Outcome, amounts: &Amounts) -> Vec<Block> {
    let mut blocks = match &outcome.basis_of_costs {
        BasisOfCosts::Table => vec![Block::words(
            "What each group of partners would pay was given by the partners, group by group. A cost key shares the \
             whole of the cost.",
        )],
        BasisOfCosts::Rule(rule) => rule_words(rule, amounts),
    };
    blocks.extend(outcome.cautions.iter().map(|caution| Block::note("Caution", caution)));
    blocks.push(Block::note(
        "How to read this",
        "The Shapley value, the nucleolus and the core test come from the theory of cooperative games. They are shown \
         as analysis: no council is known to have published shares by them. The keys are those that councils use.",
    ));
    blocks
}

fn rule_words(rule: &RuleNote, amounts: &Amounts) -> Vec<Block> {
    let facts = vec![
        Inline::text(format!(
            "Worked out from option {} ({}) over {} years from {}, at present value in prices of that year. One-off \
             joint lines come to ",
            rule.option, rule.name, rule.years, rule.first_year
        )),
        amounts.inline(rule.joint_one_off),
        Inline::text(" and recurring ones to "),
        amounts.inline(rule.joint_recurring),
        Inline::text(" (below nought where they save)."),
    ];
    let rule = format!(
        "Alone, a partner pays its base budget and its lines of business as usual. A group pays its members' base \
         budgets and own lines, all of the one-off joint lines, and of the recurring joint lines its members' part {}. \
         A cost key shares the joint lines; the rest stays with each. Base budgets stay as they are in real terms; \
         ranges count at their mean; risks, bids, optimism bias and benefits that release no cash are left out, and \
         recharges between partners cancel out.",
        by(rule.key)
    );
    vec![Block::paragraph(facts), Block::words(rule)]
}

/// A way of sharing at the head of a sentence.
fn under(method: Method) -> String {
    match method {
        Method::ShapleyValue => "Under the Shapley value".into(),
        Method::Nucleolus => "Under the nucleolus".into(),
        Method::Equal => "Under equal shares".into(),
        Method::Stated => "Under the stated shares".into(),
        key => format!("Under shares {}", by(key)),
    }
}

fn by(key: Method) -> String {
    match key {
        Method::Equal => "in equal parts".into(),
        Method::Stated => "by the stated shares".into(),
        other => uncapitalised(other.label()),
    }
}
