//! What the examination of a domain says of one thing.

use crate::mail::dkim::zone_line;

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// As it should be.
    Good,
    /// Works, and could be better.
    Weak,
    /// Costs mail.
    Wrong,
}

impl Finding {
    /// One word for tables.
    pub fn word(self) -> &'static str {
        match self {
            Finding::Good => "good",
            Finding::Weak => "weak",
            Finding::Wrong => "wrong",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone)]
pub struct Check {
    /// What.
    pub name: &'static str,
    /// How it came out.
    pub finding: Finding,
    /// What was found.
    pub found: String,
    /// What to do; empty where nothing.
    pub advice: String,
    /// The record to publish: name, type and value.
    pub record: Option<(String, &'static str, String)>,
}

impl Check {
    /// What was found of `name`.
    pub(super) fn new(name: &'static str, finding: Finding, found: impl Into<String>) -> Self {
        Self {
            name,
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

    /// The record that would mend it.
    pub(super) fn publish(
        mut self,
        name: impl Into<String>,
        kind: &'static str,
        value: impl Into<String>,
    ) -> Self {
        self.record = Some((name.into(), kind, value.into()));
        self
    }

    /// The record to publish, as a zone file wants it.
    pub fn zone_line(&self) -> Option<String> {
        let (name, kind, value) = self.record.as_ref()?;
        Some(match *kind {
            "TXT" => zone_line(name, value),
            _ => format!("{name}. IN {kind} {value}"),
        })
    }
}
