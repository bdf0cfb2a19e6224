//! Between two partners weights mean nothing: one decides alone, or each can stop the other.

use penshaw_basis::Source;
use penshaw_register::{JointRegister, Scheme, SchemeMember};

use super::power::indices;
use super::{Input, Partner, TwoPartners, TwoPartnersBy};

/// Contributions are weighed in parts of a thousand.
const PARTS: f64 = 1_000.0;

/// By each measure of size the power that follows; nothing unless a scheme or the partnership has two.
pub(super) fn two_partners(input: &Input) -> Option<TwoPartners> {
    let pair = pair(input)?;
    let names = pair.map(|code| input.name_of(code).to_owned());
    let contributions = input.schemes.iter().filter_map(|scheme| by_contribution(input, scheme, pair));
    let users = by_size(input, pair, "users", |partner| partner.users);
    let population = by_size(input, pair, "population", |partner| partner.population);
    Some(TwoPartners { names, by: contributions.chain(users).chain(population).collect() })
}

fn pair(input: &Input) -> Option<[&str; 2]> {
    let of_schemes = input.schemes.iter().find_map(|scheme| pair_of_scheme(input, scheme));
    let partners = || pair_of(input.authorities.iter().map(|partner| partner.code.as_str()));
    of_schemes.or_else(partners)
}

fn pair_of_scheme<'a>(input: &'a Input, scheme: &'a Scheme) -> Option<[&'a str; 2]> {
    pair_of(members(input, scheme).map(|member| member.authority.as_str()))
}

fn pair_of<'a>(codes: impl Iterator<Item = &'a str>) -> Option<[&'a str; 2]> {
    let codes: Vec<&str> = codes.collect();
    <[&str; 2]>::try_from(codes).ok().filter(|[one, other]| one != other)
}

fn members<'a>(input: &'a Input, scheme: &'a Scheme) -> impl Iterator<Item = &'a SchemeMember> {
    input.members.iter().filter(|member| member.scheme == scheme.reference)
}

fn by_contribution(input: &Input, scheme: &Scheme, pair: [&str; 2]) -> Option<TwoPartnersBy> {
    let of = |code: &str| members(input, scheme).find(|member| member.authority == code);
    let entries = [of(pair[0])?, of(pair[1])?];
    if members(input, scheme).count() != 2 {
        return None;
    }
    let weigh = |part: f64| (part * PARTS).round() as u64;
    let weights = [weigh(entries[0].contribution?), weigh(entries[1].contribution?)];
    let sources = entries.map(|entry| JointRegister::own_source(&entry.reference)).to_vec();
    by(format!("contribution ({})", scheme.reference), weights, sources)
}

fn by_size(
    input: &Input,
    pair: [&str; 2],
    measure: &str,
    size: impl Fn(&Partner) -> Option<u64>,
) -> Option<TwoPartnersBy> {
    let partners = [input.partner(pair[0])?, input.partner(pair[1])?];
    let weights = [size(partners[0])?, size(partners[1])?];
    let stated = partners.iter().filter_map(|partner| partner.source.as_ref());
    by(measure.to_owned(), weights, stated.map(|words| Source::publication(words, "")).collect())
}

fn by(measure: String, weights: [u64; 2], sources: Vec<Source>) -> Option<TwoPartnersBy> {
    let all = weights[0].checked_add(weights[1]).filter(|all| *all > 0)?;
    let power = |quota| indices(&weights, quota).map(|indices| [indices.banzhaf[0], indices.banzhaf[1]]);
    Some(TwoPartnersBy {
        measure,
        weights: weights.map(|own| own as f64 / all as f64),
        simple_majority: power(all / 2 + 1)?,
        above_the_larger: power(weights[0].max(weights[1]) + 1)?,
        sources,
    })
}
