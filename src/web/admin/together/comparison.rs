//! The revisions of a post or campaign, and any two of them beside each other.

use askama::Template;
use axum::response::Html;
use serde::Deserialize;

use crate::clock::Timestamp;
use crate::document::compare::marked_text;
use crate::document::merge::Place;
use crate::document::pieces::Notation;
use crate::document::shown::{Group, compared};
use crate::render::{self, Budget};
use crate::text::locale::Language;
use crate::web::admin::together::merging::place;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;

/// Places that a row of the history names.
const NAMED: usize = 4;

/// One field of a version, as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which field.
    pub place: Place,
    /// How it is written; `None` for a value that is compared by its words.
    pub notation: Option<Notation>,
    /// As it is shown.
    pub text: String,
}

impl Part {
    /// A value.
    pub fn value(place: Place, text: impl Into<String>) -> Self {
        Self {
            place,
            notation: None,
            text: text.into(),
        }
    }

    /// A text of blocks or lines.
    pub fn text(place: Place, notation: Notation, text: impl Into<String>) -> Self {
        Self {
            place,
            notation: Some(notation),
            text: text.into(),
        }
    }
}

/// The parts that differ between two versions: the newer one's order, then what only the older
/// one has.
fn differences(old: &[Part], new: &[Part]) -> Vec<(Place, Option<Notation>, String, String)> {
    let text_at = |parts: &[Part], place: Place| {
        let found = parts.iter().find(|part| part.place == place);
        found.map_or_else(String::new, |part| part.text.clone())
    };
    let gone = old
        .iter()
        .filter(|part| !new.iter().any(|other| other.place == part.place));
    new.iter()
        .chain(gone)
        .map(|part| {
            let texts = (text_at(old, part.place), text_at(new, part.place));
            (part.place, part.notation, texts.0, texts.1)
        })
        .filter(|(_, _, old, new)| old != new)
        .collect()
}

/// A version in the history.
pub struct Version {
    /// Its number.
    pub id: i64,
    /// When it was saved.
    pub at: Timestamp,
    /// Who saved it; empty where it was not in the admin.
    pub actor: String,
    /// Its title or subject.
    pub title: String,
    /// The word for its state, and the state; both empty where it has none.
    pub state: (&'static str, String),
    /// All that is compared.
    pub parts: Vec<Part>,
}

impl Version {
    fn who(&self, viewer: &Viewer) -> String {
        if self.actor.is_empty() {
            viewer.t("admin-post-revision-outside")
        } else {
            self.actor.clone()
        }
    }
}

/// What the pages are about.
pub struct About {
    /// The title of the post or the subject of the campaign.
    pub title: String,
    /// The list that it is in: path and name.
    pub within: (&'static str, String),
    /// The path of its page; history and comparison are below it.
    pub path: String,
    /// The path that opens one version in the form, up to its number; `None` where there is none.
    pub opens: Option<String>,
    /// The keys of its fields' labels.
    pub label: fn(&str) -> &'static str,
    /// Whether the reader may restore a version.
    pub may_restore: bool,
}

struct Row {
    id: i64,
    at: Timestamp,
    who: String,
    title: String,
    state: (&'static str, String),
    changed: String,
}

#[derive(Template)]
#[template(path = "admin/together/history.html")]
struct HistoryPage {
    viewer: Viewer,
    about: About,
    rows: Vec<Row>,
}

/// The history: `versions` are the newest first.
pub fn history(
    viewer: Viewer,
    about: About,
    versions: Vec<Version>,
) -> Result<Html<String>, HttpError> {
    let changed = |at: usize| {
        let Some(older) = versions.get(at + 1) else {
            return viewer.t("admin-history-first");
        };
        let found = differences(&older.parts, &versions[at].parts);
        let mut places: Vec<String> = found
            .iter()
            .map(|(one, ..)| place(&viewer, *one, about.label))
            .collect();
        if places.len() > NAMED {
            let more = places.len() - NAMED;
            places.truncate(NAMED);
            let more = viewer.say("admin-history-more").number("count", more);
            places.push(more.to_string());
        }
        if places.is_empty() {
            viewer.t("admin-history-nothing")
        } else {
            places.join(", ")
        }
    };
    let row = |(at, version): (usize, &Version)| Row {
        id: version.id,
        at: version.at,
        who: version.who(&viewer),
        title: version.title.clone(),
        state: version.state.clone(),
        changed: changed(at),
    };
    let rows = versions.iter().enumerate().map(row).collect();
    render_page(&HistoryPage {
        rows,
        about,
        viewer,
    })
}

/// Which versions to compare, and how to show them.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// The number of the older one; without it the one before `to`.
    from: Option<i64>,
    /// The number of the newer one; without it the newest.
    to: Option<i64>,
    /// Whether both stand side by side.
    #[serde(default)]
    side: bool,
}

struct Field {
    label: String,
    language: Language,
    /// With `<ins>` and `<del>`.
    html: String,
}

struct Text {
    label: String,
    language: Language,
    groups: Vec<Group>,
}

#[derive(Template)]
#[template(path = "admin/together/comparison.html")]
struct ComparisonPage {
    viewer: Viewer,
    about: About,
    from: Row,
    to: Row,
    is_side: bool,
    /// Whether the older one can be restored: it is not the newest version.
    can_restore: bool,
    fields: Vec<Field>,
    texts: Vec<Text>,
}

/// Two of `versions`, the newest first, beside each other.
pub async fn page(
    viewer: Viewer,
    about: About,
    versions: Vec<Version>,
    asked: &Asked,
) -> Result<Html<String>, HttpError> {
    let at = |id: i64| versions.iter().position(|version| version.id == id);
    let to = match asked.to {
        Some(id) => at(id).ok_or(HttpError::NotFound)?,
        None => 0,
    };
    let from = match asked.from {
        Some(id) => at(id).ok_or(HttpError::NotFound)?,
        None => to + 1,
    };
    // The older one comes first, whichever was chosen first.
    let (from, to) = (from.max(to), from.min(to));
    let (Some(old), Some(new)) = (versions.get(from), versions.get(to)) else {
        return Err(HttpError::NotFound);
    };
    let (texts, values): (Vec<_>, Vec<_>) = differences(&old.parts, &new.parts)
        .into_iter()
        .partition(|(_, notation, ..)| notation.is_some());
    let label = |at: Place| {
        let language = at.language.unwrap_or(viewer.language());
        (place(&viewer, at, about.label), language)
    };
    let field = |(at, _, old, new): (Place, Option<Notation>, String, String)| {
        let (label, language) = label(at);
        let html = marked_text(&old, &new);
        Field {
            label,
            language,
            html,
        }
    };
    let fields = values.into_iter().map(field).collect();
    let labels: Vec<_> = texts.iter().map(|(at, ..)| label(*at)).collect();
    let work = move || {
        let all = texts.into_iter().map(|(_, notation, old, new)| {
            compared(notation.unwrap_or(Notation::Markdown), &old, &new)
        });
        all.collect::<Vec<_>>()
    };
    let groups = render::run(Budget::Interactive, work).await?;
    let texts = labels
        .into_iter()
        .zip(groups)
        .map(|((label, language), groups)| Text {
            label,
            language,
            groups,
        });
    let row = |version: &Version| Row {
        id: version.id,
        at: version.at,
        who: version.who(&viewer),
        title: version.title.clone(),
        state: version.state.clone(),
        changed: String::new(),
    };
    render_page(&ComparisonPage {
        from: row(old),
        to: row(new),
        is_side: asked.side,
        can_restore: about.may_restore && from > 0,
        fields,
        texts: texts.collect(),
        about,
        viewer,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_found_by_its_place() {
        let at = Place::shared;
        let old = [
            Part::value(at("title"), "A"),
            Part::value(at("slug"), "s"),
            Part::value(at("picture"), "p"),
        ];
        let new = [
            Part::value(at("title"), "B"),
            Part::value(at("slug"), "s"),
            Part::value(at("author"), "x"),
        ];
        let found: Vec<_> = differences(&old, &new)
            .into_iter()
            .map(|(place, _, old, new)| (place.field, old, new))
            .collect();
        let owned = |a, b: &str, c: &str| (a, b.to_owned(), c.to_owned());
        assert_eq!(
            found,
            [
                owned("title", "A", "B"),
                owned("author", "", "x"),
                owned("picture", "p", "")
            ]
        );
    }
}
