//! DNS queries.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts};
use hickory_resolver::net::NetError;
use hickory_resolver::proto::rr::RData;
use hickory_resolver::system_conf::read_system_conf;
use mail_auth::{MessageAuthenticator, SpfResult};

use crate::text::characters;

/// Per query, which is tried twice at most.
const QUERY_TIMEOUT: Duration = Duration::from_secs(3);

/// The DNS did not answer.
#[derive(Debug, thiserror::Error)]
#[error("the DNS does not answer: {0}")]
pub struct Silent(String);

pub struct Dns(MessageAuthenticator);

type Answer<T> = Result<Vec<T>, Silent>;

impl Dns {
    /// The resolver of the system, or `server`.
    ///
    /// # Errors
    /// Where the configuration of the system cannot be read.
    pub fn new(server: Option<SocketAddr>) -> Result<Self, Silent> {
        let silent = |error: NetError| Silent(error.to_string());
        let (config, mut options) = match server {
            None => read_system_conf().map_err(silent)?,
            Some(server) => {
                let [mut udp, mut tcp] = [ConnectionConfig::udp(), ConnectionConfig::tcp()];
                (udp.port, tcp.port) = (server.port(), server.port());
                let server = NameServerConfig::new(server.ip(), true, vec![udp, tcp]);
                (
                    ResolverConfig::from_parts(None, Vec::new(), vec![server]),
                    ResolverOpts::default(),
                )
            }
        };
        options.timeout = QUERY_TIMEOUT;
        options.attempts = 2;
        MessageAuthenticator::new(config, options)
            .map(Self)
            .map_err(silent)
    }

    fn resolver(&self) -> &TokioResolver {
        self.0.resolver()
    }

    /// The TXT records of a name, each as one string.
    pub async fn texts(&self, name: &str) -> Answer<String> {
        let found = answers(self.resolver().txt_lookup(absolute(name)).await)?;
        let text = |data: RData| match data {
            RData::TXT(text) => {
                let bytes: Vec<u8> = text
                    .txt_data
                    .iter()
                    .flat_map(|part| part.to_vec())
                    .collect();
                Some(characters::scrub(&String::from_utf8_lossy(&bytes)).into_owned())
            }
            _ => None,
        };
        Ok(found.into_iter().filter_map(text).collect())
    }

    /// The mail servers of a domain, the preferred one first; a single `.` says that it accepts
    /// no mail (RFC 7505).
    pub async fn mail_servers(&self, domain: &str) -> Answer<String> {
        let found = answers(self.resolver().mx_lookup(absolute(domain)).await)?;
        let mut servers: Vec<(u16, String)> = found
            .into_iter()
            .filter_map(|data| match data {
                RData::MX(mx) => Some((mx.preference, mx.exchange.to_ascii().to_lowercase())),
                _ => None,
            })
            .collect();
        servers.sort();
        Ok(servers.into_iter().map(|(_, server)| server).collect())
    }

    /// The addresses of a host.
    pub async fn addresses(&self, host: &str) -> Answer<IpAddr> {
        let name = absolute(host);
        let (v4, v6) = tokio::join!(
            self.resolver().ipv4_lookup(name.clone()),
            self.resolver().ipv6_lookup(name)
        );
        let mut found = answers(v4)?;
        found.extend(answers(v6)?);
        let address = |data: RData| match data {
            RData::A(v4) => Some(IpAddr::from(v4.0)),
            RData::AAAA(v6) => Some(IpAddr::from(v6.0)),
            _ => None,
        };
        Ok(found.into_iter().filter_map(address).collect())
    }

    /// The host names of an address.
    pub async fn names(&self, address: IpAddr) -> Answer<String> {
        let found = answers(self.resolver().reverse_lookup(address).await)?;
        let name = |data: RData| match data {
            RData::PTR(name) => Some(name.to_ascii().trim_end_matches('.').to_lowercase()),
            _ => None,
        };
        Ok(found.into_iter().filter_map(name).collect())
    }

    /// Whether the SPF policy of a domain allows an address to send (RFC 7208).
    pub async fn spf(&self, address: IpAddr, domain: &str) -> SpfResult {
        let sender = format!("postmaster@{domain}");
        let asked = mail_auth::spf::verify::SpfParameters::verify_mail_from(
            address, domain, domain, &sender,
        );
        self.0.verify_spf(asked).await.result()
    }
}

/// With a final dot, so that no search list is applied.
fn absolute(name: &str) -> String {
    format!("{}.", name.trim_end_matches('.'))
}

fn answers(found: Result<hickory_resolver::lookup::Lookup, NetError>) -> Answer<RData> {
    match found {
        Ok(found) => Ok(found
            .answers()
            .iter()
            .map(|record| record.data.clone())
            .collect()),
        Err(error) if error.is_no_records_found() || error.is_nx_domain() => Ok(Vec::new()),
        Err(error) => Err(Silent(error.to_string())),
    }
}
