//! Queries on imports: their files in pieces of rows, their progress, and the rows that a
//! person should look at.

use serde::Serialize;
use serde_json::Value;
use sqlx::types::Json;

use super::column_rows::Insert;
use super::connect::Connection;
use super::json_rows::{on, on_rows};
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::import::{ImportState, Outcome};
use crate::model::lease::Lease;
use crate::model::list::ListSlug;
use crate::model::{ImportId, ListId, SubscriberId};

/// An import as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// The list it fills.
    pub list: ListSlug,
    /// The name the file had where it came from.
    pub file_name: String,
    /// The tables of the file and their columns.
    #[sqlx(json)]
    pub contents: Value,
    /// Which column holds what, and what is done with the people.
    #[sqlx(json)]
    pub mapping: Value,
    /// Its state.
    pub state: ImportState,
    /// Who brought it.
    pub created_by: String,
    /// Rows looked at in this state.
    pub rows_done: i64,
    /// Rows of the file.
    pub rows_total: i64,
    /// Pieces of the file that are done in this state: where work resumes.
    pub pieces_done: i64,
    /// The lanes of the next piece that are done, in the form of the importer.
    pub lanes_done: i64,
    /// People by standing and outcome.
    #[sqlx(json)]
    pub balance: Value,
    /// Why it failed.
    pub failure: String,
    /// Whether webhooks are told of each subscription.
    pub announces_each: bool,
    /// When the file came.
    pub created_at: Timestamp,
    /// When its state last changed.
    pub changed_at: Timestamp,
}

const SELECT: &str = "SELECT i.id, l.slug AS list, i.file_name, i.contents, i.mapping, i.state,
            i.created_by, i.rows_done, i.rows_total, i.pieces_done, i.lanes_done, i.balance,
            i.failure, i.announces_each, i.created_at, i.changed_at
     FROM imports i JOIN lists l ON l.id = i.list_id";

/// Adds an import whose file is to be read.
pub async fn insert(
    db: &mut Db,
    list: ListId,
    file_name: &str,
    by: &str,
    now: Timestamp,
) -> Result<ImportId> {
    let empty = Value::Object(serde_json::Map::new());
    run!(db, c => sqlx::query_scalar(
        "INSERT INTO imports (list_id, file_name, contents, mapping, balance, state, created_by,
                              created_at, changed_at)
         VALUES ($1, $2, $3, $3, $3, 'reading', $4, $5, $5) RETURNING id",
    )
    .bind(list)
    .bind(file_name)
    .bind(Json(&empty))
    .bind(by)
    .bind(now)
    .fetch_one(c))
}

/// Deletes an import whose file cannot be read.
pub async fn delete(db: &mut Db, id: ImportId) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM imports WHERE id = $1").bind(id)
    )?;
    Ok(())
}

/// Rows of one table of a file.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Piece {
    /// Which table, from 0.
    #[sqlx(rename = "table_number")]
    pub table: i64,
    /// The rows, in the form of the importer.
    pub content: Vec<u8>,
}

/// Adds the next piece of an import's file.
pub async fn insert_piece(db: &mut Db, id: ImportId, number: i64, piece: &Piece) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO import_pieces (import_id, number, table_number, content)
             VALUES ($1, $2, $3, $4)",
        )
        .bind(id)
        .bind(number)
        .bind(piece.table)
        .bind(&piece.content)
    )?;
    Ok(())
}

/// A piece of an import's file; `None` after the last.
pub async fn piece(db: &mut Db, id: ImportId, number: i64) -> Result<Option<Piece>> {
    run!(db, c => sqlx::query_as(
        "SELECT table_number, content FROM import_pieces WHERE import_id = $1 AND number = $2",
    )
    .bind(id)
    .bind(number)
    .fetch_optional(c))
}

/// Drops an import's file.
pub async fn drop_pieces(db: &mut Db, id: ImportId) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM import_pieces WHERE import_id = $1").bind(id)
    )?;
    Ok(())
}

/// Sets what the file holds, what its columns suggest, and how many rows it has.
pub async fn set_contents(
    db: &mut Db,
    id: ImportId,
    contents: &Value,
    mapping: &Value,
    rows: i64,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE imports SET contents = $2, mapping = $3, rows_total = $4 WHERE id = $1",
        )
        .bind(id)
        .bind(Json(contents))
        .bind(Json(mapping))
        .bind(rows)
    )?;
    Ok(())
}

/// The import of this number.
pub async fn by_id(db: &mut Db, id: ImportId) -> Result<Option<Import>> {
    let sql = sqlx::AssertSqlSafe(format!("{SELECT} WHERE i.id = $1"));
    run!(db, c => sqlx::query_as(sql).bind(id).fetch_optional(c))
}

/// The last `limit` imports, newest first.
pub async fn latest(db: &mut Db, limit: i64) -> Result<Vec<Import>> {
    let sql = sqlx::AssertSqlSafe(format!("{SELECT} ORDER BY i.id DESC LIMIT $1"));
    run!(db, c => sqlx::query_as(sql).bind(limit).fetch_all(c))
}

/// Sets which column holds what, and whether webhooks are told of each
/// subscription.
pub async fn set_mapping(
    db: &mut Db,
    id: ImportId,
    mapping: &Value,
    announces_each: bool,
) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE imports SET mapping = $2, announces_each = $3 WHERE id = $1")
            .bind(id)
            .bind(Json(mapping))
            .bind(announces_each)
    )?;
    Ok(())
}

/// Moves an import; `false` where somebody else moved it first. Work begins at
/// the first row of each state.
pub async fn set_state(
    db: &mut Db,
    id: ImportId,
    from: ImportState,
    to: ImportState,
    failure: &str,
    now: Timestamp,
) -> Result<bool> {
    let moved = execute!(
        db,
        sqlx::query(
            "UPDATE imports SET state = $3, failure = $4, changed_at = $5,
                lease_owner = NULL, lease_until = NULL,
                pieces_done = CASE WHEN $3 IN ('checking', 'running', 'undoing') THEN 0 ELSE pieces_done END,
                lanes_done = CASE WHEN $3 IN ('checking', 'running', 'undoing') THEN 0 ELSE lanes_done END,
                rows_done = CASE WHEN $3 IN ('checking', 'running', 'undoing') THEN 0 ELSE rows_done END
             WHERE id = $1 AND state = $2",
        )
        .bind(id)
        .bind(from)
        .bind(to)
        .bind(failure)
        .bind(now)
    )?;
    Ok(moved == 1)
}

/// Whether an import waits for work.
pub async fn is_waiting(db: &mut Db, now: Timestamp) -> Result<bool> {
    let one: Option<i64> = run!(db, c => sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM imports
         WHERE state IN ('checking', 'running', 'undoing') AND (lease_until IS NULL OR lease_until < $1)
         LIMIT 1",
    )
    .bind(now)
    .fetch_optional(c))?;
    Ok(one.is_some())
}

/// Leases an import that waits for work: the oldest, or that of `only`.
pub async fn claim(db: &mut Db, lease: &Lease, only: Option<ImportId>) -> Result<Option<ImportId>> {
    run!(db, c => sqlx::query_scalar(
        "UPDATE imports SET lease_owner = $1, lease_until = $2
         WHERE id = (SELECT id FROM imports
                     WHERE state IN ('checking', 'running', 'undoing')
                       AND (lease_until IS NULL OR lease_until < $3)
                       AND ($4 = 0 OR id = $4)
                     ORDER BY id LIMIT 1)
           AND state IN ('checking', 'running', 'undoing') AND (lease_until IS NULL OR lease_until < $3)
         RETURNING id",
    )
    .bind(lease.owner)
    .bind(lease.until)
    .bind(lease.taken_at)
    .bind(only.unwrap_or(ImportId(0)))
    .fetch_optional(c))
}

/// A row that a person should look at.
#[derive(Debug, Serialize)]
pub struct NewNote {
    /// The place of the row in the file.
    pub number: i64,
    /// The line of the file.
    pub line: u64,
    /// What happens with it.
    pub outcome: Outcome,
    /// Whom it is about, and why.
    pub reason: String,
}

/// What a part of a piece of rows came to.
#[derive(Debug, Default)]
pub struct Progress {
    /// The balance with this part.
    pub balance: Value,
    /// The pieces that are done with it.
    pub pieces: i64,
    /// The lanes of the next piece that are done with it, in the form of the importer.
    pub lanes: i64,
    /// Its rows.
    pub rows: i64,
    /// Rows that a person should look at.
    pub notes: Vec<NewNote>,
}

/// Adds a part's progress and renews the lease; `false` where it is another's or the
/// import in another state, and the part must not count. Of the notes about `kept` are
/// stored; the balance counts all.
pub async fn advance(
    db: &mut Db,
    id: ImportId,
    lease: &Lease,
    state: ImportState,
    progress: &Progress,
    kept: i64,
) -> Result<bool> {
    let noted = i64::try_from(progress.notes.len()).unwrap_or(i64::MAX);
    let held = execute!(
        db,
        sqlx::query(
            "UPDATE imports SET rows_done = rows_done + $4, pieces_done = $8, lanes_done = $9,
                                balance = $5, notes = notes + $6, lease_until = $7
             WHERE id = $1 AND lease_owner = $2 AND state = $3",
        )
        .bind(id)
        .bind(lease.owner)
        .bind(state)
        .bind(progress.rows)
        .bind(Json(&progress.balance))
        .bind(noted)
        .bind(lease.until)
        .bind(progress.pieces)
        .bind(progress.lanes)
    )?;
    const NOTES: [&str; 2] = on_rows!(
        "INSERT INTO import_notes (import_id, number, line, outcome, reason)
         SELECT i.id, CAST(r.value ->> 'number' AS BIGINT), CAST(r.value ->> 'line' AS BIGINT),
                r.value ->> 'outcome', r.value ->> 'reason'
         FROM imports i CROSS JOIN ",
        " WHERE i.id = $2 AND i.notes <= $3"
    );
    on!(db, NOTES, &progress.notes, id, kept);
    Ok(held == 1)
}

/// Forgets what an earlier look at the file came to.
pub async fn reset(db: &mut Db, id: ImportId) -> Result<()> {
    let empty = Value::Object(serde_json::Map::new());
    execute!(
        db,
        sqlx::query(
            "UPDATE imports SET rows_done = 0, pieces_done = 0, lanes_done = 0, notes = 0,
                                balance = $2
             WHERE id = $1",
        )
        .bind(id)
        .bind(Json(&empty))
    )?;
    execute!(
        db,
        sqlx::query("DELETE FROM import_notes WHERE import_id = $1").bind(id)
    )?;
    Ok(())
}

/// A row that a person should look at.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct NoteRow {
    /// Its place in the file.
    pub number: i64,
    /// The line of the file.
    pub line: i64,
    /// What happens with it.
    pub outcome: Outcome,
    /// Whom it is about, and why.
    pub reason: String,
}

/// Up to `limit` notes after the one numbered `after`, of one outcome or of all.
pub async fn notes(
    db: &mut Db,
    id: ImportId,
    outcome: Option<Outcome>,
    after: i64,
    limit: i64,
) -> Result<Vec<NoteRow>> {
    run!(db, c => sqlx::query_as(
        "SELECT number, line, outcome, reason FROM import_notes
         WHERE import_id = $1 AND number > $2 AND ($3 = '' OR outcome = $3)
         ORDER BY number LIMIT $4",
    )
    .bind(id)
    .bind(after)
    .bind(outcome.map_or("", Outcome::as_str))
    .bind(limit)
    .fetch_all(c))
}

/// A change that an import made.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ChangeRow {
    /// Whose.
    pub subscriber_id: SubscriberId,
    /// The piece of the file that it came with.
    pub number: i64,
    /// Whether the import added them.
    pub is_new: bool,
    /// What was changed, as JSON in the form of the importer.
    pub change: String,
}

/// A change to be kept.
#[derive(Debug)]
pub struct NewChange {
    /// Whose.
    pub subscriber: SubscriberId,
    /// Whether the import added them.
    pub is_new: bool,
    /// What was changed, as JSON in the form of the importer.
    pub change: String,
}

/// Keeps what a piece of an import changed.
pub async fn insert_changes(
    db: &mut Db,
    id: ImportId,
    number: i64,
    changes: &[NewChange],
) -> Result<()> {
    let rows = || changes.iter();
    Insert::into("import_changes")
        .numbers("import_id", rows().map(|_| id.0))
        .numbers("subscriber_id", rows().map(|one| one.subscriber.0))
        .numbers("number", rows().map(|_| number))
        .flags("is_new", rows().map(|one| one.is_new))
        .texts("change", rows().map(|one| one.change.as_str()))
        .run(db, "")
        .await
}

/// Up to `limit` changes of an import that are not undone yet, the last first.
pub async fn changes(db: &mut Db, id: ImportId, limit: i64) -> Result<Vec<ChangeRow>> {
    run!(db, c => sqlx::query_as(
        "SELECT subscriber_id, number, is_new, change FROM import_changes
         WHERE import_id = $1 ORDER BY number DESC, subscriber_id LIMIT $2",
    )
    .bind(id)
    .bind(limit)
    .fetch_all(c))
}

/// Whether an import has changes that can be undone.
pub async fn has_changes(db: &mut Db, id: ImportId) -> Result<bool> {
    Ok(!changes(db, id, 1).await?.is_empty())
}

/// Forgets a change that is undone.
pub async fn delete_change(db: &mut Db, id: ImportId, change: &ChangeRow) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM import_changes
             WHERE import_id = $1 AND subscriber_id = $2 AND number = $3",
        )
        .bind(id)
        .bind(change.subscriber_id)
        .bind(change.number)
    )?;
    Ok(())
}

/// Counts changes that are undone and renews the lease; `false` where it is another's.
pub async fn advance_undo(db: &mut Db, id: ImportId, lease: &Lease, undone: i64) -> Result<bool> {
    let held = execute!(
        db,
        sqlx::query(
            "UPDATE imports SET rows_done = rows_done + $3, lease_until = $4
             WHERE id = $1 AND lease_owner = $2 AND state = 'undoing'",
        )
        .bind(id)
        .bind(lease.owner)
        .bind(undone)
        .bind(lease.until)
    )?;
    Ok(held == 1)
}

/// Forgets the changes of imports that ended before `before`.
pub async fn forget_changes(db: &mut Db, before: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM import_changes WHERE import_id IN (
                 SELECT id FROM imports
                 WHERE state IN ('finished', 'failed', 'cancelled') AND changed_at < $1)",
        )
        .bind(before)
    )?;
    Ok(())
}

/// Gives up imports that nobody went on with since `before`, with their files and what a check
/// forecast of them.
pub async fn give_up(db: &mut Db, before: Timestamp) -> Result<()> {
    let empty = Value::Object(serde_json::Map::new());
    execute!(
        db,
        sqlx::query(
            "DELETE FROM import_notes WHERE import_id IN (
                 SELECT id FROM imports
                 WHERE state IN ('reading', 'uploaded', 'checked') AND changed_at < $1)",
        )
        .bind(before)
    )?;
    execute!(
        db,
        sqlx::query(
            "UPDATE imports SET state = 'cancelled', rows_done = 0, notes = 0, balance = $2
             WHERE state IN ('reading', 'uploaded', 'checked') AND changed_at < $1",
        )
        .bind(before)
        .bind(Json(&empty))
    )?;
    execute!(
        db,
        sqlx::query(
            "DELETE FROM import_pieces WHERE import_id IN (
                 SELECT id FROM imports WHERE state IN ('finished', 'failed', 'cancelled'))",
        )
    )?;
    Ok(())
}
