//! Backups of PostgreSQL by its own programs, `pg_dump` and `pg_restore`.

use std::path::Path;

use tokio::process::Command;

use super::{BACKUP, RESTORE};
use crate::connect::without_schema;
use crate::migrations::refuse_newer;
use crate::programs::{FOLDER, program_for};
use crate::sql::number;
use crate::{Store, StoreError};

/// Writes what `pg_dump` reads within one snapshot.
pub(super) async fn backup(store: &Store, path: &Path) -> Result<(), StoreError> {
    let server = Server::of(store).await?;
    let mut dump = server.command("pg_dump", BACKUP)?;
    dump.args(["--format=custom", "--no-password", "--file"]).arg(path).arg("--dbname").arg(&server.url);
    if let Some(schema) = &server.schema {
        dump.arg(format!("--schema=\"{schema}\""));
    }
    run(dump, BACKUP).await.map(drop)
}

/// Restores into an empty database, all of it or nothing.
pub(super) async fn restore(path: &Path, address: &str) -> Result<(), StoreError> {
    let store = Store::connect(address).await?;
    let server = Server::of(&store).await;
    let empty = refuse_what_is_there(&store).await;
    store.close().await;
    empty?;
    let server = server?;
    refuse_newer(&steps(&server, path).await?)?;
    let mut restore = server.command("pg_restore", RESTORE)?;
    // Neither the owner nor the analysts' roles of another server need be here.
    restore.args(["--single-transaction", "--exit-on-error", "--no-owner", "--no-acl", "--no-password", "--dbname"]);
    restore.arg(&server.url).arg(path);
    run(restore, RESTORE).await.map(drop)
}

async fn refuse_what_is_there(store: &Store) -> Result<(), StoreError> {
    let tables = "SELECT COUNT(*) FROM pg_class WHERE relnamespace = to_regnamespace(current_schema()::text) \
        AND relkind IN ('r', 'p', 'v', 'm', 'S')";
    match number(store, tables, vec![]).await? {
        0 => Ok(()),
        _ => Err(StoreError::cannot(RESTORE, "the database is not empty: restore into a new one")),
    }
}

/// The steps that were taken in the database that a backup is of.
async fn steps(server: &Server, path: &Path) -> Result<Vec<String>, StoreError> {
    let mut list = server.command("pg_restore", RESTORE)?;
    let listed = run(
        {
            list.arg("--list").arg(path);
            list
        },
        RESTORE,
    )
    .await?;
    let table = format!(" TABLE {} seaql_migrations ", server.schema.as_deref().unwrap_or("public"));
    if !listed.contains(&table) {
        let why = "it holds no register, or one that was kept in a schema of another name";
        return Err(StoreError::cannot(RESTORE, why));
    }
    let mut read = server.command("pg_restore", RESTORE)?;
    read.args(["--data-only", "--table=seaql_migrations", "--file=-"]).arg(path);
    let rows = run(read, RESTORE).await?;
    let rows = rows.lines().skip_while(|line| !line.starts_with("COPY ")).skip(1).take_while(|line| *line != "\\.");
    Ok(rows.filter_map(|row| row.split('\t').next()).map(str::to_owned).collect())
}

/// How PostgreSQL's programs reach a server.
struct Server {
    /// The address without its password: every user of the machine can read a list of arguments.
    url: String,
    password: Option<String>,
    schema: Option<String>,
    /// The server's version: programs of the same one are the first choice.
    major: u32,
}

impl Server {
    async fn of(store: &Store) -> Result<Self, StoreError> {
        let version = "SELECT CAST(current_setting('server_version_num') AS BIGINT) / 10000";
        let major = number(store, version, vec![]).await?.try_into().unwrap_or_default();
        let (address, schema) = without_schema(store.address());
        let (url, password) = apart(&address);
        Ok(Server { url, password, schema: schema.map(|name| name.trim_matches('"').to_owned()), major })
    }

    fn command(&self, name: &str, what: &'static str) -> Result<Command, StoreError> {
        let Some(program) = program_for(name, self.major) else {
            let why = format!(
                "PostgreSQL's {name} was not found: install its client programs \
                 (on Debian: apt-get install postgresql-client), or name their folder in {FOLDER}"
            );
            return Err(StoreError::cannot(what, why));
        };
        let mut command = Command::new(program);
        command.kill_on_drop(true).stdin(std::process::Stdio::null());
        if let Some(password) = &self.password {
            command.env("PGPASSWORD", password);
        }
        Ok(command)
    }
}

/// Runs a program and returns what it wrote.
async fn run(mut command: Command, what: &'static str) -> Result<String, StoreError> {
    let output = command.output().await.map_err(|error| StoreError::cannot(what, error.to_string()))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(StoreError::cannot(what, format!("PostgreSQL says: {}", said.trim())))
}

/// An address without its password, as PostgreSQL's own programs read it, and the password.
fn apart(address: &str) -> (String, Option<String>) {
    let (base, query) = address.split_once('?').unwrap_or((address, ""));
    let own = |part: &&str| !part.is_empty() && !part.starts_with("password=") && !part.starts_with("statement-cache");
    let kept: Vec<&str> = query.split('&').filter(own).collect();
    let (base, password) = match base.split_once("://").zip(base.rfind('@')) {
        Some(((scheme, rest), end)) => {
            let start = scheme.len() + 3;
            match base[start..end].split_once(':') {
                Some((user, password)) => (format!("{scheme}://{user}{}", &rest[end - start..]), Some(password)),
                None => (base.to_owned(), None),
            }
        }
        None => (base.to_owned(), None),
    };
    let asked = query.split('&').find_map(|part| part.strip_prefix("password="));
    let url = if kept.is_empty() { base } else { format!("{base}?{}", kept.join("&")) };
    (url, password.or(asked).map(decoded))
}

/// Words in which `%41` stands for a letter.
fn decoded(words: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), words.as_bytes());
    while let [first, others @ ..] = rest {
        let letter = others.get(..2).filter(|_| *first == b'%').and_then(|two| std::str::from_utf8(two).ok());
        match letter.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(letter) => {
                bytes.push(letter);
                rest = &others[2..];
            }
            None => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_no_argument() {
        let (url, password) = apart("postgres://a:p%40ss:%2f%@b:5/c?sslmode=require&statement-cache-capacity=1");
        assert_eq!((url.as_str(), password.as_deref()), ("postgres://a@b:5/c?sslmode=require", Some("p@ss:/%")));
        assert_eq!(apart("postgres://a@b/c?password=x"), ("postgres://a@b/c".into(), Some("x".into())));
        assert_eq!(apart("postgres://a@b/c"), ("postgres://a@b/c".into(), None));
        assert_eq!(apart("postgres:///c"), ("postgres:///c".into(), None));
    }
}
