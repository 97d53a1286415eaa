//! What queries on the texts of posts, events and campaigns in each language share.

use crate::clock::Timestamp;
use crate::text::locale::Language;

/// When a text was written in one language, and when it last changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct VariantTimes {
    /// The language.
    pub language: Language,
    /// When it was written.
    pub created_at: Timestamp,
    /// When its words last changed, or somebody said that they are up to date.
    pub changed_at: Timestamp,
}

/// Languages in the form that `LIKE '%,' || language || ',%'` finds one in.
pub(super) fn among(languages: &[Language]) -> String {
    let tags: Vec<&str> = languages.iter().map(|language| language.tag()).collect();
    format!(",{},", tags.join(","))
}
