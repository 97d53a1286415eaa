//! What queries on the texts of posts and events in each language share.

use crate::text::locale::Language;

/// Languages in the form that `LIKE '%,' || language || ',%'` finds one in.
pub(super) fn among(languages: &[Language]) -> String {
    let tags: Vec<&str> = languages.iter().map(|language| language.tag()).collect();
    format!(",{},", tags.join(","))
}
