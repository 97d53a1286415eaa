//! Queries on where files are used, by their address in texts.

use super::{Db, Result, escape_like, run};
use crate::model::list::Slug;
use crate::model::{CampaignId, MediaId, PostId, SnippetId};

/// A `LIKE` pattern for texts that name the address of a file.
fn address(file_name: &str) -> String {
    format!("%/media/{}%", escape_like(file_name))
}

/// The posts that show a file in their text or as their picture, with their titles.
pub async fn posts(db: &mut Db, id: MediaId, file_name: &str) -> Result<Vec<(PostId, String)>> {
    run!(db, c => sqlx::query_as(
        r"SELECT p.id, v.title FROM untrashed_posts p JOIN post_variants v ON v.post_id = p.id
          WHERE v.language = (
                    SELECT w.language FROM post_variants w WHERE w.post_id = p.id
                    ORDER BY CASE w.language WHEN 'en' THEN 1 ELSE 2 END, w.language LIMIT 1)
            AND (p.picture_id = $2 OR EXISTS (
                     SELECT 1 FROM post_variants w
                     WHERE w.post_id = p.id AND w.body_markdown LIKE $1 ESCAPE '\'))
          ORDER BY p.id DESC",
    )
    .bind(address(file_name))
    .bind(id)
    .fetch_all(c))
}

/// The events whose picture a file is, with their titles.
pub async fn events(db: &mut Db, id: MediaId) -> Result<Vec<(Slug, String)>> {
    run!(db, c => sqlx::query_as(
        "SELECT e.slug, v.title FROM untrashed_events e JOIN event_variants v ON v.event_id = e.id
         WHERE e.picture_id = $1 AND v.language = (
                   SELECT w.language FROM event_variants w WHERE w.event_id = e.id
                   ORDER BY CASE w.language WHEN 'en' THEN 1 ELSE 2 END, w.language LIMIT 1)
         ORDER BY e.id DESC",
    )
    .bind(id)
    .fetch_all(c))
}

/// The names of the layouts that show a file.
pub async fn layouts(db: &mut Db, file_name: &str) -> Result<Vec<String>> {
    run!(db, c => sqlx::query_scalar(
        r"SELECT name FROM untrashed_layouts WHERE mjml LIKE $1 ESCAPE '\' ORDER BY name",
    )
    .bind(address(file_name))
    .fetch_all(c))
}

/// The snippets that show a file, with their names.
pub async fn snippets(db: &mut Db, file_name: &str) -> Result<Vec<(SnippetId, String)>> {
    run!(db, c => sqlx::query_as(
        r"SELECT s.id, s.name FROM untrashed_snippets s
          WHERE EXISTS (SELECT 1 FROM snippet_variants v
                        WHERE v.snippet_id = s.id AND v.body_markdown LIKE $1 ESCAPE '\')
          ORDER BY s.name",
    )
    .bind(address(file_name))
    .fetch_all(c))
}

/// The campaigns still to start whose own text shows a file, or that attach it, with their
/// subjects.
pub async fn campaigns(
    db: &mut Db,
    id: MediaId,
    file_name: &str,
) -> Result<Vec<(CampaignId, String)>> {
    run!(db, c => sqlx::query_as(
        r"SELECT k.id, k.subject FROM campaigns k
          WHERE k.state IN ('draft', 'scheduled', 'failed_to_start')
            AND (EXISTS (SELECT 1 FROM campaign_texts t
                         WHERE t.campaign_id = k.id AND t.body LIKE $1 ESCAPE '\')
                 OR k.id IN (SELECT a.campaign_id FROM campaign_attachments a
                             WHERE a.media_id = $2))
          ORDER BY k.id DESC",
    )
    .bind(address(file_name))
    .bind(id)
    .fetch_all(c))
}
