//! The composition root: from a configuration to a running application.

use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::account;
use crate::audience::join_queue::JoinQueue;
use crate::backup::{BackupError, hold, moving};
use crate::catcher::mailbox::Mailbox;
use crate::clock::Clock;
use crate::config::Config;
use crate::config::live::LiveConfig;
use crate::config::public_path;
use crate::context::Context;
use crate::health::Health;
use crate::https::{Https, HttpsError};
use crate::jobs;
use crate::jobs::worker;
use crate::mailbox_url::MailboxUrlError;
use crate::relay::RelayUrlError;
use crate::settings;
use crate::store::{Store, StoreError, backup_info, encrypted_columns};
use crate::token::{KeyError, KeyRing};
use crate::web;
use crate::web::http::rate_limits::RateLimits;
use crate::web::http::server::{self, Limits};
use crate::web::state::Web;

/// How long a stopping process waits for work that is under way.
const STOP_LIMIT: Duration = Duration::from_secs(10);

/// Why the application cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The secret key.
    #[error("JARSHY_SECRET_KEY: {0}")]
    Key(#[from] KeyError),
    /// PostgreSQL without a secret key: each process would sign with its own.
    #[error(
        "with PostgreSQL set JARSHY_SECRET_KEY, the same for every process; make one with: openssl rand -hex 32"
    )]
    NoKey,
    /// The file of the secret key.
    #[error("the secret key's file {path} cannot be read or made: {cause}")]
    KeyFile {
        /// The file.
        path: String,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A look at a database that is not there yet.
    #[error("there is no database at {0} yet; the first start makes it")]
    NoDatabase(String),
    /// A look at a database that was not brought up to date.
    #[error("the database's schema is of an earlier version; run: jarshy migrate")]
    OutdatedSchema,
    /// A look at a backup.
    #[error("the database is a backup that was not restored; see: jarshy restore")]
    IsBackup,
    /// Backups.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// The database was moved.
    #[error(
        "the database was moved to {0}; set JARSHY_DATABASE_URL to it, or see: jarshy move --take-back"
    )]
    Moved(String),
    /// The relay's URL.
    #[error("JARSHY_SMTP_URL: {0}")]
    RelayUrl(#[from] RelayUrlError),
    /// What must not go over the network as it is set.
    #[error("JARSHY_REQUIRE_TLS is set, and {0}")]
    Unprotected(&'static str),
    /// The mailbox of returned mail.
    #[error("JARSHY_MAILBOX_URL: {0}")]
    Mailbox(#[from] MailboxUrlError),
    /// The path of the public URL.
    #[error(
        "JARSHY_PUBLIC_URL: the site itself has pages at {0}; choose another path, such as /news"
    )]
    PublicPath(String),
    /// The server's certificate.
    #[error(transparent)]
    Https(#[from] HttpsError),
    /// The address to listen on.
    #[error("cannot listen on {address}: {cause}; choose another address with --listen")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        cause: std::io::Error,
    },
}

/// Opens the database, migrates its schema and loads the secret key.
///
/// # Errors
/// [`AppError`] says what to fix.
pub async fn open(config: Config) -> Result<Context, AppError> {
    for unprotected in config.unprotected() {
        if config.require_tls {
            return Err(AppError::Unprotected(unprotected));
        } else {
            tracing::warn!("{unprotected}")
        }
    }
    config.relays()?;
    config.mailbox()?;
    if public_path::is_own(&config.site_languages(), config.public_path()) {
        return Err(AppError::PublicPath(config.public_path().to_owned()));
    }
    let store = Store::open(&config.database_url).await?;
    store.migrate().await?;
    check_origin(&store, &config).await?;
    let keys = match &config.secret_key {
        Some(keys) => KeyRing::parse(keys)?,
        None => KeyRing::parse(&load_or_create_secret(&store)?)?,
    };
    reencrypt(&store, &keys).await?;
    context(store, keys, config).await
}

/// Opens a database for a look: it is neither made nor migrated, and nothing is held.
///
/// # Errors
/// [`AppError`] says what to fix.
pub async fn inspect(config: Config) -> Result<Context, AppError> {
    if let Some(file) = Store::file_of(&config.database_url)?
        && !file.exists()
    {
        return Err(AppError::NoDatabase(file.display().to_string()));
    }
    let store = Store::open(&config.database_url).await?;
    if store.pending_migrations().await? > 0 {
        return Err(AppError::OutdatedSchema);
    }
    if let Some(moved) = moving::moved_to(&store).await? {
        return Err(AppError::Moved(moved.place));
    }
    if backup_info::get(&mut store.read().await?).await?.is_some() {
        return Err(AppError::IsBackup);
    }
    let key = match (&config.secret_key, store.file()) {
        (Some(key), _) => key.clone(),
        (None, None) => return Err(AppError::NoKey),
        (None, Some(file)) => {
            let path = crate::backup::key_file(file);
            std::fs::read_to_string(&path).map_err(|cause| AppError::KeyFile {
                path: path.display().to_string(),
                cause,
            })?
        }
    };
    context(store, KeyRing::parse(key.trim())?, config).await
}

async fn context(store: Store, keys: KeyRing, config: Config) -> Result<Context, AppError> {
    let cx = Context {
        store,
        clock: Clock::system(),
        keys: Arc::new(keys),
        live: Arc::new(LiveConfig::new(config)),
        mail_queued: Arc::new(Notify::new()),
        health: Health::default(),
    };
    settings::reload(&cx).await?;
    Ok(cx)
}

/// Refuses a database that was moved elsewhere, and holds what a backup that was put into the
/// database's place would send again.
async fn check_origin(store: &Store, config: &Config) -> Result<(), AppError> {
    if let Some(moved) = moving::moved_to(store).await? {
        return Err(AppError::Moved(moved.place));
    }
    if let Some(held) = hold::adopt(store, config, Clock::system().now()).await? {
        tracing::warn!(
            paused = held.paused.len(),
            unscheduled = held.unscheduled.len(),
            "the database is a backup: what may have been sent since is held; see the campaigns"
        );
    }
    Ok(())
}

/// Binds secrets that an earlier version encrypted to their purpose.
async fn reencrypt(store: &Store, keys: &KeyRing) -> Result<(), StoreError> {
    for column in &encrypted_columns::COLUMNS {
        let kept = encrypted_columns::all(&mut store.read().await?, column).await?;
        let anew = kept
            .iter()
            .filter_map(|old| Some((old, keys.reencrypt(column.purpose, old)?)));
        let anew: Vec<_> = anew.collect();
        if anew.is_empty() {
            continue;
        }
        let mut db = store.write().await?;
        for (old, new) in &anew {
            encrypted_columns::replace(&mut db, column, old, new).await?;
        }
        db.commit().await?;
        tracing::info!(purpose = ?column.purpose, count = anew.len(), "secrets are sealed anew");
    }
    Ok(())
}

/// The secret key beside an SQLite database, created on the first run.
fn load_or_create_secret(store: &Store) -> Result<String, AppError> {
    let Some(database) = store.file() else {
        return Err(AppError::NoKey);
    };
    let path = database.with_extension("key");
    read_or_make_key(&path).map_err(|cause| AppError::KeyFile {
        path: path.display().to_string(),
        cause,
    })
}

/// The key in a file; a new one where there is no file. Several processes that start at once
/// get the same one, and a crash leaves no half of one.
pub(crate) fn read_or_make_key(path: &Path) -> std::io::Result<String> {
    let known = || Ok(std::fs::read_to_string(path)?.trim().to_owned());
    if path.try_exists()? {
        return known();
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    // Only its owner reads what this makes.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    let key = KeyRing::generate();
    file.write_all(key.as_bytes())?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(key),
        Err(failed) if failed.error.kind() == std::io::ErrorKind::AlreadyExists => known(),
        Err(failed) => Err(failed.error),
    }
}

/// The state of the web layer over a context.
pub fn web(cx: &Context, mailbox: Option<Mailbox>) -> Web {
    Web {
        limits: RateLimits::new(cx.config().join_limit_per_network),
        joins: JoinQueue::default(),
        pages: web::page_cache::PageCache::default(),
        stop: CancellationToken::new(),
        cx: cx.clone(),
        mailbox,
        metrics: metrics_handle(),
    }
}

/// One recorder per process: the metrics belong to it, not to a router.
fn metrics_handle() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE
        .get_or_init(|| {
            let recorder = PrometheusBuilder::new().build_recorder();
            let handle = recorder.handle();
            // In a program that embeds Jarshy, an existing recorder stays.
            let _ = metrics::set_global_recorder(recorder);
            handle
        })
        .clone()
}

/// Binds to an address.
///
/// # Errors
/// [`AppError::Listen`] where it is not free.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, AppError> {
    TcpListener::bind(address)
        .await
        .map_err(|cause| AppError::Listen { address, cause })
}

/// Where mail is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worker {
    /// In this process.
    Here,
    /// In others, by `jarshy worker`.
    Elsewhere,
}

/// Serves pages and API, and sends email if that is done here, until `stop`; then waits up to
/// ten seconds for work that is under way.
pub async fn serve(
    web: Web,
    listener: TcpListener,
    worker: Worker,
    stop: CancellationToken,
) -> Result<(), AppError> {
    let https = Https::start(&web.cx).await?;
    let plain = match web.cx.config().http_redirect_listen {
        Some(address) => Some(bind(address).await?),
        None => None,
    };
    account::idempotency::free_abandoned(&web.cx).await?;
    let worker =
        (worker == Worker::Here).then(|| tokio::spawn(worker::run(web.cx.clone(), stop.clone())));
    if worker.is_some() {
        tokio::spawn(jobs::weekly_digest(web.cx.clone(), stop.clone()));
        tokio::spawn(jobs::recurring_campaigns(web.cx.clone(), stop.clone()));
        tokio::spawn(jobs::backups(web.cx.clone(), stop.clone()));
        tokio::spawn(jobs::trash_and_counts(web.cx.clone(), stop.clone()));
    }
    tokio::spawn(jobs::settings(web.cx.clone(), stop.clone()));
    tokio::spawn(jobs::notifications(web.cx.clone(), stop.clone()));
    tokio::spawn(jobs::post_html(web.cx.clone(), stop.clone()));
    let imports = tokio::spawn(jobs::imports(web.cx.clone(), stop.clone()));
    let store = web.cx.store.clone();
    let (cx, rate_limits) = (web.cx.clone(), web.limits.clone());
    let web = Web {
        stop: stop.clone(),
        ..web
    };
    if let Some(listener) = plain {
        let (limits, routes) = (Limits::of_redirects(), web::plain_router(web.clone()));
        tokio::spawn(server::serve(listener, routes, limits, None, stop.clone()));
    }
    let tls = https.as_ref().map(|https| server::Tls {
        acceptor: https.acceptor(),
        plain: web::plain_router(web.clone()),
    });
    if let Some(https) = https {
        tokio::spawn(jobs::certificate(cx.clone(), https, stop.clone()));
    }
    let limits = Limits::of_system();
    let server = server::serve(listener, web::router(web), limits, tls, stop.clone());
    tokio::spawn(jobs::join_limits(cx, rate_limits, stop.clone()));
    let limited = async {
        stop.cancelled().await;
        tokio::time::sleep(STOP_LIMIT).await;
    };
    tokio::select! {
        () = server => {}
        () = limited => {}
    }
    stop.cancel();
    if let Some(worker) = worker
        && tokio::time::timeout(STOP_LIMIT, worker).await.is_err()
    {
        tracing::warn!("the worker did not stop in time; its leases expire by themselves");
    }
    if tokio::time::timeout(STOP_LIMIT, imports).await.is_err() {
        tracing::warn!("an import did not stop in time; it continues at the next start");
    }
    store.close().await;
    Ok(())
}

/// Cancelled by SIGINT or SIGTERM.
pub fn stop_on_signal() -> CancellationToken {
    let stop = CancellationToken::new();
    let cancelled = stop.clone();
    tokio::spawn(async move {
        wait_for_signal().await;
        cancelled.cancel();
    });
    stop
}

#[cfg(unix)]
async fn wait_for_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
        }
        Err(_) => {
            let _ = tokio::signal::ctrl_c().await;
        }
    }
}

#[cfg(not(unix))]
async fn wait_for_signal() {
    let _ = tokio::signal::ctrl_c().await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::encrypted_columns;

    #[tokio::test]
    async fn what_an_earlier_version_sealed_is_bound_to_its_purpose_at_the_next_start() {
        let folder = std::env::temp_dir().join(format!("jarshy-app-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(&folder).unwrap();
        let config = Config {
            database_url: format!("sqlite://{}", folder.join("jarshy.db").display()),
            // The older key still opens, the newer one seals.
            secret_key: Some(format!("{},{}", "n".repeat(64), "o".repeat(64))),
            ..Config::default()
        };
        let older = KeyRing::parse(&"o".repeat(64)).unwrap();
        open(config.clone()).await.unwrap().store.close().await;
        let pool = sqlx::SqlitePool::connect(&config.database_url)
            .await
            .unwrap();
        for statement in [
            "INSERT INTO dkim_keys (domain, selector, algorithm, private_key, created_at)
             VALUES ('a.example', 's', 'ed25519', $1, 0)",
            "INSERT INTO users (email, email_key, role, created_at, totp_secret)
             VALUES ('o@a.example', 'o@a.example', 'owner', 0, $1)",
            "INSERT INTO webhooks (url, events, secret, is_active, created_at)
             VALUES ('https://a.example', ' ', $1, TRUE, 0)",
            "INSERT INTO configuration (name, value, changed_at) VALUES ('from', $1, 0)",
            "INSERT INTO acme_accounts (directory, credentials, created_at)
             VALUES ('https://ca.example', $1, 0)",
            "INSERT INTO acme_certificates (directory, host, chain, private_key, obtained_at)
             VALUES ('https://ca.example', 'a.example', '', $1, 0)",
        ] {
            let secret = older.encrypt_without_purpose(b"the secret");
            let query = sqlx::query(statement).bind(secret);
            query.execute(&pool).await.unwrap();
        }
        pool.close().await;
        let mut kept = Vec::new();
        for _ in 0..2 {
            let cx = open(config.clone()).await.unwrap();
            let mut db = cx.store.read().await.unwrap();
            for column in &encrypted_columns::COLUMNS {
                let secret = encrypted_columns::all(&mut db, column)
                    .await
                    .unwrap()
                    .remove(0);
                assert_eq!(
                    cx.keys.decrypt(column.purpose, &secret).unwrap(),
                    b"the secret"
                );
                let others = encrypted_columns::COLUMNS.iter().map(|other| other.purpose);
                for other in others.filter(|other| *other != column.purpose) {
                    assert!(cx.keys.decrypt(other, &secret).is_err(), "{other:?}");
                }
                kept.push(secret);
            }
            drop(db);
            cx.store.close().await;
        }
        let (first, second) = kept.split_at(encrypted_columns::COLUMNS.len());
        assert_eq!(first, second, "what is bound stays as it is");
        let _ = std::fs::remove_dir_all(folder);
    }
}
