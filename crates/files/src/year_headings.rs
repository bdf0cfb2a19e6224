//! The heading of a column of one financial year: the year alone, or after its field where a kind has several.

use penshaw_basis::FinancialYear;
use penshaw_register::{Field, FieldKind, Kind};

/// The fields of a kind that hold pounds by year.
pub(crate) fn fields(kind: Kind) -> impl Iterator<Item = &'static Field> {
    kind.fields().iter().filter(|field| field.kind == FieldKind::AmountsByYear)
}

/// Whether a year alone does not say which amounts stand under it.
pub(crate) fn has_several(kind: Kind) -> bool {
    fields(kind).count() > 1
}

/// The heading of a year: `2014/15`, or `Realised 2014/15` where the kind has several such fields.
pub(crate) fn heading(kind: Kind, field: &Field, year: FinancialYear) -> String {
    if has_several(kind) { format!("{} {year}", field.label) } else { year.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_kinds_with_several_amounts_by_year_name_the_field() {
        let year = FinancialYear::starting(2014);
        let headings = |kind: Kind| fields(kind).map(|field| heading(kind, field, year)).collect::<Vec<_>>();
        assert_eq!(headings(Kind::Line), ["2014/15"]);
        assert_eq!(headings(Kind::Benefit), ["Promised 2014/15", "Realised 2014/15", "Transition costs 2014/15"]);
    }
}
