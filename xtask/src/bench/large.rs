//! A partnership of twelve authorities, each with 500 applications, and options of twenty lines each.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Result;

use super::{measured, penshaw};

const AUTHORITIES: usize = 12;
const APPLICATIONS: usize = 500;
const OPTIONS: usize = 4;
const LINES: usize = 20;

/// Makes the partnership and times its appraisal.
pub fn bench(scratch: &Path) -> Result<()> {
    let folder = scratch.join("large");
    lay_out(&folder)?;
    let out = scratch.join("large-report").display().to_string();
    let took = measured(&penshaw(), &["appraise", &folder.display().to_string(), "--out", &out])?;
    println!(
        "appraise {AUTHORITIES} authorities × {APPLICATIONS} applications, {OPTIONS} options × {LINES} lines each authority: {:.2} s wall, {:.2} s processor, {:.0} MB",
        took.wall, took.processor, took.memory
    );
    Ok(())
}

fn lay_out(folder: &Path) -> Result<()> {
    let mut partnership = String::from("name = \"Twelve authorities\"\nmarking = \"Made for a benchmark\"\n");
    for authority in 0..AUTHORITIES {
        let code = format!("P{authority:02}");
        write!(
            partnership,
            "\n[[authorities]]\ncode = \"{code}\"\nname = \"Authority {authority}\"\nfolder = \"{code}\"\nusers = {}\n",
            1000 + 137 * authority
        )?;
        estate(&folder.join(&code), authority)?;
    }
    partnership.push_str("\n[report]\nauthority = \"P00\"\nbody = \"Cabinet\"\nmeeting = 2026-11-25\ntitle = \"Shared ICT\"\nauthor = \"Chief Executive\"\npurpose = \"To decide.\"\n");
    for option in 0..OPTIONS {
        options(&mut partnership, option)?;
    }
    fs::write(folder.join("partnership.toml"), partnership)?;
    Ok(())
}

fn options(partnership: &mut String, option: usize) -> Result<()> {
    let (role, course) = match option {
        0 => ("business as usual", "apart"),
        1 => ("do minimum", "collaborate"),
        2 => ("preferred way forward", "integrate"),
        _ => ("more ambitious", "integrate"),
    };
    write!(
        partnership,
        "\n[[options]]\nreference = \"O{option}\"\nname = \"Option {option}\"\nrole = \"{role}\"\ncourse = \"{course}\"\nstarts = \"2026/27\"\nyears = 10\ncost_key = \"users\"\n"
    )?;
    for authority in (0..AUTHORITIES).filter(|_| option > 0) {
        for line in 0..LINES {
            let cost = line % 2 == 0;
            let flow = if cost { "cost" } else { "non-cash-releasing benefit" };
            let first = 40_000 + 700 * line + 900 * authority;
            let amounts: Vec<String> = (0..10)
                .map(|year| format!("\"{}/{}\" = {}", 2026 + year, 27 + year, first + 500 * year * option))
                .collect();
            write!(
                partnership,
                "\n[[lines]]\nreference = \"L{option}-{authority:02}-{line:02}\"\noption = \"O{option}\"\nauthority = \"P{authority:02}\"\ndescription = \"Line {line}\"\nflow = \"{flow}\"\ntiming = \"recurring\"\namounts = {{ {} }}\nrange = \"PERT\"\nlow = 0.7\nlikely = 1.0\nhigh = 1.6\n",
                amounts.join(", ")
            )?;
        }
    }
    Ok(())
}

fn estate(folder: &Path, authority: usize) -> Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("estate.toml"), "on = 2026-09-30\n\n[[share]]\nfields = \"all\"\nshared = true\n")?;
    let mut applications = String::from("Reference,Name,Supplier,Version,Users,Annual cost,Hosting\n");
    for application in 0..APPLICATIONS {
        writeln!(
            applications,
            "A{application},Application {application},Supplier {},{}.{},{},{},on premises",
            application % 90,
            1 + application % 12,
            authority % 10,
            10 + 7 * application,
            1500 + 211 * application
        )?;
    }
    fs::write(folder.join("applications.csv"), applications)?;
    Ok(())
}
