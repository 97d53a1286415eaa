//! The email to a user whose credentials were changed: if it was not them, they
//! learn of it.

use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::transactional::EmailContent;
use crate::model::user::CredentialChange;
use crate::store::transactional_emails::{self, NewEmail};
use crate::store::{Db, Result, accounts};

/// Queues the email, within the caller's transaction.
pub(crate) async fn notify(
    cx: &Context,
    db: &mut Db,
    email: &EmailAddress,
    change: CredentialChange,
) -> Result<()> {
    let user = accounts::user_by_email(db, email).await?;
    let language = user.and_then(|user| user.language);
    let new_email = NewEmail {
        email: email.clone(),
        language: language.unwrap_or(cx.config().language),
        content: EmailContent::AccountChanged { change },
    };
    transactional_emails::insert(db, &new_email, cx.clock.now()).await?;
    Ok(())
}
