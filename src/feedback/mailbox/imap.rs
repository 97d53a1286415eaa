//! IMAP (RFC 3501).

use async_imap::Client;
use futures_util::TryStreamExt;

use super::{Address, MailboxError, Wire, take};
use crate::context::Context;
use crate::mail::receive::SIZE_LIMIT;

/// Mails that one visit takes.
const SLICE: usize = 200;

impl From<async_imap::error::Error> for MailboxError {
    fn from(error: async_imap::error::Error) -> Self {
        match error {
            async_imap::error::Error::Io(error) => Self::Network(error),
            other => Self::Refused(other.to_string()),
        }
    }
}

/// Takes the mails of a folder, one by one, and removes each that was taken.
pub async fn empty(
    cx: &Context,
    wire: Box<dyn Wire>,
    address: &Address,
) -> Result<usize, MailboxError> {
    let mut client = Client::new(wire);
    client.read_response().await?;
    let mut session = client
        .login(&address.user, &address.password)
        .await
        .map_err(|(error, _)| MailboxError::from(error))?;
    session.select(&address.folder).await?;
    let mut uids: Vec<u32> = session.uid_search("UNDELETED").await?.into_iter().collect();
    uids.sort_unstable();
    uids.truncate(SLICE);
    // Of a mail that is too large to be a report, its beginning.
    let beginning = format!("BODY.PEEK[]<0.{SIZE_LIMIT}>");
    for uid in &uids {
        let uid = uid.to_string();
        let fetched: Vec<_> = session
            .uid_fetch(&uid, &beginning)
            .await?
            .try_collect()
            .await?;
        let Some(body) = fetched.iter().find_map(|mail| mail.body()) else {
            tracing::warn!(uid, "a returned mail has no body");
            continue;
        };
        take(cx, body).await?;
        // Only now: a mail that was not taken must be there at the next visit.
        let stored = session.uid_store(&uid, "+FLAGS.SILENT (\\Deleted)").await?;
        stored.try_collect::<Vec<_>>().await?;
    }
    if !uids.is_empty() {
        session.expunge().await?.try_collect::<Vec<_>>().await?;
    }
    session.logout().await?;
    Ok(uids.len())
}
