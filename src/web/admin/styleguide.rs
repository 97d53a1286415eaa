//! Every component of the admin pages in both themes, for who works on Jarshy itself.
//!
//! The pages are there only where links lead to this machine: in a demo, or in development.
//! A site that visitors can reach answers that there is no such page.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/styleguide", get(show))
        .route("/styleguide/themes.css", get(themes))
}

const THEMES: [&str; 2] = ["light", "dark"];
const TOKENS: &str = include_str!("../../../assets/css/tokens.css");
/// What a badge can say: the kind of the thing and its state.
const STATES: [(&str, &str); 15] = [
    ("admin-campaign", "draft"),
    ("admin-campaign", "scheduled"),
    ("admin-campaign", "sending"),
    ("admin-campaign", "paused"),
    ("admin-campaign", "finished"),
    ("admin-campaign", "cancelled"),
    ("admin-campaign", "failed-to-start"),
    ("admin-delivery", "queued"),
    ("admin-delivery", "sent"),
    ("admin-delivery", "deferred"),
    ("admin-delivery", "bounced"),
    ("admin-delivery", "skipped"),
    ("admin-subscription", "pending"),
    ("admin-subscription", "confirmed"),
    ("admin-subscription", "unsubscribed"),
];

#[derive(Template)]
#[template(path = "admin/styleguide.html")]
struct StyleguidePage {
    viewer: Viewer,
}

fn only_here(web: &Web) -> Result<(), HttpError> {
    if web.cx.config().is_on_this_machine() {
        Ok(())
    } else {
        Err(HttpError::NotFound)
    }
}

async fn show(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    only_here(&web)?;
    render_page(&StyleguidePage { viewer })
}

/// The colours of each theme for the part of a page that names it, whatever the browser prefers.
async fn themes(State(web): State<Web>, _viewer: Viewer) -> Result<Response, HttpError> {
    only_here(&web)?;
    let css = themed(TOKENS).ok_or(HttpError::Internal)?;
    let kind = [(header::CONTENT_TYPE, "text/css; charset=utf-8")];
    Ok((kind, css).into_response())
}

/// Both themes out of `tokens.css`, so that colours stand in no other file.
fn themed(tokens: &str) -> Option<String> {
    let (_, rest) = tokens.split_once(":root {")?;
    let (light, rest) = rest.split_once("\n}")?;
    let (_, rest) = rest.split_once(":root {")?;
    let (dark, _) = rest.split_once("\n  }")?;
    let dark = declarations(dark);
    let is_colour = |(name, _): &(&str, &str)| dark.iter().any(|(other, _)| other == name);
    let light = declarations(light).into_iter().filter(is_colour).collect();
    let rule = |(theme, colours): (&str, Vec<(&str, &str)>)| {
        let lines: String = colours
            .iter()
            .map(|(name, value)| format!("  {name}:{value}\n"))
            .collect();
        format!("[data-theme={theme}] {{\n  color-scheme: {theme};\n{lines}}}\n")
    };
    let [first, second] = THEMES;
    Some([(first, light), (second, dark)].map(rule).concat())
}

/// The tokens of a block: name and value.
fn declarations(block: &str) -> Vec<(&str, &str)> {
    let lines = block.lines().map(str::trim);
    lines
        .filter(|line| line.starts_with("--"))
        .filter_map(|line| line.split_once(':'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_theme_has_every_colour() {
        let css = themed(TOKENS).unwrap();
        let (light, dark) = css.split_once("[data-theme=dark]").unwrap();
        let names = |part| -> Vec<&str> {
            let found = declarations(part);
            found.into_iter().map(|(name, _)| name).collect()
        };
        assert_eq!(names(light), names(dark));
        assert!(light.contains("--ground: #f3f8f9;"), "{light}");
        assert!(dark.contains("--ground: #0a161b;"), "{dark}");
        assert!(!css.contains("--text-m"), "sizes are not of a theme: {css}");
    }
}
