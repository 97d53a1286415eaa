//! The email to a user whose credentials were changed: if it was not them, they
//! learn of it.

use serde::{Deserialize, Serialize};

use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::notice::NoticeKind;
use crate::model::user::CredentialChange;
use crate::store::notices::{self, NewNotice};
use crate::store::{Db, Result};

/// The payload of the email.
#[derive(Serialize, Deserialize)]
pub struct ChangeNotice {
    /// What was changed.
    pub change: CredentialChange,
}

/// Queues the email, within the caller's transaction.
pub(crate) async fn notify(
    cx: &Context,
    db: &mut Db,
    email: &EmailAddress,
    change: CredentialChange,
) -> Result<()> {
    let notice = NewNotice {
        kind: NoticeKind::AccountChanged,
        email: email.clone(),
        language: cx.config.language,
        payload: serde_json::to_value(ChangeNotice { change }).unwrap_or_default(),
    };
    notices::insert(db, &notice, cx.clock.now()).await?;
    Ok(())
}
