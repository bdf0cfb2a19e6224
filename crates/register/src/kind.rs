//! The kinds of entry, and what is declared of each.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::entry::Entry;
use crate::kinds::*;
use crate::{Field, Problem, Record};

macro_rules! kinds {
    ($($name:ident $key:literal $sheet:literal $holder:ident $about:literal;)*) => {
        /// A kind of entry.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Kind {
            $(#[doc = $about] #[serde(rename = $key)] $name,)*
        }

        impl Kind {
            /// Every kind, authorities' own first, in the order of the estate workbook.
            pub const ALL: &'static [Kind] = &[$(Kind::$name),*];

            /// Its name in files: `applications` for `applications.csv` and `[[applications]]`.
            pub const fn key(self) -> &'static str {
                match self { $(Kind::$name => $key),* }
            }

            /// Its sheet in the workbook.
            pub const fn sheet(self) -> &'static str {
                match self { $(Kind::$name => $sheet),* }
            }

            /// What it is, in one sentence.
            pub const fn about(self) -> &'static str {
                match self { $(Kind::$name => $about),* }
            }

            /// Who holds entries of it.
            pub const fn holder(self) -> Holder {
                match self { $(Kind::$name => Holder::$holder),* }
            }

            /// Its fields in the order of the sheet, the reference not among them.
            pub fn fields(self) -> &'static [Field] {
                match self { $(Kind::$name => <$name as Entry>::FIELDS),* }
            }

            /// What is wrong with one record of this kind on its own: its fields, and
            /// where they can all be read, what they say together.
            pub fn check(self, record: &Record) -> Vec<Problem> {
                let problems = crate::check::fields::check(record);
                if !problems.is_empty() {
                    return problems;
                }
                match self {
                    $(Kind::$name => match record.read::<$name>() {
                        Ok(entry) => entry.check(),
                        Err(problem) => vec![problem],
                    },)*
                }
            }
        }
    };
}

/// Who holds entries of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Each authority holds its own.
    Authority,
    /// The partnership holds them together.
    Partnership,
}

kinds! {
    Application "applications" "Applications" Authority "An application that the authority runs or buys.";
    Contract "contracts" "Contracts" Authority "A contract for ICT goods or services.";
    Licence "licences" "Licences" Authority "What the authority is entitled to use, by its contract's own metric.";
    Installation "installations" "Installations" Authority "What the authority is measured to use of a product.";
    Hardware "hardware" "Hardware" Authority "Equipment that takes space and power at a site.";
    Site "sites" "Sites" Authority "A place that holds equipment or staff.";
    Rack "racks" "Racks" Authority "A rack at a site, which may hold the equipment of several authorities.";
    Workload "workloads" "Workloads" Authority "What runs at a site and must be recovered elsewhere if the site is lost.";
    RecoveryTest "recovery_tests" "Recovery tests" Authority "A test of recovering a workload, and whether the copy could be started.";
    Link "links" "Links" Authority "A network link between two sites.";
    Post "posts" "Posts" Authority "A post and its skills, never the person in it.";
    SkillNeed "skill_needs" "Skill needs" Authority "A skill that the service needs, at which level and how many times over.";
    Payment "payments" "Payments" Authority "A payment that the authority made to a supplier, such as one of over £500 that it published.";
    CostLine "cost_lines" "Cost lines" Authority "A line of the base budget for ICT, by cost centre and fund.";
    Service "services" "Services" Authority "A service that the ICT service gives to somebody.";
    Performance "performance" "Performance" Authority "How the authority's ICT service performed in one month, by priority.";
    SmallArea "small_areas" "Small areas" Authority "A small area of the authority, with what shows how likely its people are to be left out.";
    Meeting "meetings" "Meetings" Authority "A meeting at which the authority decides.";
    Decision "decisions" "Decisions" Authority "A decision of the authority: what is to be decided, on which route, and what was decided.";
    Notice "notices" "Notices" Authority "A notice that the authority published of a decision.";
    CallIn "call_ins" "Call-ins" Authority "A decision that scrutiny called in, and what came of it.";
    Objective "objectives" "Objectives" Partnership "What the partners want from sharing.";
    Area "areas" "Areas" Partnership "An area in which the partners might work together, whatever becomes of the whole.";
    Evidence "evidence" "Evidence" Partnership "What shows that an area of joint work is real: who says so, where and when.";
    CourseOption "options" "Options" Partnership "A course of action to be appraised, business as usual among them.";
    Line "lines" "Lines" Partnership "A cost, benefit or movement of money of one option, by year.";
    Correlation "correlations" "Correlations" Partnership "How two ranges move together.";
    Mitigation "mitigations" "Mitigations" Partnership "Evidence that part of an optimism bias has been dealt with.";
    Risk "risks" "Risks" Partnership "Something that may happen to an option, with its probability and cost.";
    Bid "bids" "Bids" Partnership "An application for money, or another inflow, that may come or not.";
    CoalitionCost "coalition_costs" "Coalition costs" Partnership "What some of the partners would pay if only they shared.";
    Scheme "schemes" "Schemes" Partnership "A way of governing the shared service.";
    SchemeMember "scheme_members" "Scheme members" Partnership "What one authority has in a scheme: its seats, its votes and what it pays.";
    ReservedMatter "reserved_matters" "Reserved matters" Partnership "A matter that the authorities keep for themselves, so that each must agree.";
    Division "divisions" "Divisions" Partnership "How the authorities voted on something, or might have, to see what a scheme makes of it.";
    Alignment "alignments" "Alignments" Partnership "Where one partner stands and where it is going.";
    Requirement "requirements" "Requirements" Partnership "Something the ICT service will have to be able to do by a date.";
    Fit "fits" "Fits" Partnership "Whether an option meets a requirement, with the evidence.";
    Impact "impacts" "Impacts" Partnership "Whom an option affects: equality, privacy, sustainability, crime and disorder.";
    Consideration "considerations" "Considerations" Partnership "Another relevant consideration: financial, risk, employee, legal, property, other services, project method.";
    Programme "programmes" "Programmes" Partnership "A programme that waits on the decision.";
    Paper "papers" "Background papers" Partnership "A document on which the report relies.";
    ExemptPart "exempt_parts" "Exempt parts" Partnership "A part of the report that is not for publication, by which paragraph and why.";
    ProductReview "product_reviews" "Product reviews" Partnership "What a person says of two entries that might mean the same product.";
    SupplierName "supplier_names" "Supplier names" Partnership "A name under which a supplier is found, and the supplier that it is now.";
    Direction "directions" "Directions" Partnership "A direction under section 24 of the Act of 2007, which makes contracts need consent.";
    Consent "consents" "Consents" Partnership "A consent that a direction requires, asked for and perhaps given.";
    HostingAgreement "hosting_agreements" "Hosting agreements" Partnership "An agreement by which one authority hosts another's equipment.";
    InclusionProgramme "inclusion_programmes" "Inclusion programmes" Partnership "A programme that helps people to use what is digital.";
    InclusionOutcome "inclusion_outcomes" "Inclusion outcomes" Partnership "What a programme did for the residents of one authority in a year.";
    SkillsSurvey "skills_surveys" "Skills surveys" Partnership "What one person could do without help, before or after a programme; never who it was.";
    Action "actions" "Actions" Partnership "Something that is to be done in an area of joint work.";
    Commitment "commitments" "Commitments" Partnership "Something that a report said would happen.";
    Benefit "benefits" "Benefits" Partnership "A benefit that was promised to one partner, and what came of it.";
    RiskReview "risk_reviews" "Risk reviews" Partnership "A review of a risk.";
}

impl Kind {
    /// The field of that name.
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.name == name)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// The text is not the name of a kind of entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a kind of entry")]
pub struct NotAKind(String);

impl FromStr for Kind {
    type Err = NotAKind;

    /// Reads a kind's file name or sheet name, whatever the case.
    fn from_str(text: &str) -> Result<Self, NotAKind> {
        let wanted = text.trim().to_lowercase().replace([' ', '-'], "_");
        let found = Kind::ALL
            .iter()
            .find(|kind| kind.key() == wanted || kind.sheet().to_lowercase().replace(' ', "_") == wanted);
        found.copied().ok_or_else(|| NotAKind(text.to_owned()))
    }
}
