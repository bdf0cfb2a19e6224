//! `penshaw serve`: the web application over a database.

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Args;
use jiff::SignedDuration;
use penshaw_operations::{Clock, IdentityProvider, MailServer, Operations, Refusal, Settings};
use penshaw_web::Web;
use tokio::net::TcpListener;

use crate::show;

/// Where the database is, for every command that uses one.
#[derive(Args, Clone)]
pub struct Database {
    /// The database: sqlite:PATH, made where it is not there, or postgres://USER@HOST/NAME
    #[arg(
        long = "database",
        value_name = "ADDRESS",
        env = "PENSHAW_DATABASE",
        default_value = "sqlite:penshaw.db",
        hide_env_values = true
    )]
    pub address: String,
}

impl Database {
    /// Opens the operations of the database.
    pub async fn operations(&self, settings: Settings) -> Result<Operations, Refusal> {
        Operations::open(&self.address, Clock::system(), settings).await
    }
}

/// Serve the web application over a database
#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    database: Database,
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", env = "PENSHAW_LISTEN", default_value = "127.0.0.1:8018")]
    listen: SocketAddr,
    /// The address by which people reach it, such as https://penshaw.example.gov.uk
    #[arg(long, value_name = "ADDRESS", env = "PENSHAW_PUBLIC_ADDRESS")]
    public_address: Option<String>,
    /// How many trials analyses and the report take; the usual number where it is left out
    #[arg(long, value_name = "NUMBER", env = "PENSHAW_TRIALS")]
    trials: Option<u64>,
    /// A session that nobody uses ends after this, such as 30m or 1h
    #[arg(long, value_name = "TIME", env = "PENSHAW_IDLE", default_value = "30m", value_parser = time)]
    idle: SignedDuration,
    /// Another server takes a job over when its own has said nothing for so long
    #[arg(long, value_name = "TIME", env = "PENSHAW_LEASE", default_value = "60s", value_parser = time)]
    lease: SignedDuration,
    /// How many proxies stand before it, one after another, each of which sets X-Forwarded-For
    #[arg(long, value_name = "NUMBER", env = "PENSHAW_PROXIES", default_value_t = 0)]
    proxies: usize,
    /// How people reach whoever runs it, for the accessibility statement: an e-mail address or a telephone number
    #[arg(long, value_name = "WORDS", env = "PENSHAW_CONTACT")]
    contact: Option<String>,
    #[command(flatten)]
    provider: Provider,
    #[command(flatten)]
    mail: Mail,
}

/// The mail server by which alerts are sent.
#[derive(Args)]
struct Mail {
    /// The mail server by which alerts are sent, such as smtps://NAME:PASSWORD@mail.example.gov.uk; better in the
    /// environment, so that no list of processes shows it
    #[arg(long, value_name = "ADDRESS", env = "PENSHAW_MAIL_SERVER", hide_env_values = true, requires = "mail_from")]
    mail_server: Option<String>,
    /// From whom alerts come, such as "Shared ICT <shared-ict@example.gov.uk>"
    #[arg(long, value_name = "ADDRESS", env = "PENSHAW_MAIL_FROM")]
    mail_from: Option<String>,
}

impl Mail {
    fn chosen(self) -> Option<MailServer> {
        Some(MailServer { address: self.mail_server?, from: self.mail_from? })
    }
}

/// The identity provider for single sign-on.
#[derive(Args)]
struct Provider {
    /// The issuer address of the OpenID Connect provider for single sign-on
    #[arg(long, value_name = "ADDRESS", env = "PENSHAW_OIDC_ISSUER", requires = "oidc_client")]
    oidc_issuer: Option<String>,
    /// Our client name at the provider
    #[arg(long, value_name = "NAME", env = "PENSHAW_OIDC_CLIENT")]
    oidc_client: Option<String>,
    /// Our client secret at the provider; from the environment alone, so that no list of processes shows it
    #[arg(skip = std::env::var("PENSHAW_OIDC_SECRET").unwrap_or_default())]
    oidc_secret: String,
    /// What the button on the sign-in page says
    #[arg(long, value_name = "WORDS", env = "PENSHAW_OIDC_LABEL", default_value = "Sign in with your council account")]
    oidc_label: String,
    /// Take every address that the provider names for verified: for a provider that gives accounts to your own staff
    /// alone and does not say that their addresses are verified, such as Entra ID for one tenant
    #[arg(long, env = "PENSHAW_OIDC_VOUCHES_FOR_ADDRESSES")]
    oidc_vouches_for_addresses: bool,
}

impl Serve {
    /// Serves until it is asked to stop.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        show::log_to_standard_error();
        let runtime = runtime();
        let served = runtime.block_on(async {
            let listener = listen(self.listen).await?;
            let settings = Settings {
                public_address: self.public_address.unwrap_or_else(|| format!("http://{}", self.listen)),
                identity_provider: self.provider.chosen(),
                trials: self.trials,
                idle: self.idle,
                lease: self.lease,
                proxies: self.proxies,
                contact: self.contact,
                mail: self.mail.chosen(),
            };
            let operations = self.database.operations(settings).await?;
            show::print(&format!("Serving at {}", operations.settings().public_address));
            serve(operations, listener).await
        });
        // An analysis in the middle of its trials does not keep the process: another server begins it again.
        runtime.shutdown_background();
        served
    }
}

/// Reads a time as `30m` or `1h`: some time, and at most half a day.
fn time(text: &str) -> Result<SignedDuration, String> {
    let sound = |time: &SignedDuration| time.is_positive() && *time <= SignedDuration::from_hours(12);
    let time = text.parse::<SignedDuration>().ok().filter(sound);
    time.ok_or_else(|| format!("\"{text}\" is no time of at most 12 hours: write it as 30m or 1h"))
}

impl Provider {
    fn chosen(self) -> Option<IdentityProvider> {
        Some(IdentityProvider {
            issuer: self.oidc_issuer?,
            client_id: self.oidc_client.unwrap_or_default(),
            client_secret: self.oidc_secret,
            label: self.oidc_label,
            vouches_for_addresses: self.oidc_vouches_for_addresses,
        })
    }
}

/// Listens at an address.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, Refusal> {
    let busy = |error: std::io::Error| Refusal::NotNow {
        what: format!("{address} cannot be listened at: {error}"),
        hint: "stop what listens there, or give another address with --listen".into(),
    };
    TcpListener::bind(address).await.map_err(busy)
}

/// Serves until the process is asked to stop.
pub async fn serve(operations: Operations, listener: TcpListener) -> Result<ExitCode, Refusal> {
    let stopped = |error: std::io::Error| Refusal::NotNow {
        what: format!("the server stopped: {error}"),
        hint: "start it again".into(),
    };
    penshaw_web::serve(Web::new(operations), listener).await.map_err(stopped)?;
    Ok(ExitCode::SUCCESS)
}

/// What runs everything that waits.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("the machine gives threads")
}
