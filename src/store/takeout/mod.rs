//! The tables of a takeout: one file of JSON lines for each kind of thing, with what belongs to
//! it inside. [`FILES`] is the whole format; what it does not name is not taken out.

mod describe;
mod files;
mod lines;
mod rows;

use serde_json::Value;

pub use files::FILES;
pub use lines::lines;
pub use rows::Rows;

use super::bulk_rows;
use super::media::Medium;
use super::transfer;
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;

/// A file of the archive: a line for each row of a table.
#[derive(Debug)]
pub struct File {
    /// Its name without `.jsonl`.
    pub name: &'static str,
    pub table: &'static str,
    /// What its lines are in order of.
    key: &'static [&'static str],
    /// Which rows, as SQL.
    only: Option<&'static str>,
    columns: &'static [Column],
    parts: &'static [Part],
    /// Whether an installation that has such rows is not an empty one.
    pub is_own: bool,
}

/// Rows of another table inside a line.
#[derive(Debug)]
struct Part {
    name: &'static str,
    table: &'static str,
    /// The column with the row that they belong to.
    parent: &'static str,
    key: &'static [&'static str],
    /// With a single column, its values alone.
    columns: &'static [Column],
}

/// What is wrong with a value.
type Check = fn(&Value) -> std::result::Result<(), String>;

/// The value of another column, from that of its own.
type Derive = fn(&str) -> String;

/// A column, by the name that it has in the file too.
#[derive(Debug)]
struct Column {
    name: &'static str,
    kind: Kind,
    /// What else a value must be.
    check: Option<Check>,
    /// Another column that follows from this one, and is not in the file.
    derived: Option<(&'static str, Derive)>,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Bool,
    Text,
    /// RFC 3339.
    Time,
    Json,
    /// Hexadecimal.
    Bytes,
}

impl Kind {
    fn stored(self) -> bulk_rows::Kind {
        match self {
            Self::Number | Self::Time => bulk_rows::Kind::Number,
            Self::Bool => bulk_rows::Kind::Bool,
            Self::Text => bulk_rows::Kind::Text,
            Self::Json => bulk_rows::Kind::Json,
            Self::Bytes => bulk_rows::Kind::Bytes,
        }
    }
}

/// Every table and column that a takeout holds or derives, so that none is forgotten.
pub fn columns() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().flat_map(|file| {
        let own = file
            .columns
            .iter()
            .flat_map(move |column| named(file.table, column));
        let parts = file.parts.iter().flat_map(|part| {
            let parent = std::iter::once((part.table, part.parent));
            parent.chain(
                part.columns
                    .iter()
                    .flat_map(|column| named(part.table, column)),
            )
        });
        own.chain(parts)
    })
}

fn named(
    table: &'static str,
    column: &'static Column,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    let derived = column.derived.map(|(name, _)| (table, name));
    std::iter::once((table, column.name)).chain(derived)
}

/// The first table with a row that would be in the way.
pub async fn first_filled(db: &mut Db) -> Result<Option<&'static str>> {
    for file in FILES.iter().filter(|file| file.is_own) {
        let condition = file.only.unwrap_or("TRUE");
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM {} WHERE {condition})",
            file.table
        );
        let is_filled: bool =
            run!(db, c => sqlx::query_scalar(sqlx::AssertSqlSafe(sql.clone())).fetch_one(c))?;
        if is_filled {
            return Ok(Some(file.table));
        }
    }
    Ok(None)
}

/// Lets a long transaction wait for its reader.
pub async fn be_patient(db: &mut Db) -> Result<()> {
    if db.engine() == super::Engine::Postgres {
        let statement = "SET LOCAL idle_in_transaction_session_timeout = 0";
        execute!(db, sqlx::query(statement))?;
    }
    Ok(())
}

/// The last number that each table of a takeout has given to a row, in order of their names.
pub async fn last_ids(db: &mut Db) -> Result<Vec<(String, i64)>> {
    let mut last = transfer::last_ids(db).await?;
    last.retain(|(table, _)| has_ids(table));
    last.sort();
    Ok(last)
}

/// Whether the rows of a table keep their numbers.
pub fn has_ids(table: &str) -> bool {
    let file = FILES.iter().find(|file| file.table == table);
    file.is_some_and(|file| file.columns.iter().any(|column| column.name == "id"))
}

/// Lets the numbers of a table go on after `last`, and after those that are there.
pub async fn go_on_after(db: &mut Db, table: &str, last: i64) -> Result<()> {
    let sql = format!("SELECT COALESCE(MAX(id), 0) FROM {table}");
    let there: i64 =
        run!(db, c => sqlx::query_scalar(sqlx::AssertSqlSafe(sql.clone())).fetch_one(c))?;
    match last.max(there) {
        0 => Ok(()),
        last => transfer::set_last_id(db, table, last).await,
    }
}

/// A file, perhaps in the trash.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct StoredMedium {
    /// The file.
    #[sqlx(flatten)]
    pub medium: Medium,
    /// When it was moved to the trash.
    deleted_at: Option<Timestamp>,
}

impl StoredMedium {
    /// What no other file has: its name, in the trash after its number.
    pub fn path(&self) -> String {
        match self.deleted_at {
            None => self.medium.file_name.clone(),
            Some(_) => format!("{}/{}", self.medium.id, self.medium.file_name),
        }
    }
}

/// Every file, those in the trash among them, in order of their numbers.
pub async fn media(db: &mut Db) -> Result<Vec<StoredMedium>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, file_name, kind, media_type, size, width, height, digest, captions, is_shown,
                created_at, deleted_at
         FROM media ORDER BY id",
    )
    .fetch_all(c))
}

/// The smaller pictures of all files: the file's number, and the width.
pub async fn picture_sizes(db: &mut Db) -> Result<Vec<(i64, i64)>> {
    run!(db, c => sqlx::query_as(
        "SELECT media_id, width FROM media_sizes ORDER BY media_id, width",
    )
    .fetch_all(c))
}

/// Stores the bytes of a file.
pub async fn insert_content(db: &mut Db, id: i64, content: &[u8]) -> Result<()> {
    let statement = "INSERT INTO media_contents (media_id, content) VALUES ($1, $2)";
    execute!(db, sqlx::query(statement).bind(id).bind(content))?;
    Ok(())
}

/// Stores a smaller picture.
pub async fn insert_size(db: &mut Db, id: i64, width: i64, content: &[u8]) -> Result<()> {
    execute!(
        db,
        sqlx::query("INSERT INTO media_sizes (media_id, width, content) VALUES ($1, $2, $3)")
            .bind(id)
            .bind(width)
            .bind(content)
    )?;
    Ok(())
}
