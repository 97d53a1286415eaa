//! Inserting many rows at once, column by column: SQLite gets `VALUES` of some hundred rows, in
//! a statement that stays prepared, PostgreSQL an array for each column. To take the same rows
//! out of JSON costs both of them more than to store them.

use std::borrow::Cow;

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, FromRow, Postgres, Sqlite, query::Query};

use super::connect::Connection;
use super::{Db, Result};

/// Rows of one statement of SQLite: enough that its price is nothing to a row, and few enough
/// for the 32,766 values that it binds.
const SQLITE_ROWS: usize = 500;

/// The values of a column.
enum Values<'a> {
    Numbers(Vec<Option<i64>>),
    Texts(Vec<Cow<'a, str>>),
    Json(Vec<Cow<'a, str>>),
    Flags(Vec<bool>),
}

impl Values<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Numbers(values) => values.len(),
            Self::Texts(values) | Self::Json(values) => values.len(),
            Self::Flags(values) => values.len(),
        }
    }
}

/// Rows to be inserted.
pub(super) struct Insert<'a> {
    table: &'static str,
    columns: Vec<(&'static str, Values<'a>)>,
}

type SqliteQuery<'q> = Query<'q, Sqlite, sqlx::sqlite::SqliteArguments>;
type PostgresQuery<'q> = Query<'q, Postgres, sqlx::postgres::PgArguments>;

impl<'a> Insert<'a> {
    pub(super) fn into(table: &'static str) -> Self {
        Self {
            table,
            columns: Vec::new(),
        }
    }

    /// A column; each has as many values as the first.
    pub(super) fn numbers(
        self,
        name: &'static str,
        values: impl Iterator<Item = impl Into<Option<i64>>>,
    ) -> Self {
        self.column(name, Values::Numbers(values.map(Into::into).collect()))
    }

    pub(super) fn texts(
        self,
        name: &'static str,
        values: impl Iterator<Item = impl Into<Cow<'a, str>>>,
    ) -> Self {
        self.column(name, Values::Texts(values.map(Into::into).collect()))
    }

    /// A column of JSON, as text.
    pub(super) fn json(
        self,
        name: &'static str,
        values: impl Iterator<Item = impl Into<Cow<'a, str>>>,
    ) -> Self {
        self.column(name, Values::Json(values.map(Into::into).collect()))
    }

    pub(super) fn flags(self, name: &'static str, values: impl Iterator<Item = bool>) -> Self {
        self.column(name, Values::Flags(values.collect()))
    }

    fn column(mut self, name: &'static str, values: Values<'a>) -> Self {
        self.columns.push((name, values));
        self
    }

    fn len(&self) -> usize {
        self.columns.first().map_or(0, |(_, values)| values.len())
    }

    /// Inserts the rows; `ending` is what follows, such as `ON CONFLICT DO NOTHING`.
    pub(super) async fn run(self, db: &mut Db, ending: &str) -> Result<()> {
        // `()` is what every row is read as.
        self.returning::<()>(db, ending).await.map(drop)
    }

    /// The same; gives what the `RETURNING` at the end returns.
    pub(super) async fn returning<R>(self, db: &mut Db, ending: &str) -> Result<Vec<R>>
    where
        R: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow>,
    {
        let count = self.len();
        let mut returned = Vec::with_capacity(count);
        match db.connection() {
            Connection::Sqlite(c) => {
                for (first, rows) in parts(count) {
                    let sql = self.sqlite_text(rows, ending);
                    let query = self.sqlite_query(AssertSqlSafe(sql), first, rows)?;
                    for row in query.fetch_all(&mut *c).await? {
                        returned.push(R::from_row(&row)?);
                    }
                }
            }
            Connection::Postgres(c) if count > 0 => {
                let sql = self.postgres_text(ending);
                for row in self.postgres_query(AssertSqlSafe(sql)).fetch_all(c).await? {
                    returned.push(R::from_row(&row)?);
                }
            }
            Connection::Postgres(_) => {}
        }
        Ok(returned)
    }

    fn head(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        format!("INSERT INTO {} ({}) ", self.table, names.join(", "))
    }

    fn sqlite_text(&self, rows: usize, ending: &str) -> String {
        let row = format!("({})", vec!["?"; self.columns.len()].join(", "));
        let rows = vec![row.as_str(); rows].join(", ");
        format!("{}VALUES {rows} {ending}", self.head())
    }

    fn sqlite_query(
        &self,
        sql: AssertSqlSafe<String>,
        first: usize,
        rows: usize,
    ) -> Result<SqliteQuery<'static>> {
        // A rest is of any length: it would only drive others out of the cache.
        let mut query = sqlx::query(sql).persistent(rows == SQLITE_ROWS);
        for row in first..first + rows {
            for (_, values) in &self.columns {
                match values {
                    Values::Numbers(values) => query.try_bind(values[row]),
                    Values::Texts(values) | Values::Json(values) => query.try_bind(&*values[row]),
                    Values::Flags(values) => query.try_bind(values[row]),
                }
                .map_err(sqlx::Error::Encode)?;
            }
        }
        Ok(query)
    }

    fn postgres_text(&self, ending: &str) -> String {
        let (mut values, mut arrays, mut names) = (Vec::new(), Vec::new(), Vec::new());
        for (number, (_, column)) in self.columns.iter().enumerate() {
            let (array, cast) = match column {
                Values::Numbers(_) => ("BIGINT", ""),
                Values::Texts(_) => ("TEXT", ""),
                Values::Json(_) => ("TEXT", "::JSONB"),
                Values::Flags(_) => ("BOOLEAN", ""),
            };
            values.push(format!("r.c{number}{cast}"));
            arrays.push(format!("${}::{array}[]", number + 1));
            names.push(format!("c{number}"));
        }
        format!(
            "{}SELECT {} FROM UNNEST({}) AS r ({}) {ending}",
            self.head(),
            values.join(", "),
            arrays.join(", "),
            names.join(", ")
        )
    }

    fn postgres_query(&self, sql: AssertSqlSafe<String>) -> PostgresQuery<'static> {
        let mut query = sqlx::query(sql);
        for (_, values) in &self.columns {
            query = match values {
                Values::Numbers(values) => query.bind(values.as_slice()),
                Values::Texts(values) | Values::Json(values) => query.bind(values.as_slice()),
                Values::Flags(values) => query.bind(values.as_slice()),
            };
        }
        query
    }
}

/// The first row and the number of rows of each statement of SQLite.
fn parts(count: usize) -> impl Iterator<Item = (usize, usize)> {
    let starts = (0..count).step_by(SQLITE_ROWS);
    starts.map(move |first| (first, SQLITE_ROWS.min(count - first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_database_gets_its_own_text() {
        let insert = Insert::into("t")
            .numbers("a", [1, 2].into_iter())
            .json("b", ["{}", "[]"].into_iter())
            .flags("c", [true, false].into_iter());
        assert_eq!(
            insert.sqlite_text(2, "ON CONFLICT DO NOTHING"),
            "INSERT INTO t (a, b, c) VALUES (?, ?, ?), (?, ?, ?) ON CONFLICT DO NOTHING"
        );
        assert_eq!(
            insert.postgres_text("RETURNING a"),
            "INSERT INTO t (a, b, c) SELECT r.c0, r.c1::JSONB, r.c2 \
             FROM UNNEST($1::BIGINT[], $2::TEXT[], $3::BOOLEAN[]) AS r (c0, c1, c2) RETURNING a"
        );
    }

    #[test]
    fn every_row_is_in_one_statement() {
        assert_eq!(parts(0).count(), 0);
        let all: Vec<_> = parts(1_001).collect();
        assert_eq!(all, [(0, 500), (500, 500), (1_000, 1)]);
    }
}
