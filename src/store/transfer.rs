//! Copies every row of one database into another with the same schema: from SQLite to
//! PostgreSQL or back. Tables, their columns and their order are read from the SQLite side, so
//! that no list of them can be out of date.

use std::collections::{BTreeSet, HashMap};

use futures_util::TryStreamExt;
use sqlx::{AssertSqlSafe, Row as _};

use super::bulk_rows::{Batch, Column, Kind, Table, Value, insert_postgres, insert_sqlite};
use super::connect::Connection;
use super::{Db, Engine, Result, StoreError, execute, run};

/// Reports of running processes, which mean nothing elsewhere, and what the other database counts
/// again as rows come in.
const NOT_COPIED: [&str; 4] = ["workers", "send_delays", "series_counts", "kept_counts"];

/// A table as both databases have it.
#[derive(Debug)]
struct Copying {
    table: Table,
    primary_key: Vec<String>,
    references: BTreeSet<String>,
}

/// A table, and how many of its rows were copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    pub table: String,
    pub rows: u64,
}

/// Called with a table and how many of its rows were copied so far.
pub type Progress<'a> = &'a mut (dyn FnMut(&str, u64) + Send);

/// The first table that has a row.
pub async fn first_filled(db: &mut Db) -> Result<Option<String>> {
    for name in table_names(db).await? {
        let sql = format!("SELECT EXISTS (SELECT 1 FROM {name})");
        let is_filled: bool =
            run!(db, c => sqlx::query_scalar(AssertSqlSafe(sql.clone())).fetch_one(c))?;
        if is_filled {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// Copies all rows of `source`, a snapshot of one kind of database, into `target`, a
/// transaction on an empty one of the other kind, and compares the numbers of rows. Calls
/// `progress` with a table and the rows so far.
pub async fn copy(source: &mut Db, target: &mut Db, progress: Progress<'_>) -> Result<Vec<Copied>> {
    if let Some(table) = first_filled(target).await? {
        return Err(StoreError::NotEmpty(table));
    }
    if target.engine() == Engine::Postgres {
        // Large tables are counted in between.
        let statement = "SET LOCAL idle_in_transaction_session_timeout = 0";
        execute!(target, sqlx::query(statement))?;
    }
    let tables = match source.engine() {
        Engine::Sqlite => tables(source, target).await?,
        Engine::Postgres => tables(target, source).await?,
    };
    let mut done = Vec::new();
    for copying in &tables {
        let rows = copy_table(source, target, copying, progress).await?;
        let sql = format!("SELECT COUNT(*) FROM {}", copying.table.name);
        let there: i64 =
            run!(target, c => sqlx::query_scalar(AssertSqlSafe(sql.clone())).fetch_one(c))?;
        if there != rows as i64 {
            return Err(StoreError::Incomplete {
                table: copying.table.name.clone(),
                expected: rows as i64,
                found: there,
            });
        }
        done.push(Copied {
            table: copying.table.name.clone(),
            rows,
        });
    }
    copy_sequences(source, target).await?;
    Ok(done)
}

async fn table_names(db: &mut Db) -> Result<Vec<String>> {
    let statement = match db.engine() {
        Engine::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
             AND name NOT LIKE '\\_sqlx%' ESCAPE '\\'
             AND name NOT LIKE 'subscriber\\_search%' ESCAPE '\\'
             AND name <> 'backup_info' ORDER BY name"
        }
        Engine::Postgres => {
            "SELECT table_name::TEXT FROM information_schema.tables
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
               AND table_name <> '_sqlx_migrations' ORDER BY table_name"
        }
    };
    let names: Vec<String> = run!(db, c => sqlx::query_scalar(statement).fetch_all(c))?;
    let is_copied = |name: &String| !NOT_COPIED.contains(&name.as_str());
    Ok(names.into_iter().filter(is_copied).collect())
}

/// All tables, each after those that it refers to.
async fn tables(sqlite: &mut Db, postgres: &mut Db) -> Result<Vec<Copying>> {
    let kinds = kinds(postgres).await?;
    let mut left = Vec::new();
    for name in table_names(sqlite).await? {
        let columns: Vec<(String, i64)> = run!(sqlite, c => sqlx::query_as(
            "SELECT name, pk FROM pragma_table_info($1) ORDER BY cid",
        )
        .bind(&name)
        .fetch_all(c))?;
        let references: Vec<String> = run!(sqlite, c => sqlx::query_scalar(
            "SELECT \"table\" FROM pragma_foreign_key_list($1)",
        )
        .bind(&name)
        .fetch_all(c))?;
        let mut key: Vec<_> = columns.iter().filter(|(_, place)| *place > 0).collect();
        key.sort_by_key(|(_, place)| *place);
        let primary_key = key.into_iter().map(|(column, _)| column.clone()).collect();
        let mut described = Vec::new();
        for (column, _) in columns {
            let kind = kinds.get(&(name.clone(), column.clone()));
            let kind = *kind.ok_or_else(|| StoreError::OtherSchema(name.clone()))?;
            described.push(Column { name: column, kind });
        }
        left.push(Copying {
            references: references.into_iter().filter(|to| *to != name).collect(),
            table: Table {
                name,
                columns: described,
            },
            primary_key,
        });
    }
    let mut ordered: Vec<Copying> = Vec::new();
    while !left.is_empty() {
        let known: BTreeSet<&str> = ordered.iter().map(|one| one.table.name.as_str()).collect();
        // Rows refer to those of their own table that came before them.
        let is_ready = |one: &Copying| {
            let mut others = one.references.iter().filter(|to| **to != one.table.name);
            others.all(|to| known.contains(to.as_str()))
        };
        let ready = left.iter().position(is_ready);
        let next = ready.ok_or_else(|| StoreError::OtherSchema(left[0].table.name.clone()))?;
        ordered.push(left.remove(next));
    }
    Ok(ordered)
}

/// The kind of each column, by table and name.
async fn kinds(postgres: &mut Db) -> Result<HashMap<(String, String), Kind>> {
    let rows: Vec<(String, String, String)> = run!(postgres, c => sqlx::query_as(
        "SELECT table_name::TEXT, column_name::TEXT, data_type::TEXT
         FROM information_schema.columns WHERE table_schema = current_schema()",
    )
    .fetch_all(c))?;
    let mut kinds = HashMap::new();
    for (table, column, kind) in rows {
        let kind = match kind.as_str() {
            "bigint" | "integer" => Kind::Number,
            "boolean" => Kind::Bool,
            "text" => Kind::Text,
            "jsonb" => Kind::Json,
            "bytea" => Kind::Bytes,
            "uuid" => Kind::Uuid,
            _ => continue,
        };
        kinds.insert((table, column), kind);
    }
    Ok(kinds)
}

fn select(copying: &Copying, from: Engine) -> String {
    let columns: Vec<String> = copying
        .table
        .columns
        .iter()
        .map(|Column { name, kind }| match (from, kind) {
            (Engine::Postgres, Kind::Json) => format!("\"{name}\"::TEXT"),
            (Engine::Postgres, Kind::Uuid) => format!("uuid_send(\"{name}\")"),
            _ => format!("\"{name}\""),
        })
        .collect();
    let key: Vec<String> = copying
        .primary_key
        .iter()
        .map(|name| format!("\"{name}\""))
        .collect();
    let (columns, key) = (columns.join(", "), key.join(", "));
    format!(
        "SELECT {columns} FROM {} ORDER BY {key}",
        copying.table.name
    )
}

/// The values of a row of either driver.
macro_rules! values {
    ($row:expr, $table:expr) => {{
        let mut values = Vec::with_capacity($table.columns.len());
        for (place, column) in $table.columns.iter().enumerate() {
            values.push(match column.kind {
                Kind::Number => Value::Number($row.try_get(place)?),
                Kind::Bool => Value::Bool($row.try_get(place)?),
                Kind::Text | Kind::Json => Value::Text($row.try_get(place)?),
                Kind::Bytes | Kind::Uuid => Value::Bytes($row.try_get(place)?),
            });
        }
        values
    }};
}

async fn copy_table(
    source: &mut Db,
    target: &mut Db,
    copying: &Copying,
    progress: Progress<'_>,
) -> Result<u64> {
    let sql = select(copying, source.engine());
    let table = &copying.table;
    let mut copied = 0;
    let mut batch = Batch::default();
    macro_rules! stream {
        ($source:expr, $write:ident, $target:expr) => {{
            let mut rows = sqlx::query(AssertSqlSafe(sql)).fetch($source);
            while let Some(row) = rows.try_next().await? {
                batch.push(values!(row, table));
                if batch.is_full(table) {
                    let full = std::mem::take(&mut batch);
                    copied += $write($target, table, full).await?;
                    progress(&table.name, copied);
                }
            }
            copied += $write($target, table, batch).await?;
        }};
    }
    match (source.connection(), target.connection()) {
        (Connection::Sqlite(source), Connection::Postgres(target)) => {
            stream!(source, insert_postgres, &mut *target);
        }
        (Connection::Postgres(source), Connection::Sqlite(target)) => {
            stream!(source, insert_sqlite, &mut *target);
        }
        _ => return Err(StoreError::SameKind),
    }
    progress(&table.name, copied);
    Ok(copied)
}

/// Lets the numbers of new rows continue after those ever given out: links in old email name
/// rows by number, also of rows that have been deleted since.
async fn copy_sequences(source: &mut Db, target: &mut Db) -> Result<()> {
    for (table, last) in last_ids(source).await? {
        if !NOT_COPIED.contains(&table.as_str()) {
            set_last_id(target, &table, last).await?;
        }
    }
    Ok(())
}

/// The last number that each table has given to a row, where it has.
pub(super) async fn last_ids(db: &mut Db) -> Result<Vec<(String, i64)>> {
    let statement = match db.engine() {
        Engine::Sqlite => "SELECT name, seq FROM sqlite_sequence WHERE seq > 0",
        Engine::Postgres => {
            "SELECT name, last FROM (
                 SELECT table_name::TEXT AS name, pg_sequence_last_value(
                            pg_get_serial_sequence(quote_ident(table_name), 'id')::REGCLASS) AS last
                 FROM information_schema.columns
                 WHERE table_schema = current_schema() AND column_name = 'id'
                   AND is_identity = 'YES') AS given
             WHERE last IS NOT NULL"
        }
    };
    run!(db, c => sqlx::query_as(statement).fetch_all(c))
}

/// Lets a table continue after a number.
pub(super) async fn set_last_id(db: &mut Db, table: &str, last: i64) -> Result<()> {
    let statements: &[&'static str] = match db.engine() {
        Engine::Sqlite => &[
            "DELETE FROM sqlite_sequence WHERE name = $1 AND $2 > 0",
            "INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)",
        ],
        Engine::Postgres => &["SELECT setval(pg_get_serial_sequence($1, 'id'), $2, TRUE)"],
    };
    for statement in statements {
        execute!(db, sqlx::query(*statement).bind(table).bind(last))?;
    }
    Ok(())
}
