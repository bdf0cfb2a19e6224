//! What an authority decides: its meetings, its decisions, the notices it gives and what is called in.

use penshaw_basis::{Date, Money};

use super::estate::positive_money;
use crate::FieldKind::{Choice, Count, Date as Day, List, Money as Pounds, Reference, Text, YesNo};
use crate::entry::entry;
use crate::{Kind, Problem};

entry! {
    /// A meeting at which an authority decides.
    Meeting {
        body: String, "Body", Text, required, open, "The body that meets.", "Cabinet";
        date: Option<Date>, "Date", Day, required, open, "The day of the meeting.", "2014-06-18";
        time: Option<String>, "Time", Text, optional, owned, "When it begins.", "14:00";
        place: Option<String>, "Place", Text, optional, owned, "Where it is held.", "Civic Centre, Sunderland";
        standing: String, "Standing", Choice(&["planned", "convened", "held", "moved", "cancelled"]), required, open, "How it stands.", "planned";
        moved_to: Option<Date>, "Moved to", Day, optional, open, "The day to which it was moved.", "2014-06-25";
        short_notice: Option<bool>, "At shorter notice", YesNo, optional, open, "Whether it was convened at shorter notice than five clear days.", "no";
        notice_published: Option<Date>, "Notice published", Day, optional, open, "The day on which its time and place were published.", "2014-06-06";
        agenda_published: Option<Date>, "Agenda published", Day, optional, open, "The day on which the agenda and the reports were open to inspection.", "2014-06-10";
    } check |meeting| {
        let lost = meeting.standing == "moved" && meeting.moved_to.is_none();
        let lost = lost.then(|| Problem::error("moved_to", "the meeting was moved, and not to when", "enter the day to which it was moved, or cancel it"));
        let stays = meeting.standing != "moved" && meeting.moved_to.is_some();
        let stays = stays.then(|| Problem::warning("moved_to", "a day to which it was moved is given, and it is not said to be moved", "set its standing to moved, or take the day out"));
        lost.into_iter().chain(stays).collect()
    }
}

/// How a key decision may lawfully be made.
pub const ROUTES: &[&str] = &["28 days' notice", "general exception", "special urgency"];

entry! {
    /// A decision of one authority: what is to be decided, on which route, and what was decided.
    Decision {
        title: String, "Title", Text, required, open, "The title of the report.", "Shared ICT service: outcome of the business case";
        matter: String, "Matter", Text, required, open, "What is to be decided, in words that may be published.", "Whether to go on towards one ICT service with Durham County Council";
        proposal: Option<String>, "Proposal", Text, optional, open, "What the authorities decide together: the same words in the record of each.", "Shared ICT service";
        decision_maker: Option<String>, "Decision maker", Text, optional, open, "The body, or the person's name and title.", "Cabinet";
        taken_by: Option<String>, "Taken by", Choice(&["executive", "committee of the executive", "joint committee", "joint committee not all of the executive", "individual member", "officer", "full council"]), optional, open, "What kind of decision maker it is.", "executive";
        meeting: Option<String>, "Meeting", Reference(Kind::Meeting), optional, open, "The meeting that decides.", "M1";
        key: Option<bool>, "Key decision", YesNo, optional, open, "Whether it is a key decision as the constitution defines it.", "yes";
        key_reason: Option<String>, "Why key or not", Text, optional, open, "The spending, the saving or the wards that make it so, or why it is not.", "It affects every ward";
        expenditure: Option<Money>, "Expenditure", Pounds, optional, owned, "The revenue spending that it is likely to cause in a full year, in pounds.", "0";
        saving: Option<Money>, "Saving", Pounds, optional, owned, "The saving that it is likely to bring, or to forgo, in a full year, in pounds.", "300000";
        capital: Option<Money>, "Capital", Pounds, optional, owned, "The capital spending that it is likely to cause, in pounds.", "0";
        wards: Option<u64>, "Wards", Count, optional, open, "The wards or divisions whose communities it affects significantly.", "25";
        route: Option<String>, "Route", Choice(ROUTES), optional, open, "How it may lawfully be made: by 28 days' notice, or by one of the two exceptions.", "28 days' notice";
        within_budget_framework: Option<bool>, "Within the budget and policy framework", YesNo, optional, open, "Whether it is consistent with the budget and policy framework.", "yes";
        exempt_paragraphs: Vec<String>, "Exempt paragraphs", List, optional, open, "The paragraphs of schedule 12A under which a part is not for publication, separated by semicolons.", "3; 4";
        public_interest: Option<String>, "Public interest", Text, optional, open, "Why the public interest in keeping it exempt outweighs that in disclosing it.", "It would weaken the council's position in negotiation";
        documents: Vec<String>, "Documents", List, optional, open, "The documents submitted to the decision maker, separated by semicolons.", "Report of the Assistant Chief Executive";
        outcome: Option<String>, "Outcome", Choice(&["agreed", "amended", "deferred", "rejected", "withdrawn"]), optional, open, "What became of it.", "agreed";
        decided_on: Option<Date>, "Decided on", Day, optional, open, "The day on which it was decided.", "2014-06-18";
        resolution: Option<String>, "Resolution", Text, optional, open, "What was resolved, word for word.", "That the proposed shared service be closed down";
        reasons: Option<String>, "Reasons", Text, optional, open, "Why.", "Formal integration will not provide the most effective outcomes";
        alternatives: Option<String>, "Alternatives rejected", Text, optional, open, "The alternative options that were considered and rejected.", "To continue the development of a shared service";
        conflicts: Option<String>, "Conflicts of interest", Text, optional, open, "Conflicts of interest that members declared, or none.", "None";
        dispensations: Option<String>, "Dispensations", Text, optional, open, "Dispensations given by the head of paid service, or none.", "None";
        statement_published: Option<Date>, "Statement published", Day, optional, open, "The day on which the statement of the decision was published.", "2014-06-20";
        follows: Option<String>, "Follows", Reference(Kind::Decision), optional, open, "The earlier decision that it follows, such as the mandate.", "D0";
        call_in_waived: Option<String>, "Call-in waived", Text, optional, open, "Who agreed that the decision is urgent and cannot be called in, and why.", "Chair of the council, 18 June 2014";
    } check |decision| {
        let mut problems: Vec<Problem> = positive_money("expenditure", decision.expenditure);
        problems.extend(positive_money("saving", decision.saving));
        problems.extend(positive_money("capital", decision.capital));
        problems.extend(strange_paragraph("exempt_paragraphs", &decision.exempt_paragraphs));
        if !decision.exempt_paragraphs.is_empty() && decision.public_interest.is_none() {
            problems.push(Problem::error("public_interest", "a part is exempt, and the public interest is not weighed", "write why keeping it exempt outweighs disclosing it; where they balance, it is published"));
        }
        if decision.key.is_some() && decision.key_reason.is_none() {
            problems.push(Problem::warning("key_reason", "whether it is a key decision is answered, and not why", "name the spending, the saving or the wards (SI 2012/2089 reg. 8)"));
        }
        if decision.outcome.as_deref().is_some_and(|outcome| outcome != "withdrawn") && decision.decided_on.is_none() {
            problems.push(Problem::error("decided_on", "it was decided, and not on which day", "enter the day"));
        }
        problems
    }
}

/// A paragraph that schedule 12A does not have.
fn strange_paragraph(field: &'static str, paragraphs: &[String]) -> Option<Problem> {
    let strange = paragraphs.iter().find(|one| !matches!(one.trim(), "1" | "2" | "3" | "4" | "5" | "6" | "7"))?;
    let what = format!("\"{strange}\" is not a paragraph of schedule 12A");
    Some(Problem::error(field, what, "enter numbers from 1 to 7, such as 3; 4"))
}

/// What may be given notice of.
pub const NOTICES: &[&str] =
    &["key decision", "private meeting, first", "private meeting, second", "general exception", "reasons for urgency"];

/// Who may agree that a decision is urgent, in the order in which they are asked.
pub const AGREED_BY: &[&str] =
    &["chair of the scrutiny committee", "chair of the authority", "vice-chair of the authority"];

entry! {
    /// A notice that an authority published of a decision; a changed one is another entry.
    Notice {
        decision: String, "Decision", Reference(Kind::Decision), required, open, "The decision that it is about.", "D1";
        of: String, "Notice of", Choice(NOTICES), required, open, "What it gives notice of.", "key decision";
        published: Option<Date>, "Published", Day, required, open, "The day on which it was at the offices and on the website.", "2014-05-20";
        published_at: Option<String>, "Published at", Text, optional, open, "The time of that day, where it is known.", "16:30";
        states_key: Option<bool>, "States that it is key", YesNo, optional, open, "Whether it states that a key decision is to be made on behalf of the authority.", "yes";
        matter: Option<String>, "Matter", Text, optional, open, "The matter, as the notice states it.", "Shared ICT service with Durham County Council";
        decision_maker: Option<String>, "Decision maker", Text, optional, open, "The body's name, or the person's name and title.", "Cabinet";
        members: Vec<String>, "Members", List, optional, open, "For a body: its members, separated by semicolons.", "The Leader; the Deputy Leader";
        from: Option<Date>, "Decided from", Day, optional, open, "The day on which it is to be decided, or the first day of the period.", "2014-06-18";
        to: Option<Date>, "Decided to", Day, optional, open, "The last day of the period, where a period is stated.", "2014-07-16";
        documents: Vec<String>, "Documents", List, optional, open, "The documents submitted to the decision maker, separated by semicolons.", "Cabinet report";
        copies_from: Option<String>, "Copies from", Text, optional, open, "The address from which copies can be had.", "Civic Centre, Burdon Road, Sunderland SR2 7DN";
        further_documents: Option<bool>, "States further documents", YesNo, optional, open, "Whether it states that other documents may be submitted.", "yes";
        requests: Option<String>, "Requests", Text, optional, open, "How to ask for those documents as they become available.", "Write to Democratic Services";
        reasons: Option<String>, "Reasons", Text, optional, open, "For a private meeting: why it is private. For an exception: why notice was impracticable.", "The report holds the prices of a supplier";
        representations: Option<String>, "Representations", Text, optional, open, "For the second notice of a private meeting: what was received against it, or none.", "None";
        response: Option<String>, "Response", Text, optional, open, "For the second notice of a private meeting: the answer to what was received.", "None was needed";
        informed: Option<String>, "Informed", Text, optional, owned, "For the general exception: whom the proper officer informed in writing.", "Chair of the scrutiny committee";
        informed_on: Option<Date>, "Informed on", Day, optional, owned, "The day on which they were informed.", "2014-06-09";
        agreed_by: Option<String>, "Agreed by", Choice(AGREED_BY), optional, open, "For special urgency or an urgent private meeting: who agreed.", "chair of the scrutiny committee";
        agreed_on: Option<Date>, "Agreed on", Day, optional, open, "The day on which they agreed.", "2014-06-16";
        agreed_text: Option<String>, "Agreement", Text, optional, open, "What they agreed to, word for word; and why those asked before them could not be.", "The decision is urgent and cannot reasonably be deferred";
    } check |notice| {
        let wrong = notice.published_at.as_deref().is_some_and(|time| time.parse::<penshaw_basis::Time>().is_err());
        let wrong = wrong.then(|| Problem::error("published_at", "it is not a time of day", "write it as 16:30"));
        let backwards = notice.from.zip(notice.to).is_some_and(|(from, to)| to < from);
        let backwards = backwards.then(|| Problem::error("to", "the period ends before it begins", "correct one of the two days"));
        wrong.into_iter().chain(backwards).collect()
    }
}

entry! {
    /// A decision that scrutiny called in before it was carried out, and what came of it.
    CallIn {
        decision: String, "Decision", Reference(Kind::Decision), required, open, "The decision.", "D1";
        requested_on: Option<Date>, "Requested on", Day, required, open, "The day on which it was called in.", "2014-06-25";
        members: Option<u64>, "Members", Count, optional, owned, "How many members called it in.", "6";
        reasons: Option<String>, "Reasons", Text, optional, owned, "Why they called it in.", "The alternatives were not shown with their costs";
        heard_on: Option<Date>, "Heard on", Day, optional, open, "The day on which scrutiny considered it.", "2014-07-03";
        outcome: Option<String>, "Outcome", Choice(&["no action", "referred back", "referred to council", "refused", "lapsed"]), optional, open, "What scrutiny did; refused where the call-in was not valid, lapsed where it was not heard in time.", "referred back";
        reconsidered_on: Option<Date>, "Reconsidered on", Day, optional, open, "The day on which the decision was considered again.", "2014-07-16";
        reconsidered: Option<String>, "Reconsidered", Choice(&["confirmed", "amended", "rescinded"]), optional, open, "What became of it then.", "confirmed";
        reconsidered_reasons: Option<String>, "Reasons then", Text, optional, open, "Why it was confirmed, amended or rescinded.", "The costs were shown and do not change the reasons";
    } check |call_in| {
        let earlier = |field, later: Option<Date>, before: Option<Date>, what: &'static str| {
            later.zip(before).is_some_and(|(later, before)| later < before).then(|| Problem::error(field, what, "correct one of the two days"))
        };
        let undated = call_in.outcome.as_deref().is_some_and(|outcome| matches!(outcome, "no action" | "referred back" | "referred to council"));
        let undated = (undated && call_in.heard_on.is_none()).then(|| Problem::error("heard_on", "scrutiny decided, and not on which day", "enter the day"));
        let again = (call_in.reconsidered.is_some() && call_in.reconsidered_on.is_none()).then(|| Problem::error("reconsidered_on", "it was considered again, and not on which day", "enter the day"));
        let found = [
            earlier("heard_on", call_in.heard_on, call_in.requested_on, "it was heard before it was called in"),
            earlier("reconsidered_on", call_in.reconsidered_on, call_in.heard_on, "it was considered again before scrutiny heard it"),
            undated,
            again,
        ];
        found.into_iter().flatten().collect()
    }
}

entry! {
    /// A part of the report that is not for publication: the public reads the rest, Part I.
    ExemptPart {
        part: String, "Part", Text, required, open, "The number of the section or heading, such as 7.1, or the name of the question of an annex.", "7.1";
        paragraphs: Vec<String>, "Exempt paragraphs", List, required, open, "The paragraphs of schedule 12A by which it is exempt, separated by semicolons.", "3";
        public_interest: String, "Public interest", Text, required, open, "Why the public interest in keeping it exempt outweighs that in disclosing it.", "It would weaken the council's position in negotiation";
        words: Option<String>, "Words of Part II", Text, optional, open, "What only Part II says under this heading, besides what stands there.", "The supplier's offer ends on 30 June";
    } check |exempt| strange_paragraph("paragraphs", &exempt.paragraphs).into_iter().collect()
}
