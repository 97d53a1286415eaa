//! Opening a session with a relay: what its certificate must prove, and the name
//! that it is greeted by.

#[path = "support/relay/mod.rs"]
mod relay;

use jarshy::mail::smtp::{Connection, SendError};
use jarshy::relay::Relay;
use relay::script::{Act, StartTls};
use relay::{Moment, Offer, Stage, TestRelay};

async fn open(relay: &TestRelay, settings: &str) -> Result<(), SendError> {
    let endpoint: Relay = relay.url(0, settings).parse().unwrap();
    Connection::open(&endpoint).await?.quit().await;
    Ok(())
}

/// What a person reads who must act.
async fn refusal(relay: &TestRelay, settings: &str) -> String {
    match open(relay, settings).await {
        Err(SendError::Relay {
            cause,
            is_temporary: false,
            ..
        }) => cause,
        other => panic!("{settings}: {other:?}"),
    }
}

/// A relay as Debian ships Postfix: TLS with a certificate of nobody known.
async fn snakeoil() -> TestRelay {
    let relay = TestRelay::start().await;
    relay.offer(Offer {
        starttls: StartTls::Strange,
        ..Offer::default()
    });
    relay
}

#[tokio::test]
async fn an_untrusted_certificate_is_accepted_only_by_opportunistic_tls() {
    let relay = snakeoil().await;
    for settings in [
        "",
        "tls=opportunistic",
        "tls=required-unverified",
        "tls=none",
    ] {
        open(&relay, settings)
            .await
            .unwrap_or_else(|error| panic!("{settings}: {error}"));
    }
    let words = refusal(&relay, "tls=required").await;
    for remedy in [
        "certificate",
        "ca=",
        "fingerprint=sha256:",
        "tls=required-unverified",
    ] {
        assert!(words.contains(remedy), "{words}");
    }
}

#[tokio::test]
async fn a_fingerprint_trusts_one_certificate() {
    let relay = snakeoil().await;
    let right = &relay.certificates().strange_fingerprint;
    open(&relay, &format!("fingerprint=sha256:{right}"))
        .await
        .unwrap();
    // The error shows it as it is to be written.
    let wrong = format!("fingerprint=sha256:{}", "0".repeat(64));
    let words = refusal(&relay, &wrong).await;
    assert!(
        words
            .replace(':', "")
            .to_lowercase()
            .contains(right.as_str()),
        "{words}"
    );
    open(&relay, &format!("{wrong}&fingerprint=sha256:{right}"))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_private_authority_is_trusted_for_the_names_in_its_certificates() {
    let relay = TestRelay::start().await;
    relay.offer(Offer {
        starttls: StartTls::Good,
        ..Offer::default()
    });
    let file = std::env::temp_dir().join(format!("jarshy-ca-{}.pem", std::process::id()));
    std::fs::write(&file, &relay.certificates().authority).unwrap();
    let trusted = format!("ca={}", file.display());
    open(&relay, &trusted).await.unwrap();
    open(&relay, &format!("tls=required&{trusted}"))
        .await
        .unwrap();
    relay.offer(Offer {
        starttls: StartTls::Strange,
        ..Offer::default()
    });
    refusal(&relay, &trusted).await;
    std::fs::remove_file(file).unwrap();
}

#[tokio::test]
async fn broken_opportunistic_tls_falls_back_to_plain_text() {
    let relay = snakeoil().await;
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::StartTls => Act::Reply("454 4.7.0 TLS not available due to local problem"),
        _ => Act::Answer,
    });
    open(&relay, "tls=opportunistic").await.unwrap();
    assert!(open(&relay, "tls=required-unverified").await.is_err());
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::StartTls => Act::Garbage,
        _ => Act::Answer,
    });
    open(&relay, "tls=opportunistic&timeout=2").await.unwrap();
}

#[tokio::test]
async fn ehlo_uses_the_configured_name() {
    let relay = snakeoil().await;
    open(&relay, "helo=mail.example.org").await.unwrap();
    assert_eq!(relay.hellos(), ["mail.example.org", "mail.example.org"]);
}
