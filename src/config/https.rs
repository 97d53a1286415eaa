//! Where the server's certificate comes from.

use std::path::PathBuf;

use url::{Host, Url};

use super::Config;
use crate::address::EmailAddress;

/// Let's Encrypt.
pub const DEFAULT_DIRECTORY: &str = "https://acme-v02.api.letsencrypt.org/directory";

/// Where the server's certificate comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HttpsSource {
    /// PEM files, which another program renews.
    Files { cert: PathBuf, key: PathBuf },
    /// An authority, asked by ACME.
    Acme(AcmeAccount),
}

/// An account at a certificate authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcmeAccount {
    pub email: EmailAddress,
    /// The URL of the ACME directory.
    pub directory: String,
    /// Authorities that the directory's own certificate is by, if not the system's.
    pub ca: Option<PathBuf>,
}

/// Settings that contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HttpsSourceError {
    #[error("JARSHY_TLS_CERT and JARSHY_TLS_KEY: set both or none")]
    Half,
    #[error("set either JARSHY_TLS_CERT and JARSHY_TLS_KEY, or JARSHY_ACME_EMAIL")]
    Both,
    #[error("JARSHY_HTTP_REDIRECT_LISTEN redirects to HTTPS: set a certificate too")]
    OnlyRedirect,
    #[error(
        "JARSHY_ACME_EMAIL: a certificate is for the host of JARSHY_PUBLIC_URL; set that to https:// and a host name"
    )]
    NoHost,
}

impl Config {
    /// Whether the server itself speaks HTTPS.
    pub fn serves_https(&self) -> bool {
        self.tls_cert.is_some() || self.acme_email.is_some()
    }

    /// Where the server's certificate comes from; `None` where it speaks plain HTTP.
    ///
    /// # Errors
    /// [`HttpsSourceError`] says what to fix.
    pub fn https_source(&self) -> Result<Option<HttpsSource>, HttpsSourceError> {
        match (&self.tls_cert, &self.tls_key, &self.acme_email) {
            (Some(_), _, Some(_)) | (_, Some(_), Some(_)) => Err(HttpsSourceError::Both),
            (Some(cert), Some(key), None) => Ok(Some(HttpsSource::Files {
                cert: cert.clone(),
                key: key.clone(),
            })),
            (Some(_), None, None) | (None, Some(_), None) => Err(HttpsSourceError::Half),
            (None, None, Some(email)) => {
                if self.public_host().is_none() {
                    return Err(HttpsSourceError::NoHost);
                }
                Ok(Some(HttpsSource::Acme(AcmeAccount {
                    email: email.clone(),
                    directory: match &self.acme_directory {
                        Some(url) => url.to_string(),
                        None => DEFAULT_DIRECTORY.to_owned(),
                    },
                    ca: self.acme_ca.clone(),
                })))
            }
            (None, None, None) if self.http_redirect_listen.is_some() => {
                Err(HttpsSourceError::OnlyRedirect)
            }
            (None, None, None) => Ok(None),
        }
    }

    /// The host name of the public URL; `None` where it is an address or not set.
    pub fn public_host(&self) -> Option<String> {
        match self.public_url.as_ref().and_then(Url::host)? {
            Host::Domain(name) => Some(name.trim_end_matches('.').to_owned()),
            Host::Ipv4(_) | Host::Ipv6(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contradictions_are_errors() {
        let source = |change: &dyn Fn(&mut Config)| {
            let mut config = Config::default();
            change(&mut config);
            config.https_source()
        };
        assert_eq!(source(&|_| {}), Ok(None));
        let cert = |config: &mut Config| config.tls_cert = Some("cert.pem".into());
        let key = |config: &mut Config| config.tls_key = Some("key.pem".into());
        let acme = |config: &mut Config| config.acme_email = "a@example.org".parse().ok();
        let url = |config: &mut Config, url: &str| config.public_url = url.parse().ok();
        assert_eq!(source(&cert), Err(HttpsSourceError::Half));
        assert_eq!(source(&key), Err(HttpsSourceError::Half));
        assert!(matches!(
            source(&|config| {
                cert(config);
                key(config);
            }),
            Ok(Some(HttpsSource::Files { .. }))
        ));
        assert_eq!(
            source(&|config| {
                cert(config);
                key(config);
                acme(config);
            }),
            Err(HttpsSourceError::Both)
        );
        assert_eq!(source(&acme), Err(HttpsSourceError::NoHost));
        assert_eq!(
            source(&|config| {
                acme(config);
                url(config, "https://192.0.2.1");
            }),
            Err(HttpsSourceError::NoHost)
        );
        let found = source(&|config| {
            acme(config);
            url(config, "https://news.example.org");
        });
        let Ok(Some(HttpsSource::Acme(account))) = found else {
            panic!("{found:?}");
        };
        assert_eq!(account.directory, DEFAULT_DIRECTORY);
        let redirect = |config: &mut Config| config.http_redirect_listen = "[::]:80".parse().ok();
        assert_eq!(source(&redirect), Err(HttpsSourceError::OnlyRedirect));
    }
}
