//! One report of a bounce, a complaint or a reply, however it arrived.

use crate::model::feedback::{Party, Source, Verdict};

use super::parse::{Original, Reading};

/// How a report is authenticated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authentication {
    /// Not at all: only signatures in the report itself count.
    None,
    /// By a provider, which signed or authenticated it.
    Provider,
}

/// A report to be processed.
#[derive(Debug, Clone)]
pub struct Report {
    /// How it arrived.
    pub source: Source,
    /// SHA-256 of what identifies it.
    pub digest: [u8; 32],
    pub authentication: Authentication,
    /// The addresses that it was sent to.
    pub mail_to: Vec<String>,
    /// What it says.
    pub reading: Reading,
    /// For a reply by a person: what to forward.
    pub personal_message: Option<PersonalMessage>,
}

/// A reply to be forwarded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalMessage {
    /// Its author, as a mailbox.
    pub from: String,
    /// One line.
    pub subject: String,
    /// Its text.
    pub text: String,
}

impl Report {
    /// The report of a provider about one address.
    pub fn of_provider(
        source: Source,
        digest: [u8; 32],
        verdict: Verdict,
        original: Original,
    ) -> Self {
        Self {
            source,
            digest,
            authentication: Authentication::Provider,
            mail_to: Vec::new(),
            reading: Reading {
                verdict,
                party: Party::Unclear,
                is_final: true,
                status: String::new(),
                reason: String::new(),
                detail: String::new(),
                original,
                is_unexplained: false,
            },
            personal_message: None,
        }
    }
}
