//! Equipment and where it stands: sites, racks, hardware, workloads, links.

use penshaw_basis::{Date, FinancialYear, Money};

use super::estate::positive_money;
use crate::FieldKind::{
    Choice, Count, Date as Day, List, Money as Pounds, Number, Reference, References, Text, Year, YesNo,
};
use crate::entry::entry;
use crate::field::at_least_zero;
use crate::{Kind, Problem};

entry! {
    /// A place that holds equipment or staff.
    Site {
        name: String, "Name", Text, required, open, "The site's name.", "Example data centre";
        use_of_site: Option<String>, "Use", Choice(&["data centre", "communications room", "office", "public cloud", "other"]), optional, owned, "What it is used for.", "data centre";
        rack_units: Option<f64>, "Rack units", at_least_zero("U"), optional, owned, "Rack units that it can hold.", "840";
        power_kw: Option<f64>, "Power (kW)", at_least_zero("kW"), optional, owned, "Power for equipment, in kW.", "120";
        storage_tb: Option<f64>, "Storage (TB)", at_least_zero("TB"), optional, owned, "Storage that it can hold, in TB.", "400";
        tier: Option<String>, "Tier", Choice(&["I", "II", "III", "IV", "none"]), optional, owned, "Its resilience tier, by the scheme named in the evidence.", "II";
        tier_scheme: Option<String>, "Tier scheme", Choice(&["Uptime Institute", "TIA-942", "own assessment"]), optional, owned, "Whose scheme the tier is of.", "own assessment";
        tier_certified: Option<bool>, "Tier certified", YesNo, optional, owned, "Whether somebody else has certified the tier.", "no";
        evidence: Option<String>, "Evidence", Text, optional, owned, "What shows the tier, with its date.", "Self-assessed, May 2014";
        latitude: Option<f64>, "Latitude", Number { unit: "degrees", least: -90.0, most: 90.0 }, optional, owned, "Where it is: degrees north, for the map.", "54.87";
        longitude: Option<f64>, "Longitude", Number { unit: "degrees", least: -180.0, most: 180.0 }, optional, owned, "Where it is: degrees east (west is negative), for the map.", "-1.47";
        running_cost_per_kw: Option<Money>, "Running cost of a kW", Pounds, optional, owned, "What a kW of equipment costs to run there for a year, in pounds.", "1200";
        module_power_kw: Option<f64>, "Module power (kW)", at_least_zero("kW"), optional, owned, "Power that one more module of capacity would add, in kW.", "8";
        module_rack_units: Option<f64>, "Module rack units", at_least_zero("U"), optional, owned, "Rack units that one more module would add.", "42";
        module_storage_tb: Option<f64>, "Module storage (TB)", at_least_zero("TB"), optional, owned, "Storage that one more module would add, in TB.", "120";
        module_cost: Option<Money>, "Module cost", Pounds, optional, owned, "What one more module costs in a year, in pounds.", "21000";
        modules_most: Option<u64>, "Modules at most", Count, optional, owned, "How many modules could be added.", "6";
    } check |site| {
        let mut problems = positive_money("running_cost_per_kw", site.running_cost_per_kw);
        problems.extend(positive_money("module_cost", site.module_cost));
        if site.latitude.is_some() != site.longitude.is_some() {
            let empty = if site.latitude.is_some() { "longitude" } else { "latitude" };
            problems.push(Problem::warning(empty, "the site has half a place on the map", "enter both latitude and longitude"));
        }
        problems
    }
}

entry! {
    /// A rack at a site, which may hold the equipment of several authorities.
    Rack {
        name: String, "Name", Text, required, open, "The rack's name.", "Row B, rack 4";
        site: Option<String>, "Site", Text, optional, owned, "The site that it stands at: your own site's reference, or AUTHORITY/REFERENCE for another's.", "S1";
        room: Option<String>, "Room", Text, optional, owned, "The room that it stands in.", "Hall 1";
        rack_units: Option<f64>, "Rack units", at_least_zero("U"), optional, owned, "Rack units that it can hold.", "42";
        power_kw: Option<f64>, "Power (kW)", at_least_zero("kW"), optional, owned, "Power that it can draw, in kW.", "7";
        feeds: Vec<String>, "Power feeds", List, optional, owned, "The power feeds that reach it, separated by semicolons.", "A; B";
    }
}

entry! {
    /// Equipment that takes space and power at a site.
    Hardware {
        name: String, "Name", Text, required, open, "What it is.", "Storage array";
        site: Option<String>, "Site", Text, optional, owned, "The site that holds it: your own site's reference, or AUTHORITY/REFERENCE for another's.", "S1";
        room: Option<String>, "Room", Text, optional, owned, "The room that holds it, where no rack says so.", "Hall 1";
        rack: Option<String>, "Rack", Text, optional, owned, "The rack that holds it: your own rack's reference, or AUTHORITY/REFERENCE for another's.", "K1";
        lowest_unit: Option<u64>, "Lowest unit", Count, optional, owned, "The lowest rack unit that the first of them takes, counted from 1 at the foot.", "12";
        rack_units: Option<f64>, "Rack units", at_least_zero("U"), optional, owned, "Rack units that all of them take.", "12";
        power_kw: Option<f64>, "Power (kW)", at_least_zero("kW"), optional, owned, "Power that all of them draw, in kW.", "3.2";
        feeds: Vec<String>, "Power feeds", List, optional, owned, "The power feeds that it is connected to; it runs while one of them does.", "A; B";
        number: Option<u64>, "Number", Count, optional, owned, "How many of them.", "2";
        bought: Option<Date>, "Bought", Day, optional, owned, "The day it was bought.", "2011-09-01";
        replace_in: Option<FinancialYear>, "Replace in", Year, optional, owned, "The financial year in which it must be replaced.", "2016/17";
        replacement_cost: Option<Money>, "Replacement cost", Pounds, optional, owned, "What replacing it costs, in pounds.", "180000";
    } check |hardware| {
        let mut problems = positive_money("replacement_cost", hardware.replacement_cost);
        if hardware.lowest_unit == Some(0) {
            problems.push(Problem::error("lowest_unit", "a rack has no unit 0", "count rack units from 1 at the foot"));
        }
        problems
    }
}

entry! {
    /// What runs at a site and must be recovered elsewhere if the site is lost.
    Workload {
        name: String, "Name", Text, required, open, "What runs.", "Finance system, production";
        application: Option<String>, "Application", Reference(Kind::Application), optional, owned, "The application it belongs to.", "A1";
        site: Option<String>, "Site", Text, optional, owned, "Where it runs: your own site's reference, or AUTHORITY/REFERENCE for another's.", "S1";
        hardware: Option<String>, "Hardware", Reference(Kind::Hardware), optional, owned, "The hardware that it runs on, whose room, rack and power feeds it shares.", "H2";
        recovery_site: Option<String>, "Recovery site", Text, optional, owned, "Where it would be recovered, in the same form; empty if nowhere.", "DCC/S1";
        recovery_time_hours: Option<f64>, "Recovery time needed (hours)", at_least_zero("hours"), optional, owned, "How soon it must be back (RTO), in hours.", "24";
        recovery_point_hours: Option<f64>, "Recovery point needed (hours)", at_least_zero("hours"), optional, owned, "How much work may be lost (RPO), in hours.", "4";
        backup_interval_hours: Option<f64>, "Backup interval (hours)", at_least_zero("hours"), optional, owned, "How often it is copied to the recovery site, in hours.", "4";
        recovery_automatic: Option<bool>, "Recovery automatic", YesNo, optional, owned, "Whether it comes back without anybody doing anything.", "no";
        recovery_tested_on: Option<Date>, "Recovery tested on", Day, optional, owned, "The day on which the recovery was last tested.", "2013-11-20";
        power_kw: Option<f64>, "Power (kW)", at_least_zero("kW"), optional, owned, "Power it needs, in kW.", "0.8";
        rack_units: Option<f64>, "Rack units", at_least_zero("U"), optional, owned, "Rack units it needs.", "4";
        storage_tb: Option<f64>, "Storage (TB)", at_least_zero("TB"), optional, owned, "Storage it needs, in TB.", "2.5";
        users: Option<u64>, "Users", Count, optional, owned, "How many people use it.", "400";
        depends_on: Vec<String>, "Depends on", List, optional, owned, "Workloads without which it stops: your own by reference, another's as AUTHORITY/REFERENCE.", "W8";
        suppliers: Vec<String>, "Suppliers", List, optional, owned, "Suppliers without whom it stops.", "Example Software Ltd";
        shared_services: Vec<String>, "Shared services", List, optional, owned, "Services outside the register without which it stops, such as a directory.", "Directory; Government network";
        placed_with: Option<String>, "Placed with", Text, optional, owned, "A word that names workloads that must run at one site.", "revenues";
        apart_from: Vec<String>, "Apart from", References(Kind::Workload), optional, owned, "Workloads that must not run at the same site.", "W2";
        public_cloud: Option<String>, "Public cloud", Choice(&["possible", "not possible"]), optional, owned, "Whether it could run in a public cloud.", "possible";
        public_cloud_reason: Option<String>, "Why not public cloud", Text, optional, owned, "Why it cannot, with the document that shows it.", "Runs on a mainframe until 2016: options paper, May 2014";
        moving_cost: Option<Money>, "Moving cost", Pounds, optional, owned, "What moving it to another site costs once, in pounds.", "6000";
    } check |workload| positive_money("moving_cost", workload.moving_cost)
}

entry! {
    /// A test of recovering a workload, and whether the copy could be started.
    RecoveryTest {
        workload: String, "Workload", Reference(Kind::Workload), required, open, "The workload that was to be recovered.", "W1";
        tested_on: Option<Date>, "Tested on", Day, required, open, "The day of the test.", "2013-11-20";
        result: Option<String>, "Result", Choice(&["passed", "failed", "partial"]), optional, owned, "What came of it.", "passed";
        copy_started: Option<bool>, "Copy started", YesNo, optional, owned, "Whether the copy was started and used at the recovery site.", "yes";
        recovery_time_hours: Option<f64>, "Recovery time reached (hours)", at_least_zero("hours"), optional, owned, "How long it took until it was back, in hours.", "18";
        recovery_point_hours: Option<f64>, "Recovery point reached (hours)", at_least_zero("hours"), optional, owned, "How much work was lost, in hours.", "4";
        evidence: Option<String>, "Evidence", Text, optional, owned, "The document that records it.", "Test report, November 2013";
    }
}

entry! {
    /// A network link between two sites.
    Link {
        name: String, "Name", Text, required, open, "The link's name.", "Core ring, west";
        from_site: Option<String>, "From", Text, optional, owned, "One end: your own site's reference, or AUTHORITY/REFERENCE for another's.", "S1";
        to_site: Option<String>, "To", Text, optional, owned, "The other end, in the same form.", "DCC/S1";
        standing: Option<String>, "Standing", Choice(&["in place", "possible"]), optional, owned, "Whether it is there, or could be bought; empty if it is there.", "in place";
        capacity_mbps: Option<f64>, "Capacity (Mbit/s)", at_least_zero("Mbit/s"), optional, owned, "What it carries, in Mbit/s.", "1000";
        latency_ms: Option<f64>, "Latency (ms)", at_least_zero("ms"), optional, owned, "How long a packet takes one way, in milliseconds.", "1.5";
        supplier: Option<String>, "Supplier", Text, optional, owned, "Who provides it.", "Example Networks";
        routes: Vec<String>, "Routes", List, optional, owned, "Ducts, poles or exchanges that it passes, by a name that all links use.", "Wear bridge duct";
        contract: Option<String>, "Contract", Reference(Kind::Contract), optional, owned, "The contract it is bought under.", "C1";
        annual_cost: Option<Money>, "Annual cost", Pounds, optional, owned, "What it costs in a year, in pounds.", "24000";
        capital_cost: Option<Money>, "Capital cost", Pounds, optional, owned, "What putting it in would cost once, in pounds.", "60000";
    } check |link| {
        let mut problems = positive_money("annual_cost", link.annual_cost);
        problems.extend(positive_money("capital_cost", link.capital_cost));
        if link.from_site.is_some() && link.from_site == link.to_site {
            problems.push(Problem::error("to_site", "the link ends where it begins", "name the site at the other end"));
        }
        problems
    }
}
