//! Mutual hosting: whose equipment stands at whose site, on what terms.

use penshaw_basis::{Date, Money};

use super::estate::{in_order, positive_money};
use crate::FieldKind::{Authority, Choice, Count, Date as Day, Money as Pounds, Reference, Text};
use crate::entry::entry;
use crate::field::at_least_zero;
use crate::{Kind, Problem};

entry! {
    /// An agreement by which one authority hosts another's equipment.
    HostingAgreement {
        name: String, "Name", Text, required, open, "What the agreement is called.", "Durham's recovery racks at Moorside";
        guest: String, "Guest", Authority, required, open, "Whose equipment is hosted.", "DCC";
        host: String, "Host", Authority, required, open, "Who hosts it.", "SCC";
        standing: String, "Standing", Choice(&["proposed", "agreed", "in force", "ended"]), required, open, "How far the agreement has come.", "in force";
        site: Option<String>, "Site", Text, optional, open, "The host's site, by its reference.", "S1";
        rack: Option<String>, "Rack", Text, optional, open, "The host's rack, by its reference, where only part of one is let.", "K1";
        from_unit: Option<u64>, "From unit", Count, optional, open, "The lowest rack unit that is let, counted from 1 at the foot.", "21";
        to_unit: Option<u64>, "To unit", Count, optional, open, "The highest rack unit that is let.", "32";
        power_kw: Option<f64>, "Power (kW)", at_least_zero("kW"), optional, open, "Power that is let, in kW.", "6";
        storage_tb: Option<f64>, "Storage (TB)", at_least_zero("TB"), optional, open, "Storage that is let, in TB.", "20";
        annual_price: Option<Money>, "Annual price", Pounds, optional, open, "What the guest pays in a year, in pounds without VAT.", "24000";
        priority: Option<u64>, "Priority", Count, optional, open, "Whose equipment is kept running first when power is short: 1 first.", "2";
        starts: Option<Date>, "Starts", Day, optional, open, "Its first day.", "2014-04-01";
        ends: Option<Date>, "Ends", Day, optional, open, "Its last day.", "2019-03-31";
        notice_months: Option<f64>, "Notice (months)", at_least_zero("months"), optional, open, "Notice needed to end it, in months.", "12";
        recovery_time_hours: Option<f64>, "Recovery time promised (hours)", at_least_zero("hours"), optional, open, "How soon the host promises to have the guest running (RTO), in hours.", "24";
        recovery_point_hours: Option<f64>, "Recovery point promised (hours)", at_least_zero("hours"), optional, open, "How much work the guest may lose (RPO), in hours.", "4";
        area: Option<String>, "Area", Reference(Kind::Area), optional, open, "The area of joint work that it serves.", "AR1";
        document: Option<String>, "Document", Text, optional, open, "Where it is recorded.", "Hosting agreement, 1 April 2014";
    } check |agreement| {
        let mut problems = positive_money("annual_price", agreement.annual_price);
        problems.extend(in_order(("starts", agreement.starts), ("ends", agreement.ends)));
        if agreement.guest == agreement.host && !agreement.guest.is_empty() {
            problems.push(Problem::error("host", "an authority cannot host itself", "name the authority whose site it is"));
        }
        if let (Some(from), Some(to)) = (agreement.from_unit, agreement.to_unit) && to < from {
            problems.push(Problem::error("to_unit", format!("unit {to} is below unit {from}"), "enter the highest unit that is let"));
        }
        problems
    }
}
