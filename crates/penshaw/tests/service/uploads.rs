//! Files that are too large, cut off or named to do harm.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::browser::{Browser, part};
use crate::databases::Database;
use crate::imports::applications;
use crate::server::{Server, until, within};

const MEGABYTE: usize = 1 << 20;

#[test]
fn a_file_of_five_hundred_megabytes_is_refused_before_it_is_sent() {
    let database = Database::sqlite();
    let server = Server::over(&database);
    let mut browser = database.officer("SCC", &server);
    let before = browser.get("/imports/SCC").text();
    let memory = server.memory();
    for (what, length) in [("that says how large it is", true), ("that does not", false)] {
        let began = Instant::now();
        let (sent, answer) = stream(&server, &browser, 500, length);
        println!("a file of 500 MB {what}: {sent} MB were taken in {:?} before it was refused", began.elapsed());
        assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
        assert!(answer.contains("smaller than") || answer.contains("larger than"), "{answer}");
        // What says how large it is, is refused at once; what lies on the way at that moment is no more than buffers.
        let most = if length { 20 } else { 110 };
        assert!(sent <= most, "{sent} MB were taken of a file {what}");
    }
    let grown = server.memory().saturating_sub(memory);
    println!("the server's memory grew by {grown} MB at most");
    assert!(grown < 300, "{grown} MB");
    assert_eq!(browser.get("/imports/SCC").text(), before, "nothing is left of it");
    let nobody = Browser::at(&server);
    let (sent, answer) = stream(&server, &nobody, 500, true);
    assert!(answer.starts_with("HTTP/1.1 303") && sent <= 20, "{sent} MB: {answer}");
}

#[test]
fn a_file_that_is_cut_off_leaves_nothing() {
    let database = Database::sqlite();
    let server = Server::over(&database);
    let mut browser = database.officer("SCC", &server);
    let rows = database.verified();
    let before = browser.get("/imports/SCC").text();
    for _ in 0..5 {
        let mut connection = connect(&server);
        connection.write_all(head(&server, &browser, Some(4 * MEGABYTE)).as_bytes()).expect("it is sent");
        connection.write_all(part("applications.csv").as_bytes()).expect("it is sent");
        connection.write_all(&applications("C", 20_000).into_bytes()[..MEGABYTE / 2]).expect("it is sent");
        connection.flush().expect("it is sent");
        drop(connection);
    }
    until("the server has heard of it", || {
        let figures = browser.get("/metrics").body;
        let refused = figures.lines().filter(|line| line.contains("/imports/{body}") && line.contains("POST"));
        (refused.count() > 0).then_some(()).or_else(|| server.is_ready().then_some(()))
    });
    assert_eq!(browser.get("/imports/SCC").text(), before);
    assert_eq!(database.verified(), rows);
}

#[test]
fn a_name_that_is_meant_to_do_harm_is_made_harmless() {
    let database = Database::sqlite();
    let server = Server::over(&database);
    let mut browser = database.officer("SCC", &server);
    let long = "n".repeat(4_000) + ".csv";
    let names = [
        "../../../../etc/passwd",
        "..\\\\..\\\\windows\\\\system32\\\\config.csv",
        "<script>alert(1)</script>.csv",
        "%22%3E%3Cimg src=x onerror=alert(1)%3E.csv",
        "CON.csv",
        "estate\u{202e}vsc.exe",
        "-rf .csv",
        "a;b|c&d$(e)`f`.csv",
        long.as_str(),
        ".",
        "applications.csv/",
        "applications.csv%00.exe",
    ];
    let file = applications("N", 3);
    for name in names {
        let answer = browser.upload("/imports/SCC", name, file.as_bytes());
        assert!([303, 422].contains(&answer.status), "{name}: {} {}", answer.status, answer.text());
        if answer.status == 303 {
            let page = browser.get(answer.leads_to());
            assert_eq!(page.status, 200, "{name}");
            assert!(!page.body.contains("<script>") && !page.body.contains("<img src=x"), "{name}");
        }
    }
    let list = browser.get("/imports/SCC");
    for harm in ["<script>alert", "../", "..\\", "etc/passwd", "\u{202e}"] {
        assert!(!list.body.contains(harm), "{harm} stands in the list");
    }
    assert!(list.body.lines().all(|line| !line.contains(&"n".repeat(300))), "a long name is cut");
    database.verified();
}

#[test]
fn a_form_that_is_too_large_is_refused_and_the_server_goes_on() {
    let database = Database::sqlite();
    let server = Server::over(&database);
    let mut browser = database.officer("SCC", &server);
    let form = format!("name={0}&email={0}&password={0}", "x".repeat(6 * MEGABYTE)).into_bytes();
    let headers = [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
    for path in ["/people/invite", "/sign-in"] {
        // It may be refused while it is still being sent: then the sender may find the line cut.
        match browser.try_to_send("POST", path, &headers, form.clone()) {
            Ok(answer) => assert_eq!(answer.status, 413, "{path}: {}", answer.text()),
            Err(error) => assert!(error.to_string().starts_with("io:"), "{path}: {error}"),
        }
    }
    assert_eq!(browser.get("/").status, 200);
}

/// Streams a file of zeros until it is all sent or there is an answer. Returns the megabytes that were sent and the answer.
fn stream(server: &Server, browser: &Browser, megabytes: usize, says_length: bool) -> (usize, String) {
    let mut connection = connect(server);
    let length = says_length.then(|| megabytes * MEGABYTE + part("estate.csv").len());
    connection.write_all(head(server, browser, length).as_bytes()).expect("it is sent");
    let piece = |bytes: &[u8]| match says_length {
        true => bytes.to_vec(),
        false => [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat(),
    };
    connection.write_all(&piece(part("estate.csv").as_bytes())).expect("it is sent");
    let zeros = piece(&vec![0; MEGABYTE]);
    let mut answer = Vec::new();
    connection.set_read_timeout(Some(Duration::from_millis(1))).expect("it can be set");
    for sent in 0..megabytes {
        if read_some(&mut connection, &mut answer) {
            return (sent, rest(connection, answer));
        }
        if connection.write_all(&zeros).is_err() {
            return (sent, rest(connection, answer));
        }
    }
    within(Duration::from_secs(60), "an answer comes", || read_some(&mut connection, &mut answer).then_some(()));
    (megabytes, rest(connection, answer))
}

/// Whether an answer has begun to come.
fn read_some(connection: &mut TcpStream, answer: &mut Vec<u8>) -> bool {
    let mut some = [0; 4_096];
    match connection.read(&mut some) {
        Ok(count) => {
            answer.extend_from_slice(&some[..count]);
            !answer.is_empty()
        }
        Err(error) if [ErrorKind::WouldBlock, ErrorKind::TimedOut].contains(&error.kind()) => !answer.is_empty(),
        Err(_) => true,
    }
}

/// What is left of an answer that comes within a moment.
fn rest(mut connection: TcpStream, mut answer: Vec<u8>) -> String {
    connection.set_read_timeout(Some(Duration::from_millis(1_500))).expect("it can be set");
    let mut some = [0; 65_536];
    while let Ok(count) = connection.read(&mut some) {
        if count == 0 {
            break;
        }
        answer.extend_from_slice(&some[..count]);
    }
    String::from_utf8_lossy(&answer).into_owned()
}

fn connect(server: &Server) -> TcpStream {
    TcpStream::connect(&server.address["http://".len()..]).expect("it connects")
}

/// The head of a request that brings a file, of a length that it says or in pieces.
pub fn head(server: &Server, browser: &Browser, length: Option<usize>) -> String {
    let length = match length {
        Some(length) => format!("content-length: {length}"),
        None => "transfer-encoding: chunked".to_owned(),
    };
    format!(
        "POST /imports/SCC HTTP/1.1\r\nhost: {}\r\ncookie: penshaw_session={}\r\n{length}\r\n\
         sec-fetch-site: same-origin\r\ncontent-type: multipart/form-data; boundary=----penshaw-test\r\n\r\n",
        &server.address["http://".len()..],
        browser.session().unwrap_or("none"),
    )
}
