//! The fields of a campaign, as two versions of it are compared and merged.

use crate::campaign::attachments;
use crate::campaign::content_spec::ContentSpec;
use crate::campaign::draft::{CampaignDraft, Selection};
use crate::document::merge::Place;
use crate::document::pieces::Notation;
use crate::model::list::Slug;
use crate::store::campaign_contents::CampaignText;
use crate::web::admin::together::comparison::Part;
use crate::web::admin::viewer::Viewer;

/// The key of a field's label.
pub fn label(field: &str) -> &'static str {
    match field {
        "subject" => "admin-draft-subject",
        "kind" => "admin-draft-content-type",
        "post" => "admin-draft-post",
        "posts" => "admin-nav-posts",
        "events" => "admin-nav-events",
        "lists" => "admin-nav-lists",
        "who" => "admin-draft-who",
        "layout" => "admin-draft-layout",
        "from" => "admin-draft-sender",
        "is_public" => "admin-draft-archive",
        "is_urgent" => "admin-draft-urgent",
        "embeds_pictures" => "admin-draft-embed-pictures",
        "calendar" => "admin-draft-calendar",
        "attachments" => "admin-draft-files",
        "title" => "admin-draft-title",
        "preheader" => "admin-draft-preheader",
        "from_name" => "admin-draft-from-name",
        _ => "admin-draft-text",
    }
}

/// How a value reads.
pub fn value(viewer: &Viewer, field: &str, value: &str) -> String {
    match (field, value) {
        ("is_public" | "is_urgent" | "embeds_pictures", "true") => viewer.t("admin-yes"),
        ("is_public" | "is_urgent" | "embeds_pictures", _) => viewer.t("admin-no"),
        ("calendar", choice) => viewer.word("admin-draft-calendar", choice),
        ("kind", kind) => viewer.word("admin-draft-kind", kind),
        ("who", "all") => viewer.t("admin-draft-everyone"),
        ("who", "some") => viewer.t("admin-draft-some"),
        ("who", number) => format!("{} {number}", viewer.t("admin-draft-segment")),
        (_, "") => viewer.t("admin-none"),
        (_, value) => value.to_owned(),
    }
}

/// Every field of a version.
pub fn of(viewer: &Viewer, draft: &CampaignDraft) -> Vec<Part> {
    let shared = |field, text: &str| {
        let text = match text {
            "" => String::new(),
            text => value(viewer, field, text),
        };
        Part::value(Place::shared(field), text)
    };
    let named = |slugs: &[Slug]| {
        let names: Vec<&str> = slugs.iter().map(Slug::as_str).collect();
        names.join(", ")
    };
    let mut parts = vec![
        shared("subject", &draft.subject),
        shared("kind", draft.content.kind().as_str()),
    ];
    for variant in &draft.variants {
        let at = |field| Place::of(field, variant.language);
        parts.push(Part::value(at("subject"), &variant.subject));
        parts.push(Part::value(at("preheader"), &variant.preheader));
        parts.push(Part::value(at("from_name"), &variant.from_name));
    }
    match &draft.content {
        ContentSpec::Post(slug) => parts.push(shared("post", slug.as_str())),
        ContentSpec::Digest {
            posts,
            events,
            texts,
        } => {
            parts.push(shared("posts", &named(posts)));
            parts.push(shared("events", &named(events)));
            parts.extend(of_texts(texts, Notation::Markdown));
        }
        ContentSpec::Markdown(texts) => parts.extend(of_texts(texts, Notation::Markdown)),
        ContentSpec::Mjml(texts) | ContentSpec::Html(texts) => {
            parts.extend(of_texts(texts, Notation::Design));
        }
    }
    let lists: Vec<&str> = draft.lists.iter().map(|list| list.as_str()).collect();
    let who = match &draft.selection {
        Selection::Everybody => "all".to_owned(),
        Selection::Segment(id) => id.to_string(),
        Selection::Conditions { .. } => "some".to_owned(),
    };
    parts.extend([
        shared("lists", &lists.join(", ")),
        shared("who", &who),
        shared("layout", &draft.layout),
        shared("from", draft.from.as_deref().unwrap_or_default()),
        shared("is_public", &draft.is_public.to_string()),
        shared("is_urgent", &draft.is_urgent.to_string()),
        shared("embeds_pictures", &draft.embeds_pictures.to_string()),
        shared("calendar", draft.calendar.as_str()),
        shared("attachments", &attachments::listed(&draft.attachments)),
    ]);
    parts
}

fn of_texts(texts: &[CampaignText], notation: Notation) -> Vec<Part> {
    let of_one = |text: &CampaignText| {
        let at = |field| Place::of(field, text.language);
        [
            Part::value(at("title"), &text.title),
            Part::value(at("preheader"), &text.preheader),
            Part::text(at("body"), notation, &text.body),
        ]
    };
    texts.iter().flat_map(of_one).collect()
}
