//! Users of the admin: who they are, how they sign in, what they may do.
//!
//! Owns users, one-time sign-in links, accounts at a provider, sessions, API tokens, the audit
//! log and the responses to repeated requests. Knows neither cookies nor headers.

use std::time::Duration;

use crate::context::Context;
use crate::store;
use crate::store::accounts;

pub mod api_tokens;
pub mod audit;
mod author;
pub mod autosave;
pub mod campaign_changes;
pub mod change_notice;
pub mod credentials;
pub mod first_owner;
pub mod idempotency;
pub mod invitation;
pub mod list_access;
pub mod passkeys;
pub mod password;
pub mod presence;
pub mod provider;
pub mod second_factor;
pub mod secret;
pub mod session;
pub mod sign_in;
pub mod users;

pub use crate::store::{Result, StoreError};
pub use api_tokens::{add_token, bearer};
pub use author::Author;
pub use credentials::{Next, Tokens};
pub use secret::Secret;
pub use session::{PROOF_LASTS, is_freshly_proved, sign_out, user_of_session};
pub use sign_in::{
    MAILED_LINK_LIFETIME, PRINTED_LINK_LIFETIME, add_user, mail_sign_in_link, note_failed_sign_in,
    reset_user, sign_in, sign_in_link_is_good,
};

/// How long a response is stored for repeats of its request.
const ANSWER_LIFETIME: Duration = Duration::from_secs(24 * 3600);

/// Deletes expired links, sign-ins, sessions, challenges and responses.
pub async fn sweep(cx: &Context) -> Result<()> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let answers_before = now.before(ANSWER_LIFETIME);
    accounts::sweep(
        &mut db,
        now,
        now.before(session::SESSION_IDLE),
        answers_before,
    )
    .await?;
    store::passkeys::sweep(&mut db, now).await?;
    db.commit().await
}
