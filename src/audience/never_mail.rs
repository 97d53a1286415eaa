//! Whoever is asked for a confirmation that they never wanted can say, once,
//! that no such mail shall come again.

use super::Result;
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::subscription::{SuppressionReason, SuppressionSource};
use crate::store::suppressions::{self, NewSuppression};

/// What stands in the suppression's note.
const NOTE: &str = "asked for by the link in a confirmation";

/// Never mails an address again. Only an admin can take it back: a form that a
/// stranger fills in must not.
pub async fn never_mail(cx: &Context, email: &EmailAddress) -> Result<()> {
    let mut db = cx.store.write().await?;
    let suppression = NewSuppression {
        email_key: email.lookup_key(),
        // A weaker reason would let the next join form ask once more.
        reason: SuppressionReason::Manual,
        note: NOTE.to_owned(),
        source: SuppressionSource::Person,
        campaign: None,
    };
    suppressions::add(&mut db, &suppression, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}
