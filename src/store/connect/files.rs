//! SQLite files: copies of a database in use, and files from elsewhere.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::Connection as _;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteLockingMode, SqlitePoolOptions};

use super::super::transfer::{self, Progress};
use super::super::{Result, StoreError, run};
use super::{Db, Pool, SQLITE_MIGRATIONS, Store, sqlite};

impl Store {
    /// Writes a consistent copy of the database to a new SQLite file, while others go on
    /// writing.
    pub async fn copy_to(&self, target: &Path, progress: Progress<'_>) -> Result<()> {
        let Some(name) = target.to_str() else {
            let name = target.display().to_string();
            return Err(StoreError::Url(format!("{name} is not UTF-8")));
        };
        // `VACUUM INTO` takes an empty file as it takes none.
        sqlite::keep_private(target);
        let Some(file) = self.file() else {
            let copy = Self::create_file(target.to_owned()).await?;
            let mut db = copy.write().await?;
            transfer::copy(&mut self.snapshot().await?, &mut db, progress).await?;
            db.commit().await?;
            copy.close().await;
            return Ok(());
        };
        // A connection of its own: `VACUUM INTO` only reads, but the pool's
        // readers are held to queries.
        let mut source = SqliteConnectOptions::new().filename(file).connect().await?;
        sqlx::query("VACUUM INTO $1")
            .bind(name)
            .execute(&mut source)
            .await?;
        source.close().await?;
        Ok(())
    }

    /// The file that a URL of SQLite names; `None` for another URL.
    pub fn file_of(url: &str) -> Result<Option<PathBuf>> {
        if !url.starts_with("sqlite:") {
            return Ok(None);
        }
        let options = SqliteConnectOptions::from_str(url)?;
        Ok(Some(options.get_filename().to_owned()))
    }

    /// A new SQLite database with this version's schema.
    async fn create_file(file: PathBuf) -> Result<Self> {
        let runtime = tokio::runtime::Handle::current();
        // What migrates is not `Send`, and backups are made by a task that is.
        let create = move || {
            runtime.block_on(async move {
                let store = Self::open_file(&file).await?;
                store.migrate().await?;
                Ok(store)
            })
        };
        tokio::task::spawn_blocking(create)
            .await
            .unwrap_or_else(|error| Err(StoreError::Migration(error.to_string())))
    }

    /// Opens an SQLite database by its file's name.
    pub async fn open_file(file: &Path) -> Result<Self> {
        let options = sqlite::options(SqliteConnectOptions::new().filename(file));
        Ok(Self {
            pool: sqlite::open(options).await?,
            commits: Arc::default(),
            engagement_months: Arc::default(),
        })
    }

    /// Opens an existing SQLite database that no other process has open, and keeps others out.
    ///
    /// # Errors
    /// [`StoreError::InUse`] where another process has it open.
    pub async fn open_exclusive(url: &str) -> Result<Self> {
        let options = sqlite::options(SqliteConnectOptions::from_str(url)?)
            .create_if_missing(false)
            .locking_mode(SqliteLockingMode::Exclusive)
            .busy_timeout(Duration::from_secs(1));
        let file = options.get_filename().to_owned();
        let pool = SqlitePoolOptions::new().max_connections(1);
        let connect = async {
            let pool = pool.connect_with(options).await?;
            pool.begin_with("BEGIN EXCLUSIVE").await?.commit().await?;
            Ok::<_, StoreError>(pool)
        };
        let pool = connect.await.map_err(|error| match error {
            StoreError::Unavailable(_) => StoreError::InUse,
            other => other,
        })?;
        Ok(Self {
            pool: Pool::Sqlite {
                readers: pool.clone(),
                writer: pool,
                file,
            },
            commits: Arc::default(),
            engagement_months: Arc::default(),
        })
    }

    /// Checks an SQLite database from elsewhere before anything in it is used: that it is
    /// complete, and that its schema is one that this version or an earlier one made, with no
    /// trigger or view of anybody else.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::OtherSchema`]; [`StoreError::NewerSchema`] or
    /// [`StoreError::PreReleaseSchema`] for those of another version.
    pub async fn check_foreign_file(&self) -> Result<()> {
        let mut db = self.read().await?;
        let found: String =
            run!(db, c => sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_one(c))?;
        if found != "ok" {
            return Err(StoreError::damaged(found));
        }
        let tables: i64 = run!(db, c => sqlx::query_scalar(
            "SELECT COUNT(*) FROM sqlite_master
             WHERE type = 'table' AND name IN ('_sqlx_migrations', 'subscribers')",
        )
        .fetch_one(c))?;
        if tables < 2 {
            return Err(StoreError::OtherSchema("subscribers".to_owned()));
        }
        let applied: Vec<(i64, Vec<u8>)> = run!(db, c => sqlx::query_as(
            "SELECT version, checksum FROM _sqlx_migrations ORDER BY version",
        )
        .fetch_all(c))?;
        let mut known = SQLITE_MIGRATIONS.iter();
        for (version, checksum) in &applied {
            match known.next() {
                None => return Err(StoreError::NewerSchema),
                Some(known) if known.version == *version && *known.checksum == **checksum => {}
                Some(_) => return Err(StoreError::PreReleaseSchema),
            }
        }
        let expected = schema_after(applied.len()).await?;
        let there = schema(&mut db).await?;
        let differs = expected
            .iter()
            .zip(&there)
            .find(|(one, other)| one != other);
        if let Some((_, (name, _))) = differs {
            return Err(StoreError::OtherSchema(name.clone()));
        }
        if expected.len() != there.len() {
            return Err(StoreError::OtherSchema("sqlite_master".to_owned()));
        }
        let dangling: Option<String> = run!(db, c => sqlx::query_scalar(
            "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1",
        )
        .fetch_optional(c))?;
        match dangling {
            Some(table) => Err(StoreError::damaged(format!(
                "{table} refers to rows that are not there"
            ))),
            None => Ok(()),
        }
    }
}

/// What a database consists of, by name, with the statements that made it.
async fn schema(db: &mut Db) -> Result<Vec<(String, String)>> {
    run!(db, c => sqlx::query_as(
        r"SELECT name, type || ' ' || tbl_name || ' ' || COALESCE(sql, '') FROM sqlite_master
         WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> 'backup_info'
         ORDER BY name",
    )
    .fetch_all(c))
}

/// The schema after so many migrations.
async fn schema_after(migrations: usize) -> Result<Vec<(String, String)>> {
    let first = Migrator {
        migrations: Cow::Owned(SQLITE_MIGRATIONS.iter().take(migrations).cloned().collect()),
        ..Migrator::DEFAULT
    };
    let options = SqliteConnectOptions::from_str("sqlite::memory:")?;
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await?;
    let done = first.run(&pool).await;
    done.map_err(|error| StoreError::Migration(error.to_string()))?;
    let store = Store {
        pool: Pool::Sqlite {
            readers: pool.clone(),
            writer: pool,
            file: PathBuf::new(),
        },
        commits: Arc::default(),
        engagement_months: Arc::default(),
    };
    let schema = schema(&mut store.read().await?).await;
    store.close().await;
    schema
}
