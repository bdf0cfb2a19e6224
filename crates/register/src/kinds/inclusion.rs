//! Digital inclusion: small areas and their need, programmes and what came of them.

use penshaw_basis::{Date, FinancialYear};

use super::estate::in_order;
use crate::FieldKind::{
    AmountsByYear, Authority, AuthorityOrJoint, Choice, Count, Date as Day, List, Number, Reference, Text, Year,
};
use crate::entry::entry;
use crate::{Kind, Problem};

/// A score from 0 to 10.
const SCORE: crate::FieldKind = Number { unit: "", least: 0.0, most: 10.0 };

entry! {
    /// A small area of the authority, with what shows how likely its people are to be left out.
    SmallArea {
        code: String, "Code", Text, required, open, "The Office for National Statistics' code of the area.", "E01008693";
        vintage: Option<String>, "Vintage", Choice(&["2011", "2021"]), required, open, "The census whose boundaries the code belongs to; the two are never mixed.", "2011";
        name: Option<String>, "Name", Text, optional, owned, "The area's name.", "Sunderland 001A";
        population: Option<u64>, "Population", Count, optional, owned, "How many people live there.", "1500";
        aged_65_and_over: Option<u64>, "Aged 65 and over", Count, optional, owned, "How many of them are 65 or over.", "280";
        deri_broadband: Option<f64>, "DERI broadband", SCORE, optional, owned, "The broadband component of the Digital Exclusion Risk Index, 0 to 10.", "3.5";
        deri_demography: Option<f64>, "DERI demography", SCORE, optional, owned, "Its demography component, 0 to 10.", "3.8";
        deri_deprivation: Option<f64>, "DERI deprivation", SCORE, optional, owned, "Its deprivation component, 0 to 10.", "4.0";
        deprivation_score: Option<f64>, "Deprivation score", Number { unit: "", least: 0.0, most: 100.0 }, optional, owned, "The area's score in the Index of Multiple Deprivation, 0 to 100.", "32.6";
        latitude: Option<f64>, "Latitude", Number { unit: "degrees", least: -90.0, most: 90.0 }, optional, owned, "The area's middle, degrees north, for the map.", "54.93";
        longitude: Option<f64>, "Longitude", Number { unit: "degrees", least: -180.0, most: 180.0 }, optional, owned, "The area's middle, degrees east (west is negative), for the map.", "-1.37";
    } check |area| match (area.population, area.aged_65_and_over) {
        (Some(population), Some(aged)) if aged > population => vec![Problem::error(
            "aged_65_and_over",
            format!("{aged} people of {population} are 65 or over"),
            "correct one of the two numbers",
        )],
        _ => Vec::new(),
    }
}

entry! {
    /// A programme that helps people to use what is digital.
    InclusionProgramme {
        name: String, "Name", Text, required, open, "What it is called.", "Digital Durham";
        authority: String, "Authority", AuthorityOrJoint, required, open, "Who runs it.", "joint";
        area: Option<String>, "Area", Reference(Kind::Area), optional, open, "The area of joint work that it belongs to.", "AR5";
        provider: Option<String>, "Provider", Text, optional, open, "Who delivers it.", "Adult learning service";
        starts: Option<Date>, "Starts", Day, optional, open, "Its first day.", "2013-04-01";
        ends: Option<Date>, "Ends", Day, optional, open, "Its last day.", "2016-03-31";
        costs: super::AmountsByYear, "Costs", AmountsByYear, optional, open, "What it costs in each financial year, in pounds.", "90000";
        small_areas: Vec<String>, "Small areas", List, optional, open, "The codes of the small areas that it reaches.", "E01008693; E01008694";
        vintage: Option<String>, "Vintage", Choice(&["2011", "2021"]), optional, open, "The census whose boundaries those codes belong to.", "2011";
        document: Option<String>, "Document", Text, optional, open, "Where it is recorded.", "Programme plan, April 2013";
    } check |programme| {
        let mut problems = in_order(("starts", programme.starts), ("ends", programme.ends));
        if !programme.small_areas.is_empty() && programme.vintage.is_none() {
            problems.push(Problem::warning("vintage", "the codes of areas have no vintage", "say whether they are of 2011 or 2021"));
        }
        problems
    }
}

entry! {
    /// What a programme did for the residents of one authority in a year.
    InclusionOutcome {
        programme: String, "Programme", Reference(Kind::InclusionProgramme), required, open, "The programme.", "IP1";
        authority: String, "Authority", Authority, required, open, "Where the people live.", "DCC";
        year: FinancialYear, "Year", Year, required, open, "The financial year.", "2014/15";
        reached: Option<u64>, "Reached", Count, optional, open, "People who were reached.", "2400";
        started: Option<u64>, "Started", Count, optional, open, "People who started.", "900";
        completed: Option<u64>, "Completed", Count, optional, open, "People who completed.", "640";
        gained: Option<u64>, "Gained skills", Count, optional, open, "People who gained the foundation level or essential digital skills.", "510";
        sustained_3_months: Option<u64>, "Sustained at 3 months", Count, optional, open, "People who still had them three months later.", "430";
        sustained_6_months: Option<u64>, "Sustained at 6 months", Count, optional, open, "People who still had them six months later.", "380";
        connected: Option<u64>, "Still connected", Count, optional, open, "People who still had a device and a connection.", "350";
        shifted_channel: Option<u64>, "Use services online", Count, optional, open, "People who now use the authority's services online.", "220";
    }
}

entry! {
    /// What one person could do without help, before or after a programme; never who it was.
    SkillsSurvey {
        programme: String, "Programme", Reference(Kind::InclusionProgramme), required, open, "The programme.", "IP1";
        authority: String, "Authority", Authority, required, open, "Where the person lives.", "DCC";
        stage: String, "Stage", Choice(&["before", "after"]), required, open, "Whether it was asked before or after the programme.", "before";
        person: Option<String>, "Person", Text, optional, open, "A number that tells the answers of one person from another's; never a name.", "17";
        foundation_tasks: Option<u64>, "Foundation tasks", Count, optional, open, "How many of the eight foundation tasks the person can do without help.", "8";
        tasks: Vec<String>, "Work tasks", List, optional, open, "The codes of the twenty tasks for work that the person can do without help.", "C1; C2; T1";
    }
}
