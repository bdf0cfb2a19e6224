//! `penshaw clock`: the statutory days of a meeting, a notice or a publication.

use std::process::ExitCode;

use clap::{ArgGroup, Args};
use penshaw_operations::{ClockAsked, Date, Refusal, Time, clock_dates};

use crate::show;

/// Print the statutory days: what must be out before a meeting, from when may be decided, when a decision takes effect
#[derive(Args)]
#[command(group = ArgGroup::new("asked").required(true).args(["meeting", "notice", "published"]))]
pub struct Clock {
    /// The day of the meeting that decides, such as 2014-06-18
    #[arg(long, value_name = "DATE")]
    meeting: Option<Date>,
    /// The day on which a notice was published
    #[arg(long, value_name = "DATE")]
    notice: Option<Date>,
    /// The day on which the statement of a decision was published
    #[arg(long, value_name = "DATE")]
    published: Option<Date>,
    /// The time of that publication, such as 16:30: after the cut-off it counts as the next day's
    #[arg(long, value_name = "TIME", conflicts_with = "meeting")]
    at: Option<Time>,
    /// The authority whose constitution counts, such as Darlington; without it the common readings are used
    #[arg(long, value_name = "NAME")]
    authority: Option<String>,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

impl Clock {
    /// Works out the days.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        let asked = match (self.meeting, self.notice, self.published) {
            (Some(day), ..) => ClockAsked::Meeting(day),
            (_, Some(day), _) => ClockAsked::Notice(day, self.at),
            (.., Some(day)) => ClockAsked::Published(day, self.at),
            (None, None, None) => unreachable!("one of the three is required"),
        };
        let answer = clock_dates(asked, self.authority.as_deref())?;
        show::print(&if self.json { answer.json() } else { answer.text(show::width()) });
        Ok(ExitCode::SUCCESS)
    }
}
