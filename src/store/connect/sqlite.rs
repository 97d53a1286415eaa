//! An SQLite file as this process opens it: its rights, its options, one writer and some readers.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, SqlitePool};
use tokio::time::Instant;

use super::super::error::{Result, StoreError};
use super::{PATIENCE, Pool};

const READERS: u32 = 8;
/// How soon a file that another process holds is tried again.
const RETRY_INTERVAL: Duration = Duration::from_millis(20);

/// Makes a file readable by its owner alone, and makes it where it is not there.
/// It holds addresses and what people were told; where the file system knows no
/// rights, it stays as it is.
pub(super) fn keep_private(file: &Path) {
    // A database in memory has no file.
    let is_in_memory = file
        .to_str()
        .is_none_or(|name| name.starts_with([':']) || name.starts_with("file:"));
    if is_in_memory {
        return;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        // A file that is there is not opened: closing it would end the locks that SQLite has on
        // it in this process (POSIX, fcntl).
        let _ = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(file);
        for ending in ["", "-wal", "-shm"] {
            let mut name = file.as_os_str().to_owned();
            name.push(ending);
            let path = Path::new(&name);
            if let Ok(known) = path.metadata()
                && known.is_file()
                && known.permissions().mode() & 0o077 != 0
                && let Err(error) =
                    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
            {
                tracing::warn!(path = %path.display(), %error, "others may read the database");
            }
        }
    }
    #[cfg(not(unix))]
    let _ = file;
}

pub(super) fn options(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        // After a commit nothing may be lost, not even to a power cut: the
        // ledger promises that no mail goes out twice.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE)
        .pragma("cache_size", "-2000")
        .pragma("temp_store", "memory")
        // Rows wait for their reader rather than the reader for each row.
        .row_buffer_size(512)
}

pub(super) async fn open(options: SqliteConnectOptions) -> Result<Pool> {
    let file = options.get_filename().to_owned();
    // What SQLite puts beside it takes its rights from it.
    keep_private(&file);
    let pool = |size| {
        SqlitePoolOptions::new()
            .max_connections(size)
            .acquire_timeout(PATIENCE)
            // A file does not hang up; asking it before each use would cost the
            // ledger a third of its time.
            .test_before_acquire(false)
    };
    let writer = pool(1).after_release(|connection, _| {
        Box::pin(async move {
            // A full disk makes SQLite undo the transaction by itself; the
            // driver's ROLLBACK then fails and it thinks itself inside one for
            // ever. Such a connection is given up for a fresh one. The ping
            // waits for a rollback that is on its way.
            if connection.is_in_transaction() {
                connection.ping().await?;
            }
            Ok(!connection.is_in_transaction())
        })
    });
    let writer = connect(writer, options.clone()).await?;
    let readers = pool(READERS).connect_lazy_with(
        options
            .pragma("query_only", "true")
            // There are many of them, and the system's cache stands behind theirs.
            .pragma("cache_size", "-500"),
    );
    Ok(Pool::Sqlite {
        readers,
        writer,
        file,
    })
}

/// Connects for the first time, which changes a new file, or one from a backup, to a write-ahead
/// log. That needs the file for a moment alone, and SQLite does not wait for it: with any other
/// process in the file it is refused at once, whatever `busy_timeout` says.
async fn connect(pool: SqlitePoolOptions, options: SqliteConnectOptions) -> Result<SqlitePool> {
    let until = Instant::now() + PATIENCE;
    loop {
        let connected = pool.clone().connect_with(options.clone()).await;
        match connected.map_err(|error| StoreError::of_opening(error, options.get_filename())) {
            Err(StoreError::Unavailable(_)) if Instant::now() < until => {
                tokio::time::sleep(RETRY_INTERVAL).await;
            }
            connected => return connected,
        }
    }
}

#[cfg(test)]
mod tests {
    use sqlx::ConnectOptions as _;

    use super::super::Store;
    use super::*;

    #[tokio::test]
    async fn a_file_without_a_log_is_opened_once_other_processes_let_go_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("jarshy.db");
        let copy = SqliteConnectOptions::new()
            .filename(&file)
            .create_if_missing(true);
        let mut other = copy.connect().await.unwrap();
        sqlx::raw_sql("CREATE TABLE t (c); BEGIN; SELECT * FROM t")
            .execute(&mut other)
            .await
            .unwrap();
        let mut opening = std::pin::pin!(Store::open_file(&file));
        let early = tokio::time::timeout(10 * RETRY_INTERVAL, &mut opening).await;
        assert!(early.is_err(), "it waits for the other process");
        sqlx::raw_sql("COMMIT").execute(&mut other).await.unwrap();
        opening.await.unwrap().ping().await.unwrap();
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_file_that_is_there_keeps_the_locks_of_this_process() {
        use std::os::unix::fs::MetadataExt as _;

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("jarshy.db");
        keep_private(&file);
        let options = SqliteConnectOptions::new().filename(&file);
        let mut held = options.connect().await.unwrap();
        sqlx::raw_sql("CREATE TABLE t (c); BEGIN EXCLUSIVE")
            .execute(&mut held)
            .await
            .unwrap();
        let inode = format!(":{} ", file.metadata().unwrap().ino());
        let is_locked = || {
            let locks = std::fs::read_to_string("/proc/locks").unwrap();
            locks.lines().any(|lock| lock.contains(&inode))
        };
        assert!(is_locked());
        keep_private(&file);
        assert!(is_locked());
    }
}
