//! Equipment and where it stands: sites, hardware, workloads, links.

use penshaw_basis::{Date, FinancialYear, Money};

use super::estate::positive_money;
use crate::FieldKind::{Choice, Count, Date as Day, Money as Pounds, Reference, Text, Year};
use crate::entry::entry;
use crate::field::at_least_zero;
use crate::{Kind, Problem};

entry! {
    /// A place that holds equipment or staff.
    Site {
        name: String, "Name", Text, required, open, "The site's name.", "Example data centre";
        use_of_site: Option<String>, "Use", Choice(&["data centre", "communications room", "office", "other"]), optional, owned, "What it is used for.", "data centre";
        rack_units: Option<f64>, "Rack units", at_least_zero("U"), optional, owned, "Rack units that it can hold.", "840";
        power_kw: Option<f64>, "Power (kW)", at_least_zero("kW"), optional, owned, "Power for equipment, in kW.", "120";
        tier: Option<String>, "Tier", Choice(&["I", "II", "III", "IV", "none"]), optional, owned, "Its resilience tier, by the scheme named in the evidence.", "II";
        evidence: Option<String>, "Evidence", Text, optional, owned, "What shows the tier, with its date.", "Self-assessed, May 2014";
    }
}

entry! {
    /// Equipment that takes space and power at a site.
    Hardware {
        name: String, "Name", Text, required, open, "What it is.", "Storage array";
        site: Option<String>, "Site", Text, optional, owned, "The site that holds it: your own site's reference, or AUTHORITY/REFERENCE for another's.", "S1";
        rack_units: Option<f64>, "Rack units", at_least_zero("U"), optional, owned, "Rack units it takes.", "12";
        power_kw: Option<f64>, "Power (kW)", at_least_zero("kW"), optional, owned, "Power it draws, in kW.", "3.2";
        number: Option<u64>, "Number", Count, optional, owned, "How many of them.", "2";
        bought: Option<Date>, "Bought", Day, optional, owned, "The day it was bought.", "2011-09-01";
        replace_in: Option<FinancialYear>, "Replace in", Year, optional, owned, "The financial year in which it must be replaced.", "2016/17";
        replacement_cost: Option<Money>, "Replacement cost", Pounds, optional, owned, "What replacing it costs, in pounds.", "180000";
    } check |hardware| positive_money("replacement_cost", hardware.replacement_cost)
}

entry! {
    /// What runs at a site and must be recovered elsewhere if the site is lost.
    Workload {
        name: String, "Name", Text, required, open, "What runs.", "Finance system, production";
        application: Option<String>, "Application", Reference(Kind::Application), optional, owned, "The application it belongs to.", "A1";
        site: Option<String>, "Site", Text, optional, owned, "Where it runs: your own site's reference, or AUTHORITY/REFERENCE for another's.", "S1";
        recovery_site: Option<String>, "Recovery site", Text, optional, owned, "Where it would be recovered, in the same form; empty if nowhere.", "DCC/S1";
        recovery_time_hours: Option<f64>, "Recovery time needed (hours)", at_least_zero("hours"), optional, owned, "How soon it must be back (RTO), in hours.", "24";
        recovery_point_hours: Option<f64>, "Recovery point needed (hours)", at_least_zero("hours"), optional, owned, "How much work may be lost (RPO), in hours.", "4";
        recovery_tested_on: Option<Date>, "Recovery tested on", Day, optional, owned, "The day on which the recovery was last tested.", "2013-11-20";
        storage_tb: Option<f64>, "Storage (TB)", at_least_zero("TB"), optional, owned, "Storage it needs, in TB.", "2.5";
    }
}

entry! {
    /// A network link between two sites.
    Link {
        name: String, "Name", Text, required, open, "The link's name.", "Core ring, west";
        from_site: Option<String>, "From", Text, optional, owned, "One end: your own site's reference, or AUTHORITY/REFERENCE for another's.", "S1";
        to_site: Option<String>, "To", Text, optional, owned, "The other end, in the same form.", "DCC/S1";
        capacity_mbps: Option<f64>, "Capacity (Mbit/s)", at_least_zero("Mbit/s"), optional, owned, "What it carries, in Mbit/s.", "1000";
        supplier: Option<String>, "Supplier", Text, optional, owned, "Who provides it.", "Example Networks";
        contract: Option<String>, "Contract", Reference(Kind::Contract), optional, owned, "The contract it is bought under.", "C1";
        annual_cost: Option<Money>, "Annual cost", Pounds, optional, owned, "What it costs in a year, in pounds.", "24000";
    } check |link| {
        let mut problems = positive_money("annual_cost", link.annual_cost);
        if link.from_site.is_some() && link.from_site == link.to_site {
            problems.push(Problem::error("to_site", "the link ends where it begins", "name the site at the other end"));
        }
        problems
    }
}
