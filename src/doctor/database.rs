//! The database: whether it answers, how large it is, whether it is whole.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use super::{Found, Place, Subject, bytes, or_failed};
use crate::audience::kept_counts;
use crate::store::{self, Engine, StoreError, diagnostics};

/// A database above this is read as a whole only when that is asked for.
const QUICK_LIMIT: u64 = 1_000_000_000;
/// A log above this means that something keeps SQLite from shortening it.
const LOG_LIMIT: u64 = 500_000_000;
const SLOW: u128 = 250;

pub(super) async fn connection(subject: Arc<Subject>) -> Vec<Found> {
    let cx = match &subject.cx {
        Ok(cx) => cx,
        Err(trouble) => {
            return vec![Found::error(
                trouble.clone(),
                "Jarshy cannot start until this is corrected",
            )];
        }
    };
    let asked = async {
        let started = Instant::now();
        let mut db = cx.store.read().await?;
        let version = diagnostics::version(&mut db).await?;
        let millis = started.elapsed().as_millis();
        let answer =
            format!("{version} answers in {millis} ms; the schema is that of this version");
        Ok::<_, StoreError>(vec![if millis > SLOW {
            Found::warning(answer, "look at the load of the database and the way to it")
        } else {
            Found::ok(answer)
        }])
    };
    or_failed(asked.await)
}

pub(super) async fn size(subject: Arc<Subject>) -> Vec<Found> {
    let cx = match subject.context() {
        Ok(cx) => cx,
        Err(found) => return found,
    };
    let looked = async {
        let size = diagnostics::size(&mut cx.store.read().await?).await?;
        let Some(file) = cx.store.file() else {
            return Ok(vec![Found::ok(bytes(size))]);
        };
        let log = log_of(file).metadata().map_or(0, |log| log.len());
        let text = format!("{}, and {} in the write-ahead log", bytes(size), bytes(log));
        Ok::<_, StoreError>(vec![if log > LOG_LIMIT {
            Found::warning(
                text,
                "a process keeps a very long read open: end it, or restart Jarshy",
            )
        } else {
            Found::ok(text)
        }])
    };
    or_failed(looked.await)
}

/// SQLite's write-ahead log beside a database.
pub(super) fn log_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

pub(super) async fn integrity(subject: Arc<Subject>) -> Vec<Found> {
    let cx = match subject.context() {
        Ok(cx) => cx,
        Err(found) => return found,
    };
    let looked = async {
        if cx.store.engine() == Engine::Postgres {
            let is_on = diagnostics::has_page_checksums(&mut cx.store.read().await?).await?;
            return Ok(vec![match is_on {
                Some(true) => Found::not_checked(
                    "PostgreSQL checks each page when it reads it, and all of them only when told to",
                    "run pg_amcheck",
                ),
                _ => Found::not_checked(
                    "PostgreSQL does not check its pages: data checksums are off",
                    "turn them on with pg_checksums --enable while PostgreSQL is stopped, and run pg_amcheck",
                ),
            }]);
        }
        let size = diagnostics::size(&mut cx.store.read().await?).await?;
        if size > QUICK_LIMIT && !subject.is_thorough {
            return Ok(vec![Found::not_checked(
                format!("reading all {} would take long", bytes(size)),
                match subject.place {
                    Place::Server => "run: jarshy doctor --thorough",
                    Place::Command => "add --thorough",
                },
            )]);
        }
        Ok::<_, StoreError>(vec![match diagnostics::sqlite_damage(&cx.store).await? {
            None => Found::ok("SQLite has read the whole database and found nothing wrong"),
            Some(damage) => Found::error(
                format!("the database is damaged: {damage}"),
                "stop Jarshy, keep a copy of the files, and restore a backup",
            ),
        }])
    };
    or_failed(looked.await)
}

/// Whether the counts that pages show are those of what there is.
pub(super) async fn counts(subject: Arc<Subject>) -> Vec<Found> {
    let cx = match subject.context() {
        Ok(cx) => cx,
        Err(found) => return found,
    };
    let looked = async {
        if subject.is_thorough {
            let mut db = cx.store.read().await?;
            let wrong = store::kept_counts::differences(&mut db).await?.len();
            return Ok(vec![match wrong {
                0 => Found::ok("everything was counted again, and pages show the same"),
                _ => Found::warning(
                    format!("counts that pages show and that are wrong: {wrong}"),
                    "a worker corrects them within a day; please report it",
                ),
            }]);
        }
        let last = kept_counts::last(cx).await?;
        let verified = last.and_then(|last| Some((last.begun_at, last.corrected?)));
        Ok::<_, StoreError>(vec![match verified {
            Some((at, 0)) => Found::ok(format!(
                "everything was counted again at {at}, and was right"
            )),
            Some((at, wrong)) => Found::warning(
                format!("counts that were wrong at {at}, and were corrected: {wrong}"),
                "the log of the worker names them; please report it if it happens again",
            ),
            None => Found::not_checked(
                "no worker has counted everything again yet",
                match subject.place {
                    Place::Server => "run: jarshy doctor --thorough",
                    Place::Command => "add --thorough",
                },
            ),
        }])
    };
    or_failed(looked.await)
}
