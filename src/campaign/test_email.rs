//! Test emails: what is written, sent to a few addresses before anybody else gets it.
//!
//! They go to any address, so they are bounded: none goes to an address that is suppressed, and each
//! user sends a limited number in an hour, whatever they test.

use super::inspection::Preview;
use super::{CampaignError, Result};
use crate::account::audit;
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::transactional::{EmailContent, PreparedEmail};
use crate::store::transactional_emails::{self, NewEmail};
use crate::store::{Db, suppressions, test_email_counts};

/// Addresses of one test.
pub const MOST_ADDRESSES: usize = 10;
/// Test emails of a user in an hour of the clock.
const MOST_IN_AN_HOUR: i64 = 200;
const HOUR_MILLIS: i64 = 3_600_000;
const MINUTE_MILLIS: i64 = 60_000;

/// What is wrong with the addresses of a test.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TestAddressError {
    /// A part that is not an address.
    #[error("“{0}” is not an email address")]
    Invalid(String),
    #[error("give at least one address")]
    Missing,
    #[error("a test goes to at most {MOST_ADDRESSES} addresses")]
    TooMany,
}

/// The addresses of a test: one at least and ten at most, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestAddresses(Vec<EmailAddress>);

impl TestAddresses {
    /// Addresses between commas, semicolons or white space.
    ///
    /// # Errors
    /// [`TestAddressError`] names what is wrong.
    pub fn parse(text: &str) -> std::result::Result<Self, TestAddressError> {
        let parts = text.split([',', ';', ' ', '\n', '\r', '\t']);
        Self::of(parts.filter(|part| !part.is_empty()))
    }

    /// The same of addresses that are apart already.
    ///
    /// # Errors
    /// [`TestAddressError`] names what is wrong.
    pub fn of<'a>(
        parts: impl Iterator<Item = &'a str>,
    ) -> std::result::Result<Self, TestAddressError> {
        let mut found: Vec<EmailAddress> = Vec::new();
        for part in parts {
            let invalid = |_| TestAddressError::Invalid(part.chars().take(100).collect());
            let address = EmailAddress::parse(part).map_err(invalid)?;
            if !found.contains(&address) {
                found.push(address);
            }
            if found.len() > MOST_ADDRESSES {
                return Err(TestAddressError::TooMany);
            }
        }
        if found.is_empty() {
            return Err(TestAddressError::Missing);
        }
        Ok(Self(found))
    }

    pub fn iter(&self) -> impl Iterator<Item = &EmailAddress> {
        self.0.iter()
    }

    /// As a page lists them.
    pub fn listed(&self) -> String {
        let all: Vec<&str> = self.iter().map(EmailAddress::as_str).collect();
        all.join(", ")
    }
}

/// Queues emails as a test, each to each address. Their links do nothing to anybody. `subject`
/// says in the audit log what was tested.
///
/// # Errors
/// [`CampaignError::TestSuppressed`] names addresses that are suppressed, and
/// [`CampaignError::TestLimit`] says when a user who has sent many may send more. Nothing is queued
/// then.
pub async fn queue(
    cx: &Context,
    by: &Actor,
    (action, subject): (AuditAction, String),
    to: &TestAddresses,
    emails: Vec<Preview>,
) -> Result<()> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    require_not_suppressed(&mut db, to).await?;
    let wanted = i64::try_from(to.0.len() * emails.len()).unwrap_or(i64::MAX);
    count(&mut db, by, wanted, now).await?;
    for email in to.iter() {
        for preview in &emails {
            let new_email = NewEmail {
                email: email.clone(),
                language: preview.envelope.language,
                content: EmailContent::Test(prepared(preview)),
            };
            transactional_emails::insert(&mut db, &new_email, now).await?;
        }
    }
    audit::record(&mut db, by, action, subject, now).await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(())
}

async fn require_not_suppressed(db: &mut Db, to: &TestAddresses) -> Result<()> {
    let mut suppressed = Vec::new();
    for email in to.iter() {
        if suppressions::of(db, email).await?.is_some() {
            suppressed.push(email.as_str());
        }
    }
    if suppressed.is_empty() {
        Ok(())
    } else {
        Err(CampaignError::TestSuppressed(suppressed.join(", ")))
    }
}

/// Counts what a user is about to send. The operator is not limited, who has the database anyway.
async fn count(db: &mut Db, by: &Actor, wanted: i64, now: Timestamp) -> Result<()> {
    let Actor::User(user) = by else {
        return Ok(());
    };
    let hour = now.millis() / HOUR_MILLIS;
    let sent = test_email_counts::add(db, user, hour, wanted).await?;
    if sent <= MOST_IN_AN_HOUR {
        return Ok(());
    }
    let left = (hour + 1) * HOUR_MILLIS - now.millis();
    Err(CampaignError::TestLimit {
        most: MOST_IN_AN_HOUR,
        wanted,
        left: MOST_IN_AN_HOUR - (sent - wanted),
        minutes: left / MINUTE_MILLIS + 1,
    })
}

fn prepared(preview: &Preview) -> PreparedEmail {
    let Preview { mail, envelope, .. } = preview;
    PreparedEmail {
        from: envelope.from.as_ref().map(ToString::to_string),
        reply_to: None,
        subject: format!("[Test] {}", mail.subject),
        html: mail.html.clone(),
        text: mail.text.clone(),
        language: Some(envelope.language),
        list: envelope.list.clone(),
        campaign: envelope.campaign,
        calendar: envelope.calendar.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_goes_to_a_few_good_addresses() {
        let found = TestAddresses::parse("a@b.kz, c@d.kz;\r\n a@b.kz").unwrap();
        assert_eq!(found.listed(), "a@b.kz, c@d.kz");
        assert_eq!(TestAddresses::parse(" , "), Err(TestAddressError::Missing));
        let nobody = TestAddressError::Invalid("nobody".to_owned());
        assert_eq!(TestAddresses::parse("a@b.kz, nobody"), Err(nobody));
        let many: String = (0..11).map(|n| format!("a{n}@b.kz ")).collect();
        assert_eq!(TestAddresses::parse(&many), Err(TestAddressError::TooMany));
        let ten: String = (0..10).map(|n| format!("a{n}@b.kz ")).collect();
        assert!(TestAddresses::parse(&format!("{ten} a1@b.kz")).is_ok());
    }
}
