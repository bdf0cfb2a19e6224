//! What analysts read on PostgreSQL: documented views, under row-level security, for each authority's own role.
//!
//! A role of the database stands for one authority. By the policies of `m0005_analysts` it reads
//! that authority's entries whole and of the others what they share; of the tables themselves
//! it may read no column by which PostgreSQL would let it find out more. `EXPLAIN ANALYZE` counts
//! the rows that an index found and a policy then hid, so nobody may search `entry` by a column
//! that an index is over: the views find kind and reference in the record itself.

mod views;

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};

use crate::rows::text;
use crate::sql::{all, backend, execute, number, one};
use crate::{Changes, Connected, StoreError};

pub(crate) use views::described;

/// A role of the database and the authority that it stands for.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Analyst {
    /// The role's name in PostgreSQL.
    pub role_name: String,
    /// The authority's code.
    pub owner: String,
}

/// Every role of analysts, by name.
///
/// # Errors
/// If the database does not answer.
pub async fn everybody(on: &impl Connected) -> Result<Vec<Analyst>, StoreError> {
    all(on, "SELECT role_name, owner FROM analyst_role ORDER BY role_name", vec![]).await
}

/// Lets a role read as an authority, and makes the role where there is none of that name.
///
/// A role that is made can sign in and has no password yet: the database's administrator sets one.
///
/// # Errors
/// [`StoreError::CannotBeDone`] on SQLite, if the role can do more than an analyst may, or if the
/// application's own role may not make roles: it says what the administrator can run instead.
pub async fn grant(changes: &Changes, owner: &str, role: &str) -> Result<(), StoreError> {
    check_name(role)?;
    if backend(changes) != DbBackend::Postgres {
        return Err(StoreError::cannot(GRANT, "analysts' roles are PostgreSQL's: SQLite has none"));
    }
    let schema = schema(changes).await?;
    if !is_ours(changes, &schema).await? {
        return Err(StoreError::cannot(GRANT, no_views(&schema)));
    }
    match powers(changes, role).await? {
        None => make(changes, owner, role).await?,
        Some(powers) if powers.too_many => {
            let why = format!("{role} may already do more in this database than read: choose another role");
            return Err(StoreError::cannot(GRANT, why));
        }
        Some(_) => {}
    }
    let stands_for = "INSERT INTO analyst_role (role_name, owner) VALUES ($1, $2) \
        ON CONFLICT (role_name) DO UPDATE SET owner = excluded.owner";
    execute(changes, stands_for, vec![text(role), text(owner)]).await?;
    changes.on().execute_unprepared(&grants(&schema, role)).await?;
    Ok(())
}

/// Takes from a role what [`grant`] gave it. The role itself stays.
///
/// # Errors
/// If the database does not answer.
pub async fn revoke(changes: &Changes, role: &str) -> Result<(), StoreError> {
    check_name(role)?;
    execute(changes, "DELETE FROM analyst_role WHERE role_name = $1", vec![text(role)]).await?;
    if backend(changes) == DbBackend::Postgres && powers(changes, role).await?.is_some() {
        let schema = schema(changes).await?;
        let sql = grants(&schema, role).replace("GRANT ", "REVOKE ").replace(" TO ", " FROM ");
        changes.on().execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// What the database's administrator runs, where the application's own role may not make roles.
///
/// # Errors
/// [`StoreError::CannotBeDone`] if the name is none that needs no quotation marks.
pub fn sql_for_role(owner: &str, role: &str) -> Result<String, StoreError> {
    check_name(role)?;
    Ok(format!("-- For the analysts of {}. Then set its password: \\password {role}\n{}", plain(owner), made(role)))
}

const GRANT: &str = "letting a role read as an authority";

/// Letters of code alone: what stands in a comment of SQL must not end it.
fn plain(owner: &str) -> String {
    owner.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn made(role: &str) -> String {
    format!(
        "CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 10"
    )
}

async fn make(changes: &Changes, owner: &str, role: &str) -> Result<(), StoreError> {
    let may = "SELECT COUNT(*) FROM pg_roles WHERE rolname = current_user AND (rolcreaterole OR rolsuper)";
    if number(changes, may, vec![]).await? == 0 {
        let why = format!(
            "the application's own role may not make roles; let the database's administrator run this, \
             and ask again:\n{};",
            sql_for_role(owner, role)?
        );
        return Err(StoreError::cannot(GRANT, why));
    }
    changes.on().execute_unprepared(&made(role)).await?;
    Ok(())
}

fn check_name(role: &str) -> Result<(), StoreError> {
    let letter = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    let begins = role.starts_with(|first: char| first.is_ascii_lowercase());
    if begins && role.len() <= 63 && role.chars().all(letter) && !role.starts_with("pg_") {
        return Ok(());
    }
    Err(StoreError::cannot(GRANT, "the role's name must be of small letters, digits and _, such as scc_analysts"))
}

#[derive(FromQueryResult)]
struct Powers {
    too_many: bool,
}

/// Whether a role is there, and may do what no analyst may: then policies would not hold it.
async fn powers(changes: &Changes, role: &str) -> Result<Option<Powers>, StoreError> {
    let text_of = "SELECT rolsuper OR rolbypassrls OR rolcreaterole \
        OR pg_has_role(rolname, (SELECT tableowner FROM pg_tables \
        WHERE tablename = 'entry' AND schemaname = current_schema()), 'MEMBER') AS too_many \
        FROM pg_roles WHERE rolname = $1";
    one(changes, text_of, vec![text(role)]).await
}

/// What a role may read. Of `entry` no more than the record: see the head of this file.
fn grants(schema: &str, role: &str) -> String {
    format!(
        "GRANT USAGE ON SCHEMA {schema} TO {role}; \
         GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}; \
         GRANT SELECT (body) ON entry TO {role}; \
         GRANT SELECT (owner, kind, body, instead, kept) ON shared_entry TO {role}; \
         GRANT SELECT (role_name, owner) ON analyst_role TO {role};"
    )
}

/// Makes the views anew where they are not those of this version, and gives the roles what they may read.
///
/// Part of every start: the views are drawn from the kinds' fields, which change between versions.
pub(crate) async fn refresh(changes: &Changes) -> Result<(), StoreError> {
    if backend(changes) != DbBackend::Postgres {
        return Ok(());
    }
    let schema = schema(changes).await?;
    let standing = about(changes, &schema).await?;
    let wanted = views::about();
    if standing.as_deref() != Some(&wanted) {
        if !may_make(changes, &schema).await? {
            tracing::warn!("{}", no_views(&schema));
            return Ok(());
        }
        changes.on().execute_unprepared(&views::sql(&schema, &wanted)).await?;
    }
    let roles = "SELECT a.role_name, a.owner FROM analyst_role a JOIN pg_roles r ON r.rolname = a.role_name";
    for analyst in all::<Analyst>(changes, roles, vec![]).await? {
        changes.on().execute_unprepared(&grants(&schema, &analyst.role_name)).await?;
    }
    Ok(())
}

fn no_views(schema: &str) -> String {
    format!(
        "there are no views for analysts: the application's own role may not make the schema {schema}, \
         or there is another of that name; let the database's administrator make room for it"
    )
}

/// The schema of the views: beside each schema of tables its own, quoted.
async fn schema(changes: &Changes) -> Result<String, StoreError> {
    let name: Option<Name> = one(changes, "SELECT current_schema()::text AS name", vec![]).await?;
    Ok(match name.map(|schema| schema.name) {
        Some(name) if name != "public" => format!("\"{}_analysts\"", name.replace('"', "\"\"")),
        _ => "analysts".to_owned(),
    })
}

#[derive(FromQueryResult)]
struct Name {
    name: String,
}

#[derive(FromQueryResult)]
struct About {
    about: Option<String>,
}

/// What the schema says of itself, and with it the digest of the views that stand there.
async fn about(changes: &Changes, schema: &str) -> Result<Option<String>, StoreError> {
    let text_of = "SELECT obj_description(to_regnamespace($1)::oid, 'pg_namespace') AS about";
    Ok(one::<About>(changes, text_of, vec![text(schema)]).await?.and_then(|row| row.about))
}

/// Whether the views that stand there are Penshaw's.
async fn is_ours(changes: &Changes, schema: &str) -> Result<bool, StoreError> {
    Ok(about(changes, schema).await?.is_some_and(|words| words.starts_with(views::ABOUT)))
}

/// Whether the schema can be made anew: nobody else's of that name is removed.
async fn may_make(changes: &Changes, schema: &str) -> Result<bool, StoreError> {
    let may = "SELECT COUNT(*) FROM pg_database WHERE datname = current_database() \
        AND has_database_privilege(datname, 'CREATE')";
    if number(changes, may, vec![]).await? == 0 {
        return Ok(false);
    }
    let there = "SELECT COUNT(*) FROM pg_namespace WHERE oid = to_regnamespace($1)::oid";
    Ok(number(changes, there, vec![text(schema)]).await? == 0 || is_ours(changes, schema).await?)
}
