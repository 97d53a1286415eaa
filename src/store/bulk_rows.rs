//! Inserting many rows by one statement, into tables whose columns are known only when it runs.

use sqlx::database::HasStatementCache;
use sqlx::query_builder::Separated;
use sqlx::{
    Database, Executor, IntoArguments, PgConnection, Postgres, QueryBuilder, Sqlite,
    SqliteConnection,
};

use super::connect::Connection;
use super::{Db, Result, StoreError};

/// A statement holds at most this many values, since SQLite binds no more than 32,766.
const MAX_VALUES: usize = 30_000;
const MAX_ROWS: usize = 1_000;
/// Bytes of texts and files after which a statement is sent.
const MAX_BYTES: usize = 1 << 20;

/// A table, and those of its columns that are written.
#[derive(Debug)]
pub(super) struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

#[derive(Debug)]
pub(super) struct Column {
    pub name: String,
    pub kind: Kind,
}

/// What a column holds in PostgreSQL; SQLite has fewer types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Bool,
    Text,
    Json,
    Bytes,
    Uuid,
}

#[derive(Debug)]
pub(super) enum Value {
    Number(Option<i64>),
    Bool(Option<bool>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

impl Value {
    fn size(&self) -> usize {
        match self {
            Self::Number(_) | Self::Bool(_) => 8,
            Self::Text(text) => text.as_ref().map_or(0, String::len),
            Self::Bytes(bytes) => bytes.as_ref().map_or(0, Vec::len),
        }
    }
}

/// Rows that one statement inserts.
#[derive(Default)]
pub(super) struct Batch {
    rows: Vec<Vec<Value>>,
    bytes: usize,
}

impl Batch {
    pub fn push(&mut self, row: Vec<Value>) {
        self.bytes += row.iter().map(Value::size).sum::<usize>();
        self.rows.push(row);
    }

    pub fn is_full(&self, table: &Table) -> bool {
        let rows = MAX_ROWS.min(MAX_VALUES / table.columns.len().max(1));
        self.rows.len() >= rows || self.bytes >= MAX_BYTES
    }
}

/// Inserts the rows; gives how many they were.
pub(super) async fn insert(db: &mut Db, table: &Table, batch: Batch) -> Result<u64> {
    match db.connection() {
        Connection::Sqlite(c) => insert_sqlite(c, table, batch).await,
        Connection::Postgres(c) => insert_postgres(c, table, batch).await,
    }
}

fn insert_into(table: &Table) -> String {
    let names: Vec<String> = table
        .columns
        .iter()
        .map(|column| format!("\"{}\"", column.name))
        .collect();
    format!("INSERT INTO {} ({}) ", table.name, names.join(", "))
}

pub(super) async fn insert_postgres(
    c: &mut PgConnection,
    table: &Table,
    batch: Batch,
) -> Result<u64> {
    insert_rows::<Postgres>(c, table, batch, |row, value, kind| match (value, kind) {
        (Value::Number(value), _) => drop(row.push_bind(value)),
        (Value::Bool(value), _) => drop(row.push_bind(value)),
        (Value::Text(value), Kind::Json) => {
            row.push_bind(value).push_unseparated("::JSONB");
        }
        (Value::Text(value), _) => drop(row.push_bind(value)),
        (Value::Bytes(value), Kind::Uuid) => {
            let id = value.and_then(|bytes| uuid::Uuid::from_slice(&bytes).ok());
            row.push_bind(id);
        }
        (Value::Bytes(value), _) => drop(row.push_bind(value)),
    })
    .await
}

pub(super) async fn insert_sqlite(
    c: &mut SqliteConnection,
    table: &Table,
    batch: Batch,
) -> Result<u64> {
    insert_rows::<Sqlite>(c, table, batch, |row, value, _| match value {
        Value::Number(value) => drop(row.push_bind(value)),
        Value::Bool(value) => drop(row.push_bind(value)),
        Value::Text(value) => drop(row.push_bind(value)),
        Value::Bytes(value) => drop(row.push_bind(value)),
    })
    .await
}

/// A row of the statement to which values are added.
type Row<'a, D> = Separated<'a, D, &'static str>;

/// The statement of either database; `bind` adds a value to its row.
async fn insert_rows<D: Database + HasStatementCache>(
    c: &mut D::Connection,
    table: &Table,
    batch: Batch,
    bind: impl Fn(&mut Row<'_, D>, Value, Kind),
) -> Result<u64>
where
    D::Arguments: IntoArguments<D>,
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
{
    if batch.rows.is_empty() {
        return Ok(0);
    }
    let count = batch.rows.len() as u64;
    let mut query = QueryBuilder::<D>::new(insert_into(table));
    query.push_values(batch.rows, |mut row, values| {
        for (value, column) in values.into_iter().zip(&table.columns) {
            bind(&mut row, value, column.kind);
        }
    });
    let done = query.build().persistent(false).execute(c).await;
    done.map_err(|error| in_table(&table.name, error))?;
    Ok(count)
}

fn in_table(table: &str, error: sqlx::Error) -> StoreError {
    match StoreError::from(error) {
        // What the other database does not take, such as a NUL in a text.
        StoreError::Other(cause) => StoreError::Refused {
            table: table.to_owned(),
            cause,
        },
        other => other,
    }
}
