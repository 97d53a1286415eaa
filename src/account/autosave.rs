//! What users typed into forms and did not save: nothing is lost to a closed window.

use crate::context::Context;
use crate::model::autosave::Autosaved;
use crate::store::accounts::User;
use crate::store::autosaves::Unsaved;
use crate::store::{Result, autosaves};

/// Keeps the form as it is sent.
pub async fn keep(cx: &Context, user: &User, into: Autosaved, form: &str) -> Result<()> {
    let mut db = cx.store.write().await?;
    autosaves::keep(&mut db, user.id, into, form, cx.clock.now()).await?;
    db.commit().await
}

/// What a user typed.
pub async fn of(cx: &Context, user: &User, into: Autosaved) -> Result<Option<Unsaved>> {
    autosaves::of(&mut cx.store.read().await?, user.id, into).await
}

/// Forgets what a user typed, once it is saved or discarded.
pub async fn forget(cx: &Context, user: &User, into: Autosaved) -> Result<()> {
    let mut db = cx.store.write().await?;
    autosaves::forget(&mut db, user.id, into).await?;
    db.commit().await
}
