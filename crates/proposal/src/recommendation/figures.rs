//! The tests of figures: whether the partners gain together and each, how surely, and how soon.

use penshaw_register::recommendation::{Answer, Statement};

use super::facts::{AppraisalFacts, PartnerFacts};
use super::options::{Found, Testing, Tried};
use super::words::{percent, pounds, years};

impl Testing<'_> {
    /// The test that no option passes without figures.
    pub(super) fn no_figures(&self) -> Tried {
        self.tried(Found {
            rule: "value",
            about: None,
            found: Some(Statement::words("no figures recorded")),
            asks: "Is it worth it, for whom, and how sure?".into(),
            needed: "an appraisal".into(),
            answer: Answer::NotKnown,
            clause: Statement::words("no figures of its costs and benefits were recorded"),
            closes: true,
            reopen: Some("its costs and benefits are recorded and appraised, for each partner".into()),
            wanting: self
                .missing_for("appraisal", &format!("the costs and benefits of {}, as lines", self.option.name)),
        })
    }

    /// The tests of its figures.
    pub(super) fn money(&self, appraisal: &AppraisalFacts) -> Vec<Tried> {
        let mut tried = vec![self.value(appraisal), self.probability(appraisal)];
        for partner in &appraisal.partners {
            tried.push(self.partner(appraisal, partner));
            tried.push(self.payback(appraisal, partner));
        }
        tried.extend(appraisal.as_delivered_elsewhere.map(|npsv| self.outside_view(appraisal, npsv)));
        tried
    }

    fn value(&self, appraisal: &AppraisalFacts) -> Tried {
        let least = self.thresholds.net_present_value.value;
        let passes = appraisal.npsv >= least;
        self.tried(Found {
            rule: "value",
            about: None,
            found: Some(Statement::default().figure(pounds(appraisal.npsv), &appraisal.sources)),
            asks: "Do the partners gain together?".into(),
            needed: format!("at least {}", pounds(least)),
            answer: enough(passes),
            clause: Statement::words("together the partners would ")
                .and(gain_or_lose(appraisal.npsv))
                .figure(pounds(appraisal.npsv.abs()), &appraisal.sources)
                .and(" (net present social value)"),
            closes: true,
            reopen: (!passes).then(|| {
                let by = pounds(least - appraisal.npsv);
                format!("net present social value rises by {by}, from {} to {}", pounds(appraisal.npsv), pounds(least))
            }),
            wanting: Vec::new(),
        })
    }

    fn probability(&self, appraisal: &AppraisalFacts) -> Tried {
        let least = self.thresholds.probability_of_gain.value;
        let passes = appraisal.probability_positive >= least;
        let needed = format!("at least {}", percent(least));
        self.tried(Found {
            rule: "probability",
            about: None,
            found: Some(
                Statement::default()
                    .figure(percent(appraisal.probability_positive), &appraisal.sources)
                    .and(" of trials"),
            ),
            asks: "How sure is it that they gain together?".into(),
            answer: enough(passes),
            clause: Statement::words("it gains in ")
                .figure(percent(appraisal.probability_positive), &appraisal.sources)
                .and(format!(" of trials, where {needed} is needed")),
            closes: false,
            reopen: (!passes).then(|| {
                let now = percent(appraisal.probability_positive);
                format!("the probability that the partners gain together rises from {now} to {needed}")
            }),
            wanting: Vec::new(),
            needed,
        })
    }

    fn partner(&self, appraisal: &AppraisalFacts, partner: &PartnerFacts) -> Tried {
        let least = self.thresholds.partner_net_present_cash.value;
        let surely = self.thresholds.partner_probability_of_gain.value;
        let who = self.facts.name_of(&partner.authority);
        let passes = partner.net_present_cash >= least && partner.probability_gains >= surely;
        self.tried(Found {
            rule: "partner",
            about: Some(partner.authority.clone()),
            found: Some(
                Statement::default()
                    .figure(pounds(partner.net_present_cash), &appraisal.sources)
                    .and(", and in ")
                    .figure(percent(partner.probability_gains), &appraisal.sources)
                    .and(" of trials"),
            ),
            asks: format!("Does {who} gain?"),
            needed: format!("at least {}, and in {} of trials", pounds(least), percent(surely)),
            answer: enough(passes),
            clause: Statement::words(format!("{who} would "))
                .and(gain_or_lose(partner.net_present_cash))
                .figure(pounds(partner.net_present_cash.abs()), &appraisal.sources)
                .and(" (net present cash) and gain in ")
                .figure(percent(partner.probability_gains), &appraisal.sources)
                .and(" of trials"),
            closes: false,
            reopen: (!passes).then(|| self.partner_reopens(appraisal, partner)),
            wanting: Vec::new(),
        })
    }

    /// What a losing partner would need, and whether the others gain enough to give it.
    fn partner_reopens(&self, appraisal: &AppraisalFacts, partner: &PartnerFacts) -> String {
        let least = self.thresholds.partner_net_present_cash.value;
        let who = self.facts.name_of(&partner.authority);
        if partner.net_present_cash >= least {
            let surely = percent(self.thresholds.partner_probability_of_gain.value);
            let now = percent(partner.probability_gains);
            return format!("the probability that {who} gains rises from {now} to at least {surely}");
        }
        let by = pounds(least - partner.net_present_cash);
        let all: f64 = appraisal.partners.iter().map(|partner| partner.net_present_cash).sum();
        let how = if all >= least * appraisal.partners.len() as f64 {
            format!("; together the partners gain {}, so that another cost key can bring it about", pounds(all))
        } else {
            "; the partners do not gain enough together for another cost key to bring it about".to_owned()
        };
        format!(
            "{who}'s net present cash rises by {by}, from {} to {}{how}",
            pounds(partner.net_present_cash),
            pounds(least)
        )
    }

    fn payback(&self, appraisal: &AppraisalFacts, partner: &PartnerFacts) -> Tried {
        let most = self.thresholds.payback.value;
        let who = self.facts.name_of(&partner.authority);
        let passes = !partner.lays_out || partner.payback.is_some_and(|after| after <= most);
        let clause = match partner.payback {
            _ if !partner.lays_out => Statement::words(format!("{who} has nothing to lay out")),
            Some(after) => Statement::words(format!("what {who} lays out is made good after "))
                .figure(years(after), &appraisal.sources)
                .and(format!(", where the limit is {}", years(most))),
            None => Statement::words(format!("what {who} lays out is ")).figure(
                format!("not made good in the {} that are appraised", years(appraisal.years as f64)),
                &appraisal.sources,
            ),
        };
        self.tried(Found {
            rule: "payback",
            about: Some(partner.authority.clone()),
            found: Some(made_good(appraisal, partner)),
            asks: format!("Is {who}'s outlay made good in time?"),
            needed: format!("within {}", years(most)),
            answer: enough(passes),
            clause,
            closes: false,
            reopen: (!passes).then(|| {
                let now = partner
                    .payback
                    .map_or("never within the appraisal".to_owned(), |after| format!("after {}", years(after)));
                format!("what {who} lays out is made good within {} (now {now})", years(most))
            }),
            wanting: Vec::new(),
        })
    }

    fn outside_view(&self, appraisal: &AppraisalFacts, npsv: f64) -> Tried {
        let least = self.thresholds.outside_view.value;
        let passes = npsv >= least;
        self.tried(Found {
            rule: "outside-view",
            about: None,
            found: Some(Statement::default().figure(pounds(npsv), &appraisal.sources)),
            asks: "Does it still pay if benefits come as they came elsewhere?".into(),
            needed: format!("at least {}", pounds(least)),
            answer: enough(passes),
            clause: Statement::words("if benefits came in the likeliest share in which they came elsewhere, the partners together would ")
                .and(gain_or_lose(npsv))
                .figure(pounds(npsv.abs()), &appraisal.sources),
            closes: false,
            reopen: (!passes).then(|| {
                format!(
                    "the case still pays at the share of benefits that other shared services delivered, at which it now comes to {}",
                    pounds(npsv)
                )
            }),
            wanting: Vec::new(),
        })
    }
}

/// After how long a partner's outlay is made good, in a few words.
fn made_good(appraisal: &AppraisalFacts, partner: &PartnerFacts) -> Statement {
    let said = match partner.payback {
        _ if !partner.lays_out => "nothing to lay out".to_owned(),
        Some(after) => format!("after {}", years(after)),
        None => format!("not in {}", years(appraisal.years as f64)),
    };
    Statement::default().figure(said, &appraisal.sources)
}

fn enough(passes: bool) -> Answer {
    if passes { Answer::Passes } else { Answer::Fails }
}

fn gain_or_lose(amount: f64) -> &'static str {
    if amount < 0.0 { "lose " } else { "gain " }
}
