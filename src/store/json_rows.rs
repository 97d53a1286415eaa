//! Statements on any number of rows at once, which are given as one JSON array.

/// A statement on the rows of `$1`, in the text of each database.
macro_rules! on_rows {
    ($before:literal, $after:literal) => {
        [
            concat!($before, "(SELECT value FROM json_each($1)) AS r", $after),
            concat!(
                $before,
                "(SELECT value FROM jsonb_array_elements($1)) AS r",
                $after
            ),
        ]
    };
}

/// Runs a statement on rows; gives the number of those it touched. No rows, no statement.
macro_rules! on {
    ($db:expr, $texts:expr, $rows:expr $(, $value:expr)*) => {
        if $rows.is_empty() {
            0
        } else {
            match $db.connection() {
                Connection::Sqlite(c) => {
                    let query = sqlx::query($texts[0]).bind(Json($rows))$(.bind($value))*;
                    query.execute(c).await?.rows_affected()
                }
                Connection::Postgres(c) => {
                    let query = sqlx::query($texts[1]).bind(Json($rows))$(.bind($value))*;
                    query.execute(c).await?.rows_affected()
                }
            }
        }
    };
}

/// Fetches what belongs to rows or keys.
macro_rules! fetch {
    ($db:expr, $texts:expr, $keys:expr $(, $value:expr)*) => {
        match $db.connection() {
            Connection::Sqlite(c) => {
                let query = sqlx::query_as($texts[0]).bind(Json($keys))$(.bind($value))*;
                query.fetch_all(c).await?
            }
            Connection::Postgres(c) => {
                let query = sqlx::query_as($texts[1]).bind(Json($keys))$(.bind($value))*;
                query.fetch_all(c).await?
            }
        }
    };
}

/// Fetches what belongs to keys: SQLite gets them as JSON, PostgreSQL as an array, of which it
/// knows how many there are when it plans.
macro_rules! by_keys {
    ($db:expr, $texts:expr, $keys:expr) => {
        match $db.connection() {
            Connection::Sqlite(c) => {
                let query = sqlx::query_as($texts[0]).bind(Json($keys));
                query.fetch_all(c).await?
            }
            Connection::Postgres(c) => {
                let query = sqlx::query_as($texts[1]).bind($keys);
                query.fetch_all(c).await?
            }
        }
    };
}

pub(super) use {by_keys, fetch, on, on_rows};
