//! Transactions that look up and write thousands of rows each, one after the other.

use super::{Connection, Db, Pool, Store};
use crate::store::Result;

/// What SQLite keeps in memory between these transactions, and how long its log may become (in
/// pages) before it moves into the file: the same pages are written again and again.
const SQLITE_MANY: &str = "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16000";
const SQLITE_FEW: &str = "PRAGMA cache_size = -2000; PRAGMA wal_autocheckpoint = 1000";

/// PostgreSQL plans by statistics, which know nothing of what came in the last minutes: a table
/// of a million new rows counts as empty and is read as a whole for each row, also by the checks
/// of foreign keys, whose plans a session keeps for ever. So plans are made anew, and from
/// indices and nested loops alone, which is what a slice needs whatever the size of the tables.
///
/// The search index takes what is new in larger lots.
const POSTGRES_MANY: &str = "DISCARD PLANS;
    SET LOCAL enable_seqscan = off;
    SET LOCAL enable_hashjoin = off;
    SET LOCAL enable_mergejoin = off;
    SET LOCAL work_mem = '32MB';
    SET LOCAL gin_pending_list_limit = '32MB'";

/// Ends what [`POSTGRES_MANY`] has put off, and lets the planner look at what there is now.
const POSTGRES_FEW: [&str; 2] = [
    "SELECT gin_clean_pending_list(c.oid) FROM pg_class c
     WHERE c.oid = to_regclass('subscribers_by_text')",
    "ANALYZE subscribers, subscriptions, subscriber_tags, consent_records, suppressions,
             import_changes",
];

impl Store {
    /// A transaction of a row of them that each look up and write thousands of rows;
    /// [`end_many`](Self::end_many) comes after the last.
    pub async fn write_many(&self) -> Result<Db> {
        let mut db = self.write().await?;
        match db.connection() {
            Connection::Sqlite(c) => sqlx::raw_sql(SQLITE_MANY).execute(c).await.map(drop)?,
            Connection::Postgres(c) => sqlx::raw_sql(POSTGRES_MANY).execute(c).await.map(drop)?,
        }
        Ok(db)
    }

    /// Gives back what such transactions have taken. `has_grown`: whether they have added so
    /// many rows that what is known of the tables is no longer true.
    pub async fn end_many(&self, has_grown: bool) -> Result<()> {
        if let Pool::Sqlite { writer, .. } = &self.pool {
            let mut writer = writer.acquire().await?;
            sqlx::raw_sql(SQLITE_FEW).execute(&mut *writer).await?;
            drop(writer);
            return self.checkpoint().await;
        }
        if has_grown {
            for statement in POSTGRES_FEW {
                let mut db = self.write_alone().await?;
                if let Err(error) = crate::store::execute!(db, sqlx::query(statement)) {
                    // Only the owner of a table may; autovacuum comes a little later.
                    tracing::debug!(%error, "statistics are left to the server");
                    continue;
                }
                db.commit().await?;
            }
        }
        Ok(())
    }
}
