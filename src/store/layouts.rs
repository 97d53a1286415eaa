//! Queries on layouts made or changed in the admin.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;

/// A layout as the admin changed it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct LayoutRow {
    /// Its name in campaigns.
    pub name: String,
    /// Its source.
    pub mjml: String,
    /// When it was last changed …
    pub changed_at: Timestamp,
    /// … and by whom.
    pub changed_by: String,
}

/// Every layout made or changed in the admin, by name.
pub async fn all(db: &mut Db) -> Result<Vec<LayoutRow>> {
    run!(db, c => sqlx::query_as(
        "SELECT name, mjml, changed_at, changed_by FROM untrashed_layouts ORDER BY name",
    )
    .fetch_all(c))
}

/// The layout of this name, where the admin has made or changed it.
pub async fn by_name(db: &mut Db, name: &str) -> Result<Option<LayoutRow>> {
    run!(db, c => sqlx::query_as(
        "SELECT name, mjml, changed_at, changed_by FROM untrashed_layouts WHERE name = $1",
    )
    .bind(name)
    .fetch_optional(c))
}

/// Makes or changes a layout.
pub async fn set(db: &mut Db, row: &LayoutRow) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO layouts (name, mjml, changed_at, changed_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (name) WHERE deleted_at IS NULL DO UPDATE
         SET mjml = excluded.mjml, changed_at = excluded.changed_at,
             changed_by = excluded.changed_by",
        )
        .bind(&row.name)
        .bind(&row.mjml)
        .bind(row.changed_at)
        .bind(&row.changed_by)
    )?;
    Ok(())
}

/// The row of what the admin has made of a layout.
pub async fn row_of(db: &mut Db, name: &str) -> Result<Option<i64>> {
    run!(db, c => sqlx::query_scalar("SELECT id FROM untrashed_layouts WHERE name = $1")
        .bind(name)
        .fetch_optional(c))
}

/// The subject of a campaign that is still to start and names this layout, if
/// there is one.
pub async fn wanted_by(db: &mut Db, name: &str) -> Result<Option<String>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT subject FROM campaigns
         WHERE layout = $1 AND state IN ('draft', 'scheduled', 'failed_to_start')
         ORDER BY state = 'scheduled' DESC, id LIMIT 1",
    )
    .bind(name)
    .fetch_optional(c))
}
