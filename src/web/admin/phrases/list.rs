//! The list of texts, and saving those that were changed in it.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use super::{HOME, reach};
use crate::content::phrases::change::{Balance, Change, apply};
use crate::content::phrases::{self, Entry, Filter, Show};
use crate::text::locale::Language;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

/// Texts of a page.
const ROWS: usize = 20;
/// The parts that one can choose, and whether they are for owners.
const PARTS: [(&str, bool); 5] = [
    ("site", false),
    ("subscription", false),
    ("mail", false),
    ("error", false),
    ("admin", true),
];
const SHOWS: [Show; 3] = [Show::All, Show::Missing, Show::Changed];

/// What the address selects.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Selection {
    language: Option<Language>,
    part: String,
    show: Show,
    q: String,
    page: usize,
}

impl Selection {
    fn of(form: &Form) -> Self {
        Self {
            language: form.text("language").parse().ok(),
            part: form.text("part").to_owned(),
            show: word_of(form.text("show")),
            q: form.trimmed("q").to_owned(),
            page: form.text("page").parse().unwrap_or_default(),
        }
    }

    fn filter(&self) -> Filter {
        Filter {
            file: self.part.clone(),
            show: self.show,
            part: self.q.clone(),
        }
    }

    /// The address of a page of it.
    fn address(&self, language: Language, page: usize) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("language", language.tag())
            .append_pair("part", &self.part)
            .append_pair("show", word(&self.show))
            .append_pair("q", &self.q)
            .append_pair("page", &page.to_string())
            .finish();
        format!("{HOME}?{query}")
    }
}

/// A filter's word in addresses and keys of phrases.
fn word(show: &Show) -> &'static str {
    match show {
        Show::All => "all",
        Show::Missing => "missing",
        Show::Changed => "changed",
    }
}

fn word_of(text: &str) -> Show {
    let found = SHOWS.into_iter().find(|show| word(show) == text);
    found.unwrap_or_default()
}

/// A text to edit.
struct Row {
    entry: Entry,
    /// What is typed.
    text: String,
    /// What is wrong with it.
    error: String,
}

impl Row {
    fn of(entry: Entry) -> Self {
        Self {
            text: entry.current().to_owned(),
            entry,
            error: String::new(),
        }
    }

    fn key(&self) -> &str {
        &self.entry.english.key
    }

    fn lines(&self) -> usize {
        let text = |text: &str| text.lines().count().max(text.chars().count() / 40 + 1);
        text(&self.text)
            .max(text(&self.entry.english.text))
            .clamp(1, 12)
    }
}

#[derive(Template)]
#[template(path = "admin/phrases.html")]
struct ListPage {
    viewer: Viewer,
    selection: Selection,
    language: Language,
    languages: Vec<Language>,
    rows: Vec<Row>,
    /// How many there are in all, and how many the language does not have.
    total: usize,
    missing: usize,
    found: usize,
}

impl ListPage {
    /// What was wrong with texts that were typed.
    fn errors(&self) -> FormErrors {
        let mut errors = FormErrors::default();
        for row in self.rows.iter().filter(|row| !row.error.is_empty()) {
            errors.add(row.key(), &row.error);
        }
        errors
    }

    fn parts(&self) -> Vec<&'static str> {
        let is_owner = self.viewer.user.role.may_administer();
        let parts = PARTS
            .into_iter()
            .filter(|(_, is_owners)| is_owner || !is_owners);
        parts.map(|(part, _)| part).collect()
    }

    fn shows(&self) -> [Show; 3] {
        SHOWS
    }

    fn word(&self, show: &Show) -> &'static str {
        word(show)
    }

    fn previous(&self) -> Option<String> {
        let page = self.selection.page.checked_sub(1)?;
        Some(self.selection.address(self.language, page))
    }

    fn next(&self) -> Option<String> {
        let page = self.selection.page.saturating_add(1);
        let has_more = page.saturating_mul(ROWS) < self.found;
        has_more.then(|| self.selection.address(self.language, page))
    }

    fn export_address(&self) -> String {
        format!("/admin/texts/export?language={}", self.language)
    }
}

/// The page that a selection shows; `typed` are the texts of a form that could not all be saved.
async fn page(
    web: &Web,
    viewer: Viewer,
    selection: Selection,
    typed: Option<Vec<Row>>,
) -> Result<Html<String>, HttpError> {
    let language = selection.language.unwrap_or(web.cx.config().language);
    let all = phrases::entries(&web.cx, language, reach(&viewer)).await?;
    let total = all.len();
    let missing = all.iter().filter(|entry| entry.text.is_none()).count();
    let filter = selection.filter();
    let found: Vec<Entry> = all.into_iter().filter(|entry| filter.has(entry)).collect();
    let count = found.len();
    let first = selection.page.saturating_mul(ROWS);
    let shown = found.into_iter().skip(first).take(ROWS).map(Row::of);
    render_page(&ListPage {
        languages: phrases::languages(&web.cx).await?,
        rows: typed.unwrap_or_else(|| shown.collect()),
        viewer,
        selection,
        language,
        total,
        missing,
        found: count,
    })
}

pub async fn index(
    State(web): State<Web>,
    viewer: Viewer,
    Query(selection): Query<Selection>,
) -> Result<Html<String>, HttpError> {
    page(&web, viewer, selection, None).await
}

/// The texts that a form changes. Those that it only shows are left out, so that what somebody
/// else has saved meanwhile stays.
fn changes(form: &Form) -> Vec<Change> {
    let shown = form
        .pairs()
        .filter_map(|(name, seen)| Some((name.strip_prefix("seen.")?, seen)));
    shown
        .filter_map(|(key, seen)| {
            let is_reset = form.all("reset").any(|one| one == key);
            let text = form.trimmed(key).replace("\r\n", "\n");
            let is_touched = is_reset || phrases::mark(&text) != seen;
            is_touched.then(|| Change {
                key: key.to_owned(),
                text: if is_reset { String::new() } else { text },
                seen: Some(seen.to_owned()),
            })
        })
        .collect()
}

pub async fn save(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let selection = Selection::of(&form);
    let language = selection.language.unwrap_or(web.cx.config().language);
    let (by, reach) = (viewer.actor(), reach(&viewer));
    let balance = apply(&web.cx, &by, language, &changes(&form), reach).await?;
    if balance.refused.is_empty() {
        let back = selection.address(language, selection.page);
        let saved = viewer.say("admin-phrases-saved");
        let flash = Flash::good(saved.number("count", balance.steps.len()));
        return Ok(redirect(&web, &back, &flash));
    }
    let rows = typed(&web, &viewer, language, &form, &balance).await?;
    let html = page(&web, viewer, selection, Some(rows)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

/// The texts of a form as typed, with what is wrong with some.
async fn typed(
    web: &Web,
    viewer: &Viewer,
    language: Language,
    form: &Form,
    balance: &Balance,
) -> Result<Vec<Row>, HttpError> {
    let all = phrases::entries(&web.cx, language, reach(viewer)).await?;
    let is_of_form = |entry: &Entry| form.has(&format!("seen.{}", entry.english.key));
    let row = |entry: Entry| {
        let key = entry.english.key.as_str();
        let refused = balance.refused.iter().find(|one| one.key == key);
        match refused {
            None => Row::of(entry),
            Some(refused) => Row {
                text: form.trimmed(key).to_owned(),
                error: viewer.explain(&refused.error),
                entry,
            },
        }
    };
    Ok(all.into_iter().filter(is_of_form).map(row).collect())
}
