//! Opening the database, and the connection that a query runs on.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Postgres, Sqlite, SqlitePool, Transaction};

use super::error::{Result, StoreError};
use super::postgres::Server;

mod files;
mod many;
mod sqlite;

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// How long a request waits for a connection, or for SQLite's one writer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Which database a store is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One file, one machine.
    Sqlite,
    /// Shared by any number of processes.
    Postgres,
}

/// The database, cheap to clone.
#[derive(Clone)]
pub struct Store {
    pool: Pool,
    commits: Arc<AtomicU64>,
    /// See [`Db::engagement_months`]; 0 for none.
    engagement_months: Arc<AtomicU32>,
}

#[derive(Clone)]
enum Pool {
    /// SQLite has one writer at a time: a pool of one connection queues writers
    /// fairly here instead of letting them meet `SQLITE_BUSY`.
    Sqlite {
        readers: SqlitePool,
        writer: SqlitePool,
        file: PathBuf,
    },
    Postgres(Server),
}

/// One connection for reading, or one transaction.
///
/// What was not [committed](Db::commit) is rolled back when it is dropped.
pub struct Db {
    held: Held,
    commits: Arc<AtomicU64>,
    engagement_months: Arc<AtomicU32>,
}

enum Held {
    /// No transaction, or one for each statement.
    SqliteAlone(PoolConnection<Sqlite>),
    Sqlite(Transaction<'static, Sqlite>),
    PostgresAlone(PoolConnection<Postgres>),
    Postgres(Transaction<'static, Postgres>),
}

/// The driver's connection, for the macro `run!`.
pub(crate) enum Connection<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

impl Db {
    pub(crate) fn connection(&mut self) -> Connection<'_> {
        match &mut self.held {
            Held::SqliteAlone(c) => Connection::Sqlite(c),
            Held::Sqlite(c) => Connection::Sqlite(c),
            Held::PostgresAlone(c) => Connection::Postgres(c),
            Held::Postgres(c) => Connection::Postgres(c),
        }
    }

    /// Which database this is a connection of.
    pub fn engine(&self) -> Engine {
        match &self.held {
            Held::SqliteAlone(_) | Held::Sqlite(_) => Engine::Sqlite,
            Held::PostgresAlone(_) | Held::Postgres(_) => Engine::Postgres,
        }
    }

    /// For how many months what was seen of readers counts; `None` where the site has that turned
    /// off: no query may show any of it then.
    pub fn engagement_months(&self) -> Option<u32> {
        let months = self.engagement_months.load(Ordering::Acquire);
        (months > 0).then_some(months)
    }

    /// Makes the transaction's changes durable.
    ///
    /// # Errors
    /// [`StoreError`] where the database could not; then nothing was changed.
    pub async fn commit(self) -> Result<()> {
        match self.held {
            Held::Sqlite(transaction) => transaction.commit().await?,
            Held::Postgres(transaction) => transaction.commit().await?,
            Held::SqliteAlone(_) | Held::PostgresAlone(_) => return Ok(()),
        }
        self.commits.fetch_add(1, Ordering::Release);
        Ok(())
    }
}

impl Store {
    /// Opens the database at `url`; makes an SQLite file that is not there.
    ///
    /// # Errors
    /// [`StoreError`] where the URL is of no known kind or the database cannot
    /// be reached.
    pub async fn open(url: &str) -> Result<Self> {
        let pool = match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => {
                let options = sqlite::options(SqliteConnectOptions::from_str(url)?);
                sqlite::open(options).await?
            }
            Some("postgres" | "postgresql") => Pool::Postgres(Server::open(url, PATIENCE).await?),
            _ => return Err(StoreError::UnknownUrl),
        };
        Ok(Self {
            pool,
            commits: Arc::default(),
            engagement_months: Arc::default(),
        })
    }

    /// How many transactions this process has committed: while it stays the
    /// same, what was read a moment ago still holds here. The pages of the
    /// [ledger](super::ledger) do not count, since no visitor sees them.
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    fn hold(&self, held: Held) -> Db {
        Db {
            held,
            commits: self.commits.clone(),
            engagement_months: self.engagement_months.clone(),
        }
    }

    /// Sets for how many months what was seen of readers counts; `None`: nothing is seen, and
    /// nothing that was seen is shown.
    pub fn set_engagement_months(&self, months: Option<u32>) {
        let months = months.unwrap_or(0);
        self.engagement_months.store(months, Ordering::Release);
    }

    /// Which database this is.
    pub fn engine(&self) -> Engine {
        match self.pool {
            Pool::Sqlite { .. } => Engine::Sqlite,
            Pool::Postgres(_) => Engine::Postgres,
        }
    }

    /// The file of an SQLite database.
    pub fn file(&self) -> Option<&std::path::Path> {
        match &self.pool {
            Pool::Sqlite { file, .. } => Some(file),
            Pool::Postgres(_) => None,
        }
    }

    /// A connection for reading; it sees what was committed.
    pub async fn read(&self) -> Result<Db> {
        Ok(self.hold(match &self.pool {
            Pool::Sqlite { readers, .. } => Held::SqliteAlone(readers.acquire().await?),
            Pool::Postgres(server) if server.is_shared() => Held::Postgres(server.begin().await?),
            Pool::Postgres(server) => Held::PostgresAlone(server.acquire().await?),
        }))
    }

    /// A transaction for writing.
    pub async fn write(&self) -> Result<Db> {
        Ok(self.hold(match &self.pool {
            // Another process may hold the file: take the write lock at once,
            // since a lock cannot be upgraded after a read without risk.
            Pool::Sqlite { writer, .. } => {
                Held::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?)
            }
            Pool::Postgres(server) => Held::Postgres(server.begin().await?),
        }))
    }

    /// A connection for one statement, which is a transaction by itself where
    /// that is cheaper; [commit](Db::commit) it all the same.
    pub(crate) async fn write_alone(&self) -> Result<Db> {
        Ok(self.hold(match &self.pool {
            Pool::Sqlite { writer, .. } => Held::SqliteAlone(writer.acquire().await?),
            Pool::Postgres(server) if server.is_shared() => Held::Postgres(server.begin().await?),
            Pool::Postgres(server) => Held::PostgresAlone(server.acquire().await?),
        }))
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// [`StoreError::NewerSchema`] where a newer Jarshy has been here.
    pub async fn migrate(&self) -> Result<()> {
        let done = match &self.pool {
            Pool::Sqlite { writer, .. } => self.migrate_sqlite(writer).await,
            Pool::Postgres(server) => server.migrate(&POSTGRES_MIGRATIONS).await,
        };
        let Err(error) = done else { return Ok(()) };
        Err(match error {
            MigrateError::VersionMissing(_)
            | MigrateError::VersionTooNew(..)
            | MigrateError::VersionMismatch(_)
                if self.is_pre_release().await? =>
            {
                StoreError::PreReleaseSchema
            }
            MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => {
                StoreError::NewerSchema
            }
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            other => StoreError::Migration(other.to_string()),
        })
    }

    /// All migrations in one transaction: SQLite has no lock for a migrator, and another
    /// process may find the same file empty in the same moment.
    async fn migrate_sqlite(&self, writer: &SqlitePool) -> std::result::Result<(), MigrateError> {
        // With nothing to do nobody waits for those who write.
        if matches!(self.pending_migrations().await, Ok(0)) {
            return SQLITE_MIGRATIONS.run(writer).await;
        }
        let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
        SQLITE_MIGRATIONS.run(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// How many migrations are to be made before this version can use the database.
    ///
    /// # Errors
    /// [`StoreError::NewerSchema`] where a newer Jarshy has been here.
    pub async fn pending_migrations(&self) -> Result<usize> {
        let mut db = self.read().await?;
        let (is_there, known) = match self.engine() {
            Engine::Sqlite => (
                "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = '_sqlx_migrations')",
                &SQLITE_MIGRATIONS,
            ),
            Engine::Postgres => (
                "SELECT to_regclass('_sqlx_migrations') IS NOT NULL",
                &POSTGRES_MIGRATIONS,
            ),
        };
        let is_there: bool = super::run!(db, c => sqlx::query_scalar(is_there).fetch_one(c))?;
        if !is_there {
            return Ok(known.iter().count());
        }
        let done: Vec<i64> = super::run!(db, c => sqlx::query_scalar(
            "SELECT version FROM _sqlx_migrations WHERE success",
        )
        .fetch_all(c))?;
        let is_known = |version: &i64| known.iter().any(|known| known.version == *version);
        if !done.iter().all(is_known) {
            return Err(StoreError::NewerSchema);
        }
        let pending = known.iter().filter(|known| !done.contains(&known.version));
        Ok(pending.count())
    }

    /// Whether the first migration of the database is not ours: the migrations
    /// from before the first release were other files with the same numbers.
    async fn is_pre_release(&self) -> Result<bool> {
        let mut db = self.read().await?;
        let first: Option<String> = super::run!(db, c => sqlx::query_scalar(
            "SELECT description FROM _sqlx_migrations WHERE version = 1",
        )
        .fetch_optional(c))?;
        let ours = SQLITE_MIGRATIONS.iter().next();
        Ok(first.is_some_and(|first| ours.is_none_or(|ours| ours.description != first)))
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        let mut db = self.read().await?;
        super::execute!(db, sqlx::query("SELECT 1"))?;
        Ok(())
    }

    /// Lets the planner look at the tables, after a great many rows were added.
    pub async fn analyze(&self) -> Result<()> {
        let mut db = self.write().await?;
        super::execute!(db, sqlx::query("ANALYZE"))?;
        db.commit().await
    }

    /// Moves what SQLite's log holds into its file, as far as that keeps nobody
    /// waiting: what is left for the writer, once the log is long, is little.
    /// PostgreSQL sees to this by itself.
    pub async fn checkpoint(&self) -> Result<()> {
        if let Pool::Sqlite { readers, .. } = &self.pool {
            let mut reader = readers.acquire().await?;
            sqlx::query("PRAGMA wal_checkpoint(PASSIVE)")
                .execute(&mut *reader)
                .await?;
        }
        Ok(())
    }

    /// One view of the whole database, whatever others write meanwhile.
    pub async fn snapshot(&self) -> Result<Db> {
        Ok(self.hold(match &self.pool {
            Pool::Sqlite { readers, .. } => Held::Sqlite(readers.begin().await?),
            Pool::Postgres(server) => Held::Postgres(server.begin_snapshot().await?),
        }))
    }

    /// Closes every connection, and leaves SQLite's file without a log beside it.
    pub async fn close(&self) {
        match &self.pool {
            Pool::Sqlite {
                readers, writer, ..
            } => {
                readers.close().await;
                writer.close().await;
            }
            Pool::Postgres(server) => server.close().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_that_cannot_be_opened_is_named() {
        let opened = Store::open("sqlite:///no/such/folder/jarshy.db").await;
        let error = opened.map(|_| ()).unwrap_err().to_string();
        assert!(error.contains("/no/such/folder/jarshy.db"), "{error}");
        assert!(error.contains("database_url"), "{error}");
    }
}
