//! The database away and back, and how soon a server is there.

use std::time::{Duration, Instant};

use penshaw_store::testing::Postgres;

use crate::browser::{Answer, Browser, part};
use crate::databases::Database;
use crate::server::{Server, within};
use crate::uploads;

#[test]
fn pages_say_kindly_that_the_database_is_away_and_work_again_once_it_is_back() {
    let mut postgres = Postgres::alone();
    let database = Database::none_on(&postgres).loaded();
    let server = Server::over(&database);
    let mut browser = database.officer("SCC", &server);
    assert_eq!(browser.get("/estate").status, 200);
    for round in 0..2 {
        postgres.stop();
        let mut slowest = Duration::ZERO;
        for path in ["/", "/estate", "/estate/applications", "/people", "/sign-in/once/nobody"] {
            let began = Instant::now();
            let answer = browser.get(path);
            slowest = slowest.max(began.elapsed());
            is_kind(path, &answer);
        }
        let form = browser.post("/people/invite", &[("name", "A"), ("email", "a@example.gov.uk"), ("body", "SCC")]);
        is_kind("a form", &form);
        assert_eq!(browser.get("/healthz").status, 200, "the process itself is well");
        let ready = browser.get("/readyz");
        assert_eq!((ready.status, ready.body.as_str()), (503, "the database does not answer\n"));
        println!("while the database was away a page took {slowest:?} at most");
        assert!(slowest < Duration::from_secs(15), "{slowest:?}");
        postgres.start_again();
        let began = Instant::now();
        within(Duration::from_secs(30), "pages work again", || (browser.get("/estate").status == 200).then_some(()));
        assert!(server.is_ready());
        println!("round {round}: pages worked again {:?} after the database was back", began.elapsed());
    }
    database.verified();
}

fn is_kind(what: &str, answer: &Answer) {
    assert_eq!(answer.status, 503, "{what}: {}", answer.text());
    let text = answer.text().to_lowercase();
    assert!(text.contains("the service is unavailable") && text.contains("try again"), "{what}: {text}");
    for word in ["sql", "postgres", "pool", "timed out", "127.0.0.1"] {
        assert!(!text.contains(word), "{what} tells what is for the log: {text}");
    }
    assert_eq!(answer.header("set-cookie"), "", "nobody is signed out by it");
}

#[test]
fn a_server_is_there_soon_after_it_starts() {
    for (name, database) in [("SQLite", Database::sqlite()), ("PostgreSQL", Database::postgres())] {
        let mut took: Vec<Duration> = (0..3)
            .map(|_| {
                let began = Instant::now();
                let server = Server::begun(&database, &[]);
                let mut browser = Browser::at(&server);
                within(Duration::from_secs(20), "the first page is there", || {
                    let page = browser.try_to_send("GET", "/sign-in", &[], Vec::new());
                    page.ok().filter(|page| page.status == 200)
                });
                began.elapsed()
            })
            .collect();
        took.sort();
        println!("from the start of the process to its first page on {name}: {took:?}");
    }
}

#[test]
fn servers_that_start_at_once_make_one_database_between_them() {
    for database in [Database::none(), Database::none_on(Postgres::start())] {
        let servers: Vec<Server> = (0..3).map(|_| Server::begun(&database, &[])).collect();
        for server in &servers {
            server.wait_until_ready();
        }
        let page = Browser::at(&servers[0]).get("/sign-in");
        assert_eq!(page.status, 200, "{}", page.text());
        let database = database.loaded();
        assert_eq!(database.officer("SCC", &servers[2]).get("/").status, 200);
        database.verified();
    }
}

#[test]
fn somebody_who_sends_a_file_slowly_does_not_keep_a_server_from_stopping() {
    use std::io::Write;
    let database = Database::sqlite();
    let mut server = Server::over(&database);
    let browser = database.officer("SCC", &server);
    let mut connection = std::net::TcpStream::connect(&server.address["http://".len()..]).expect("it connects");
    let head = uploads::head(&server, &browser, Some(1_000_000)) + &part("slow.csv");
    connection.write_all(head.as_bytes()).expect("it is sent");
    std::thread::sleep(Duration::from_millis(300));
    let began = Instant::now();
    assert!(server.stop().success());
    println!("a server with a file on its way stopped in {:?}", began.elapsed());
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
}
