//! Moving an import from state to state, and for how long a process holds one.

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use super::{ImportError, Result};
use crate::context::Context;
use crate::model::ImportId;
use crate::model::import::{ImportAction, ImportState, next};
use crate::store::{Db, imports};

/// The name of the task that runs imports.
pub const TASK: &str = "imports";
/// For how long a process holds an import that it works on.
pub(super) const LEASE_LASTS: Duration = Duration::from_secs(60);

pub(super) fn json(value: &impl Serialize) -> Value {
    // Neither type has a value that JSON does not.
    serde_json::to_value(value).unwrap_or_default()
}

pub(super) async fn transition(
    cx: &Context,
    db: &mut Db,
    id: ImportId,
    action: ImportAction,
    failure: &str,
) -> Result<ImportState> {
    let import = imports::by_id(db, id).await?.ok_or(ImportError::Moved)?;
    let to = next(import.state, action).ok_or(ImportError::Moved)?;
    let now = cx.clock.now();
    if imports::set_state(db, id, import.state, to, failure, now).await? {
        Ok(import.state)
    } else {
        Err(ImportError::Moved)
    }
}
