//! Style sheets, scripts and pictures, embedded in the binary.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use data_encoding::HEXLOWER;
use rust_embed::RustEmbed;

use crate::content::site;
use crate::web::http::error::HttpError;
use crate::web::http::etag::matches_etag;
use crate::web::state::Web;

#[derive(RustEmbed)]
#[folder = "assets/"]
#[exclude = "*.md"]
struct Assets;

pub(super) fn router() -> Router<Web> {
    Router::new()
        .route("/assets/{*path}", get(asset))
        .route("/favicon.ico", get(favicon))
}

/// The logo of the site, if it has one.
async fn favicon(State(web): State<Web>, headers: HeaderMap) -> Result<Response, HttpError> {
    if let Some(logo) = site::load(&web.cx).await?.logo {
        return Ok(Redirect::temporary(&format!("/media/{logo}")).into_response());
    }
    asset(Path("img/favicon.svg".to_owned()), headers).await
}

async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Result<Response, HttpError> {
    let file = Assets::get(&path).ok_or(HttpError::NotFound)?;
    let tag = format!(
        "\"{}\"",
        &HEXLOWER.encode(&file.metadata.sha256_hash())[..16]
    );
    let caching = [
        (header::ETAG, tag.clone()),
        (
            header::CACHE_CONTROL,
            "public, max-age=3600, must-revalidate".to_owned(),
        ),
    ];
    if matches_etag(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    let kind = [(
        header::CONTENT_TYPE,
        content_type(&path, file.metadata.mimetype()),
    )];
    if path.ends_with(".css") {
        let styles = styles_for_browsers(&String::from_utf8_lossy(&file.data));
        return Ok((caching, kind, styles).into_response());
    }
    // Those of others come as they were published.
    if path.starts_with("js/") {
        let script = script_for_browsers(&String::from_utf8_lossy(&file.data));
        return Ok((caching, kind, script).into_response());
    }
    Ok((caching, kind, file.data).into_response())
}

/// A style sheet without what is there for its authors: comments and indents.
fn styles_for_browsers(css: &str) -> String {
    let mut rules = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        rules.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    rules.push_str(rest);
    let lines = rules.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// A script without indents, and without the lines that are comments.
fn script_for_browsers(script: &str) -> String {
    let lines = script.lines().map(str::trim_start);
    let lines = lines.filter(|line| !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn content_type(path: &str, guessed: &str) -> String {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8".to_owned(),
        Some("js") => "text/javascript; charset=utf-8".to_owned(),
        _ => guessed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_get_no_comments_of_style_sheets() {
        let css = "/* A\n   b */\n.a {\n  color: red; /* why */\n}\n\n.b::after { content: \"\"; }\n/* end";
        assert_eq!(
            styles_for_browsers(css),
            ".a {\ncolor: red;\n}\n.b::after { content: \"\"; }\n"
        );
    }

    #[test]
    fn browsers_get_no_comments_and_indents_of_scripts() {
        let script = "// What it does.\nconst a = 1; // why\n\n  // more\n  f(\"//host\");\n";
        assert_eq!(
            script_for_browsers(script),
            "const a = 1; // why\n\nf(\"//host\");\n"
        );
        for (name, file) in Assets::iter().filter_map(|name| {
            let file = name.starts_with("js/").then(|| Assets::get(&name))??;
            Some((name, file))
        }) {
            let text = String::from_utf8(file.data.into_owned()).unwrap();
            // As Markdown has them around code.
            let text = text.replace("```", "");
            let odd = text
                .lines()
                .filter(|line| line.matches('`').count() % 2 == 1);
            assert_eq!(
                odd.count(),
                0,
                "{name}: a text over lines may have one like a comment, or an indent"
            );
        }
    }

    #[test]
    fn the_public_site_has_twenty_kilobytes_of_style() {
        let sizes = ["tokens", "base", "site"].map(|name| {
            let file = Assets::get(&format!("css/{name}.css")).unwrap();
            styles_for_browsers(&String::from_utf8_lossy(&file.data)).len()
        });
        let all: usize = sizes.iter().sum();
        assert!(all <= 20 * 1024, "{sizes:?}");
    }
}
