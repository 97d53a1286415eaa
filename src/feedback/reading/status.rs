//! What status codes and the words around them mean.
//!
//! Codes come first, by RFC 3463 and what large providers document of theirs;
//! but many servers give a general code for everything, and some give
//! `5.1.1` where their filter is meant, so the words have a say.

use crate::model::feedback::Verdict;

/// What a status and its words come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// Hard or soft.
    pub verdict: Verdict,
    /// The enhanced status code; may be empty.
    pub status: String,
    /// In plain words.
    pub reason: &'static str,
}

/// Kinds of failure that servers tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failure {
    NoMailbox,
    Disabled,
    NoDomain,
    Full,
    TooLarge,
    Unwanted,
    TooMany,
    Expired,
    Loop,
    Content,
    Server,
    Unclear,
}

impl Failure {
    fn verdict(self) -> Verdict {
        match self {
            Failure::NoMailbox | Failure::Disabled | Failure::NoDomain => Verdict::Hard,
            // What says nothing against the address must not cost it.
            _ => Verdict::Soft,
        }
    }

    fn reason(self) -> &'static str {
        match self {
            Failure::NoMailbox => "there is no such mailbox",
            Failure::Disabled => "the mailbox is closed",
            Failure::NoDomain => "the address's domain does not exist or takes no mail",
            Failure::Full => "the mailbox is full",
            Failure::TooLarge => "the message is too large for the mailbox",
            Failure::Unwanted => "the receiving server refused the message as unwanted",
            Failure::TooMany => "the receiving server takes no more mail from here for now",
            Failure::Expired => "the receiving server could not be reached in time",
            Failure::Loop => "the message went round in a circle",
            Failure::Content => "the receiving server cannot take a message of this form",
            Failure::Server => "the receiving server has trouble of its own",
            Failure::Unclear => "the message was refused without a clear reason",
        }
    }
}

/// Words that tell what failed, in lower case; the first that is found counts.
/// The filter's words come first: they say something about the message and
/// nothing about the address, whatever code stands beside them.
const WORDS: &[(Failure, &[&str])] = &[
    (
        Failure::Unwanted,
        &[
            "spam",
            "blocked using",
            "blocklist",
            "blacklist",
            "black list",
            "block list",
            "spamhaus",
            "spamcop",
            "barracuda",
            "reputation",
            "unsolicited",
            "junk mail",
            "dmarc",
            "dkim",
            "spf ",
            "not authenticated",
            "unauthenticated",
            "bulk mail",
            "suspicious",
            "message rejected due to content",
            "content restriction",
            "policy violation",
            "policy reasons",
            "local policy",
            "contains a virus",
            "virus",
            "phishing",
            "malware",
            "ptr record",
            "reverse dns",
            "banned",
            "s3140",
            "s3150",
            "tss09",
            "not accepted for policy",
            "ip address blocked",
            "banned sending ip",
            "client host rejected",
        ],
    ),
    (
        Failure::Full,
        &[
            "mailbox full",
            "mailbox is full",
            "mailfolder is full",
            "inbox is full",
            "over quota",
            "overquota",
            "quota exceeded",
            "exceeded storage",
            "exceeds allowed quota",
            "out of storage",
            "storage quota",
            "quota full",
            "disk quota",
            "not enough storage",
            "insufficient storage",
            "mailbox size limit",
            "mailbox exceeded",
            "over the maximum allowed",
            "user is over",
            "exceeded his/her quota",
            "full mailbox",
            "почтовый ящик переполнен",
            "ящик переполнен",
            "переполнен",
            "толып кет",
        ],
    ),
    (
        Failure::TooMany,
        &[
            "rate limit",
            "too many",
            "throttl",
            "try again later",
            "greylist",
            "graylist",
            "grey list",
            "temporarily deferred",
            "user rate",
            "receiving mail at a rate",
            "4.7.28",
            "slow down",
        ],
    ),
    (
        Failure::Disabled,
        &[
            "account disabled",
            "account is disabled",
            "account has been disabled",
            "mailbox disabled",
            "mailbox is disabled",
            "user disabled",
            "disabled or discontinued",
            "mailbox unavailable due to inactiv",
            "inactive user",
            "account is inactive",
            "account inactive",
            "user is inactive",
            "suspended",
            "account has been closed",
            "account closed",
            "no longer active",
            "no longer valid",
            "no longer available",
            "deactivated",
            "expired account",
            "mailbox is closed",
            "is locked",
            "ящик заблокирован",
            "почтовый ящик отключ",
            "mailbox is inactive",
            "user is blocked",
            "account blocked",
        ],
    ),
    (
        Failure::NoMailbox,
        &[
            "user unknown",
            "unknown user",
            "no such user",
            "no such mailbox",
            "no such recipient",
            "no such address",
            "no such person",
            "does not exist",
            "doesn't exist",
            "doesn't have a",
            "does not have a",
            "user not found",
            "mailbox not found",
            "recipient not found",
            "address not found",
            "not found in directory",
            "not listed in",
            "invalid recipient",
            "invalid mailbox",
            "invalid address",
            "invalid user",
            "unknown recipient",
            "recipient unknown",
            "unknown address",
            "unknown mailbox",
            "no mailbox here",
            "unknown local",
            "no longer exists",
            "not a known user",
            "not our customer",
            "undeliverable address",
            "bad destination mailbox",
            "mailbox unavailable",
            "user doesn't",
            "recipientnotfound",
            "unrouteable address",
            "unroutable address",
            "address rejected",
            "recipient rejected",
            "isn't a valid",
            "is not a valid",
            "not recognized",
            "not recognised",
            "addressee unknown",
            "wasn't found at",
            "couldn't be found",
            "could not be found",
            "no account",
            "there is no one",
            "no user",
            "unknown or illegal alias",
            "нет такого",
            "не существует",
            "не найден",
            "unknown account",
            "invalid email address",
            "no valid recipients",
            "адресат неизвестен",
            "requested action not taken: mailbox unavailable",
        ],
    ),
    (
        Failure::NoDomain,
        &[
            "host not found",
            "domain not found",
            "host or domain name not found",
            "unknown host",
            "name service error",
            "nxdomain",
            "no mx",
            "mx record",
            "null mx",
            "does not accept mail",
            "doesn't accept mail",
            "domain does not",
            "couldn't find any host",
            "could not find a gateway",
            "domain doesn't exist",
            "dns domain",
            "dns error",
            "no such domain",
            "badrcptdomain",
        ],
    ),
    (
        Failure::TooLarge,
        &[
            "too large",
            "message size exceeds",
            "exceeds size limit",
            "size limit exceeded",
            "too big",
        ],
    ),
    (
        Failure::Loop,
        &[
            "mail loop",
            "looping",
            "too many hops",
            "hop count",
            "routing loop",
        ],
    ),
    (
        Failure::Expired,
        &[
            "timed out",
            "timeout",
            "connection refused",
            "could not be delivered within",
            "retry time not reached",
            "retry timeout exceeded",
            "expired",
            "could not connect",
            "couldn't connect",
            "not responding",
            "no route to host",
            "network is unreachable",
            "too long",
            "истекло",
            "connection dropped",
            "wasn't able to establish",
            "lost connection",
            "i wasn't able to",
        ],
    ),
    (
        Failure::Content,
        &[
            "malformed",
            "8bit",
            "header too long",
            "line too long",
            "conversion",
        ],
    ),
];

/// What a code and words come to.
pub fn diagnose(status: Option<&str>, words: &str) -> Diagnosis {
    let lower = words.to_lowercase();
    let status = status
        .map(str::trim)
        .filter(|status| is_status(status) && !status.ends_with(".0.0"))
        .map(str::to_owned)
        .or_else(|| status_in(&lower))
        .or_else(|| {
            status
                .map(str::trim)
                .filter(|status| is_status(status))
                .map(str::to_owned)
        })
        .unwrap_or_default();
    let by_code = by_code(&status);
    let by_words = by_words(&lower);
    let is_passing = status.starts_with('4')
        || (status.is_empty() && reply_code(&lower).is_some_and(|code| code < 500));
    let failure = match (by_code, by_words) {
        (Some(Failure::NoMailbox | Failure::Disabled), Some(Failure::Unwanted)) => {
            Failure::Unwanted
        }
        (Some(Failure::NoMailbox), Some(Failure::Disabled)) => Failure::Disabled,
        (Some(code), _) => code,
        (None, Some(words)) => words,
        (None, None) => Failure::Unclear,
    };
    let verdict = match failure.verdict() {
        // 4.x.x is the server's promise that another try may do.
        Verdict::Hard if is_passing && failure != Failure::NoDomain => Verdict::Soft,
        verdict => verdict,
    };
    Diagnosis {
        verdict,
        status,
        reason: failure.reason(),
    }
}

/// What a code alone means; `None` where it says too little.
fn by_code(status: &str) -> Option<Failure> {
    let (_, rest) = status.split_once('.')?;
    Some(match rest {
        "1.1" | "1.6" | "1.10" => Failure::NoMailbox,
        "1.2" | "1.4" | "4.310" => Failure::NoDomain,
        "1.3" => Failure::NoMailbox,
        "2.1" => Failure::Disabled,
        "2.2" => Failure::Full,
        "2.3" | "3.4" => Failure::TooLarge,
        "4.4" if status.starts_with('5') => Failure::NoDomain,
        "4.6" | "4.14" => Failure::Loop,
        "4.7" | "4.300" | "4.316" | "4.317" => Failure::Expired,
        "1.8" | "7.23" | "7.25" | "7.26" | "7.27" | "7.28" | "7.509" | "7.511" | "7.606" => {
            Failure::Unwanted
        }
        "3.1" | "3.2" | "3.3" => Failure::Server,
        _ if rest.starts_with("6.") => Failure::Content,
        _ => return None,
    })
}

fn by_words(lower: &str) -> Option<Failure> {
    WORDS
        .iter()
        .find(|(_, words)| words.iter().any(|word| lower.contains(word)))
        .map(|(failure, _)| *failure)
}

/// Whether a text is an enhanced status code.
pub fn is_status(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let is_number =
        |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    parts.len() == 3 && matches!(parts[0], "2" | "4" | "5") && parts[1..].iter().all(is_number)
}

/// The first enhanced status code of a failure among words.
fn status_in(words: &str) -> Option<String> {
    words
        .split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .map(|word| word.trim_matches('.'))
        .find(|word| is_status(word) && !word.starts_with('2') && !word.ends_with(".0.0"))
        .map(str::to_owned)
}

/// The first SMTP reply code of a failure among words.
pub fn reply_code(words: &str) -> Option<u16> {
    words
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '.')
        .filter(|word| word.len() == 3)
        .filter_map(|word| word.parse().ok())
        .find(|code| (400..600).contains(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_words_are_weighed() {
        use Verdict::{Hard, Soft};
        for (status, words, verdict) in [
            (Some("5.1.1"), "550 5.1.1 User unknown", Hard),
            (Some("5.0.0"), "550 No such user here", Hard),
            (
                Some("5.1.1"),
                "550 5.1.1 blocked using zen.spamhaus.org",
                Soft,
            ),
            (Some("5.7.1"), "550 5.7.1 Recipient unknown", Hard),
            (Some("5.7.1"), "554 5.7.1 Message rejected as spam", Soft),
            (Some("5.2.2"), "552 5.2.2 Over quota", Soft),
            (Some("4.2.1"), "450 4.2.1 account is disabled", Soft),
            (Some("4.4.1"), "connection timed out", Soft),
            (
                Some("5.4.1"),
                "550 5.4.1 Recipient address rejected: Access denied",
                Hard,
            ),
            (
                None,
                "554 delivery error: dd This user doesn't have a yahoo.com account",
                Hard,
            ),
            (None, "452 user not found", Soft),
            (Some("5.4.310"), "DNS domain does not exist", Hard),
            (Some("5.0.0"), "", Soft),
        ] {
            assert_eq!(
                diagnose(status, words).verdict,
                verdict,
                "{status:?} {words}"
            );
        }
    }

    #[test]
    fn a_general_code_gives_way_to_the_one_in_the_words() {
        assert_eq!(diagnose(Some("5.0.0"), "550-5.1.1 gone").status, "5.1.1");
        assert_eq!(diagnose(None, "host 10.5.1.1 said nothing").status, "");
    }
}
