//! The message that tells people of alerts: a subject and plain words, the gravest first.

use penshaw_analyses::delivery::{Alert, AlertSeverity};
use penshaw_basis::Date;
use penshaw_documents::Value;
use penshaw_register::Partnership;

use crate::recommendation::capitalised;

/// A message in plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The subject, on one line.
    pub subject: String,
    /// The body, in lines that end with `\n`.
    pub body: String,
}

/// The message for alerts on a day; nothing where there are none.
///
/// `href` is where the reader finds them with their sources. The same alerts give the same words.
pub fn message(alerts: &[Alert], partnership: &Partnership, on: Date, href: Option<&str>) -> Option<Message> {
    if alerts.is_empty() {
        return None;
    }
    let groups: Vec<(AlertSeverity, Vec<&Alert>)> = AlertSeverity::ALL
        .into_iter()
        .map(|severity| (severity, alerts.iter().filter(|alert| alert.severity == severity).collect::<Vec<_>>()))
        .filter(|(_, alerts)| !alerts.is_empty())
        .collect();
    let mut body = format!("{}: what needs attention on {}.\n", name(partnership), Value::Day(on));
    for (severity, alerts) in &groups {
        body.push_str(&format!("\n{}\n", heading(*severity)));
        alerts.iter().for_each(|alert| body.push_str(&one(alert, partnership)));
    }
    if let Some(href) = href {
        body.push_str(&format!("\nWhere each comes from: {}\n", one_line(href)));
    }
    Some(Message { subject: subject(&groups, partnership), body })
}

fn subject(groups: &[(AlertSeverity, Vec<&Alert>)], partnership: &Partnership) -> String {
    let counts: Vec<String> =
        groups.iter().map(|(severity, alerts)| format!("{} {}", alerts.len(), severity.word())).collect();
    format!("{}: {}", name(partnership), counts.join(", "))
}

fn name(partnership: &Partnership) -> String {
    let name = one_line(&partnership.name);
    if name.is_empty() { "Shared ICT".to_owned() } else { name }
}

fn heading(severity: AlertSeverity) -> &'static str {
    match severity {
        AlertSeverity::Grave => "GRAVE: what was relied on did not work",
        AlertSeverity::Overdue => "OVERDUE: the day has passed",
        AlertSeverity::Soon => "SOON: the day is near",
    }
}

fn one(alert: &Alert, partnership: &Partnership) -> String {
    let due = alert.due.map_or("at once".to_owned(), |due| Value::Day(due).to_string());
    let who = match alert.authority.as_str() {
        "joint" => "the partners together",
        code => partnership.name_of(code),
    };
    let who = alert.owner.as_ref().map_or(who.to_owned(), |post| format!("{post}, {who}"));
    format!(
        "- {}\n  Day: {due}. Who: {}.\n  {}.\n",
        one_line(&alert.what),
        one_line(&who),
        one_line(&capitalised(&alert.hint))
    )
}

/// Words on one line: what people recorded must not begin a line, or a header, of its own.
fn one_line(words: &str) -> String {
    words.split(char::is_control).flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use penshaw_analyses::delivery::AlertKind;
    use penshaw_basis::Source;
    use penshaw_register::Authority;

    use super::*;

    const ON: Date = Date::constant(2014, 10, 1);

    fn alert(severity: AlertSeverity, what: &str, due: Option<Date>) -> Alert {
        Alert {
            id: format!("action/{what}"),
            kind: AlertKind::Action,
            severity,
            what: what.into(),
            authority: "SCC".into(),
            owner: Some("Head of ICT".into()),
            due,
            area: None,
            sources: vec![Source::entry("partnership", "AC1")],
            hint: "do it".into(),
        }
    }

    fn partnership(name: &str) -> Partnership {
        let authority = Authority { code: "SCC".into(), name: "Sunderland".into(), ..Authority::default() };
        Partnership { name: name.into(), authorities: vec![authority], ..Partnership::default() }
    }

    #[test]
    fn alerts_are_grouped_the_gravest_first() {
        let alerts = [
            alert(AlertSeverity::Soon, "Near.", Some(Date::constant(2014, 10, 9))),
            alert(AlertSeverity::Grave, "Failed.", None),
            alert(AlertSeverity::Soon, "Nearer.", Some(Date::constant(2014, 10, 2))),
        ];
        let message =
            message(&alerts, &partnership("Wear and Tees"), ON, Some("https://example.gov.uk/delivery")).unwrap();
        assert_eq!(message.subject, "Wear and Tees: 1 grave, 2 soon");
        assert_eq!(
            message.body,
            "Wear and Tees: what needs attention on 1 October 2014.\n\
             \n\
             GRAVE: what was relied on did not work\n\
             - Failed.\n  Day: at once. Who: Head of ICT, Sunderland.\n  Do it.\n\
             \n\
             SOON: the day is near\n\
             - Near.\n  Day: 9 October 2014. Who: Head of ICT, Sunderland.\n  Do it.\n\
             - Nearer.\n  Day: 2 October 2014. Who: Head of ICT, Sunderland.\n  Do it.\n\
             \n\
             Where each comes from: https://example.gov.uk/delivery\n"
        );
    }

    #[test]
    fn nothing_is_sent_where_nothing_needs_attention() {
        assert_eq!(message(&[], &partnership("Wear"), ON, None), None);
    }

    #[test]
    fn a_line_break_in_a_name_begins_no_header_and_no_line() {
        let alerts = [alert(AlertSeverity::Overdue, "Late.\r\n- Forged.", None)];
        let message = message(&alerts, &partnership("Wear\r\nBcc: all@example.gov.uk"), ON, None).unwrap();
        assert!(!message.subject.contains(['\r', '\n']));
        assert!(!message.body.contains('\r') && !message.body.contains("\n- Forged"), "{}", message.body);
    }
}
