//! Queries on where snippets are shown: texts name them in blocks, `:::snippet name="contact"`.

use super::{Db, Result, escape_like, run};
use crate::model::list::{ListSlug, Slug};
use crate::model::{CampaignId, PostId, SnippetId};

/// A `LIKE` pattern for texts that name a snippet in a block, however that is spaced. It finds a
/// few that only look like it, such as code that shows how a block is written.
pub(super) fn pattern(name: &str) -> String {
    format!("%snippet%name=\"{}\"%", escape_like(name))
}

/// Whether a campaign shows a snippet: in its own text, or in that of a post that it mails. The
/// argument names the campaigns' table, `$1` is a [`pattern`].
macro_rules! shows_snippet {
    ($campaigns:literal) => {
        concat!(
            r"(EXISTS (SELECT 1 FROM campaign_texts t
                       WHERE t.campaign_id = ",
            $campaigns,
            r".id AND t.body LIKE $1 ESCAPE '\')
               OR EXISTS (SELECT 1 FROM ab_variants o
                          WHERE o.campaign_id = ",
            $campaigns,
            r#".id AND REPLACE(o.content, '\"', '"') LIKE $1 ESCAPE '\')
               OR "#,
            $campaigns,
            r".post_id IN (SELECT v.post_id FROM post_variants v
                           WHERE v.body_markdown LIKE $1 ESCAPE '\')
               OR EXISTS (SELECT 1 FROM campaign_items i
                          WHERE i.campaign_id = ",
            $campaigns,
            r".id AND i.post_id IN (SELECT v.post_id FROM post_variants v
                                    WHERE v.body_markdown LIKE $1 ESCAPE '\')))"
        )
    };
}

pub(super) use shows_snippet;

/// A post that shows a snippet.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ShowingPost {
    pub snippet_id: SnippetId,
    pub id: PostId,
    pub slug: Slug,
    pub title: String,
}

/// The posts that show a snippet; those of every snippet where `name` is empty.
pub async fn posts(db: &mut Db, name: &str) -> Result<Vec<ShowingPost>> {
    // Names are slugs: none of their characters means anything in a pattern.
    run!(db, c => sqlx::query_as(
        r#"SELECT DISTINCT s.id AS snippet_id, p.id, p.slug,
                  (SELECT t.title FROM post_variants t WHERE t.post_id = p.id
                   ORDER BY CASE t.language WHEN 'en' THEN 1 ELSE 2 END, t.language LIMIT 1)
                      AS title
           FROM post_variants v
           CROSS JOIN untrashed_posts p
           CROSS JOIN untrashed_snippets s
           WHERE p.id = v.post_id
             AND ($1 = '' OR s.name = $1)
             AND v.body_markdown LIKE '%snippet%name="%'
             AND v.body_markdown LIKE '%snippet%name="' || s.name || '"%'
           ORDER BY p.id DESC"#,
    )
    .bind(name)
    .fetch_all(c))
}

/// A campaign still to start whose own text shows a snippet.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ShowingCampaign {
    pub snippet_id: SnippetId,
    pub id: CampaignId,
    pub subject: String,
}

/// The campaigns still to start whose own text shows a snippet; those of every snippet where
/// `name` is empty.
pub async fn campaigns(db: &mut Db, name: &str) -> Result<Vec<ShowingCampaign>> {
    run!(db, c => sqlx::query_as(
        r#"SELECT DISTINCT s.id AS snippet_id, k.id, k.subject
           FROM campaign_texts t
           CROSS JOIN campaigns k
           CROSS JOIN untrashed_snippets s
           WHERE k.id = t.campaign_id
             AND k.state IN ('draft', 'scheduled', 'failed_to_start')
             AND ($1 = '' OR s.name = $1)
             AND t.body LIKE '%snippet%name="%'
             AND t.body LIKE '%snippet%name="' || s.name || '"%'
           ORDER BY k.id DESC"#,
    )
    .bind(name)
    .fetch_all(c))
}

/// A list whose welcome email shows a snippet.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct WelcomingList {
    pub snippet_id: SnippetId,
    pub slug: ListSlug,
    pub name: String,
}

/// The lists whose welcome email shows a snippet; those of every snippet where `name` is empty.
pub async fn welcomes(db: &mut Db, name: &str) -> Result<Vec<WelcomingList>> {
    run!(db, c => sqlx::query_as(
        r#"SELECT DISTINCT s.id AS snippet_id, l.slug, l.name
           FROM list_welcomes w
           CROSS JOIN lists l
           CROSS JOIN untrashed_snippets s
           WHERE l.id = w.list_id
             AND ($1 = '' OR s.name = $1)
             AND w.body LIKE '%snippet%name="%'
             AND w.body LIKE '%snippet%name="' || s.name || '"%'
           ORDER BY l.name, l.slug"#,
    )
    .bind(name)
    .fetch_all(c))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_has_no_wildcards() {
        assert_eq!(super::pattern("a"), "%snippet%name=\"a\"%");
        assert_eq!(super::pattern("a_%"), "%snippet%name=\"a\\_\\%\"%");
    }
}
