//! Imports of posts by the admin pages: a file is uploaded and checked, and then imported in
//! the background by whichever process claims it.
//!
//! What a run has imported is known by its ids, so that after a restart it goes on with the
//! rest.

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::run::{self, Run};
use super::{Balance, Options, PostImportError, Result, read};
use crate::account::audit;
use crate::context::Context;
use crate::model::PostImportId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::lease::Lease;
use crate::model::notification::Notice;
use crate::model::post_import::PostSystem;
use crate::store::post_imports::{self, Checked, Ended};
use crate::{notifications, polling};

pub use crate::store::post_imports::PostImport;

/// The name of the task.
pub const TASK: &str = "post_imports";
const LEASE_LASTS: Duration = Duration::from_secs(120);
/// How often a run stores its progress.
const PROGRESS_INTERVAL: Duration = Duration::from_secs(1);
/// A checked import that nobody has run for so long is deleted, with its file.
const ABANDONED_AFTER: Duration = Duration::from_secs(7 * 24 * 3600);

fn json(value: &impl Serialize) -> Value {
    // Neither type has a value that JSON does not.
    serde_json::to_value(value).unwrap_or_default()
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Reads and checks a file, and keeps it to be imported. Nothing else changes.
///
/// # Errors
/// [`PostImportError`] for a file that has no posts that can be read.
pub async fn upload(
    cx: &Context,
    by: &Actor,
    file_name: &str,
    content: Vec<u8>,
    system: Option<PostSystem>,
    options: &Options,
) -> Result<PostImportId> {
    let now = cx.clock.now();
    let (content, found) = read::read(content, system, now).await?;
    let balance = check(cx, by, found, options).await?;
    let checked = Checked {
        options: &json(options),
        balance: &json(&balance),
        posts: count(balance.found),
    };
    let mut db = cx.store.write().await?;
    let id = post_imports::insert(&mut db, file_name, &content, &checked, by.as_str(), now).await?;
    let (action, subject) = (AuditAction::PostImportUpload, format!("{id} {file_name}"));
    audit::record(&mut db, by, action, subject, now).await?;
    db.commit().await?;
    Ok(id)
}

async fn check(
    cx: &Context,
    by: &Actor,
    found: super::Found,
    options: &Options,
) -> Result<Balance> {
    let dry = Run {
        is_dry: true,
        since: cx.clock.now(),
    };
    run::run(cx, by, found, options, dry, &mut |_| ()).await
}

/// Checks an import once more, with other choices.
///
/// # Errors
/// [`PostImportError::Moved`] where it has been run.
pub async fn recheck(cx: &Context, by: &Actor, id: PostImportId, options: &Options) -> Result<()> {
    let content = post_imports::content(&mut cx.store.read().await?, id).await?;
    let content = content.ok_or(PostImportError::Moved)?;
    let (_, found) = read::read(content, None, cx.clock.now()).await?;
    let balance = check(cx, by, found, options).await?;
    let checked = Checked {
        options: &json(options),
        balance: &json(&balance),
        posts: count(balance.found),
    };
    let mut db = cx.store.write().await?;
    if !post_imports::set_checked(&mut db, id, &checked).await? {
        return Err(PostImportError::Moved);
    }
    db.commit().await?;
    Ok(())
}

/// Lets a checked import run.
///
/// # Errors
/// [`PostImportError::Moved`] where it has been run already.
pub async fn start(cx: &Context, id: PostImportId) -> Result<()> {
    let mut db = cx.store.write().await?;
    if !post_imports::start(&mut db, id, cx.clock.now()).await? {
        return Err(PostImportError::Moved);
    }
    db.commit().await?;
    Ok(())
}

/// Deletes an import that is not running, with its file; its posts stay.
///
/// # Errors
/// [`PostImportError::Moved`] where it is running.
pub async fn delete(cx: &Context, id: PostImportId) -> Result<()> {
    let mut db = cx.store.write().await?;
    if !post_imports::delete(&mut db, id).await? {
        return Err(PostImportError::Moved);
    }
    db.commit().await?;
    Ok(())
}

/// The latest imports, newest first.
pub async fn latest(cx: &Context, limit: i64) -> Result<Vec<PostImport>> {
    Ok(post_imports::latest(&mut cx.store.read().await?, limit).await?)
}

/// One import.
pub async fn by_id(cx: &Context, id: PostImportId) -> Result<Option<PostImport>> {
    Ok(post_imports::by_id(&mut cx.store.read().await?, id).await?)
}

/// The choices of an import.
pub fn options(import: &PostImport) -> Options {
    serde_json::from_value(import.options.clone()).unwrap_or_default()
}

/// What an import came to, or would come to.
pub fn balance(import: &PostImport) -> Balance {
    let balance = serde_json::from_value(import.balance.clone());
    balance.unwrap_or_else(|_| Balance::new(PostSystem::Ghost))
}

/// Runs imports until `stop`.
pub async fn work(cx: Context, stop: CancellationToken) {
    let owner = Uuid::now_v7();
    let next = || async {
        let worked = run_next(&cx, owner, &stop).await;
        worked.unwrap_or_else(|error| {
            tracing::error!(%error, "an import of posts failed; it is retried");
            false
        })
    };
    let clean_up = || async {
        if let Err(error) = delete_abandoned(&cx).await {
            tracing::error!(%error, "old imports of posts could not be deleted");
        }
    };
    polling::run(&cx, TASK, &stop, next, clean_up).await;
}

async fn delete_abandoned(cx: &Context) -> Result<()> {
    let mut db = cx.store.write().await?;
    post_imports::delete_abandoned(&mut db, cx.clock.now().before(ABANDONED_AFTER)).await?;
    db.commit().await?;
    Ok(())
}

/// Runs one import; `false` where none waits.
async fn run_next(cx: &Context, owner: Uuid, stop: &CancellationToken) -> Result<bool> {
    let now = cx.clock.now();
    // Most polls find nothing; they must not wait for SQLite's one writer.
    if !post_imports::is_waiting(&mut cx.store.read().await?, now).await? {
        return Ok(false);
    }
    let mut db = cx.store.write().await?;
    let claimed = post_imports::claim(&mut db, &Lease::new(owner, now, LEASE_LASTS)).await?;
    db.commit().await?;
    let Some(id) = claimed else { return Ok(false) };
    let (done, progress) = tokio::sync::watch::channel(0);
    let ended = {
        let running = run_claimed(cx, id, done);
        let renewing = renew(cx, owner, id, progress);
        tokio::select! {
            ended = running => ended,
            lost = renewing => {
                lost?;
                return Ok(true);
            }
            // The lease ends by itself, and another process goes on.
            () = stop.cancelled() => return Ok(true),
        }
    };
    let (balance, failure) = match ended {
        Ok(balance) => (Some(balance), String::new()),
        Err(PostImportError::Store(error)) => return Err(error.into()),
        Err(error) => (None, error.to_string()),
    };
    let now = cx.clock.now();
    let lease = Lease::new(owner, now, LEASE_LASTS);
    let ended = Ended {
        balance: balance.as_ref().map(json),
        failure: &failure,
    };
    let mut db = cx.store.write().await?;
    let import = post_imports::by_id(&mut db, id).await?;
    let is_ours = post_imports::finish(&mut db, id, &lease, &ended).await?;
    if let Some(import) = import.filter(|_| is_ours) {
        let notice = notice(&import, balance.as_ref(), &failure);
        notifications::record(&mut db, &notice, now).await?;
    }
    db.commit().await?;
    Ok(true)
}

/// What users are told of an end.
fn notice(import: &PostImport, balance: Option<&Balance>, failure: &str) -> Notice {
    match balance {
        Some(balance) => {
            let imported = balance.drafts + balance.published + balance.updated;
            let (done, failed) = (count(imported), count(balance.failed));
            Notice::post_import_finished(import.id, &import.file_name, done, failed)
        }
        None => Notice::post_import_failed(import.id, &import.file_name, failure),
    }
}

async fn run_claimed(
    cx: &Context,
    id: PostImportId,
    done: tokio::sync::watch::Sender<usize>,
) -> Result<Balance> {
    let mut db = cx.store.read().await?;
    let import = post_imports::by_id(&mut db, id).await?;
    let import = import.ok_or(PostImportError::Moved)?;
    let content = post_imports::content(&mut db, id).await?;
    let content = content.ok_or(PostImportError::Moved)?;
    drop(db);
    let by = match import.created_by.parse() {
        Ok(email) => Actor::User(email),
        Err(_) => Actor::System,
    };
    let (_, found) = read::read(content, None, cx.clock.now()).await?;
    let run = Run {
        is_dry: false,
        since: import.started_at.unwrap_or(cx.clock.now()),
    };
    let mut progress = |number| {
        done.send_replace(number);
    };
    run::run(cx, &by, found, &options(&import), run, &mut progress).await
}

/// Stores the progress and renews the lease until it is another process's.
async fn renew(
    cx: &Context,
    owner: Uuid,
    id: PostImportId,
    progress: tokio::sync::watch::Receiver<usize>,
) -> Result<()> {
    loop {
        tokio::time::sleep(PROGRESS_INTERVAL).await;
        cx.health.heartbeat(TASK);
        let done = i64::try_from(*progress.borrow()).unwrap_or(i64::MAX);
        let lease = Lease::new(owner, cx.clock.now(), LEASE_LASTS);
        let mut db = cx.store.write().await?;
        if !post_imports::advance(&mut db, id, &lease, done).await? {
            return Ok(());
        }
        db.commit().await?;
    }
}
