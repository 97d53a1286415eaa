//! One report of something that came back, whatever way it came.

use crate::model::feedback::{Party, Source, Verdict};

use super::parse::{Original, Reading};

/// What is known of who vouches for a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authentication {
    /// Nobody: only what the report itself shows counts.
    None,
    /// A provider that has signed or authenticated it.
    Provider,
}

/// A report, ready to be acted on.
#[derive(Debug, Clone)]
pub struct Report {
    /// By what way it came.
    pub source: Source,
    /// SHA-256 of what makes it one report.
    pub digest: [u8; 32],
    /// Who vouches for it.
    pub authentication: Authentication,
    /// The addresses it came to.
    pub mail_to: Vec<String>,
    /// What it says.
    pub reading: Reading,
    /// For an answer by a person: what to pass on.
    pub letter: Option<Letter>,
}

/// An answer to be passed on to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Who wrote it, as a mailbox.
    pub from: String,
    /// One line.
    pub subject: String,
    /// Its text.
    pub text: String,
}

impl Report {
    /// A provider's report on one address.
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
            letter: None,
        }
    }
}
