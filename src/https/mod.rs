//! HTTPS without a proxy: the certificate that the server shows, from files or by ACME.
//!
//! The certificate is replaced while the server runs. One that cannot be used never replaces
//! one that can: the old one stays, and the problem is named in the log, by the readiness
//! probe, in the metrics and on the dashboard until it is solved. The ways in are
//! [`Https::start`] and [`Https::run`].

pub mod acme;
mod acme_client;
mod certificate;
mod files;
mod resolver;

use std::sync::Arc;
use std::time::Duration;

use metrics::gauge;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::{self, ServerConfig};
use tokio_util::sync::CancellationToken;

use crate::clock::Timestamp;
use crate::config::https::{HttpsSource, HttpsSourceError};
use crate::context::Context;
use crate::store::StoreError;

use acme::{Acme, AcmeError};
use certificate::Certificate;
use files::{Contents, Files, FilesError};
pub use resolver::ACME_PROTOCOL;
use resolver::Resolver;

/// The name of the task.
pub const TASK: &str = "certificate";
/// How often files and the certificate's age are looked at.
pub const POLL_INTERVAL: Duration =
    Duration::from_secs(if cfg!(debug_assertions) { 2 } else { 10 });
/// The protocols that are offered, best first.
const PROTOCOLS: [&[u8]; 3] = [b"h2", b"http/1.1", ACME_PROTOCOL];
/// A certificate that ends so soon should have been renewed. Of one that lasts some days only,
/// a sixth of its time.
const EXPIRES_SOON: Duration = Duration::from_secs(7 * 24 * 3600);

/// Why HTTPS cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum HttpsError {
    #[error(transparent)]
    Source(#[from] HttpsSourceError),
    #[error("JARSHY_TLS_CERT: {0}")]
    Files(#[from] FilesError),
    #[error("JARSHY_ACME_EMAIL: {0}")]
    Acme(#[from] AcmeError),
    #[error(transparent)]
    Tls(#[from] rustls::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The server's certificate.
pub struct Https {
    resolver: Arc<Resolver>,
    acceptor: TlsAcceptor,
    source: Source,
}

enum Source {
    Files { files: Files, first: Contents },
    Acme(Acme),
}

impl Https {
    /// Reads the certificate that is configured; `None` where none is. By ACME there may be
    /// none yet: [`run`](Self::run) obtains it, once the server accepts connections.
    ///
    /// # Errors
    /// [`HttpsError`] says what to fix.
    pub async fn start(cx: &Context) -> Result<Option<Self>, HttpsError> {
        let Some(source) = cx.config().https_source()? else {
            return Ok(None);
        };
        let resolver = Arc::new(Resolver::default());
        let source = match source {
            HttpsSource::Files { cert, key } => {
                let files = Files { cert, key };
                let first = files.read().await?;
                resolver.replace(files.certificate(&first)?);
                Source::Files { files, first }
            }
            HttpsSource::Acme(account) => {
                let acme = Acme::new(account)?;
                if let Some(stored) = acme.stored(cx).await? {
                    resolver.replace(stored);
                }
                Source::Acme(acme)
            }
        };
        let provider = Arc::new(default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(resolver.clone());
        config.alpn_protocols = PROTOCOLS.iter().map(|name| name.to_vec()).collect();
        let https = Self {
            resolver,
            acceptor: TlsAcceptor::from(Arc::new(config)),
            source,
        };
        https.report(cx, None);
        Ok(Some(https))
    }

    /// What accepts connections with the certificate in use.
    pub fn acceptor(&self) -> TlsAcceptor {
        self.acceptor.clone()
    }

    /// Keeps the certificate up to date until `stop`.
    pub async fn run(&self, cx: &Context, stop: &CancellationToken) {
        match &self.source {
            Source::Files { files, first } => self.watch(cx, files, first, stop).await,
            Source::Acme(acme) => self.renew(cx, acme, stop).await,
        }
    }

    async fn watch(&self, cx: &Context, files: &Files, first: &Contents, stop: &CancellationToken) {
        let mut used = None;
        let mut failed = Failures::default();
        while pause(cx, stop).await {
            let tried = match files.read().await {
                Ok(contents) if contents == *used.as_ref().unwrap_or(first) => Ok(None),
                Ok(contents) => self
                    .usable(cx, files, &contents)
                    .map(|new| Some((contents, new))),
                Err(error) => Err(error.to_string()),
            };
            match tried {
                Ok(None) => failed = Failures::default(),
                Ok(Some((contents, new))) => {
                    tracing::info!(until = %new.not_after, "the server's certificate is replaced");
                    self.resolver.replace(new);
                    used = Some(contents);
                    failed = Failures::default();
                }
                Err(problem) => failed.note(problem),
            }
            self.report(cx, failed.problem());
        }
    }

    /// The certificate of changed files, if it may replace the one in use.
    fn usable(
        &self,
        cx: &Context,
        files: &Files,
        contents: &Contents,
    ) -> Result<Certificate, String> {
        let new = files
            .certificate(contents)
            .map_err(|error| error.to_string())?;
        let now = cx.clock.now();
        let is_in_use_valid = self
            .resolver
            .current()
            .is_some_and(|current| current.is_valid_at(now));
        if is_in_use_valid && !new.is_valid_at(now) {
            let (from, to) = (new.not_before, new.not_after);
            let path = files.cert.display();
            return Err(format!(
                "{path} counts from {from} to {to}, which is not now"
            ));
        }
        Ok(new)
    }

    async fn renew(&self, cx: &Context, acme: &Acme, stop: &CancellationToken) {
        let mut backoff = acme::Backoff::default();
        let mut problem = None;
        loop {
            if !acme.is_due(cx, self.resolver.current().as_ref()) {
                (backoff, problem) = (acme::Backoff::default(), None);
            } else if backoff.is_over(cx.clock.now()) {
                let renewing = cx
                    .health
                    .with_heartbeats(TASK, acme.renew(cx, &self.resolver));
                let renewed = tokio::select! {
                    renewed = renewing => renewed,
                    () = stop.cancelled() => return,
                };
                problem = renewed.err().map(|error| {
                    let wait = backoff.failed(cx.clock.now());
                    tracing::error!(%error, ?wait, "no certificate was obtained by ACME");
                    format!("no certificate was obtained by ACME: {error}")
                });
            }
            self.report(cx, problem.as_deref());
            if !pause(cx, stop).await {
                return;
            }
        }
    }

    /// Makes the state of the certificate known: metrics, and what is wrong.
    fn report(&self, cx: &Context, problem: Option<&str>) {
        let current = self.resolver.current();
        let expires = current
            .as_ref()
            .map_or(0, |current| current.not_after.millis() / 1000);
        gauge!("jarshy_certificate_expires_seconds").set(expires as f64);
        let problem = problem
            .map(str::to_owned)
            .or_else(|| concern(cx, current.as_ref()));
        gauge!("jarshy_certificate_problem").set(if problem.is_some() { 1.0 } else { 0.0 });
        cx.health.set_problem(TASK, problem);
    }
}

/// What is configured and stored, looked at from outside the server.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// What is wrong, or will be soon.
    pub problem: Option<String>,
    /// Until when the certificate counts.
    pub until: Option<Timestamp>,
}

/// Looks at the certificate that a server would begin with; `None` where it would speak plain
/// HTTP.
///
/// # Errors
/// [`HttpsError`] is why it would not start.
pub async fn inspect(cx: &Context) -> Result<Option<Inspection>, HttpsError> {
    let certificate = match cx.config().https_source()? {
        None => return Ok(None),
        Some(HttpsSource::Files { cert, key }) => {
            let files = Files { cert, key };
            let contents = files.read().await?;
            Some(files.certificate(&contents)?)
        }
        Some(HttpsSource::Acme(account)) => Acme::new(account)?.stored(cx).await?,
    };
    Ok(Some(Inspection {
        problem: concern(cx, certificate.as_ref()),
        until: certificate.map(|certificate| certificate.not_after),
    }))
}

/// What is wrong with the certificate in use, or will be soon.
fn concern(cx: &Context, current: Option<&Certificate>) -> Option<String> {
    let config = cx.config();
    if !config.public_url().starts_with("https://") {
        return Some(
            "pages are served by HTTPS, but JARSHY_PUBLIC_URL begins with http://".to_owned(),
        );
    }
    let Some(current) = current else {
        return Some("there is no certificate yet".to_owned());
    };
    let now = cx.clock.now();
    if !current.is_valid_at(now) {
        let (from, to) = (current.not_before, current.not_after);
        return Some(format!(
            "the certificate counts from {from} to {to}, which is not now"
        ));
    }
    if let Some(host) = config.public_host()
        && !current.is_for(&host)
    {
        return Some(format!(
            "the certificate is not for {host}, the host of JARSHY_PUBLIC_URL"
        ));
    }
    let soon = EXPIRES_SOON.min(current.lasts() / 6);
    (!current.is_valid_at(now.after(soon)))
        .then(|| format!("the certificate expires at {}", current.not_after))
}

/// Waits until the next look; `false` at the end.
async fn pause(cx: &Context, stop: &CancellationToken) -> bool {
    let waited = tokio::time::timeout(POLL_INTERVAL, stop.cancelled());
    cx.health.with_heartbeats(TASK, waited).await.is_err()
}

/// Failures in a row with the same problem. The first may be a pair of files of which one is
/// still to be replaced.
#[derive(Default)]
struct Failures {
    problem: Option<String>,
    is_known: bool,
}

impl Failures {
    fn note(&mut self, problem: String) {
        let is_second = self.problem.as_ref() == Some(&problem);
        if is_second && !self.is_known {
            tracing::error!(
                problem,
                "the server's certificate cannot be replaced; the old one stays"
            );
        }
        self.is_known = is_second;
        self.problem = Some(problem);
    }

    fn problem(&self) -> Option<&str> {
        self.problem.as_deref().filter(|_| self.is_known)
    }
}
