//! Signs people in through their council's identity provider, by OpenID Connect.

use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreProviderMetadata, CoreTokenResponse, CoreUserInfoClaims,
};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndUserEmail, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, SubjectIdentifier,
    TokenResponse, reqwest,
};
use penshaw_store::accounts::{self, Person};
use penshaw_store::sessions;

use crate::service::{IdentityProvider, Operations};
use crate::sign_in::{Step, Stepped};
use crate::{Refusal, secrets};

/// The identity provider and the way to it.
pub(crate) struct SingleSignOn {
    provider: IdentityProvider,
    http: reqwest::Client,
}

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// What a session remembers between leaving for the provider and coming back.
const STATE: &str = "sso_state";
const NONCE: &str = "sso_nonce";
const VERIFIER: &str = "sso_verifier";

impl SingleSignOn {
    pub(crate) fn new(provider: IdentityProvider) -> Self {
        let http = reqwest::ClientBuilder::new()
            // A provider has no reason to send us elsewhere, and others would have.
            .redirect(reqwest::redirect::Policy::none())
            .timeout(std::time::Duration::from_secs(10))
            .build();
        SingleSignOn { provider, http: http.expect("a plain client can be built") }
    }

    async fn client(&self, public_address: &str) -> Result<Client, Refusal> {
        let issuer = IssuerUrl::new(self.provider.issuer.clone()).map_err(|error| refusal(&error))?;
        let metadata =
            CoreProviderMetadata::discover_async(issuer, &self.http).await.map_err(|error| refusal(&error))?;
        let back = format!("{}/sign-in/council/back", public_address.trim_end_matches('/'));
        let back = RedirectUrl::new(back).map_err(|error| refusal(&error))?;
        let id = ClientId::new(self.provider.client_id.clone());
        let secret = ClientSecret::new(self.provider.client_secret.clone());
        Ok(CoreClient::from_provider_metadata(metadata, id, Some(secret)).set_redirect_uri(back))
    }
}

/// Where to send somebody who signs in through the provider.
#[derive(Clone, Debug)]
pub struct Leave {
    /// The secret of the session's cookie, by which they are known when they come back.
    pub cookie: String,
    /// The provider's address.
    pub address: String,
}

impl Operations {
    /// What the button for single sign-on says, where there is a provider.
    pub fn single_sign_on_label(&self) -> Option<&str> {
        self.inner.single_sign_on.as_ref().map(|sso| sso.provider.label.as_str())
    }

    /// Sends somebody to the identity provider.
    ///
    /// # Errors
    /// If there is none, or it does not answer.
    pub async fn leave_for_provider(&self) -> Result<Leave, Refusal> {
        let sso = self.inner.single_sign_on.as_ref().ok_or(Refusal::NotThere { what: "identity provider" })?;
        let client = sso.client(&self.settings().public_address).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (address, state, nonce) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .add_scope(Scope::new("email".into()))
            .add_scope(Scope::new("profile".into()))
            .set_pkce_challenge(challenge)
            .url();
        let cookie = self.begin(None, false).await?;
        let remembered =
            [(STATE, state.secret().clone()), (NONCE, nonce.secret().clone()), (VERIFIER, verifier.secret().clone())];
        let session = sessions::find(self.store(), &secrets::hash(&cookie)).await?;
        let mut session = session.ok_or(Refusal::SignedOut)?;
        session.state = remembered.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let changes = self.store().change().await?;
        sessions::change(&changes, &session).await?;
        changes.keep().await?;
        Ok(Leave { cookie, address: address.to_string() })
    }

    /// Signs in somebody who came back from the identity provider.
    ///
    /// The provider's subject is an account that it has signed in before, one whose verified
    /// address it is, or an invitation to that address; nobody else has an account here.
    ///
    /// # Errors
    /// If they did not leave from here, the provider does not vouch for them, or they have no account.
    pub async fn come_back_from_provider(&self, cookie: &str, code: &str, state: &str) -> Result<Stepped, Refusal> {
        let sso = self.inner.single_sign_on.as_ref().ok_or(Refusal::NotThere { what: "identity provider" })?;
        let session = sessions::find(self.store(), &secrets::hash(cookie)).await?;
        let session = session.filter(|session| session.expires_at > self.now()).ok_or(Refusal::SignedOut)?;
        let remembered = |name: &str| session.state.get(name).cloned().ok_or(Refusal::SignedOut);
        let same: bool = subtle::ConstantTimeEq::ct_eq(remembered(STATE)?.as_bytes(), state.as_bytes()).into();
        if !same {
            return Err(Refusal::SignedOut);
        }
        let client = sso.client(&self.settings().public_address).await?;
        let exchange =
            client.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(|error| refusal(&error))?;
        let tokens = exchange
            .set_pkce_verifier(PkceCodeVerifier::new(remembered(VERIFIER)?))
            .request_async(&sso.http)
            .await
            .map_err(|error| refusal(&error))?;
        let id = tokens.id_token().ok_or_else(|| refusal(&"it gave no identity"))?;
        let claims =
            id.claims(&client.id_token_verifier(), &Nonce::new(remembered(NONCE)?)).map_err(|error| refusal(&error))?;
        let subject = format!("{} {}", claims.issuer().as_str(), claims.subject().as_str());
        let said = (claims.email().cloned(), claims.email_verified());
        let (email, verified) = match said {
            (Some(_), _) => said,
            (None, _) => ask_for_address(&client, &sso.http, &tokens, claims.subject()).await?,
        };
        let verified = verified.unwrap_or(sso.provider.vouches_for_addresses);
        let email = email.filter(|_| verified).map(|email| email.to_lowercase());
        let person = self.vouched_for(&subject, email.as_deref()).await?;
        let changes = self.store().change().await?;
        sessions::end(&changes, &session.token_hash).await?;
        let cookie = self.begin_in(&changes, Some(&person.id), true).await?;
        changes.keep().await?;
        Ok(Stepped { cookie, step: Step::Done })
    }

    async fn vouched_for(&self, subject: &str, email: Option<&str>) -> Result<Person, Refusal> {
        let no_account = || Refusal::NotNow {
            what: "there is no account of yours here".into(),
            hint: "ask an administrator of your authority to invite you".into(),
        };
        if let Some(person) = accounts::with_subject(self.store(), subject).await? {
            return if person.disabled { Err(no_account()) } else { Ok(person) };
        }
        let email = email.ok_or_else(no_account)?;
        let changes = self.store().change().await?;
        let known = accounts::with_email(&changes, email).await?;
        let person = match known {
            Some(person) if person.disabled || person.oidc_subject.is_some() => return Err(no_account()),
            Some(person) => {
                let person = Person { oidc_subject: Some(subject.to_owned()), ..person };
                accounts::change(&changes, &person).await?;
                person
            }
            None => {
                let open = accounts::invitations(&changes).await?;
                let theirs = open.into_iter().find(|open| open.email == email && open.expires_at > self.now());
                let invitation = theirs.ok_or_else(no_account)?;
                let subject = subject.to_owned();
                self.account_of(&changes, &invitation, |person| person.oidc_subject = Some(subject)).await?
            }
        };
        changes.keep().await?;
        Ok(person)
    }
}

/// Asks the provider for the address of who signed in: many say it there alone.
async fn ask_for_address(
    client: &Client,
    http: &reqwest::Client,
    tokens: &CoreTokenResponse,
    subject: &SubjectIdentifier,
) -> Result<(Option<EndUserEmail>, Option<bool>), Refusal> {
    let Ok(question) = client.user_info(tokens.access_token().clone(), Some(subject.clone())) else {
        return Ok((None, None));
    };
    let told: CoreUserInfoClaims = question.request_async(http).await.map_err(|error| refusal(&error))?;
    Ok((told.email().cloned(), told.email_verified()))
}

fn refusal(error: &dyn std::fmt::Display) -> Refusal {
    // What a program says to a program is for the log.
    tracing::warn!(%error, "the identity provider could not be used");
    Refusal::IdentityProvider { what: "it did not answer as it should".into() }
}
