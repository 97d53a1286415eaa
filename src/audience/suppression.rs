//! Suppressions: addresses and domains that get no email, and why.

use super::{AudienceError, Result};
use crate::account::audit;
use crate::address::{AddressError, EmailAddress, sender_domain};
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::subscription::{SuppressionReason, SuppressionSource};
use crate::store::suppressions::{self, NewSuppression, Suppression, Which};

/// The maximum length of a note.
pub const NOTE_LIMIT: usize = 300;

/// The subject of a suppression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// One address.
    Address(EmailAddress),
    /// Every address of a domain, without its subdomains.
    Domain(String),
}

impl Target {
    /// Reads an address, or a domain as `@example.org`.
    ///
    /// # Errors
    /// [`AddressError`] where it is neither.
    pub fn parse(text: &str) -> std::result::Result<Self, AddressError> {
        match text.trim().strip_prefix('@') {
            Some(domain) => Ok(Self::Domain(sender_domain(domain)?)),
            None => Ok(Self::Address(EmailAddress::parse(text)?)),
        }
    }

    /// Its key in the database.
    pub fn key(&self) -> String {
        match self {
            Self::Address(address) => address.lookup_key(),
            Self::Domain(domain) => format!("@{domain}"),
        }
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Address(address) => f.write_str(address.as_str()),
            Self::Domain(domain) => write!(f, "@{domain}"),
        }
    }
}

/// Suppresses an address or a domain; gives the effective suppression: an existing
/// stronger reason stays.
pub async fn suppress(
    cx: &Context,
    by: &Actor,
    target: &Target,
    reason: SuppressionReason,
    note: &str,
    source: SuppressionSource,
) -> Result<Suppression> {
    let new = NewSuppression {
        email_key: target.key(),
        reason,
        note: note_of(note),
        source,
        campaign: None,
    };
    let mut db = cx.store.write().await?;
    suppressions::add(&mut db, &new, cx.clock.now()).await?;
    let stored = suppressions::strongest(&mut db, &new.email_key).await?;
    audit::record(
        &mut db,
        by,
        AuditAction::SuppressionAdd,
        target.key(),
        cx.clock.now(),
    )
    .await?;
    db.commit().await?;
    stored.ok_or(AudienceError::Moved)
}

pub(super) fn note_of(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    line.chars()
        .filter(|c| !c.is_control())
        .take(NOTE_LIMIT)
        .collect()
}

/// The strongest suppression of an address or its domain.
pub async fn of(cx: &Context, email: &EmailAddress) -> Result<Option<Suppression>> {
    Ok(suppressions::of(&mut cx.store.read().await?, email).await?)
}

/// Lifts every suppression of an address or a domain; `false` where there is none.
pub async fn lift(cx: &Context, by: &Actor, target: &Target) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let lifted = suppressions::lift(&mut db, &target.key()).await?;
    if lifted {
        audit::record(
            &mut db,
            by,
            AuditAction::SuppressionLift,
            target.key(),
            cx.clock.now(),
        )
        .await?;
    }
    db.commit().await?;
    Ok(lifted)
}

/// Up to `limit` suppressions after the address and reason of `after`.
pub async fn page(
    cx: &Context,
    which: &Which,
    after: (&str, &str),
    limit: i64,
) -> Result<Vec<Suppression>> {
    Ok(suppressions::page(&mut cx.store.read().await?, which, after, limit).await?)
}

/// The number of suppressions that [`undo`] would lift.
pub async fn count_to_undo(cx: &Context, which: &Which) -> Result<i64> {
    Ok(suppressions::count_to_undo(&mut cx.store.read().await?, which).await?)
}

/// Lifts all suppressions of one campaign, reason or period; gives their number.
/// Those by the people themselves (complaints, unsubscriptions from everything) are
/// only lifted where the reason names them and `why` gives a justification.
/// `selection` is `which` in words, for the audit log.
///
/// # Errors
/// [`AudienceError::Undo`] where nothing narrows it, or the justification is missing.
pub async fn undo(
    cx: &Context,
    by: &Actor,
    which: &Which,
    selection: &str,
    why: &str,
) -> Result<u64> {
    use SuppressionReason::{Complaint, UnsubscribedAll};
    if !which.is_narrow() {
        return Err(AudienceError::Undo(
            "name a campaign, a reason or a span of time",
        ));
    }
    if matches!(which.reason, Some(Complaint | UnsubscribedAll)) && why.trim().is_empty() {
        return Err(AudienceError::Undo(
            "these people asked for no mail themselves: say why they are mailed again",
        ));
    }
    let mut db = cx.store.write().await?;
    let undone = suppressions::undo(&mut db, which).await?;
    if undone > 0 {
        let subject = format!("{undone} of {selection} {}", why.trim());
        let (action, now) = (AuditAction::SuppressionUndo, cx.clock.now());
        audit::record(&mut db, by, action, subject.trim(), now).await?;
    }
    db.commit().await?;
    tracing::info!(undone, ?which, "suppressions taken back");
    Ok(undone)
}

/// The suppressions caused by one campaign.
pub fn of_campaign(id: CampaignId) -> Which {
    Which {
        campaign: Some(id),
        ..Which::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_or_a_domain_is_read_and_nothing_else() {
        for (text, key) in [
            ("A@Garden.example", "a@garden.example"),
            (" @Garden.example ", "@garden.example"),
        ] {
            assert_eq!(Target::parse(text).unwrap().key(), key, "{text}");
        }
        for text in ["", "@", "garden.example", "@a b", "@@a.example", "a@"] {
            assert!(Target::parse(text).is_err(), "{text}");
        }
    }
}
