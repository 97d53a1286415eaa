//! Whoever is asked for a confirmation that they never wanted can say, once,
//! that no such mail shall come again.

use super::Result;
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::subscription::SuppressionReason;
use crate::store::subscribers;

/// What stands in the suppression's note.
const NOTE: &str = "asked for by the link in a confirmation";

/// Never mails an address again. Only an admin can take it back: a form that a
/// stranger fills in must not.
///
/// # Errors
/// Where the database fails.
pub async fn never_mail(cx: &Context, email: &EmailAddress) -> Result<()> {
    let mut db = cx.store.write().await?;
    let (reason, now) = (SuppressionReason::Manual, cx.clock.now());
    // A weaker reason would let the next join form ask once more.
    let before = subscribers::suppression_of(&mut db, email).await?;
    if before.is_some_and(|before| before.reason == SuppressionReason::UnsubscribedAll) {
        subscribers::lift_suppression(&mut db, &email.lookup_key()).await?;
    }
    subscribers::suppress(&mut db, email, reason, NOTE, now).await?;
    db.commit().await?;
    Ok(())
}
