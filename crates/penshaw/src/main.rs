//! The `penshaw` command: reads its arguments, calls one operation, shows the answer.

mod commands;
mod show;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Decide together whether to share ICT, and see who gains and how surely.
#[derive(Parser)]
#[command(version, after_help = EXIT_CODES, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  not done: the files need mending, or the question cannot be answered; what and why is on standard error
  2  the command was not understood";

#[derive(Subcommand)]
enum Command {
    Demo(commands::demo::Demo),
    Appraise(commands::appraise::Appraise),
    Check(commands::check::Check),
    Analyse(commands::analyse::Analyse),
    Template(commands::template::Template),
    Share(commands::share::Share),
    Simulate(commands::simulate::Simulate),
    Place(commands::place::Place),
    Match(commands::match_catalogues::Match),
    Clock(commands::clock::Clock),
    Inventory(commands::inventory::Inventory),
    Draft(commands::draft::Draft),
    Gather(commands::gather::Gather),
    Export(commands::export::Export),
    Parameters(commands::parameters::Parameters),
    Serve(Box<commands::serve::Serve>),
    Load(commands::load::Load),
    Save(commands::save::Save),
    Admin(commands::admin::Admin),
    Backup(commands::backup::Backup),
    Restore(commands::backup::Restore),
    Audit(commands::audit::Audit),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Demo(demo) => demo.run(),
        Command::Appraise(appraise) => appraise.run(),
        Command::Check(check) => check.run(),
        Command::Analyse(analyse) => analyse.run(),
        Command::Template(template) => template.run(),
        Command::Share(share) => share.run(),
        Command::Simulate(simulate) => simulate.run(),
        Command::Place(place) => place.run(),
        Command::Match(catalogues) => catalogues.run(),
        Command::Clock(clock) => clock.run(),
        Command::Inventory(inventory) => inventory.run(),
        Command::Draft(draft) => draft.run(),
        Command::Gather(gather) => gather.run(),
        Command::Export(export) => export.run(),
        Command::Parameters(parameters) => parameters.run(),
        Command::Serve(serve) => serve.run(),
        Command::Load(load) => load.run(),
        Command::Save(save) => save.run(),
        Command::Admin(admin) => admin.run(),
        Command::Backup(backup) => backup.run(),
        Command::Restore(restore) => restore.run(),
        Command::Audit(audit) => audit.run(),
    };
    match done {
        Ok(code) => code,
        Err(refusal) => show::refusal(&refusal),
    }
}
