//! Signs people in and out: password, then the code of an authenticator app; and says who a visit is.

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use jiff::{SignedDuration, Timestamp};
use penshaw_store::accounts::{self, Person};
use penshaw_store::sessions::{self, Session};
use penshaw_store::visits;
use penshaw_store::{Changes, audit};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::actor::{Actor, Means, Role};
use crate::service::Operations;
use crate::{Refusal, secrets};

/// A session ends after this, used or not.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// A session that has ended is known for a day, so that what was typed in it can be kept.
const KNOWN: SignedDuration = SignedDuration::from_hours(24);
/// So many wrong passwords or codes lock an account for a while.
pub(crate) const WRONG_AT_MOST: i64 = 5;
/// So many from one address, whatever the account.
const WRONG_FROM_ONE_PLACE: i64 = 50;
/// How long attempts count.
const COUNTED: SignedDuration = SignedDuration::from_mins(15);

/// A password takes 19 MB and a while to hash: so many at once, and the others wait for their turn.
static TURNS: Semaphore = Semaphore::const_new(4);

/// Who a visit is.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Who asks; nothing where nobody is signed in.
    pub actor: Option<Actor>,
    /// How far the sign-in has come.
    pub step: Step,
    /// Rises whenever anything that pages show of the register changes.
    pub revision: i64,
}

/// How far a sign-in has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nobody has said who they are.
    Nobody,
    /// The password was right; the code is to come.
    Code,
    /// The password was right; an authenticator app is to be set up.
    SetUpApp,
    /// Signed in.
    Done,
    /// The session has ended: whoever it was must sign in again.
    Ended,
}

/// A sign-in that has come a step further: the cookie that says so, and the step.
#[derive(Clone, Debug)]
pub struct Stepped {
    /// The new secret of the session's cookie.
    pub cookie: String,
    /// What comes next.
    pub step: Step,
}

impl Operations {
    /// Who a visit is, by its cookie.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn visitor(&self, cookie: Option<&str>) -> Result<Visitor, Refusal> {
        let nobody = Visitor { actor: None, step: Step::Nobody, revision: 0 };
        let Some(cookie) = cookie else { return Ok(nobody) };
        let hash = secrets::hash(cookie);
        let Some(visit) = visits::of_session(self.store(), &hash).await? else { return Ok(nobody) };
        let now = self.now();
        if visit.disabled || visit.expires_at <= now {
            return Ok(Visitor { step: Step::Ended, ..nobody });
        }
        let Some(person) = visit.person.clone() else { return Ok(nobody) };
        if !visit.verified {
            let step = self.second_step(&person).await?;
            return Ok(Visitor { step, ..nobody });
        }
        // To within a minute, so that not every page that is looked at is written down.
        if now.duration_since(visit.seen_at) > (self.settings().idle / 3).min(SignedDuration::from_mins(1)) {
            read_on("a session", self.keep_awake(&hash, now).await)?;
        }
        let actor = actor(Some(person), visit.name, &visit.memberships, Means::Page);
        Ok(Visitor { actor: Some(actor), step: Step::Done, revision: visit.revision })
    }

    /// Who a program acts for, by its token.
    ///
    /// # Errors
    /// If the token is none, or no longer.
    pub async fn bearer(&self, token: &str) -> Result<Visitor, Refusal> {
        let visit = visits::of_token(self.store(), &secrets::hash(token)).await?.ok_or(Refusal::SignedOut)?;
        let now = self.now();
        if visit.disabled || visit.expires_at <= now {
            return Err(Refusal::SignedOut);
        }
        if let Some(id) = &visit.token
            && now.duration_since(visit.seen_at) > SignedDuration::from_mins(1)
        {
            read_on("a token", self.token_used(id, now).await)?;
        }
        let writes = visit.scopes.iter().any(|scope| scope == "write");
        let actor = actor(visit.person, visit.name, &visit.memberships, Means::Token { writes });
        Ok(Visitor { actor: Some(actor), step: Step::Done, revision: visit.revision })
    }

    async fn second_step(&self, person: &str) -> Result<Step, Refusal> {
        let known = accounts::find(self.store(), person).await?;
        Ok(match known {
            Some(Person { totp_secret: Some(_), .. }) => Step::Code,
            _ => Step::SetUpApp,
        })
    }

    async fn token_used(&self, id: &str, now: Timestamp) -> Result<(), Refusal> {
        let changes = self.store().change().await?;
        accounts::token_used(&changes, id, now).await?;
        Ok(changes.keep().await?)
    }

    async fn keep_awake(&self, hash: &str, now: Timestamp) -> Result<(), Refusal> {
        let Some(mut session) = sessions::find(self.store(), hash).await? else { return Ok(()) };
        session.seen_at = now;
        session.expires_at = (now + self.settings().idle).min(session.created_at + LONGEST);
        let changes = self.store().change().await?;
        sessions::change(&changes, &session).await?;
        changes.keep().await?;
        Ok(())
    }

    /// Signs in with address and password; the second factor is the next step.
    ///
    /// # Errors
    /// If either is wrong (it does not say which), or there were too many attempts.
    pub async fn sign_in(&self, email: &str, password: &str, from: &str) -> Result<Stepped, Refusal> {
        let account = format!("account {}", secrets::hash(&email.trim().to_lowercase()));
        let place = format!("place {}", secrets::hash(from));
        let attempted = [(account.as_str(), WRONG_AT_MOST), (place.as_str(), WRONG_FROM_ONE_PLACE)];
        let tried = self.attempt(&attempted).await?;
        let person = accounts::with_email(self.store(), email).await?.filter(|person| !person.disabled);
        let hash = person.as_ref().and_then(|person| person.password_hash.clone());
        let right = is_right(password.to_owned(), hash).await;
        let Some(person) = person.filter(|_| right) else {
            return Err(Refusal::invalid("password", "Enter the e-mail address and password of your account"));
        };
        self.was_right(&attempted, tried).await?;
        let step = if person.totp_secret.is_some() { Step::Code } else { Step::SetUpApp };
        let cookie = self.begin(Some(&person.id), false).await?;
        Ok(Stepped { cookie, step })
    }

    /// Gives the code of the authenticator app: the second factor.
    ///
    /// # Errors
    /// If it is wrong, was used before, or there were too many attempts.
    pub async fn give_code(&self, cookie: &str, code: &str) -> Result<Stepped, Refusal> {
        let (session, person) = self.half_signed_in(cookie).await?;
        let secret = person.totp_secret.clone().ok_or(Refusal::SignedOut)?;
        let step = self.right_code(&person, &secret, code).await?;
        let changes = self.store().change().await?;
        if !accounts::use_step(&changes, &person.id, step).await? {
            return Err(Refusal::invalid("code", "Wait for your app to show the next code: this one was used already"));
        }
        self.verified(changes, &session, &person).await
    }

    /// The secret to set up an authenticator app with: the same until it is confirmed.
    ///
    /// # Errors
    /// If the session is not at that step.
    pub async fn app_to_set_up(&self, cookie: &str) -> Result<AppToSetUp, Refusal> {
        let (mut session, person) = self.half_signed_in(cookie).await?;
        if person.totp_secret.is_some() {
            return Err(Refusal::SignedOut);
        }
        let secret = match session.state.get("app") {
            Some(secret) => secret.clone(),
            None => {
                let secret = totp_rs::Secret::generate().to_base32();
                session.state.insert("app".into(), secret.clone());
                let changes = self.store().change().await?;
                sessions::change(&changes, &session).await?;
                changes.keep().await?;
                secret
            }
        };
        let address = totp(&secret, &person.email)?.to_url().map_err(|error| broken_app(&error))?;
        Ok(AppToSetUp { secret, address })
    }

    /// Confirms the authenticator app with its first code, and signs in.
    ///
    /// # Errors
    /// If the code is wrong.
    pub async fn confirm_app(&self, cookie: &str, code: &str) -> Result<Stepped, Refusal> {
        let (session, mut person) = self.half_signed_in(cookie).await?;
        let secret = session.state.get("app").cloned().ok_or(Refusal::SignedOut)?;
        if person.totp_secret.is_some() {
            return Err(Refusal::SignedOut);
        }
        let step = self.right_code(&person, &secret, code).await?;
        person.totp_secret = Some(secret);
        person.totp_last_step = step;
        let changes = self.store().change().await?;
        accounts::change(&changes, &person).await?;
        self.verified(changes, &session, &person).await
    }

    /// Signs out: the session ends on every server.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn sign_out(&self, cookie: &str) -> Result<(), Refusal> {
        let changes = self.store().change().await?;
        sessions::end(&changes, &secrets::hash(cookie)).await?;
        Ok(changes.keep().await?)
    }

    async fn right_code(&self, person: &Person, secret: &str, code: &str) -> Result<i64, Refusal> {
        let account = format!("account {}", secrets::hash(&person.email));
        self.attempt(&[(&account, WRONG_AT_MOST)]).await?;
        let digits: String = code.chars().filter(char::is_ascii_digit).collect();
        let now = self.now().as_second().unsigned_abs();
        let step = totp(secret, &person.email)?.check(&digits, now);
        let wrong = || Refusal::invalid("code", "Enter the 6 digits that your authenticator app shows now");
        step.map(|step| step as i64).ok_or_else(wrong)
    }

    async fn half_signed_in(&self, cookie: &str) -> Result<(Session, Person), Refusal> {
        let session = sessions::find(self.store(), &secrets::hash(cookie)).await?.ok_or(Refusal::SignedOut)?;
        let id = session.person.clone().filter(|_| !session.verified && session.expires_at > self.now());
        let person = accounts::find(self.store(), &id.ok_or(Refusal::SignedOut)?).await?;
        person.filter(|person| !person.disabled).map(|person| (session, person)).ok_or(Refusal::SignedOut)
    }

    /// Puts a new session in place of one that has now proved who it is.
    async fn verified(&self, changes: Changes, session: &Session, person: &Person) -> Result<Stepped, Refusal> {
        let account = format!("account {}", secrets::hash(&person.email));
        audit::forget_attempts(&changes, Some(&account), self.now()).await?;
        sessions::end(&changes, &session.token_hash).await?;
        let cookie = self.begin_in(&changes, Some(&person.id), true).await?;
        changes.keep().await?;
        Ok(Stepped { cookie, step: Step::Done })
    }

    /// Begins a session and returns the secret of its cookie.
    pub(crate) async fn begin(&self, person: Option<&str>, verified: bool) -> Result<String, Refusal> {
        let changes = self.store().change().await?;
        sessions::forget(&changes, self.now() - KNOWN).await?;
        audit::forget_attempts(&changes, None, self.now() - KNOWN).await?;
        let cookie = self.begin_in(&changes, person, verified).await?;
        changes.keep().await?;
        Ok(cookie)
    }

    pub(crate) async fn begin_in(
        &self,
        changes: &Changes,
        person: Option<&str>,
        verified: bool,
    ) -> Result<String, Refusal> {
        let (secret, now) = (secrets::secret(), self.now());
        let session = Session {
            token_hash: secrets::hash(&secret),
            person: person.map(str::to_owned),
            verified,
            state: Default::default(),
            created_at: now,
            seen_at: now,
            expires_at: now + self.settings().idle,
        };
        sessions::add(changes, &session).await?;
        Ok(secret)
    }

    /// Counts an attempt before it is looked at, so that many at once are no more than many one after
    /// another. Returns when it was made, by which it is taken back if it was right.
    ///
    /// # Errors
    /// If there were more than so many of one of them.
    pub(crate) async fn attempt(&self, whats: &[(&str, i64)]) -> Result<Timestamp, Refusal> {
        let now = self.now();
        self.not_too_often(whats, now, 1).await?;
        let changes = self.store().change().await?;
        for (what, _) in whats {
            audit::attempt(&changes, what, now).await?;
        }
        changes.keep().await?;
        self.not_too_often(whats, now, 0).await?;
        Ok(now)
    }

    async fn not_too_often(&self, whats: &[(&str, i64)], now: Timestamp, more: i64) -> Result<(), Refusal> {
        for (what, most) in whats {
            if audit::attempts(self.store(), what, now - COUNTED).await? + more > *most {
                return Err(Refusal::TooManyAttempts { minutes: COUNTED.as_mins() });
            }
        }
        Ok(())
    }

    /// Takes an attempt back that was right.
    pub(crate) async fn was_right(&self, whats: &[(&str, i64)], when: Timestamp) -> Result<(), Refusal> {
        let changes = self.store().change().await?;
        for (what, _) in whats {
            audit::take_back(&changes, what, when).await?;
        }
        Ok(changes.keep().await?)
    }
}

/// What is needed to set up an authenticator app.
#[derive(Clone, Debug)]
pub struct AppToSetUp {
    /// The secret, to be typed.
    pub secret: String,
    /// The same as an address, to be scanned as a picture.
    pub address: String,
}

impl AppToSetUp {
    /// The address as a picture to scan, as SVG.
    pub fn picture(&self) -> String {
        let code = qrcode::QrCode::new(&self.address).expect("the address of an app fits a picture");
        code.render::<qrcode::render::svg::Color>().min_dimensions(200, 200).build()
    }
}

/// A database that cannot be written to just now, such as one whose disk is full, can still be read:
/// whoever looks at pages goes on, even if it cannot be written down that they do.
fn read_on(what: &str, written: Result<(), Refusal>) -> Result<(), Refusal> {
    match written {
        Err(Refusal::Store(error)) if error.is_passing() => {
            tracing::warn!(%error, what, "that it was used could not be kept");
            Ok(())
        }
        other => other,
    }
}

fn actor(person: Option<String>, name: String, memberships: &[(String, String)], means: Means) -> Actor {
    let mut actor = Actor { person, name, roles: Default::default(), means };
    for (body, role) in memberships {
        if let Some(role) = Role::of(role) {
            actor.roles.entry(body.clone()).or_default().insert(role);
        }
    }
    actor
}

fn totp(secret: &str, email: &str) -> Result<totp_rs::Totp, Refusal> {
    let secret = totp_rs::Secret::try_from_base32(secret).map_err(|error| broken_app(&error))?;
    // A colon would end the account's name in the address.
    let account = email.replace(':', " ");
    let built =
        totp_rs::Builder::new().with_secret(secret).with_account_name(account).with_issuer(Some("Penshaw")).build();
    built.map_err(|error| broken_app(&error))
}

fn broken_app(error: &dyn std::fmt::Display) -> Refusal {
    Refusal::NotNow {
        what: format!("the authenticator app of this account cannot be used: {error}"),
        hint: "ask an administrator to invite you again".into(),
    }
}

/// Whether a password is right. Where there is none to compare with it takes as long, so that
/// nobody learns which accounts there are.
pub(crate) async fn is_right(password: String, hash: Option<String>) -> bool {
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGF0IGFsbCE$4WbHcFQc2UxD8Y0XZ5cXjmS1yS3tVjWkT1uY0qk8nXo";
    let known = hash.is_some();
    let _turn = TURNS.acquire().await;
    let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
    let verified =
        spawn_blocking(move || Argon2::default().verify_password(password.as_bytes(), hash.as_str()).is_ok());
    verified.await.unwrap_or(false) && known
}

/// The argon2id hash of a new password.
///
/// # Errors
/// [`Refusal::Invalid`], if it is too short or among the first that anybody would guess.
pub(crate) async fn password_hash(password: &str, email: &str) -> Result<String, Refusal> {
    const LEAST: usize = 12;
    if password.chars().count() < LEAST {
        return Err(Refusal::invalid("password", format!("Enter a password of at least {LEAST} characters")));
    }
    if password.len() > 1_000 {
        return Err(Refusal::invalid("password", "Enter a password of at most 1,000 characters"));
    }
    if is_guessed_first(password, email) {
        return Err(Refusal::invalid(
            "password",
            "Enter a password that is not so easily guessed, such as three words",
        ));
    }
    let password = password.to_owned();
    let _turn = TURNS.acquire().await;
    let hashed =
        spawn_blocking(move || Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()));
    let hashed = hashed.await.expect("hashing does not panic");
    Ok(hashed.expect("a password of sound length can be hashed"))
}

fn is_guessed_first(password: &str, email: &str) -> bool {
    let small = password.to_lowercase();
    let name = email.split('@').next().unwrap_or_default().to_lowercase();
    let distinct: std::collections::BTreeSet<char> = small.chars().collect();
    let known = ["password", "penshaw", "letmein", "qwerty", "123456789", "welcome"];
    let worn = known.iter().any(|word| small.contains(word) && small.len() < word.len() + 8);
    distinct.len() < 5 || worn || (name.len() > 3 && small.contains(&name))
}
