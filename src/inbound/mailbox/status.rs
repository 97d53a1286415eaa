//! How the visits to the mailbox went, so that a person sees when it cannot be read.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::MailboxError;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::mailbox_url::MailboxUrl;
use crate::store::{self, settings};

/// The setting in which the worker that polls tells the other processes.
const SETTING: &str = "mailbox";
/// A success is noted no more often, since nobody asks for the second.
const NOTE_INTERVAL: Duration = Duration::from_secs(10 * 60);

/// How the last visits went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The mailbox that was visited: another may be configured since.
    mailbox: String,
    /// A visit that went well, up to ten minutes before the last such.
    pub read_at: Option<Timestamp>,
    /// The first visit of those that failed one after the other.
    pub failing_since: Option<Timestamp>,
    /// Why the last one failed; empty if it did not.
    pub error: String,
}

impl Status {
    fn after(&self, mailbox: String, error: Option<String>, now: Timestamp) -> Self {
        let is_same = self.mailbox == mailbox;
        let before = if is_same {
            self.clone()
        } else {
            Self::default()
        };
        match error {
            Some(error) => Self {
                mailbox,
                read_at: before.read_at,
                failing_since: before.failing_since.or(Some(now)),
                error,
            },
            None => Self {
                mailbox,
                read_at: before
                    .read_at
                    .filter(|at| now.since(*at) < NOTE_INTERVAL && *at <= now)
                    .or(Some(now)),
                failing_since: None,
                error: String::new(),
            },
        }
    }

    /// What is wrong; `None` where the last visit went well or there was none.
    pub fn problem(&self) -> Option<String> {
        let since = self.failing_since?;
        Some(format!(
            "{}, since {}; bounces and complaints that arrive there are not processed",
            self.error,
            since.rfc3339()
        ))
    }
}

fn name(address: &MailboxUrl) -> String {
    format!("{}@{}/{}", address.user, address.host, address.folder)
}

/// How the visits to the mailbox that is configured now went; `None` without one.
pub async fn status(cx: &Context) -> store::Result<Option<Status>> {
    let Ok(Some(address)) = cx.config().mailbox() else {
        return Ok(None);
    };
    let status: Option<Status> = settings::get(&mut cx.store.read().await?, SETTING).await?;
    let status = status.filter(|status| status.mailbox == name(&address));
    Ok(Some(status.unwrap_or_default()))
}

/// Notes how a visit went.
pub(super) async fn note(
    cx: &Context,
    address: &MailboxUrl,
    failure: Option<&MailboxError>,
) -> store::Result<()> {
    let before: Option<Status> = settings::get(&mut cx.store.read().await?, SETTING).await?;
    let before = before.unwrap_or_default();
    let error = failure.map(ToString::to_string);
    let after = before.after(name(address), error, cx.clock.now());
    if after == before {
        return Ok(());
    }
    let mut db = cx.store.write().await?;
    settings::set(&mut db, SETTING, &after).await?;
    db.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_in_a_row_keep_the_time_of_the_first() {
        let at = |minute: i64| Timestamp::from_millis(minute * 60_000);
        let mailbox = || "b@h/INBOX".to_owned();
        let good = Status::default().after(mailbox(), None, at(0));
        assert_eq!((good.read_at, good.problem()), (Some(at(0)), None));
        assert_eq!(good.after(mailbox(), None, at(9)), good);
        let again = good.after(mailbox(), None, at(11));
        assert_eq!(again.read_at, Some(at(11)));
        let failed = again.after(mailbox(), Some("refused".to_owned()), at(12));
        let failed = failed.after(mailbox(), Some("silent".to_owned()), at(13));
        assert_eq!(failed.failing_since, Some(at(12)));
        assert_eq!(failed.read_at, Some(at(11)));
        assert!(failed.problem().unwrap().starts_with("silent, since 1970"));
        let other = failed.after("c@h/INBOX".to_owned(), None, at(14));
        assert_eq!((other.problem(), other.read_at), (None, Some(at(14))));
    }
}
