//! The authorization code flow of OpenID Connect with PKCE, and its requests.
//!
//! Metadata and keys are fetched with each sign-in: a new key works at once, and one that the
//! provider has withdrawn no more.

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime};

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreClientAuthMethod, CoreErrorResponseType, CoreGenderClaim,
    CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
    CoreProviderMetadata, CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AsyncHttpClient, AuthType, AuthenticationFlow, AuthorizationCode, Client,
    ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, HttpRequest, HttpResponse, IdTokenFields, IssuerUrl, Nonce, OAuth2TokenResponse,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse,
    StandardTokenResponse, TokenResponse, UserInfoClaims,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use url::Url;

use super::claims::{Account, Claims};
use super::error::{ProviderError, with_causes};
use crate::clock::Timestamp;
use crate::config::Config;
use crate::config::provider::is_protected;
use crate::net;

type Result<T> = std::result::Result<T, ProviderError>;

/// Below `JARSHY_PUBLIC_URL`: where the provider sends people back to.
pub const CALLBACK: &str = "/admin/sign-in/provider/callback";

/// How long one request to the provider may take.
const TIMEOUT: Duration = Duration::from_secs(8);
/// Bytes of an answer that are read.
const RESPONSE_LIMIT: usize = 1 << 20;

/// What an ID token may be signed with: by a key of the provider alone, which the client's
/// secret is not.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Claims beyond the standard ones, by their names.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
struct OtherClaims(Map<String, Value>);

impl AdditionalClaims for OtherClaims {}

type Fields = IdTokenFields<
    OtherClaims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

type Relying = Client<
    OtherClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A provider that has said who it is.
pub(super) struct Provider {
    client: Relying,
    http: Http,
    issuer: String,
    keys: usize,
}

/// A way to the provider, and what proves that somebody comes back from it.
pub(super) struct Departure {
    pub url: Url,
    pub state: String,
    pub proof: Proof,
}

/// What only this server knows of a sign-in.
#[derive(Serialize, Deserialize)]
pub(super) struct Proof {
    nonce: String,
    /// Of PKCE (RFC 7636).
    verifier: String,
}

impl Provider {
    /// Fetches the provider's metadata and keys.
    pub async fn discover(config: &Config) -> Result<Self> {
        let issuer = config.oidc_issuer.as_ref();
        let (issuer, id) = issuer
            .zip(config.oidc_client_id.as_ref())
            .ok_or(ProviderError::NotConfigured)?;
        let http = Http::new()?;
        let url = IssuerUrl::new(issuer.as_str().to_owned()).map_err(unavailable)?;
        let metadata = CoreProviderMetadata::discover_async(url, &http);
        let metadata = metadata.await.map_err(unavailable)?;
        check_endpoints(&metadata)?;
        let secret = config.oidc_client_secret.clone().map(ClientSecret::new);
        let takes_basic = metadata
            .token_endpoint_auth_methods_supported()
            .is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let auth_type = if takes_basic {
            AuthType::BasicAuth
        } else {
            AuthType::RequestBody
        };
        let back = format!("{}{CALLBACK}", config.public_url());
        let back = RedirectUrl::new(back).map_err(unavailable)?;
        let keys = metadata.jwks().keys().len();
        let client = Relying::from_provider_metadata(metadata, ClientId::new(id.clone()), secret)
            .set_auth_type(auth_type)
            .set_redirect_uri(back);
        Ok(Self {
            client,
            http,
            issuer: issuer.as_str().to_owned(),
            keys,
        })
    }

    /// How many keys it signs with.
    pub fn keys(&self) -> usize {
        self.keys
    }

    /// A way to the provider, of which each can be taken once.
    pub fn depart(&self, scopes: &[String]) -> Departure {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let asked = scopes.iter().filter(|scope| *scope != "openid");
        let (url, state, nonce) = self
            .client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scopes(asked.map(|scope| Scope::new(scope.clone())))
            .set_pkce_challenge(challenge)
            .url();
        Departure {
            url,
            state: state.secret().clone(),
            proof: Proof {
                nonce: nonce.secret().clone(),
                verifier: verifier.secret().clone(),
            },
        }
    }

    /// Exchanges a code for the account that has signed in.
    pub async fn redeem(
        &self,
        config: &Config,
        code: String,
        proof: Proof,
        now: Timestamp,
    ) -> Result<Account> {
        let request = self
            .client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(unavailable)?
            .set_pkce_verifier(PkceCodeVerifier::new(proof.verifier));
        let answer = request.request_async(&self.http).await;
        let answer = answer.map_err(unavailable)?;
        let invalid = |problem: &str| ProviderError::Invalid(problem.to_owned());
        let token = answer
            .id_token()
            .ok_or_else(|| invalid("there is no ID token"))?;
        let millis = u64::try_from(now.millis()).unwrap_or_default();
        let at = SystemTime::UNIX_EPOCH + Duration::from_millis(millis);
        let verifier = self
            .client
            .id_token_verifier()
            .set_allowed_algs(ALGORITHMS)
            .set_time_fn(move || at.into());
        let claims = token
            .claims(&verifier, &Nonce::new(proof.nonce))
            .map_err(|error| ProviderError::Invalid(with_causes(&error)))?;
        // OpenID Connect Core §3.1.3.7, 5.
        let party = claims.authorized_party();
        if party.is_some_and(|party| party != self.client.client_id()) {
            return Err(invalid("the ID token was issued to another client"));
        }
        let mut known = all_claims(
            claims.email().map(|email| email.as_str()),
            claims.email_verified(),
            claims.additional_claims(),
        );
        let (claim, roles) = (&config.oidc_role_claim, &config.oidc_roles);
        if !known.suffice(claim, roles)
            && let Ok(request) = self.client.user_info(
                answer.access_token().clone(),
                // An answer about somebody else is an error.
                Some(claims.subject().clone()),
            )
        {
            let others: UserInfoClaims<OtherClaims, CoreGenderClaim> = request
                .request_async(&self.http)
                .await
                .map_err(unavailable)?;
            known.complete(all_claims(
                others.email().map(|email| email.as_str()),
                others.email_verified(),
                others.additional_claims(),
            ));
        }
        Ok(known.account(&self.issuer, claims.subject().as_str(), claim, roles))
    }
}

fn all_claims(email: Option<&str>, is_verified: Option<bool>, others: &OtherClaims) -> Claims {
    let mut claims = others.0.clone();
    if let Some(email) = email {
        claims.insert("email".to_owned(), json!(email));
    }
    if let Some(is_verified) = is_verified {
        claims.insert("email_verified".to_owned(), json!(is_verified));
    }
    Claims::new(claims)
}

/// A secret, or a person's claims, must not go in clear because the provider says so.
fn check_endpoints(metadata: &CoreProviderMetadata) -> Result<()> {
    let token = metadata.token_endpoint().map(|endpoint| endpoint.url());
    let token = token.ok_or_else(|| {
        ProviderError::Unavailable("its metadata names no token endpoint".to_owned())
    })?;
    let user_info = metadata.userinfo_endpoint().map(|endpoint| endpoint.url());
    let asked = [
        metadata.authorization_endpoint().url(),
        metadata.jwks_uri().url(),
        token,
    ];
    match asked
        .into_iter()
        .chain(user_info)
        .find(|url| !is_protected(url))
    {
        Some(url) => Err(ProviderError::Unavailable(format!(
            "its metadata names an endpoint without encryption: {url}"
        ))),
        None => Ok(()),
    }
}

fn unavailable(error: impl std::error::Error) -> ProviderError {
    ProviderError::Unavailable(with_causes(&error))
}

/// Requests to the provider. An owner has named it, so it may be on a private network; but it
/// sends nobody elsewhere.
struct Http(reqwest::Client);

#[derive(Debug, thiserror::Error)]
enum HttpFailure {
    #[error("the request cannot be made: {0}")]
    Malformed(String),
    #[error(transparent)]
    Failed(#[from] reqwest::Error),
    #[error("the answer does not end")]
    TooLarge,
}

impl Http {
    fn new() -> Result<Self> {
        let client = reqwest::Client::builder()
            .timeout(TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .build();
        client.map(Self).map_err(unavailable)
    }

    async fn send(&self, request: HttpRequest) -> std::result::Result<HttpResponse, HttpFailure> {
        let answer = self.0.execute(reqwest::Request::try_from(request)?).await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = net::body_within(answer, RESPONSE_LIMIT).await?;
        let body = body.ok_or(HttpFailure::TooLarge)?;
        let mut response = openidconnect::http::Response::builder().status(status);
        for (name, value) in &headers {
            response = response.header(name, value);
        }
        let response = response.body(body);
        response.map_err(|error| HttpFailure::Malformed(error.to_string()))
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpFailure;
    type Future =
        Pin<Box<dyn Future<Output = std::result::Result<HttpResponse, HttpFailure>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}
