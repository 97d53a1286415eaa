//! The search of everything: a page, and the same as JSON for `assets/js/palette.js`.

mod pages;
mod views;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use crate::finder::likeness::Wanted;
use crate::finder::{self, Hit, Kind};
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

/// Results of each kind.
const EACH: usize = 8;
/// Characters of a query; what follows is not looked at.
const LONGEST: usize = 100;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/search", get(search))
        .route("/shortcuts", get(shortcuts))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

/// Results of one kind.
#[derive(Serialize)]
struct Group {
    heading: String,
    items: Vec<Item>,
    /// Where the same text is looked for among all of the kind; empty where nothing does.
    more: String,
    /// Of its best result.
    #[serde(skip)]
    distance: u32,
}

impl Group {
    /// The best of what was found, each with how unlike the text it is.
    fn best(heading: String, mut found: Vec<(u32, Item)>, limit: usize) -> Self {
        found.sort_by_key(|(distance, _)| *distance);
        found.truncate(limit);
        Self {
            heading,
            more: String::new(),
            distance: found.first().map_or(0, |(distance, _)| *distance),
            items: found.into_iter().map(|(_, item)| item).collect(),
        }
    }
}

/// A result.
#[derive(Serialize)]
struct Item {
    title: String,
    detail: String,
    path: String,
    /// Where it is on the public site, as a text links to it: without the site's own path.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
}

/// What the palette gets.
#[derive(Serialize)]
struct Answer {
    groups: Vec<Group>,
    /// How many were found, for screen readers.
    status: String,
}

#[derive(Template)]
#[template(path = "admin/search.html")]
struct SearchPage {
    viewer: Viewer,
    query: String,
    groups: Vec<Group>,
    count: usize,
}

async fn search(
    State(web): State<Web>,
    viewer: Viewer,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, HttpError> {
    let query: String = asked.q.trim().chars().take(LONGEST).collect();
    let mut groups = groups(&web, &viewer, &query).await?;
    let count = groups.iter().map(|group| group.items.len()).sum();
    let mut response = if wants_json(&headers) {
        let config = web.cx.config();
        for group in &mut groups {
            group.place_below(config.public_path());
        }
        let status = viewer.say("admin-search-found").number("count", count);
        Json(Answer {
            status: status.to_string(),
            groups,
        })
        .into_response()
    } else {
        render_page(&SearchPage {
            viewer,
            query,
            groups,
            count,
        })?
        .into_response()
    };
    let vary = HeaderValue::from_static("accept");
    response.headers_mut().append(header::VARY, vary);
    Ok(response)
}

fn wants_json(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT);
    accepted.is_some_and(|accepted| accepted.as_bytes().starts_with(b"application/json"))
}

/// What is found, the kind with the best result first.
async fn groups(web: &Web, viewer: &Viewer, query: &str) -> Result<Vec<Group>, HttpError> {
    let Some(wanted) = Wanted::of(query) else {
        return Ok(Vec::new());
    };
    let mut groups = vec![
        pages::find(viewer, &wanted, EACH),
        views::find(web, viewer, &wanted, EACH).await?,
    ];
    for (kind, hits) in finder::find(&web.cx, query, EACH).await? {
        groups.push(Group {
            heading: viewer.t(heading(kind)),
            more: more(kind, query),
            distance: hits.first().map_or(0, |hit| hit.distance),
            items: hits
                .into_iter()
                .map(|hit| item(viewer, kind, hit))
                .collect(),
        });
    }
    groups.retain(|group| !group.items.is_empty());
    groups.sort_by_key(|group| group.distance);
    Ok(groups)
}

fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Subscriber => "admin-nav-subscribers",
        Kind::Post => "admin-nav-posts",
        Kind::Campaign => "admin-nav-campaigns",
        Kind::Recurring => "admin-nav-recurring",
        Kind::Series => "admin-nav-series",
        Kind::List => "admin-nav-lists",
        Kind::Segment => "admin-nav-segments",
        Kind::Event => "admin-nav-events",
        Kind::Medium => "admin-nav-media",
        Kind::Snippet => "admin-nav-snippets",
    }
}

fn item(viewer: &Viewer, kind: Kind, hit: Hit) -> Item {
    let state = match kind {
        Kind::Subscriber => hit.note,
        Kind::Post | Kind::Event => viewer.word("admin-post-state", hit.note),
        Kind::Campaign => viewer.word("admin-campaign", hit.note),
        Kind::Series => viewer.word("admin-series-state", hit.note),
        Kind::List => viewer.word("admin-visibility", hit.note),
        Kind::Recurring | Kind::Segment | Kind::Snippet => String::new(),
        Kind::Medium => viewer.word("admin-media-kind", hit.note),
    };
    let day = hit.at.map(|at| viewer.calendar.date(at));
    let parts: Vec<String> = [state].into_iter().chain(day).collect();
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    Item {
        link: link(kind, &hit.slug),
        title: hit.name,
        detail: parts.collect::<Vec<_>>().join(" · "),
        path: match kind {
            Kind::Subscriber => format!("/admin/subscribers/{}", hit.id),
            Kind::Post => format!("/admin/posts/{}", hit.id),
            Kind::Campaign => format!("/admin/campaigns/{}", hit.id),
            Kind::Recurring => format!("/admin/recurring-campaigns/{}", hit.id),
            Kind::Series => format!("/admin/series/{}", hit.id),
            Kind::List => format!("/admin/lists/{}", hit.slug),
            Kind::Segment => format!("/admin/segments/{}", hit.id),
            Kind::Event => format!("/admin/events/{}", hit.slug),
            Kind::Medium => format!("/admin/media/{}", hit.id),
            Kind::Snippet => format!("/admin/snippets/{}", hit.id),
        },
    }
}

fn link(kind: Kind, slug: &str) -> Option<String> {
    let folder = match kind {
        Kind::Post => "posts",
        Kind::Event => "events",
        Kind::Medium => "media",
        Kind::Subscriber
        | Kind::Campaign
        | Kind::Recurring
        | Kind::Series
        | Kind::List
        | Kind::Segment
        | Kind::Snippet => return None,
    };
    Some(format!("/{folder}/{slug}"))
}

fn more(kind: Kind, query: &str) -> String {
    let path = match kind {
        Kind::Subscriber => "/admin/subscribers",
        Kind::Post => "/admin/posts",
        _ => return String::new(),
    };
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("q", query)
        .finish();
    format!("{path}?{query}")
}

impl Group {
    /// Addresses in JSON are not rewritten on their way out, as those in pages are.
    fn place_below(&mut self, prefix: &str) {
        for path in self.items.iter_mut().map(|item| &mut item.path) {
            path.insert_str(0, prefix);
        }
        if !self.more.is_empty() {
            self.more.insert_str(0, prefix);
        }
    }
}

#[derive(Template)]
#[template(path = "admin/shortcuts.html")]
struct ShortcutsPage {
    viewer: Viewer,
}

async fn shortcuts(viewer: Viewer) -> Result<Html<String>, HttpError> {
    render_page(&ShortcutsPage { viewer })
}
