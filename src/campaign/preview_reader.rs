//! The person whose email a preview or a test shows, found by what a user types.

use super::filled::PreviewReader;
use crate::account::list_access;
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::list_access::ListAccess;
use crate::store::search::{self, Search, Start};
use crate::store::subscribers::{self, Subscriber};
use crate::store::{Result, StoreError};

/// People that are listed where several match.
const LISTED: i64 = 6;

/// Why there is no such person.
#[derive(Debug, thiserror::Error)]
pub enum ReaderError {
    /// Nobody within the user's reach; whether there is one beyond it is not said.
    #[error("no subscriber is called “{0}”")]
    Nobody(String),
    /// More than one; their addresses, as far as they are listed.
    #[error("several subscribers match: {}; enter one address", .0.join(", "))]
    Several(Vec<String>),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Subscriber> for PreviewReader {
    fn from(subscriber: Subscriber) -> Self {
        Self {
            id: Some(subscriber.id),
            name: subscriber.name,
            email: subscriber.email.to_string(),
            attributes: subscriber.attributes,
        }
    }
}

/// The subscriber with this address, or the only one with this in name or address; `None` for an
/// empty text.
///
/// # Errors
/// [`ReaderError`] where there is none within reach, or more than one.
pub async fn find(
    cx: &Context,
    access: &ListAccess,
    text: &str,
) -> std::result::Result<Option<PreviewReader>, ReaderError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(found) = by_address(cx, access, text).await? {
        return Ok(Some(found.into()));
    }
    let search = Search {
        text: text.to_owned(),
        within: access.clone(),
        ..Search::default()
    };
    let mut db = cx.store.read().await?;
    let start = Start::Before(i64::MAX);
    let (mut found, _) = search::page(&mut db, &search, start, LISTED).await?;
    match found.len() {
        0 => Err(ReaderError::Nobody(text.chars().take(100).collect())),
        1 => Ok(found.pop().map(PreviewReader::from)),
        _ => {
            let addresses = found.into_iter().map(|one| one.email.to_string());
            Err(ReaderError::Several(addresses.collect()))
        }
    }
}

async fn by_address(cx: &Context, access: &ListAccess, text: &str) -> Result<Option<Subscriber>> {
    let Ok(email) = EmailAddress::parse(text) else {
        return Ok(None);
    };
    let mut db = cx.store.read().await?;
    let Some(found) = subscribers::by_email(&mut db, &email).await? else {
        return Ok(None);
    };
    let is_within = list_access::has_subscriber(&mut db, access, found.id).await?;
    Ok(is_within.then_some(found))
}
