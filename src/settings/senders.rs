//! Senders that campaigns can choose from: adding and removing one.

use std::collections::BTreeMap;

use serde_json::Value;

use super::sender_use::KEY;
use super::{SettingsError, change};
use crate::address::mailbox::Mailbox;
use crate::context::Context;
use crate::model::audit::Actor;

/// Adds a sender as the last one.
///
/// # Errors
/// [`SettingsError::Invalid`] where it is there already.
pub async fn add(cx: &Context, by: &Actor, sender: &Mailbox) -> Result<(), SettingsError> {
    let config = cx.config();
    if config.from.as_ref() == Some(sender) {
        let problem = "this is the default sender already".to_owned();
        let problems = BTreeMap::from([(KEY.to_owned(), problem)]);
        return Err(SettingsError::Invalid(problems));
    }
    let others = config.senders.iter().chain([sender]);
    set(cx, by, others).await
}

/// Removes a sender.
///
/// # Errors
/// [`SettingsError::Invalid`] where a campaign goes out as this sender.
pub async fn remove(cx: &Context, by: &Actor, sender: &Mailbox) -> Result<(), SettingsError> {
    let config = cx.config();
    let others = config.senders.iter().filter(|other| *other != sender);
    set(cx, by, others).await
}

async fn set<'a>(
    cx: &Context,
    by: &Actor,
    senders: impl Iterator<Item = &'a Mailbox>,
) -> Result<(), SettingsError> {
    let senders: Vec<Value> = senders
        .map(|sender| Value::String(sender.to_string()))
        .collect();
    let changes = BTreeMap::from([(KEY.to_owned(), Some(Value::Array(senders)))]);
    change(cx, by, &changes).await
}
