//! The result of one check of a domain.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::mail::dkim::zone_line;

/// The outcome of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Finding {
    /// Nothing to do.
    Good,
    /// Works, and could be better.
    Weak,
    /// Emails are lost.
    Wrong,
}

impl Finding {
    /// In one word, for tables.
    pub fn word(self) -> &'static str {
        match self {
            Finding::Good => "good",
            Finding::Weak => "weak",
            Finding::Wrong => "wrong",
        }
    }
}

/// A check.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Check {
    pub name: Cow<'static, str>,
    /// The outcome.
    pub finding: Finding,
    pub found: String,
    /// What to do; may be empty.
    pub advice: String,
    /// The record to publish: name, type and value.
    pub record: Option<(String, Cow<'static, str>, String)>,
}

impl Check {
    /// What was found of `name`.
    pub(super) fn new(name: &'static str, finding: Finding, found: impl Into<String>) -> Self {
        Self {
            name: Cow::Borrowed(name),
            finding,
            found: found.into(),
            advice: String::new(),
            record: None,
        }
    }

    /// What to do about it.
    pub(super) fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = advice.into();
        self
    }

    /// The record that would fix it.
    pub(super) fn publish(
        mut self,
        name: impl Into<String>,
        kind: &'static str,
        value: impl Into<String>,
    ) -> Self {
        self.record = Some((name.into(), Cow::Borrowed(kind), value.into()));
        self
    }

    /// The record to publish, for a zone file.
    pub fn zone_line(&self) -> Option<String> {
        let (name, kind, value) = self.record.as_ref()?;
        Some(match kind.as_ref() {
            "TXT" => zone_line(name, value),
            kind => format!("{name}. IN {kind} {value}"),
        })
    }
}
