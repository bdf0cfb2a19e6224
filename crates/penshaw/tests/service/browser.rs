//! A browser without a window: keeps cookies, follows nothing by itself, and says what came back.

use std::collections::BTreeMap;
use std::time::Duration;

use ureq::http::{HeaderMap, Request};
use ureq::{Agent, http};

use crate::server::Server;

/// Somebody's browser, which is at one server.
#[derive(Clone)]
pub struct Browser {
    agent: Agent,
    base: String,
    cookies: BTreeMap<String, String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Browser {
    /// A browser without cookies, at a server.
    pub fn at(server: &Server) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(Duration::from_secs(120)))
            .build()
            .new_agent();
        Browser { agent, base: server.address.clone(), cookies: BTreeMap::new() }
    }

    /// The same browser with the same cookies, at another server.
    pub fn moved_to(&self, server: &Server) -> Self {
        Browser { base: server.address.clone(), ..self.clone() }
    }

    /// The cookie of the session.
    pub fn session(&self) -> Option<&str> {
        self.cookies.get("penshaw_session").map(String::as_str)
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, &[], Vec::new())
    }

    /// Sends a form, as a page of the service itself does.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_with(path, fields, &[("sec-fetch-site", "same-origin")])
    }

    /// Sends a form with headers.
    pub fn post_with(&mut self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let headers: Vec<_> = headers.iter().copied().chain([kind]).collect();
        self.send("POST", path, &headers, body.join("&").into_bytes())
    }

    /// Sends a file by the form of a page.
    pub fn upload(&mut self, path: &str, name: &str, bytes: &[u8]) -> Answer {
        self.try_to_upload(path, name, bytes).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// As [`upload`](Self::upload), where the server may be away.
    pub fn try_to_upload(&mut self, path: &str, name: &str, bytes: &[u8]) -> Result<Answer, ureq::Error> {
        let mut body = part(name).into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(END.as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.try_to_send("POST", path, &[("content-type", &kind), ("sec-fetch-site", "same-origin")], body)
    }

    /// Asks, and keeps the cookies that come back.
    pub fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        self.try_to_send(method, path, headers, body).unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    /// As [`send`](Self::send), where the server may be away.
    pub fn try_to_send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Result<Answer, ureq::Error> {
        let address = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        let mut response = self.agent.run(request.body(body).expect("a sound request"))?;
        let headers = response.headers().clone();
        self.keep_cookies(&headers);
        let body = response.body_mut().with_config().limit(64 << 20).read_to_vec()?;
        Ok(Answer { status: response.status().as_u16(), headers, body: String::from_utf8_lossy(&body).into_owned() })
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for header in headers.get_all(http::header::SET_COOKIE) {
            let header = header.to_str().expect("a plain cookie");
            let (pair, attributes) = header.split_once(';').unwrap_or((header, ""));
            let Some((name, value)) = pair.split_once('=') else { continue };
            let attributes = attributes.to_lowercase();
            if value.is_empty() || attributes.contains("max-age=0") || attributes.contains("1970") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Answer {
    /// Where it leads on to.
    pub fn leads_to(&self) -> &str {
        assert!((300..400).contains(&self.status), "it leads nowhere: {} {}", self.status, self.text());
        self.headers.get("location").and_then(|place| place.to_str().ok()).expect("it says where to")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The words of a page, without its marks.
    pub fn text(&self) -> String {
        let main = self.body.split("<main").nth(1).unwrap_or(&self.body);
        let mut words = String::new();
        let mut inside = main.len() != self.body.len();
        for letter in main.chars() {
            match letter {
                '<' => inside = true,
                '>' if inside => {
                    inside = false;
                    words.push(' ');
                }
                letter if !inside => words.push(letter),
                _ => {}
            }
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What stands between two pieces of the page.
    pub fn between(&self, before: &str, after: &str) -> &str {
        let rest = self.body.split_once(before).unwrap_or_else(|| panic!("no {before} in {}", self.text())).1;
        rest.split_once(after).expect("it ends").0
    }

    /// The value that a field of the page's form has.
    pub fn field(&self, name: &str) -> String {
        let found = self.fields().into_iter().find(|(known, _)| known == name);
        found.unwrap_or_else(|| panic!("no field {name} in {}", self.text())).1
    }

    /// The fields of the page's forms with their values, as a browser would send them.
    pub fn fields(&self) -> Vec<(String, String)> {
        let main = self.body.split("<main").nth(1).unwrap_or(&self.body);
        let mut found: Vec<(String, String)> = Vec::new();
        let mut list = None;
        for tag in main.split('<') {
            let (inside, after) = tag.split_once('>').unwrap_or((tag, ""));
            let kind = inside.split([' ', '\n']).next().unwrap_or_default();
            let is_off = ["radio", "checkbox"].iter().any(|kind| attribute(inside, "type").as_deref() == Some(*kind))
                && !inside.contains(" checked");
            match (kind, attribute(inside, "name")) {
                ("input", Some(name)) if !is_off => found.push((name, attribute(inside, "value").unwrap_or_default())),
                ("textarea", Some(name)) => found.push((name, plain(after.strip_prefix('\n').unwrap_or(after)))),
                ("select", Some(name)) => list = Some(name),
                ("option", _) if inside.contains(" selected") => {
                    let value = attribute(inside, "value").unwrap_or_else(|| plain(after));
                    found.extend(list.take().map(|name| (name, value)));
                }
                _ => {}
            }
        }
        found
    }
}

/// The value of a tag's attribute.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!(" {name}=\""))?.1;
    value.split('"').next().map(plain)
}

fn plain(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

const BOUNDARY: &str = "----penshaw-test";
const END: &str = "\r\n------penshaw-test--\r\n";

/// The head of a form that sends a file.
pub fn part(name: &str) -> String {
    format!(
        "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         content-type: application/octet-stream\r\n\r\n"
    )
}

pub fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
