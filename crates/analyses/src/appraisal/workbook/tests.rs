//! The workbook against the engine, before and after a reader changes inputs.

use std::collections::BTreeMap;

use penshaw_basis::Basis;
use penshaw_documents::{At, Evaluation, evaluate};

use super::super::sample::sample;
use super::super::{Appraisal, Input, Outcome};
use super::lines::{MULTIPLE, UPLIFT};
use super::workbook;
use crate::Analysis;

const PENNY_HUNDRED_THOUSANDTH: f64 = 1e-6;

fn near(what: &str, formula: f64, engine: f64) {
    assert!((formula - engine).abs() <= PENNY_HUNDRED_THOUSANDTH, "{what}: {formula} by formula, {engine} by engine");
}

fn agree(found: &Evaluation, outcome: &Outcome) {
    let partners = outcome.partners.len();
    for (row, option) in outcome.options.iter().enumerate() {
        let result = |column| found.value(&At::new("results", row, column));
        let name = &option.reference;
        near(&format!("costs of {name}"), result(1), option.economic.present_costs);
        near(&format!("benefits of {name}"), result(2), option.economic.present_benefits);
        near(&format!("NPSV of {name}"), result(3), option.economic.npsv);
        near(&format!("cash of {name}"), result(7), option.joint.net_present_cash);
        near(&format!("bridge of {name}"), result(8), 0.0);
        near(&format!("peak of {name}"), result(9), option.joint.peak_funding);
        for (place, partner) in option.partners.iter().enumerate() {
            let result = |column| found.value(&At::new("partner-results", row * partners + place, column));
            near(&format!("cash of {} in {name}", partner.code), result(2), partner.cash.net_present_cash);
            near(&format!("peak of {} in {name}", partner.code), result(3), partner.cash.peak_funding);
            for (year, cash) in partner.cash.by_year.iter().enumerate() {
                let at = At::new(format!("funding-{name}"), 2 * place, 2 + year);
                near(&format!("cash of {} in {name}, year {year}", partner.code), found.value(&at), *cash);
            }
        }
    }
}

#[test]
fn every_formula_gives_the_engines_own_answer() {
    let outcome = Appraisal::analyse(&sample(), &Basis::standard());
    let workbook = workbook(&outcome);
    let found = evaluate(&workbook, &BTreeMap::new());
    agree(&found, &outcome);
    let mut formulas = 0;
    for table in workbook.sheets.iter().flat_map(|sheet| &sheet.tables) {
        for (row, cells) in table.rows.iter().enumerate() {
            for (column, cell) in cells.cells.iter().enumerate().filter(|(_, cell)| cell.formula.is_some()) {
                let at = At::new(&table.id, row, column);
                near(&format!("{at:?}"), found.value(&at), cell.figure.value.number().unwrap());
                formulas += 1;
            }
        }
    }
    assert!(formulas > 300, "{formulas}");
}

#[test]
fn at_one_rate_the_spreadsheets_own_npv_agrees_once_the_first_year_stands_outside_it() {
    let outcome = Appraisal::analyse(&sample(), &Basis::standard());
    let found = evaluate(&workbook(&outcome), &BTreeMap::new());
    let row = outcome.options.iter().position(|option| option.reference == "O2").unwrap();
    near("NPSV by NPV()", found.value(&At::new("results", row, 6)), outcome.options[row].economic.npsv);
}

/// Five changes that a reader makes: an amount, a multiple, a rate, a key's figure, an optimism bias.
fn changed(input: &Input, outcome: &Outcome) -> (BTreeMap<At, f64>, Input, Basis) {
    let option = outcome.option("O2").unwrap();
    let place = outcome.options.iter().position(|option| option.reference == "O2").unwrap();
    let line = |reference: &str| option.lines.iter().position(|line| line.reference == reference).unwrap();
    let amount = super::lines::CASH + outcome.partners.len() + 2;
    let cells = BTreeMap::from([
        (At::new("lines-O2", line("L3"), amount), 333_333.33),
        (At::new("lines-O2", line("L5"), MULTIPLE), 0.8),
        (At::new("years", 0, 1 + 4), 0.06),
        (At::new("key-figures", place, 2), 5_000.0),
        (At::new("lines-O2", line("L2"), UPLIFT), 0.51),
    ]);
    let mut input = input.clone();
    let option = input.options.iter_mut().find(|option| option.reference == "O2").unwrap();
    let year = option.starts + 2;
    for line in &mut option.lines {
        match line.reference.as_str() {
            "L3" => *line.amounts.get_mut(&year).unwrap() = 333_333.33,
            "L5" => line.range = Some(penshaw_numerics::Distribution::Fixed { value: 0.8 }),
            "L2" => (line.optimism_bias, line.mitigated_share) = (Some("non_standard_buildings".into()), Some(0.0)),
            _ => {}
        }
    }
    input.partners[1].users = Some(5_000.0);
    let rates = "description = 'D'\nunit = 'per year'\nset_by = 'a reader'\nreview_by = 2027-04-01\n[[values]]\n\
        from = 2000-01-01\nreference = { title = 'T', href = 'https://example.org' }\n\
        value = [{ after_years = 0, rate = 0.035 }, { after_years = 3, rate = 0.06 }, { after_years = 4, rate = 0.035 }]\n";
    let files = BTreeMap::from([("green_book/standard_discount_rate".to_owned(), rates.to_owned())]);
    (cells, input, Basis::with_overlay(&files).unwrap())
}

#[test]
fn after_five_changed_inputs_the_formulas_give_what_the_engine_gives() {
    let input = sample();
    let outcome = Appraisal::analyse(&input, &Basis::standard());
    let (cells, input, basis) = changed(&input, &outcome);
    let found = evaluate(&workbook(&outcome), &cells);
    let again = Appraisal::analyse(&input, &basis);
    assert!((again.option("O2").unwrap().economic.npsv - outcome.option("O2").unwrap().economic.npsv).abs() > 1000.0);
    agree(&found, &again);
}

#[test]
fn a_case_without_lines_and_one_without_options_have_a_workbook_too() {
    let mut input = sample();
    input.options.iter_mut().for_each(|option| {
        (option.lines, option.risks, option.bids) = (Vec::new(), Vec::new(), Vec::new());
    });
    let outcome = Appraisal::analyse(&input, &Basis::standard());
    agree(&evaluate(&workbook(&outcome), &BTreeMap::new()), &outcome);
    input.options.clear();
    let outcome = Appraisal::analyse(&input, &Basis::standard());
    assert_eq!(workbook(&outcome).sheets.len(), 4, "words, inputs, parameters, results");
}

#[test]
fn payments_in_the_middle_of_the_year_are_recomputed_too() {
    let timing = "description = 'D'\nunit = 'word'\nset_by = 'a reader'\nreview_by = 2027-04-01\n[[values]]\n\
        from = 2000-01-01\nreference = { title = 'T', href = 'https://example.org' }\nvalue = 'mid_year'\n";
    let files = BTreeMap::from([("green_book/discount_timing".to_owned(), timing.to_owned())]);
    let outcome = Appraisal::analyse(&sample(), &Basis::with_overlay(&files).unwrap());
    assert!((outcome.factors[0] - 0.9829).abs() < 5e-5, "Scottish Capital Planning and Asset Management guidance");
    agree(&evaluate(&workbook(&outcome), &BTreeMap::new()), &outcome);
}
