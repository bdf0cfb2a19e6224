//! Analysts: what each authority's role can read on PostgreSQL, and what it cannot, however it asks.

use penshaw_register::Kind;
use penshaw_store::testing::Postgres;
use penshaw_store::{Connected, Store, StoreError, analysts};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use serde_json::json;

use crate::common::{Fresh, contract, postgres, put, record, say, share, shared_without, sqlite};

/// Grants a role of this test's own, as roles belong to the whole server.
async fn grant(store: &Store, owner: &str, role: &str) -> Result<(), StoreError> {
    let changes = store.change().await?;
    analysts::grant(&changes, owner, role).await?;
    changes.keep().await
}

async fn connect(fresh: &Fresh, user: &str) -> DatabaseConnection {
    let database = fresh.address.rsplit('/').next().expect("a name");
    Database::connect(Postgres::start().address(user, database)).await.expect("connected")
}

/// What a role of this authority reads by.
async fn analyst(fresh: &Fresh, owner: &str) -> DatabaseConnection {
    let database = fresh.address.rsplit('/').next().expect("a name").to_owned();
    let role = format!("{}_{database}", owner.to_lowercase());
    grant(&fresh.store, owner, &role).await.expect("granted");
    connect(fresh, &role).await
}

/// Every row of an answer, each as one line of JSON.
async fn rows(on: &DatabaseConnection, sql: &str) -> Result<Vec<String>, String> {
    let sql = format!("SELECT row_to_json(every_row)::text FROM ({sql}) every_row");
    texts(on, &sql).await
}

async fn texts(on: &DatabaseConnection, sql: &str) -> Result<Vec<String>, String> {
    let answer = on.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await;
    let rows = answer.map_err(|error| error.to_string())?;
    Ok(rows.iter().map(|row| row.try_get_by_index(0).expect("text")).collect())
}

/// Each authority has two contracts; DCC shares one without its supplier, SCC none.
async fn fill(fresh: &Fresh) {
    put(&fresh.store, "SCC", &[
        record(Kind::Contract, "S1", json!({ "title": "Payroll", "supplier": "Own Ltd", "annual_value": 123_456, "starts": "2014-04-01", "notice_months": 2.5, "others_may_join": true })),
        contract("S2", "Telephones", -5),
        record(Kind::Application, "A1", json!({ "name": "Tax", "modules": ["Bills", "Rates"], "users": 12 })),
    ]).await;
    let shown = record(
        Kind::Contract,
        "D1",
        json!({ "title": "Shared contract", "supplier": "Secret Ltd", "annual_value": 100 }),
    );
    put(
        &fresh.store,
        "DCC",
        &[shown.clone(), record(Kind::Contract, "D2", json!({ "title": "Secret contract", "supplier": "Secret Ltd" }))],
    )
    .await;
    share(&fresh.store, "DCC", vec![shared_without(&shown, &["supplier"])]).await;
}

#[tokio::test]
async fn an_analyst_reads_their_own_entries_whole_and_what_others_share() {
    let fresh = postgres().await;
    fill(&fresh).await;
    let (scc, dcc) = (analyst(&fresh, "SCC").await, analyst(&fresh, "DCC").await);
    let sql = "SELECT owner, reference, confidence, shared_part, kept_back, title, supplier, annual_value, starts, \
        notice_months, others_may_join FROM analysts.contracts ORDER BY reference";
    assert_eq!(
        rows(&scc, sql).await.expect("read"),
        [
            r#"{"owner":"DCC","reference":"D1","confidence":"reported","shared_part":true,"kept_back":["supplier"],"title":"Shared contract","supplier":null,"annual_value":1.00,"starts":null,"notice_months":null,"others_may_join":null}"#,
            r#"{"owner":"SCC","reference":"S1","confidence":"reported","shared_part":false,"kept_back":[],"title":"Payroll","supplier":"Own Ltd","annual_value":1234.56,"starts":"2014-04-01","notice_months":2.5,"others_may_join":true}"#,
            r#"{"owner":"SCC","reference":"S2","confidence":"reported","shared_part":false,"kept_back":[],"title":"Telephones","supplier":null,"annual_value":-0.05,"starts":null,"notice_months":null,"others_may_join":null}"#,
        ]
    );
    let titles = "SELECT title, supplier FROM analysts.contracts ORDER BY reference";
    assert_eq!(
        rows(&dcc, titles).await.expect("read"),
        [
            r#"{"title":"Shared contract","supplier":"Secret Ltd"}"#,
            r#"{"title":"Secret contract","supplier":"Secret Ltd"}"#,
        ]
    );
    let modules = "SELECT modules, users FROM analysts.applications WHERE 'Bills' = ANY (modules)";
    assert_eq!(rows(&scc, modules).await.expect("read"), [r#"{"modules":["Bills","Rates"],"users":12}"#]);
    assert!(rows(&dcc, modules).await.expect("read").is_empty());
    for kind in Kind::ALL {
        rows(&scc, &format!("SELECT * FROM analysts.{}", kind.key())).await.expect("every view can be read");
    }
}

#[tokio::test]
async fn nothing_else_can_be_read_or_written() {
    let fresh = postgres().await;
    fill(&fresh).await;
    let scc = analyst(&fresh, "SCC").await;
    let tables =
        texts(&fresh.store.on().clone(), "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'").await;
    for table in tables.expect("read") {
        let refused = rows(&scc, &format!("SELECT * FROM {table}")).await;
        // Its own line of the one table of two columns is all that it reads whole.
        if table != "analyst_role" {
            assert!(refused.expect_err(&table).contains("permission denied"), "{table}");
        }
    }
    let attempts = [
        "SELECT owner FROM entry",
        "SELECT title FROM entry",
        "SELECT search FROM shared_entry",
        "SELECT ctid FROM entry",
        "SELECT 1 FROM entry WHERE reference = 'D2'",
        "INSERT INTO analyst_role VALUES ('x', 'DCC')",
        "UPDATE analyst_role SET owner = 'DCC'",
        "DELETE FROM entry",
        "UPDATE shared_entry SET body = '{}'",
        "DELETE FROM analysts.contracts",
        "INSERT INTO analysts.sites (owner) VALUES ('SCC')",
        "CREATE TABLE analysts.mine (x int)",
        "CREATE TABLE public.mine (x int)",
        "CREATE OR REPLACE VIEW analysts.sites AS SELECT 1",
        "ALTER TABLE entry DISABLE ROW LEVEL SECURITY",
        "DROP POLICY own ON entry",
        "SET ROLE postgres",
        "SET SESSION AUTHORIZATION postgres",
        "SELECT pg_read_file('/etc/hostname')",
        "COPY entry (body) TO '/tmp/x'",
        "DO $$ BEGIN LOCK TABLE entry IN ACCESS EXCLUSIVE MODE; END $$",
        "SELECT last_value FROM entry_version_id_seq",
        "SELECT lo_import('/etc/hostname')",
    ];
    for attempt in attempts {
        let refused = scc.execute_unprepared(attempt).await.expect_err(attempt).to_string();
        let denied = ["permission denied", "must be owner", "must be superuser", "cannot", "Only roles"];
        assert!(denied.iter().any(|words| refused.contains(words)), "{attempt}: {refused}");
        assert!(!refused.contains("Secret"), "{attempt}: {refused}");
    }
}

#[tokio::test]
async fn the_tables_themselves_give_no_more_than_the_views() {
    let fresh = postgres().await;
    fill(&fresh).await;
    let scc = analyst(&fresh, "SCC").await;
    let bodies = rows(&scc, "SELECT body FROM entry").await.expect("read");
    assert_eq!((bodies.len(), bodies.iter().filter(|body| body.contains("Secret")).count()), (3, 0));
    assert_eq!(rows(&scc, "SELECT COUNT(*) FROM entry").await.expect("read"), [r#"{"count":3}"#]);
    let shared = rows(&scc, "SELECT body FROM shared_entry").await.expect("read");
    assert!(shared.len() == 1 && !shared[0].contains("Secret"));
    assert_eq!(rows(&scc, "SELECT owner FROM analyst_role").await.expect("read"), [r#"{"owner":"SCC"}"#]);
    // What the planner knows of the columns is hidden too.
    let known = "SELECT COUNT(*) FROM pg_stats WHERE tablename IN ('entry', 'shared_entry', 'person', 'audit')";
    say(&fresh.store, "ANALYZE").await.expect("analysed");
    assert_eq!(rows(&scc, known).await.expect("read"), [r#"{"count":0}"#]);
}

#[tokio::test]
async fn conditions_and_errors_tell_nothing_of_what_is_hidden() {
    let fresh = postgres().await;
    fill(&fresh).await;
    let scc = analyst(&fresh, "SCC").await;
    let cheap = "CREATE FUNCTION pg_temp.peek(words text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS $$ BEGIN \
        IF words LIKE '%Secret%' THEN RAISE EXCEPTION 'seen: %', words; END IF; RETURN TRUE; END $$";
    let one = scc.begin_one().await;
    one.execute_unprepared(cheap).await.expect("made");
    for sql in [
        "SELECT * FROM analysts.contracts WHERE pg_temp.peek(title)",
        "SELECT * FROM analysts.contracts WHERE pg_temp.peek(supplier)",
        "SELECT * FROM analysts.contracts WHERE pg_temp.peek(contracts::text)",
        "SELECT body FROM entry WHERE pg_temp.peek(body)",
        "SELECT body FROM shared_entry WHERE pg_temp.peek(body)",
        "SELECT a.title FROM analysts.contracts a JOIN analysts.contracts b ON pg_temp.peek(b.title || a.title)",
        "SELECT body FROM entry WHERE CASE WHEN body LIKE '%Secret%' THEN 1 / (length(body) - length(body)) ELSE 1 END = 1",
        "SELECT body FROM entry WHERE body::int = 1 AND FALSE",
    ] {
        one.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
    let error = one.execute_unprepared("SELECT title::int FROM analysts.contracts").await.expect_err("no number");
    assert!(!error.to_string().contains("Secret"), "{error}");
}

/// `EXPLAIN ANALYZE` counts the rows that an index found and a policy then hid.
#[tokio::test]
async fn how_an_answer_was_found_tells_nothing_of_what_is_hidden() {
    let fresh = postgres().await;
    fill(&fresh).await;
    let many: Vec<_> = (0..500).map(|number| contract(&format!("H{number}"), &format!("Hidden {number}"), 1)).collect();
    put(&fresh.store, "DCC", &many).await;
    say(&fresh.store, "ANALYZE").await.expect("analysed");
    let scc = analyst(&fresh, "SCC").await;
    for question in [
        "SELECT * FROM analysts.contracts WHERE reference = '?'",
        "SELECT body FROM entry WHERE body LIKE '%?%'",
        "SELECT body FROM entry WHERE body = '?'",
    ] {
        assert!(looks_the_same(&scc, question).await, "{question}");
    }
    // Were a column granted that an index is over, the same question would tell: this test can see it.
    let role = analysts::everybody(&fresh.store).await.expect("read")[0].role_name.clone();
    say(&fresh.store, &format!("GRANT SELECT (kind, reference) ON entry TO {role}")).await.expect("granted");
    let leak = "SELECT body FROM entry WHERE kind = 'contracts' AND reference = '?'";
    say(&fresh.store, "CREATE INDEX leak ON entry (kind, reference)").await.expect("made");
    assert!(!looks_the_same(&scc, leak).await);
}

/// Whether the plans for a reference that is hidden and for one that is not there are the same.
async fn looks_the_same(on: &DatabaseConnection, question: &str) -> bool {
    let on = on.begin_one().await;
    for setting in ["enable_indexscan", "enable_bitmapscan", "enable_seqscan"] {
        let mut plans = Vec::new();
        for guess in ["H77", "Z77"] {
            let sql = format!("EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF) {}", question.replace('?', guess));
            let answer = on.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.expect("explained");
            let plan: Vec<String> = answer.iter().map(|row| row.try_get_by_index(0).expect("text")).collect();
            plans.push(plan.join("\n").replace(guess, "?"));
        }
        if plans[0] != plans[1] {
            return false;
        }
        on.execute_unprepared(&format!("SET LOCAL {setting} = off")).await.expect("set");
    }
    true
}

#[tokio::test]
async fn a_role_that_stands_for_nobody_reads_nothing() {
    let fresh = postgres().await;
    fill(&fresh).await;
    let scc = analyst(&fresh, "SCC").await;
    let role = analysts::everybody(&fresh.store).await.expect("read")[0].role_name.clone();
    say(&fresh.store, "DELETE FROM analyst_role").await.expect("said");
    for sql in ["SELECT owner FROM analysts.contracts", "SELECT body FROM entry", "SELECT body FROM shared_entry"] {
        assert!(rows(&scc, sql).await.expect("read").is_empty(), "{sql}");
    }
    grant(&fresh.store, "DCC", &role).await.expect("granted");
    assert_eq!(rows(&scc, "SELECT owner FROM analysts.contracts").await.expect("read").len(), 2);
    let changes = fresh.store.change().await.expect("changes");
    analysts::revoke(&changes, &role).await.expect("revoked");
    changes.keep().await.expect("kept");
    assert!(
        rows(&scc, "SELECT owner FROM analysts.contracts").await.expect_err("revoked").contains("permission denied")
    );
    assert!(analysts::everybody(&fresh.store).await.expect("read").is_empty());
}

#[tokio::test]
async fn what_is_wrong_in_one_entry_keeps_nobody_from_the_others() {
    let fresh = postgres().await;
    let wrong = json!({ "title": 7, "annual_value": "much", "starts": "2014-02-31", "ends": "soon", "notice_months": [1], "others_may_join": "perhaps" });
    put(&fresh.store, "SCC", &[record(Kind::Contract, "S1", wrong), contract("S2", "Right", 100)]).await;
    let scc = analyst(&fresh, "SCC").await;
    let sql = "SELECT title, annual_value, starts, ends, notice_months, others_may_join FROM analysts.contracts ORDER BY reference";
    let read = rows(&scc, sql).await.expect("read");
    assert_eq!(
        read[0],
        r#"{"title":"7","annual_value":null,"starts":null,"ends":null,"notice_months":null,"others_may_join":null}"#
    );
    assert!(read[1].contains("1.00"));
}

#[tokio::test]
async fn the_views_are_made_anew_only_where_they_differ_and_keep_their_readers() {
    let fresh = postgres().await;
    fill(&fresh).await;
    let scc = analyst(&fresh, "SCC").await;
    let number = "SELECT 'analysts.contracts'::regclass::oid::text";
    let before = texts(fresh.store.on(), number).await.expect("read");
    Store::open(&fresh.address).await.expect("opened again");
    assert_eq!(texts(fresh.store.on(), number).await.expect("read"), before);
    let older = "COMMENT ON SCHEMA analysts IS 'Penshaw''s views for analysts: your own authority''s entries whole, and what others share. [older]'";
    say(&fresh.store, older).await.expect("said");
    Store::open(&fresh.address).await.expect("opened again");
    assert_ne!(texts(fresh.store.on(), number).await.expect("read"), before);
    assert_eq!(rows(&scc, "SELECT 1 FROM analysts.contracts").await.expect("read").len(), 3);
    let comments =
        "SELECT obj_description('analysts.contracts'::regclass) || col_description('analysts.contracts'::regclass, 9)";
    assert_eq!(
        texts(&scc, comments).await.expect("read"),
        ["A contract for ICT goods or services.Starts. Its first day."]
    );
    let without = "SELECT attrelid::regclass || '.' || attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid \
        WHERE relnamespace = 'analysts'::regnamespace AND attnum > 0 AND col_description(attrelid, attnum) IS NULL";
    assert!(texts(&scc, without).await.expect("read").is_empty());
}

#[tokio::test]
async fn somebody_elses_schema_of_that_name_stays() {
    let fresh = postgres().await;
    say(&fresh.store, "DROP SCHEMA analysts CASCADE; CREATE SCHEMA analysts; CREATE TABLE analysts.theirs (x int)")
        .await
        .expect("said");
    let store = Store::open(&fresh.address).await.expect("opened all the same");
    say(&store, "SELECT x FROM analysts.theirs").await.expect("still there");
    let refused = grant(&store, "SCC", "scc_no_views").await.expect_err("no views");
    assert!(
        matches!(refused, StoreError::CannotBeDone { .. }) && refused.to_string().contains("no views"),
        "{refused}"
    );
}

/// The application's own role owns its database and nothing else: it neither is held by the
/// policies nor may it make roles.
#[tokio::test]
async fn the_application_needs_no_power_over_the_server() {
    let fresh = postgres().await;
    let database = fresh.address.rsplit('/').next().expect("a name");
    let app = format!("app_{database}");
    say(&fresh.store, &format!("CREATE ROLE {app} LOGIN; CREATE SCHEMA own AUTHORIZATION {app}; GRANT CREATE ON DATABASE {database} TO {app}")).await.expect("said");
    let address = format!("{}?schema=own", Postgres::start().address(&app, database));
    let store = Store::open(&address).await.expect("opened");
    let changes = store.change().await.expect("changes");
    penshaw_store::partnership::found(&changes, &crate::common::partners(), &Default::default())
        .await
        .expect("founded");
    changes.keep().await.expect("kept");
    put(&store, "SCC", &[contract("S1", "Payroll", 100)]).await;
    put(&store, "DCC", &[contract("D1", "Secret", 100)]).await;
    assert_eq!(penshaw_store::entries::all_of(&store, "DCC").await.expect("read").len(), 1);

    let role = format!("reader_{database}");
    let refused = grant(&store, "SCC", &role).await.expect_err("may make no roles").to_string();
    let sql = analysts::sql_for_role("SCC", &role).expect("a name");
    assert!(refused.contains(&sql), "{refused}");
    say(&fresh.store, &sql).await.expect("the administrator makes it");
    grant(&store, "SCC", &role).await.expect("granted");
    let reader = connect(&fresh, &role).await;
    assert_eq!(
        rows(&reader, "SELECT title FROM own_analysts.contracts").await.expect("read"),
        [r#"{"title":"Payroll"}"#]
    );
    assert!(grant(&store, "SCC", &app).await.is_err(), "the application's own role reads everything");
}

#[tokio::test]
async fn a_role_that_may_do_more_or_has_no_plain_name_is_refused() {
    let fresh = postgres().await;
    for role in ["postgres", "pg_read_all_data", "Scc", "scc; DROP TABLE entry", "", "scc\"", "ścc"] {
        let refused = grant(&fresh.store, "SCC", role).await.expect_err(role);
        assert!(matches!(refused, StoreError::CannotBeDone { .. }), "{role}: {refused}");
    }
    assert!(grant(&fresh.store, "nobody", "nobodys_analysts").await.is_err());
}

#[tokio::test]
async fn sqlite_has_no_roles_and_says_so() {
    let fresh = sqlite().await;
    let refused = grant(&fresh.store, "SCC", "scc_analysts").await.expect_err("no roles");
    assert!(refused.to_string().contains("PostgreSQL"), "{refused}");
    assert!(analysts::everybody(&fresh.store).await.expect("read").is_empty());
}

/// Settings and functions of a session last while one connection is held.
trait BeginOne {
    async fn begin_one(&self) -> sea_orm::DatabaseTransaction;
}

impl BeginOne for DatabaseConnection {
    async fn begin_one(&self) -> sea_orm::DatabaseTransaction {
        sea_orm::TransactionTrait::begin(self).await.expect("begun")
    }
}
