//! The link in a confirmation request for people who never asked for it: no more
//! email to this address.

use super::{ConsentSource, Result, engagement};
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::subscription::{SuppressionReason, SuppressionSource};
use crate::store::subscribers;
use crate::store::suppressions::{self, NewSuppression};

/// The note of the suppression.
const NOTE: &str = "asked for by the link in a confirmation";

/// Suppresses an address. Only an admin can lift it: a form that a stranger fills in
/// must not.
pub async fn never_mail(cx: &Context, email: &EmailAddress) -> Result<()> {
    let mut db = cx.store.write().await?;
    let suppression = NewSuppression {
        email_key: email.lookup_key(),
        // With a weaker reason the next join form would send another request.
        reason: SuppressionReason::Manual,
        note: NOTE.to_owned(),
        source: SuppressionSource::Person,
        campaign: None,
    };
    suppressions::add(&mut db, &suppression, cx.clock.now()).await?;
    if let Some(subscriber) = subscribers::by_email(&mut db, email).await? {
        let source = ConsentSource::default();
        engagement::withdraw_within(cx, &mut db, subscriber.id, NOTE, &source).await?;
    }
    db.commit().await?;
    Ok(())
}
