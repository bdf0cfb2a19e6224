//! Who may use each route: decided here, route by route.

use penshaw_operations::{PERMISSIONS, Verb};

use crate::people::Person;

/// To whom a route is open.
#[derive(Clone, Copy, Debug)]
pub enum Who {
    /// To everybody, signed in or not.
    Everybody,
    /// To nobody with the secret that the test sends: whoever has the right one is let in.
    HoldersOfASecret,
    /// To everybody who belongs to any body.
    Anybody,
    /// To those whose role in Sunderland allows it.
    Of(Verb),
    /// To those whose role in the partnership allows it.
    OfPartnership(Verb),
    /// To those whose role in Sunderland, whose cabinet receives the report, or in the partnership allows it.
    OfReport(Verb),
    /// To those whose role in any body allows it.
    Somewhere(Verb),
    /// To everybody who belongs to Sunderland.
    Members,
    /// To those whose role in Sunderland allows it; of all others the form is asked to be corrected first, and nothing is done.
    FormFirst(Verb),
    /// To whoever it belongs to: nobody here.
    Owner,
    /// A step of signing in or out, which its own tests walk: here it would end the session.
    TriedElsewhere,
}

impl Who {
    /// Whether the route is open to a person.
    pub fn is_open_to(self, person: &Person) -> bool {
        let roles =
            |verb: Verb| PERMISSIONS.iter().find(|(known, _)| *known == verb).map_or(&[][..], |(_, roles)| *roles);
        match self {
            Who::Everybody => true,
            Who::HoldersOfASecret | Who::Owner | Who::TriedElsewhere => false,
            Who::Anybody => person.is_known(),
            Who::Members => person.belongs_to("SCC"),
            Who::Of(verb) | Who::FormFirst(verb) => person.has("SCC", roles(verb)),
            Who::OfPartnership(verb) => person.has("partnership", roles(verb)),
            Who::OfReport(verb) => person.has("SCC", roles(verb)) || person.has("partnership", roles(verb)),
            Who::Somewhere(verb) => ["SCC", "DCC", "partnership"].iter().any(|body| person.has(body, roles(verb))),
        }
    }
}

use Who::*;

/// Every route, and to whom it is open.
pub const TABLE: &[(&str, Who)] = &[
    ("GET /", Anybody),
    ("GET /estate", Anybody),
    ("GET /estate/{kind}", Anybody),
    // The example shares its contracts with everybody.
    ("GET /estate/{kind}/{owner}/entry/{reference}", Anybody),
    ("GET /estate/{kind}/{owner}/download.csv", Anybody),
    ("GET /estate/{kind}/{owner}/download.xlsx", Anybody),
    ("GET /estate/{kind}/{owner}/new", Of(Verb::EditMoney)),
    ("POST /estate/{kind}/{owner}/new", Of(Verb::EditMoney)),
    ("GET /estate/{kind}/{owner}/entry/{reference}/change", Of(Verb::EditMoney)),
    ("POST /estate/{kind}/{owner}/entry/{reference}/change", Of(Verb::EditMoney)),
    ("GET /estate/{kind}/{owner}/entry/{reference}/remove", Of(Verb::EditMoney)),
    ("POST /estate/{kind}/{owner}/entry/{reference}/remove", Of(Verb::EditMoney)),
    ("GET /estate/{kind}/{owner}/entry/{reference}/publish", Members),
    ("POST /estate/{kind}/{owner}/entry/{reference}/publish", Of(Verb::Publish)),
    ("POST /estate/{kind}/{owner}/entry/{reference}/publish/withdraw", Of(Verb::Publish)),
    ("GET /estate/decisions/{owner}/entry/{reference}/publish/report", Members),
    ("POST /estate/decisions/{owner}/entry/{reference}/publish/report", Of(Verb::Publish)),
    ("POST /estate/decisions/{owner}/entry/{reference}/publish/report/withdraw", Of(Verb::Publish)),
    ("GET /estate/decisions/{owner}/entry/{reference}/committee-pack.zip", Members),
    ("GET /estate/{kind}/{owner}/table", OfPartnership(Verb::EditMoney)),
    ("POST /estate/{kind}/{owner}/table", OfPartnership(Verb::EditMoney)),
    ("GET /sharing/{body}", Members),
    ("POST /sharing/{body}/rules", Of(Verb::Share)),
    ("GET /sharing/{body}/{kind}", Members),
    ("POST /sharing/{body}/{kind}", Of(Verb::Share)),
    ("GET /sharing/{body}/{kind}/entry/{reference}", Members),
    ("POST /sharing/{body}/{kind}/entry/{reference}", Of(Verb::Share)),
    ("GET /imports/{body}", Members),
    ("POST /imports/{body}", Of(Verb::Import)),
    ("GET /import/{id}", Members),
    ("POST /import/{id}/again", Of(Verb::Import)),
    ("POST /import/{id}/commit", Of(Verb::Import)),
    ("POST /import/{id}/give-up", Of(Verb::Import)),
    ("GET /publish/{body}", Members),
    ("GET /publish/{body}/{name}", Members),
    // An empty workbook.
    ("GET /template/{body}", Anybody),
    ("GET /baselines/{body}", Members),
    ("POST /baselines/{body}", FormFirst(Verb::Freeze)),
    ("GET /baselines/{body}/compare", Members),
    ("GET /job/{id}", Members),
    ("GET /job/{id}/fragment", Members),
    ("POST /job/{id}/cancel", Of(Verb::Import)),
    ("GET /analyses", Anybody),
    ("GET /analyses/{name}", Anybody),
    ("POST /analyses/{name}/work-out", Somewhere(Verb::WorkOut)),
    ("POST /work-out", Somewhere(Verb::WorkOut)),
    ("GET /decisions", Anybody),
    ("GET /history", Anybody),
    ("GET /opportunities", Anybody),
    ("GET /opportunities/{analysis}/{id}", Anybody),
    ("POST /opportunities/{analysis}/{id}/adopt", OfPartnership(Verb::EditMoney)),
    ("POST /opportunities/{analysis}/{id}/set-aside", OfPartnership(Verb::EditMoney)),
    ("GET /matches", Anybody),
    ("POST /matches", OfPartnership(Verb::EditEntries)),
    ("GET /matches/suggestions", Anybody),
    ("GET /matches/group/{id}", Anybody),
    ("POST /matches/group/{id}", OfPartnership(Verb::EditEntries)),
    ("GET /runs", Anybody),
    ("GET /alerts", Anybody),
    ("POST /alerts/mail", Anybody),
    ("POST /alerts/calendar", Anybody),
    ("POST /alerts/calendar/remove", Anybody),
    ("GET /calendar/{secret}", HoldersOfASecret),
    ("GET /run/{id}", Anybody),
    ("GET /run/{id}/files/{name}", Anybody),
    ("GET /run/{id}/outcome.json", Anybody),
    ("GET /parameters", Anybody),
    ("GET /recommendation", Anybody),
    ("POST /recommendation/adopt", FormFirst(Verb::Adopt)),
    ("GET /report", Anybody),
    ("POST /report", OfReport(Verb::EditReport)),
    ("GET /report/preview.pdf", Somewhere(Verb::EditReport)),
    ("GET /report/read", Anybody),
    ("GET /report/downloads", Anybody),
    ("GET /report/form", Anybody),
    ("POST /report/form", Anybody),
    ("GET /report/papers", Anybody),
    ("GET /report/papers/{name}", Anybody),
    ("GET /report/commitments", Anybody),
    ("POST /report/commitments", OfPartnership(Verb::EditEntries)),
    ("GET /people", Somewhere(Verb::ManagePeople)),
    ("GET /people/invite", Somewhere(Verb::ManagePeople)),
    // Whether they may is asked of the body that the form names: see operations/tests/people.rs.
    ("POST /people/invite", TriedElsewhere),
    ("GET /people/{id}", Of(Verb::ManagePeople)),
    ("POST /people/{id}", Of(Verb::ManagePeople)),
    // By whoever administers every body of the person: see operations/tests/people.rs.
    ("GET /people/{id}/close", TriedElsewhere),
    ("POST /people/{id}/close", TriedElsewhere),
    ("POST /people/{id}/reopen", TriedElsewhere),
    ("POST /people/invitation/{id}/withdraw", Of(Verb::ManagePeople)),
    ("GET /audit", Somewhere(Verb::ReadAudit)),
    ("GET /audit/verify", Somewhere(Verb::ReadAudit)),
    ("GET /account", Anybody),
    ("GET /account/password", Anybody),
    ("POST /account/password", Anybody),
    ("GET /account/tokens/new", Anybody),
    ("POST /account/tokens/new", Anybody),
    ("POST /account/tokens/{id}/remove", Owner),
    ("GET /held/{id}", Owner),
    ("GET /accessibility", Everybody),
    ("GET /help", Everybody),
    ("GET /privacy", Everybody),
    ("GET /cookies", Everybody),
    ("GET /public", Everybody),
    ("GET /public/feed.atom", Everybody),
    ("GET /public/feed.json", Everybody),
    ("GET /public/records.json", Everybody),
    // Nothing is published in the example: see pages/public.rs.
    ("GET /public/{authority}/{kind}/{reference}", TriedElsewhere),
    ("GET /public/{authority}/{kind}/{reference}/{file}", TriedElsewhere),
    ("GET /sign-in", TriedElsewhere),
    ("POST /sign-in", TriedElsewhere),
    ("GET /sign-in/code", TriedElsewhere),
    ("POST /sign-in/code", TriedElsewhere),
    ("GET /sign-in/app", TriedElsewhere),
    ("POST /sign-in/app", TriedElsewhere),
    ("GET /sign-in/council", TriedElsewhere),
    ("GET /sign-in/council/back", TriedElsewhere),
    ("POST /sign-out", TriedElsewhere),
    ("POST /invitation/{secret}/accept", TriedElsewhere),
    ("POST /account/sign-out-everywhere", TriedElsewhere),
    ("GET /sign-in/once/{secret}", HoldersOfASecret),
    ("POST /sign-in/once/{secret}", HoldersOfASecret),
    ("GET /invitation/{secret}", HoldersOfASecret),
    ("POST /invitation/{secret}", HoldersOfASecret),
];
