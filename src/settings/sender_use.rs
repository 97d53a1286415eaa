//! Which campaigns go out as which sender: one that is in use is not removed.

use crate::address::mailbox::Mailbox;
use crate::config::Config;
use crate::context::Context;
use crate::store::campaigns::{self, OwnSender};
use crate::store::{Db, Result};

/// The setting with the senders besides the default one.
pub const KEY: &str = "senders";

/// The campaigns that name their sender and are scheduled, sending or paused.
pub async fn campaigns(cx: &Context) -> Result<Vec<OwnSender>> {
    campaigns::with_own_sender(&mut cx.store.read().await?).await
}

/// Whether a campaign goes out as this sender.
pub fn is_by(campaign: &OwnSender, sender: &Mailbox) -> bool {
    campaign.from_mailbox.parse().as_ref() == Ok(sender)
}

/// Why senders that a change removes must stay; `None` if none is in use.
pub(super) async fn obstacle(
    db: &mut Db,
    before: &Config,
    after: &Config,
) -> Result<Option<String>> {
    let remaining = after.all_senders();
    let gone = before.senders.iter();
    let gone: Vec<&Mailbox> = gone.filter(|sender| !remaining.contains(sender)).collect();
    if gone.is_empty() {
        return Ok(None);
    }
    let campaigns = campaigns::with_own_sender(db).await?;
    let is_held = |one: &&OwnSender| gone.iter().any(|sender| is_by(one, sender));
    let held = campaigns.iter().filter(is_held).map(|one| {
        let (subject, state) = (&one.subject, one.state);
        format!("“{subject}” ({state}) goes out as {}", one.from_mailbox)
    });
    let held: Vec<String> = held.collect();
    Ok((!held.is_empty()).then(|| {
        let held = held.join("; ");
        format!("{held}. Give it another sender, unschedule it or cancel it first")
    }))
}
