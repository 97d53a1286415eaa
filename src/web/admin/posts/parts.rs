//! The fields of a post, as two versions of it are compared and merged.

use std::collections::BTreeMap;

use crate::clock::Timestamp;
use crate::content::media;
use crate::content::post::PostDraft;
use crate::document::merge::Place;
use crate::document::pieces::Notation;
use crate::model::MediaId;
use crate::model::list::Slug;
use crate::web::admin::together::comparison::Part;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// The key of a field's label.
pub fn label(field: &str) -> &'static str {
    match field {
        "title" => "admin-post-title",
        "summary" => "admin-post-summary",
        "category" => "admin-post-category",
        "author" => "admin-post-author",
        "slug" => "admin-post-slug",
        "picture" => "admin-post-picture",
        "publish_at" => "admin-post-time",
        _ => "admin-post-text",
    }
}

/// How a value reads that two people set differently.
pub fn value(viewer: &Viewer, field: &str, value: &str) -> String {
    match (field, value) {
        ("publish_at", "") => viewer.word("admin-post-state", "draft"),
        ("publish_at", at) => {
            let at = Timestamp::parse_rfc3339(at);
            at.map_or_else(|_| value.to_owned(), |at| viewer.when(&at))
        }
        (_, "") => viewer.t("admin-none"),
        ("picture", number) => viewer
            .say("admin-together-picture-number")
            .text("number", number)
            .to_string(),
        (_, value) => value.to_owned(),
    }
}

/// The names of all pictures.
pub async fn picture_names(web: &Web) -> Result<BTreeMap<MediaId, String>, HttpError> {
    Ok(media::picture_names(&web.cx).await?)
}

/// Every field of a version.
pub fn of(viewer: &Viewer, edition: &PostDraft, pictures: &BTreeMap<MediaId, String>) -> Vec<Part> {
    let shared = |field, text: String| Part::value(Place::shared(field), text);
    let picture = edition.picture.map(|id| {
        let name = pictures.get(&id).cloned();
        name.unwrap_or_else(|| format!("#{id}"))
    });
    let slug = edition.slug.as_ref().map(Slug::to_string);
    let published = edition.published_at.map(|at| viewer.when(&at));
    let mut parts = Vec::new();
    for variant in &edition.variants {
        let at = |field| Place::of(field, variant.language);
        parts.push(Part::value(at("title"), &variant.title));
        parts.push(Part::value(at("summary"), &variant.summary));
        let body = &variant.body_markdown;
        parts.push(Part::text(at("body"), Notation::Markdown, body));
    }
    parts.extend([
        shared("category", edition.category.to_string()),
        shared("author", edition.author.to_string()),
        shared("slug", slug.unwrap_or_default()),
        shared("publish_at", published.unwrap_or_default()),
        shared("picture", picture.unwrap_or_default()),
    ]);
    parts
}
