//! Reaching PostgreSQL: its URL, its connections, and poolers such as PgBouncer
//! that give each transaction another session.

use std::borrow::Cow;
use std::time::{Duration, Instant};

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection as _, PgConnection, PgPool, Postgres, Row, Transaction};
use url::Url;

use super::error::{Result, StoreError};
use crate::service_url::{authority, without_zone};

const CONNECTIONS: u32 = 16;
/// How long the start waits for a server that is starting too.
const START_PATIENCE: Duration = Duration::from_secs(10);
const BETWEEN_TRIES: Duration = Duration::from_millis(250);
/// How often two connections are asked for their sessions, to tell a pooler.
const COMPARISONS: usize = 12;
/// Of our own choosing: who holds it changes the schema.
const MIGRATION_LOCK: i64 = 0x6a61_7273_6879;

/// A transaction through a pooler meets a session that others have used: their
/// prepared statements have the names that ours are about to get. The limit
/// holds for this transaction alone.
const BEGIN_SHARED: &str =
    "BEGIN; DEALLOCATE ALL; SET LOCAL idle_in_transaction_session_timeout = '15s'";

const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; \
     SET LOCAL idle_in_transaction_session_timeout = 0";
const SNAPSHOT_SHARED: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; DEALLOCATE ALL; \
     SET LOCAL idle_in_transaction_session_timeout = 0";

/// The way to one PostgreSQL database; cheap to clone.
#[derive(Clone)]
pub(super) struct Server {
    pool: PgPool,
    /// Whether a pooler stands between that gives out sessions by transaction:
    /// then nothing may last longer than a transaction does.
    is_shared: bool,
    place: String,
}

impl Server {
    pub(super) async fn open(url: &str, patience: Duration) -> Result<Self> {
        let mut settings = Settings::parse(url)?;
        // Digits of floating-point numbers, of which we have none in text; many
        // poolers refuse to be asked for them.
        settings.options = settings.options.extra_float_digits(None);
        let place = settings.place;
        wait_for(&settings.options, &place).await?;
        let is_shared = match settings.is_shared {
            Some(is_shared) => is_shared,
            None => shares_sessions(&settings.options).await,
        };
        if is_shared {
            tracing::info!(
                server = place,
                "the database is reached through a pooler that shares sessions"
            );
            settings.options = settings.options.statement_cache_capacity(0);
        }
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(patience)
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    // A machine that freezes in the middle of a transaction must not
                    // keep the others from what it has locked.
                    if !is_shared {
                        sqlx::query("SET idle_in_transaction_session_timeout = '15s'")
                            .execute(connection)
                            .await?;
                    }
                    Ok(())
                })
            })
            .connect_with(settings.options)
            .await?;
        Ok(Self {
            pool,
            is_shared,
            place,
        })
    }

    /// Whether statements need a transaction around them to meet one session.
    pub(super) fn is_shared(&self) -> bool {
        self.is_shared
    }

    pub(super) async fn acquire(&self) -> Result<sqlx::pool::PoolConnection<Postgres>> {
        self.pool
            .acquire()
            .await
            .map_err(|error| self.in_words(error))
    }

    pub(super) async fn begin(&self) -> Result<Transaction<'static, Postgres>> {
        let begun = if self.is_shared {
            self.pool.begin_with(BEGIN_SHARED).await
        } else {
            self.pool.begin().await
        };
        begun.map_err(|error| self.in_words(error))
    }

    /// A transaction that sees the database as it is now, and may wait between statements.
    pub(super) async fn begin_snapshot(&self) -> Result<Transaction<'static, Postgres>> {
        let begun = if self.is_shared {
            self.pool.begin_with(SNAPSHOT_SHARED).await
        } else {
            self.pool.begin_with(SNAPSHOT).await
        };
        begun.map_err(|error| self.in_words(error))
    }

    pub(super) async fn migrate(
        &self,
        migrations: &'static Migrator,
    ) -> std::result::Result<(), MigrateError> {
        if !self.is_shared {
            return migrations.run(&self.pool).await;
        }
        // A lock of the session, such as the migrator's own, would stay with
        // the connection that gets the session next.
        let mut migrations = Migrator {
            migrations: Cow::Borrowed(&migrations.migrations),
            ..Migrator::DEFAULT
        };
        migrations.set_locking(false);
        let mut transaction = self.pool.begin_with("BEGIN; DEALLOCATE ALL").await?;
        sqlx::query("SELECT pg_advisory_xact_lock($1)")
            .bind(MIGRATION_LOCK)
            .execute(&mut *transaction)
            .await?;
        migrations.run(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }

    /// A pool that gives out nothing: whether its connections are busy or there
    /// are none tells the operator what to fix.
    fn in_words(&self, error: sqlx::Error) -> StoreError {
        match error {
            sqlx::Error::PoolTimedOut if self.pool.size() == 0 => {
                StoreError::unavailable(format!("PostgreSQL at {} does not answer", self.place))
            }
            sqlx::Error::PoolTimedOut => {
                StoreError::unavailable("all connections to PostgreSQL are busy".to_owned())
            }
            other => other.into(),
        }
    }
}

/// Waits for a server that does not answer yet: it may be starting too.
async fn wait_for(options: &PgConnectOptions, place: &str) -> Result<()> {
    let started = Instant::now();
    let mut is_told = false;
    loop {
        let error = match options.connect().await {
            Ok(connection) => {
                let _ = connection.close().await;
                return Ok(());
            }
            Err(error) => error,
        };
        if !is_starting(&error) {
            return Err(match error {
                sqlx::Error::Io(cause) => StoreError::unavailable(format!(
                    "PostgreSQL at {place} cannot be reached: {cause}"
                )),
                other => other.into(),
            });
        }
        if started.elapsed() > START_PATIENCE {
            return Err(StoreError::unavailable(format!(
                "nothing answers at {place} ({}); is PostgreSQL running, and is this its port?",
                cause(&error)
            )));
        }
        if !std::mem::replace(&mut is_told, true) {
            tracing::warn!(
                server = place,
                cause = cause(&error),
                "PostgreSQL does not answer yet; trying for ten seconds"
            );
        }
        tokio::time::sleep(BETWEEN_TRIES).await;
    }
}

fn cause(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Io(cause) => cause.to_string(),
        other => other.to_string(),
    }
}

/// Whether a failure may be that of a server on its way up.
fn is_starting(error: &sqlx::Error) -> bool {
    use std::io::ErrorKind::{ConnectionRefused, ConnectionReset, NotFound, UnexpectedEof};
    match error {
        // A socket's file that is not there yet is not found.
        sqlx::Error::Io(cause) => {
            matches!(
                cause.kind(),
                ConnectionRefused | ConnectionReset | NotFound | UnexpectedEof
            )
        }
        // cannot_connect_now.
        sqlx::Error::Database(cause) => cause.code().as_deref() == Some("57P03"),
        _ => false,
    }
}

/// Whether a pooler gives an open connection another session, or one session to two open
/// connections: PostgreSQL itself never does, nor does a pooler of whole sessions.
///
/// A pooler that others keep busy has several sessions to give, so that neither shows at once.
async fn shares_sessions(options: &PgConnectOptions) -> bool {
    let compare = async {
        let (mut one, mut other) = (options.connect().await?, options.connect().await?);
        let first = (session(&mut one).await?, session(&mut other).await?);
        let mut is_shared = first.0 == first.1;
        for _ in 1..COMPARISONS {
            if is_shared {
                break;
            }
            let next = (session(&mut one).await?, session(&mut other).await?);
            is_shared = next != first;
        }
        let _ = one.close().await;
        let _ = other.close().await;
        Ok::<_, sqlx::Error>(is_shared)
    };
    // Where it cannot be told, the next query tells what is wrong.
    compare.await.unwrap_or(false)
}

async fn session(connection: &mut PgConnection) -> sqlx::Result<i32> {
    // Without parameters, and so in one exchange whatever stands between.
    let row = sqlx::raw_sql("SELECT pg_backend_pid()")
        .fetch_one(connection)
        .await?;
    row.try_get(0)
}

/// What a URL says.
struct Settings {
    options: PgConnectOptions,
    /// Whether the operator says that sessions are shared, or are not.
    is_shared: Option<bool>,
    place: String,
}

impl Settings {
    fn parse(text: &str) -> Result<Self> {
        let wrong = |cause: String| StoreError::Url(cause);
        let (text, zone) = without_zone(text.trim()).map_err(|error| wrong(error.to_string()))?;
        let mut url = Url::parse(&with_host(&text)).map_err(|_| {
            wrong("it is not a URL; in user and password write / as %2F, # as %23, ? as %3F and % as %25".to_owned())
        })?;
        let mut is_shared = None;
        let mut kept = Vec::new();
        for pair in url
            .query()
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty())
        {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            match (key, value) {
                ("pgbouncer", "true") => is_shared = Some(true),
                ("pgbouncer", "false") => is_shared = Some(false),
                ("pgbouncer", _) => {
                    return Err(wrong("pgbouncer must be true or false".to_owned()));
                }
                // The driver reads the query as a form.
                _ => kept.push(format!("{key}={}", value.replace('+', "%2B"))),
            }
        }
        let query = kept.join("&");
        url.set_query((!query.is_empty()).then_some(&query));
        let options: PgConnectOptions = url.as_str().parse().map_err(|error| match error {
            sqlx::Error::Configuration(cause) => wrong(cause.to_string()),
            other => other.into(),
        })?;
        // What URLs write in brackets (RFC 3986 §3.2.2) is no part of the address;
        // its zone is.
        let bracketed = options.get_host().strip_prefix('[');
        let address = bracketed.and_then(|rest| rest.strip_suffix(']'));
        let options = match address.map(|address| format!("{address}{zone}")) {
            Some(host) => options.host(&host),
            None => options,
        };
        let place = match options.get_socket() {
            Some(socket) => socket.display().to_string(),
            None => authority(options.get_host(), options.get_port()),
        };
        Ok(Self {
            options,
            is_shared,
            place,
        })
    }
}

/// The same with a host where a URL has a user and none, as libpq allows it:
/// `postgres://user@/name?host=/run/postgresql`.
fn with_host(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let Some((scheme, rest)) = text.split_once("://") else {
        return text.into();
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    let Some((user, host)) = authority.rsplit_once('@') else {
        return text.into();
    };
    if host.is_empty() || host.starts_with(':') {
        format!("{scheme}://{user}@{}{host}{rest}", default_host(rest)).into()
    } else {
        text.into()
    }
}

/// Where PostgreSQL is if a URL does not say so: as libpq has it, behind the
/// usual socket, or else on this machine's own address.
fn default_host(rest: &str) -> Cow<'static, str> {
    let names_host = rest
        .split_once('?')
        .is_some_and(|(_, query)| query.split('&').any(|pair| pair.starts_with("host=")));
    let usual = ["/var/run/postgresql", "/run/postgresql", "/tmp"];
    let socket = usual
        .into_iter()
        .find(|folder| std::path::Path::new(folder).join(".s.PGSQL.5432").exists());
    match socket.filter(|_| !names_host) {
        Some(folder) => folder.replace('/', "%2F").into(),
        None => "localhost".into(),
    }
}

#[cfg(test)]
mod tests;
