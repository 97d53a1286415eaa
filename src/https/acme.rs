//! A certificate by ACME (RFC 8555), proven on the server's own port (RFC 8737).
//!
//! Account and certificate are in the database, encrypted: a restart asks for nothing, and a
//! process uses what another has obtained.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use instant_acme::{
    Account, AccountCredentials, AuthorizationStatus, ChallengeType, Identifier, NewAccount,
    NewOrder, Order, OrderStatus, Problem, RetryPolicy,
};
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::sign::CertifiedKey;

use super::acme_client::{self, ClientError};
use super::certificate::{Certificate, CertificateError};
use super::resolver::Resolver;
use crate::clock::Timestamp;
use crate::config::https::AcmeAccount;
use crate::context::Context;
use crate::store::{StoreError, acme as rows};
use crate::token::Purpose;

/// An order is given up after this time.
const ORDER_TIMEOUT: Duration = Duration::from_secs(5 * 60);
/// Waits after failures: authorities limit how many they take in an hour.
const FIRST_BACKOFF: Duration = Duration::from_secs(5 * 60);
const LONGEST_BACKOFF: Duration = Duration::from_secs(12 * 3600);

/// What an authority says of an account that it does not have (any more).
const FORGOTTEN: &str = "urn:ietf:params:acme:error:accountDoesNotExist";

/// Why no certificate was obtained.
#[derive(Debug, thiserror::Error)]
pub enum AcmeError {
    #[error("JARSHY_PUBLIC_URL has no host name that an authority could certify")]
    NoHost,
    #[error("JARSHY_ACME_CA: {0}")]
    Client(#[from] ClientError),
    #[error("{0}")]
    Protocol(#[from] instant_acme::Error),
    #[error("the authority does not offer the challenge tls-alpn-01")]
    NoChallenge,
    #[error("the authority could not verify {host}: {detail}")]
    Unverified { host: String, detail: String },
    #[error("the authority did not answer in time")]
    Timeout,
    #[error("the challenge's certificate cannot be made: {0}")]
    Challenge(String),
    #[error("the certificate obtained cannot be used: {0}")]
    Certificate(#[from] CertificateError),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Obtains and renews the certificate for the host of the public URL.
pub struct Acme {
    account: AcmeAccount,
    client: reqwest::Client,
}

impl Acme {
    /// # Errors
    /// [`AcmeError::Client`] where the file of authorities cannot be used.
    pub fn new(account: AcmeAccount) -> Result<Self, AcmeError> {
        let ca: Option<&PathBuf> = account.ca.as_ref();
        let client = acme_client::client(ca.map(PathBuf::as_path))?;
        Ok(Self { account, client })
    }

    /// The certificate that the database holds, whatever it is worth.
    pub async fn stored(&self, cx: &Context) -> Result<Option<Certificate>, StoreError> {
        let Some(host) = cx.config().public_host() else {
            return Ok(None);
        };
        let mut db = cx.store.read().await?;
        let Some(row) = rows::certificate(&mut db, &self.account.directory, &host).await? else {
            return Ok(None);
        };
        // Under a key that was taken away, it is obtained anew.
        let key = cx.keys.decrypt(Purpose::Certificate, &row.private_key).ok();
        Ok(key.and_then(|key| Certificate::from_pem(row.chain.as_bytes(), &key).ok()))
    }

    /// Whether a certificate must be obtained: there is none, it is for another host, or two
    /// thirds of its time are over.
    pub fn is_due(&self, cx: &Context, current: Option<&Certificate>) -> bool {
        let host = cx.config().public_host();
        let (Some(current), Some(host)) = (current, host) else {
            return true;
        };
        !current.is_for(&host) || is_old(current, cx.clock.now())
    }

    /// Takes a certificate that another process has obtained, or obtains one.
    ///
    /// # Errors
    /// [`AcmeError`]; then the certificate in use stays.
    pub async fn renew(&self, cx: &Context, resolver: &Arc<Resolver>) -> Result<(), AcmeError> {
        let host = cx.config().public_host().ok_or(AcmeError::NoHost)?;
        if let Some(stored) = self.stored(cx).await?
            && !self.is_due(cx, Some(&stored))
        {
            resolver.replace(stored);
            return Ok(());
        }
        let ordering = self.order(cx, &host, resolver);
        let ordered = tokio::time::timeout(ORDER_TIMEOUT, ordering).await;
        let (chain, key) = ordered.map_err(|_| AcmeError::Timeout)??;
        let certificate = Certificate::from_pem(chain.as_bytes(), key.as_bytes())?;
        let mut db = cx.store.write().await?;
        let row = rows::CertificateRow {
            chain,
            private_key: cx.keys.encrypt(Purpose::Certificate, key.as_bytes()),
        };
        let directory = self.account.directory.as_str();
        rows::set_certificate(&mut db, directory, &host, &row, cx.clock.now()).await?;
        db.commit().await?;
        tracing::info!(%host, until = %certificate.not_after, "a certificate was obtained by ACME");
        resolver.replace(certificate);
        Ok(())
    }

    /// Orders a certificate; gives its chain and its key.
    async fn order(
        &self,
        cx: &Context,
        host: &str,
        resolver: &Arc<Resolver>,
    ) -> Result<(String, String), AcmeError> {
        let identifiers = [Identifier::Dns(host.to_owned())];
        let wanted = NewOrder::new(&identifiers);
        let known = self.known_account(cx).await?;
        let ordered = match &known {
            Some(account) => account.new_order(&wanted).await,
            None => self.new_account(cx).await?.new_order(&wanted).await,
        };
        let mut order = match ordered {
            Err(instant_acme::Error::Api(problem))
                if known.is_some() && problem.r#type.as_deref() == Some(FORGOTTEN) =>
            {
                self.new_account(cx).await?.new_order(&wanted).await?
            }
            ordered => ordered?,
        };
        let mut answers = Vec::new();
        let mut authorizations = order.authorizations();
        while let Some(authorization) = authorizations.next().await {
            let mut authorization = authorization?;
            if authorization.status == AuthorizationStatus::Valid {
                continue;
            }
            let mut challenge = authorization
                .challenge(ChallengeType::TlsAlpn01)
                .ok_or(AcmeError::NoChallenge)?;
            let authorization = challenge.key_authorization();
            let certificate = challenge_certificate(host, authorization.digest().as_ref())?;
            answers.push(resolver.answer(host, certificate));
            challenge.set_ready().await?;
        }
        let retries = RetryPolicy::new().timeout(ORDER_TIMEOUT);
        match order.poll_ready(&retries).await {
            Ok(OrderStatus::Ready) => {}
            Ok(_) => return Err(unverified(&mut order, host, String::new()).await),
            Err(instant_acme::Error::Api(problem)) => {
                return Err(unverified(&mut order, host, said(&problem)).await);
            }
            Err(error) => return Err(error.into()),
        }
        drop(answers);
        let key = order.finalize().await?;
        Ok((order.poll_certificate(&retries).await?, key))
    }

    /// The account at the authority, where there is one.
    async fn known_account(&self, cx: &Context) -> Result<Option<Account>, AcmeError> {
        let directory = self.account.directory.as_str();
        let row = rows::account(&mut cx.store.read().await?, directory).await?;
        let known = row.and_then(|row| cx.keys.decrypt(Purpose::AcmeAccount, &row).ok());
        let Some(known) = known else { return Ok(None) };
        let credentials: AccountCredentials = serde_json::from_slice(&known)?;
        let builder = acme_client::account_builder(&self.client);
        Ok(Some(builder.from_credentials(credentials).await?))
    }

    async fn new_account(&self, cx: &Context) -> Result<Account, AcmeError> {
        let directory = self.account.directory.as_str();
        let builder = acme_client::account_builder(&self.client);
        let contact = format!("mailto:{}", self.account.email);
        let new = NewAccount {
            contact: &[&contact],
            // The setting's description says so.
            terms_of_service_agreed: true,
            only_return_existing: false,
        };
        let (account, credentials) = builder.create(&new, directory.to_owned(), None).await?;
        let secret = serde_json::to_vec(&credentials)?;
        let secret = cx.keys.encrypt(Purpose::AcmeAccount, &secret);
        let mut db = cx.store.write().await?;
        rows::set_account(&mut db, directory, &secret, cx.clock.now()).await?;
        db.commit().await?;
        Ok(account)
    }
}

/// Why an order has failed, as the authority says of its challenges, or else of itself.
async fn unverified(order: &mut Order, host: &str, problem: String) -> AcmeError {
    let mut detail = None;
    let mut authorizations = order.authorizations();
    while let Some(Ok(mut authorization)) = authorizations.next().await {
        if let Ok(state) = authorization.refresh().await {
            let mut errors = state.challenges.iter().filter_map(|one| one.error.as_ref());
            detail = detail.or(errors.next().map(said));
        }
    }
    let detail = detail.unwrap_or(problem);
    AcmeError::Unverified {
        host: host.to_owned(),
        // What others say is bounded.
        detail: detail.chars().take(500).collect(),
    }
}

/// What an authority says, in its own words.
fn said(problem: &Problem) -> String {
    problem
        .detail
        .clone()
        .unwrap_or_else(|| problem.to_string())
}

fn is_old(certificate: &Certificate, now: Timestamp) -> bool {
    now > certificate.not_before.after(certificate.lasts() * 2 / 3)
}

/// The certificate that answers a challenge (RFC 8737 §3).
fn challenge_certificate(host: &str, digest: &[u8]) -> Result<CertifiedKey, AcmeError> {
    let failed = |error: &dyn std::fmt::Display| AcmeError::Challenge(error.to_string());
    let mut parameters =
        rcgen::CertificateParams::new(vec![host.to_owned()]).map_err(|error| failed(&error))?;
    parameters.custom_extensions = vec![rcgen::CustomExtension::new_acme_identifier(digest)];
    let key = rcgen::KeyPair::generate().map_err(|error| failed(&error))?;
    let certificate = parameters
        .self_signed(&key)
        .map_err(|error| failed(&error))?;
    let key = rustls_pki_types::PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let key = default_provider()
        .key_provider
        .load_private_key(key)
        .map_err(|error| failed(&error))?;
    // Not checked against its key: the library rejects the extension, which is critical.
    Ok(CertifiedKey::new(vec![certificate.der().clone()], key))
}

/// When the next attempt may be made.
#[derive(Debug, Default)]
pub struct Backoff {
    failures: u32,
    until: Timestamp,
}

impl Backoff {
    pub fn is_over(&self, now: Timestamp) -> bool {
        now >= self.until
    }

    /// Counts a failure; gives the wait after it.
    pub fn failed(&mut self, now: Timestamp) -> Duration {
        let wait = (FIRST_BACKOFF * 2u32.pow(self.failures.min(10))).min(LONGEST_BACKOFF);
        self.failures += 1;
        self.until = now.after(wait);
        wait
    }
}

#[cfg(test)]
mod tests {
    use super::super::certificate::made;
    use super::*;

    #[test]
    fn failures_are_followed_by_longer_and_longer_waits() {
        let (mut backoff, now) = (Backoff::default(), Timestamp::from_millis(0));
        assert!(backoff.is_over(now));
        let waits: Vec<u64> = (0..10)
            .map(|_| backoff.failed(now).as_secs() / 60)
            .collect();
        assert_eq!(waits, [5, 10, 20, 40, 80, 160, 320, 640, 720, 720]);
        assert!(!backoff.is_over(now.after(Duration::from_secs(11 * 3600))));
        assert!(backoff.is_over(now.after(Duration::from_secs(12 * 3600))));
    }

    #[test]
    fn a_challenge_is_answered_by_a_certificate_with_its_digest() {
        let certified = challenge_certificate("a.example", &[7; 32]).unwrap();
        let (_, parsed) = x509_parser::parse_x509_certificate(&certified.cert[0]).unwrap();
        let own = |extension: &&x509_parser::extensions::X509Extension<'_>| {
            extension.oid.to_id_string() == "1.3.6.1.5.5.7.1.31"
        };
        let extension = parsed.extensions().iter().find(own).unwrap();
        assert!(extension.critical && extension.value.ends_with(&[7; 32]));
    }

    #[test]
    fn a_certificate_is_renewed_after_two_thirds_of_its_time() {
        let (chain, key) = made("a.example", (2024, 1, 1), (2024, 3, 31));
        let certificate = Certificate::from_pem(chain.as_bytes(), key.as_bytes()).unwrap();
        let at = |text: &str| Timestamp::parse_rfc3339(text).unwrap();
        assert!(!is_old(&certificate, at("2024-02-29T00:00:00Z")));
        assert!(is_old(&certificate, at("2024-03-02T00:00:00Z")));
    }
}
