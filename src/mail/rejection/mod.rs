//! Classifies rejections: whom one is about and what it means. The one function for SMTP
//! replies, delivery status notifications and events of providers.
//!
//! The [table](rules) decides; here a reply is normalised for it. Two rules take precedence: a
//! code that begins with 4 is never hard, and what is rejected before a recipient was named is
//! never about one.

use std::sync::LazyLock;

use regex::Regex;

pub mod fingerprint;
pub mod rules;
pub mod status;

use crate::address::EmailAddress;
use crate::mail::smtp::Stage;
use crate::model::feedback::{Party, Verdict};
use rules::{Prepared, RULES};
use status::{is_status, reply_code, status_in};

/// Characters of a reply that are considered.
const TEXT_LIMIT: usize = 4_000;

const UNCLEAR_REASON: &str = "the message was refused without a clear reason";

/// The reply of a server, and what is known of its context.
#[derive(Debug, Clone, Copy, Default)]
pub struct ServerReply<'a> {
    /// Its text, with its codes.
    pub text: &'a str,
    /// The enhanced status code, if it is reported separately.
    pub status: Option<&'a str>,
    /// The stage; if unknown, the text may say it.
    pub stage: Option<Stage>,
    /// The recipient. Tells text about them from text about the sender.
    pub recipient: Option<&'a EmailAddress>,
}

/// The classification of a rejection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The party that it is about.
    pub party: Party,
    /// Hard or soft; hard only for recipients.
    pub verdict: Verdict,
    /// The enhanced status code; may be empty.
    pub status: String,
    /// In plain words.
    pub reason: &'static str,
}

/// Classifies a status and a text without a known recipient.
pub fn diagnose(status: Option<&str>, text: &str) -> Diagnosis {
    classify(&ServerReply {
        text,
        status,
        ..ServerReply::default()
    })
}

/// Classifies a rejection.
pub fn classify(server_reply: &ServerReply<'_>) -> Diagnosis {
    let text = one_line(server_reply.text);
    let status = status_of(server_reply.status, &text).to_owned();
    let code = reply_code(&text);
    let is_transient = status.starts_with('4') || code.is_some_and(|code| code < 500);
    let (text, reported_stage) = without_stage(&text);
    // Our own relay rejects at its own stage; the stage at the next server may be quoted.
    let stage = match server_reply.stage {
        Some(Stage::Rcpt | Stage::Data | Stage::Message) | None => {
            reported_stage.or(server_reply.stage)
        }
        early => early,
    };
    let words = prepare(&text, server_reply.recipient);
    let reply = Prepared {
        text: &words,
        status: &status,
        code,
        is_after_message: matches!(stage, Some(Stage::Data | Stage::Message)),
    };
    let default = before_recipient(stage);
    let found = RULES
        .rows
        .iter()
        .filter(|rule| default.is_none() || !rule.party.is_recipient())
        .find(|rule| rule.fits(&reply));
    let (party, verdict, reason) = match (found, default) {
        (Some(rule), _) => (rule.party, rule.verdict, rule.reason),
        (None, Some((party, reason))) => (party, Verdict::Soft, reason),
        (None, None) => (Party::Unclear, Verdict::Soft, UNCLEAR_REASON),
    };
    Diagnosis {
        party,
        // 4.x.x promises that a retry may succeed.
        verdict: if is_transient { Verdict::Soft } else { verdict },
        status,
        reason,
    }
}

/// The party of a rejection before any recipient was named.
fn before_recipient(stage: Option<Stage>) -> Option<(Party, &'static str)> {
    Some(match stage? {
        Stage::Connect | Stage::StartTls => {
            (Party::Relay, "the receiving server has trouble of its own")
        }
        Stage::Greeting => (
            Party::SenderHelo,
            "the receiving server refused the relay's name (HELO)",
        ),
        Stage::Auth => (
            Party::SenderAuth,
            "the receiving server does not accept the sender as authenticated",
        ),
        Stage::Mail => (
            Party::SenderAddress,
            "the receiving server refused the sender's address",
        ),
        Stage::Rcpt | Stage::Data | Stage::Message => return None,
    })
}

fn one_line(text: &str) -> String {
    let cut: String = text.chars().take(TEXT_LIMIT).collect();
    let lower = cut.to_lowercase();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The reported code, unless it is a general one and the text has a better one.
fn status_of<'a>(reported: Option<&'a str>, text: &'a str) -> &'a str {
    let reported = reported.map(str::trim).filter(|status| is_status(status));
    match reported {
        Some(status) if !status.ends_with(".0.0") => status,
        general => status_in(text).or(general).unwrap_or_default(),
    }
}

/// A regular expression of this file.
fn pattern(text: &str) -> Regex {
    // Each is compiled by a test.
    Regex::new(text).unwrap_or_else(|error| panic!("{error}"))
}

/// The text that says at which stage a reply came, where a report quotes it: `(in reply to end
/// of DATA command)`.
pub fn step_after<'a>(text: &'a str, reply: &str) -> Option<&'a str> {
    let at = text.find(reply).filter(|_| !reply.is_empty())? + reply.len();
    let rest = text[at..].trim_start();
    let end = rest.find(')')?;
    let step = &rest[..=end];
    (step.len() < 80 && without_stage(step).1.is_some()).then_some(step)
}

/// Removes the text about the stage.
fn without_stage(text: &str) -> (String, Option<Stage>) {
    static STAGE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?x)
            \(? (?: in\ reply\ to | in\ response\ to | after | at | >>> ) \ (?:pipelined\ )?
            (?P<step> mail\ from | rcpt\ to | end\ of\ data | the\ message | data | helo | ehlo
                | starttls | auth | initial\ connection | the\ greeting | sending\ data\ block )
            (?: :\ ?<[^>]*> (?:\ size=[0-9]+ | \ body=[a-z0-9]+)* )? (?:\ command)? [:)]*
            | (?P<generated> rcpt\ to | mail\ from )\ (?: command\ )? (?: generated | failed | error)
            ",
        )
    });
    let reported_stage = STAGE.captures_iter(text).last().map(|found| {
        let step = found
            .name("step")
            .or(found.name("generated"))
            .map_or("", |step| step.as_str());
        match step {
            "mail from" => Stage::Mail,
            "rcpt to" => Stage::Rcpt,
            "data" => Stage::Data,
            "helo" | "ehlo" | "initial connection" | "the greeting" => Stage::Greeting,
            "starttls" => Stage::StartTls,
            "auth" => Stage::Auth,
            _ => Stage::Message,
        }
    });
    (STAGE.replace_all(text, " ").into_owned(), reported_stage)
}

/// An address in a text.
static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"[^ <>()\[\]:;,"'=]+@[^ <>()\[\]:;,"']+"#));
/// A host name in a text.
static HOST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:[a-z0-9_\x{80}-\x{10ffff}-]+\.)+(?:[a-z\x{80}-\x{10ffff}]{2,}|xn--[a-z0-9-]+)")
});

/// Normalises a text for the patterns of the table.
fn prepare(text: &str, recipient: Option<&EmailAddress>) -> String {
    static CODES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?-u:\b)[245][0-9][0-9][- ]#?[245]\.[0-9]{1,3}\.[0-9]{1,3}(?-u:\b)|(?:^| )[45][0-9][0-9]-|\(?#[245]\.[0-9]{1,3}\.[0-9]{1,3}\)?",
        )
    });
    static OURS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^b-[a-z0-9]{20,}@"));
    let key = recipient.map(EmailAddress::lookup_key);
    let domain = key.as_deref().and_then(|key| key.rsplit('@').next());

    let text = CODES.replace_all(text, " ");
    let text = ADDRESS.replace_all(&text, |found: &regex::Captures<'_>| {
        let address = found[0].trim_end_matches('.');
        match &key {
            _ if OURS.is_match(address) => " @sender",
            Some(key) if key != address => " @other",
            _ => " @recipient",
        }
    });
    let text = HOST.replace_all(&text, |found: &regex::Captures<'_>| {
        let host = &found[0];
        match domain {
            // Exchange's own names of what failed: `RESOLVER.ADR.RecipNotFound`.
            _ if host.starts_with("resolver.") => host.to_owned(),
            Some(domain) if domain != host => format!("other={host}"),
            _ => format!("domain={host}"),
        }
    });
    let mut text = text.into_owned();
    for ignored in &RULES.ignored {
        text = ignored.replace_all(&text, " ").into_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const READER: &str = "reader@garden.example";
    const OURS: &str = "b-0123456789abcdefghijklmnop@bounce.example.org";

    /// Replies, whom they are about, and whether the address is lost.
    /// `{reader}` and `{sender}` stand for the two addresses.
    const REPLIES: &str = include_str!("replies.tsv");

    fn server_reply(text: &str) -> Diagnosis {
        let recipient = EmailAddress::parse(READER).unwrap();
        classify(&ServerReply {
            text,
            recipient: Some(&recipient),
            ..ServerReply::default()
        })
    }

    #[test]
    fn each_reply_is_read_as_its_table_says() {
        let mut wrong = Vec::new();
        for line in REPLIES.lines().filter(|line| !line.starts_with('#')) {
            let (expected, reply) = line.split_once('\t').unwrap();
            let reply = reply.replace("{reader}", READER).replace("{sender}", OURS);
            let unnamed = diagnose(None, &reply);
            for found in [server_reply(&reply), unnamed] {
                let found = format!("{} {}", found.party, found.verdict);
                // Of soft ones only the kind of party matters.
                let is_right = match expected.split_once(' ') {
                    Some(("*", verdict)) => found.ends_with(verdict),
                    Some(("sender", _)) => found.starts_with("sender") && found.ends_with("soft"),
                    _ => found == expected,
                };
                if !is_right {
                    wrong.push(format!("{expected:20} found {found:24} {reply}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
    }

    #[test]
    fn what_is_refused_before_a_recipient_is_named_is_about_none() {
        let recipient = EmailAddress::parse(READER).unwrap();
        for stage in [
            Stage::Connect,
            Stage::Greeting,
            Stage::StartTls,
            Stage::Auth,
            Stage::Mail,
        ] {
            for text in [
                "550 5.1.1 user unknown",
                "553 5.1.0 bounce.example.org does not exist",
                "550 5.1.2 host not found",
                "550 no such user here",
            ] {
                let found = classify(&ServerReply {
                    text,
                    stage: Some(stage),
                    recipient: Some(&recipient),
                    status: None,
                });
                assert!(!found.party.is_recipient(), "{stage}: {text}: {found:?}");
                assert_eq!(found.verdict, Verdict::Soft, "{stage}: {text}");
            }
        }
    }

    #[test]
    fn a_code_that_begins_with_4_is_never_hard() {
        for text in [
            "450 4.1.1 user unknown",
            "450 user unknown",
            "450 4.1.2 Recipient address rejected: Domain not found",
            "452 4.2.1 account disabled",
        ] {
            assert_eq!(server_reply(text).verdict, Verdict::Soft, "{text}");
        }
        assert_eq!(
            diagnose(Some("4.0.0"), "no such user").verdict,
            Verdict::Soft
        );
    }

    #[test]
    fn only_the_recipient_is_ever_lost() {
        for rule in &RULES.rows {
            assert!(
                rule.verdict == Verdict::Soft
                    || (rule.verdict == Verdict::Hard && rule.party.is_recipient()),
                "{rule:?}"
            );
        }
    }

    #[test]
    fn a_general_code_gives_way_to_the_one_in_the_words() {
        assert_eq!(diagnose(Some("5.0.0"), "550-5.1.1 gone").status, "5.1.1");
        assert_eq!(diagnose(None, "host 10.5.1.1 said nothing").status, "");
        assert_eq!(diagnose(Some("5.0.0"), "").verdict, Verdict::Soft);
    }
}
