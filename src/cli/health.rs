//! `jarshy health`: a probe for containers, which need no shell and no other program for it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use clap::Args;

use super::{CliError, Result, Settings};

/// Flags of `jarshy health`.
#[derive(Args)]
pub(super) struct Health {
    /// Where the server listens [default: 127.0.0.1:8080, or as configured]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Seconds to wait for the answer
    #[arg(long, value_name = "SECONDS", default_value = "5")]
    timeout: u64,
}

impl Health {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let flags: Vec<_> = self
            .listen
            .iter()
            .map(|address| ("listen", address.to_string()))
            .collect();
        let config = settings.load(&flags)?;
        let address = reachable(config.listen);
        let failed = |why: String| CliError::Other(format!("not ready: {why}"));
        let client = reqwest::Client::builder()
            .no_proxy()
            .timeout(Duration::from_secs(self.timeout.max(1)))
            .build()
            .map_err(|error| failed(error.to_string()))?;
        let path = config.public_path();
        let answer = client
            .get(format!("http://{address}{path}/health/ready"))
            .send()
            .await
            .map_err(|error| failed(format!("no answer from {address}: {}", cause(&error))))?;
        let status = answer.status();
        let text = answer.text().await.unwrap_or_default();
        if status.is_success() {
            out!("ready");
            return Ok(());
        }
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let text: String = lines.join("; ").chars().take(500).collect();
        match status.as_u16() {
            503 if !text.is_empty() => Err(failed(text)),
            _ => Err(failed(format!("{address} answered {status}"))),
        }
    }
}

/// A server that listens everywhere is asked on this machine.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

fn cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_listens_everywhere_is_asked_here() {
        for (listen, asked) in [
            ("0.0.0.0:80", "127.0.0.1:80"),
            ("[::]:8080", "[::1]:8080"),
            ("192.0.2.7:8080", "192.0.2.7:8080"),
        ] {
            assert_eq!(reachable(listen.parse().unwrap()).to_string(), asked);
        }
    }
}
