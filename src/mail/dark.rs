//! Dark mode: the same rules for Outlook on the web and its apps, and a preview of an email in
//! light or dark, whatever the reader's own screen is set to.
//!
//! These programs do not support `prefers-color-scheme`: they change colours themselves, and mark
//! what they changed with `data-ogsc` (text) and `data-ogsb` (backgrounds).

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::text::markup::{self, Kind};

/// A colour scheme that a reader may have chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

static QUERY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)").ok());

/// An email as a program shows it whose reader has chosen a scheme: its media queries for that
/// scheme always hold, those for the other one never.
pub fn in_scheme(html: &str, scheme: Scheme) -> String {
    let mut out = String::with_capacity(html.len() + 128);
    let (mut in_style, mut in_head) = (false, false);
    for token in markup::tokens(html) {
        match &token.kind {
            Kind::Open(tag) => {
                in_style = tag.name.eq_ignore_ascii_case("style");
                out.push_str(token.raw);
                if tag.name.eq_ignore_ascii_case("head") && !in_head {
                    in_head = true;
                    out.push_str(&canvas(html, scheme));
                }
                continue;
            }
            Kind::Close(_) => in_style = false,
            Kind::Text if in_style => {
                out.push_str(&with_queries_decided(token.raw, scheme));
                continue;
            }
            _ => {}
        }
        out.push_str(token.raw);
    }
    out
}

/// The browser's own colours, where an email says that it is made for both schemes.
fn canvas(html: &str, scheme: Scheme) -> String {
    let scheme = match scheme {
        Scheme::Dark if html.contains("color-scheme") => "dark",
        Scheme::Light | Scheme::Dark => "light",
    };
    format!("<style>:root{{color-scheme:{scheme} only!important}}</style>")
}

fn with_queries_decided(css: &str, scheme: Scheme) -> String {
    let Some(query) = QUERY.as_ref() else {
        return css.to_owned();
    };
    let decided = |found: &Captures<'_>| {
        let is_dark = found[1].eq_ignore_ascii_case("dark");
        if is_dark == (scheme == Scheme::Dark) {
            "(min-width:0px)"
        } else {
            "(max-width:0px)"
        }
    };
    query.replace_all(css, decided).into_owned()
}

/// Repeats the rules for dark mode for Outlook.
///
/// They get a style element of their own: Gmail drops one that is longer than 8,192 characters.
pub fn with_outlook_rules(html: &str) -> String {
    let Some((block, end)) = dark_block(html) else {
        return html.to_owned();
    };
    let Some(close) = html[end..].find("</style>") else {
        return html.to_owned();
    };
    let rules = outlook_rules(block);
    if rules.is_empty() {
        return html.to_owned();
    }
    let at = end + close + "</style>".len();
    let (before, after) = html.split_at(at);
    format!("{before}<style type=\"text/css\">{rules}</style>{after}")
}

/// The rules of the first media query for dark mode, and where it ends.
fn dark_block(html: &str) -> Option<(&str, usize)> {
    let query = html.find("prefers-color-scheme")?;
    let style = html[..query].rfind("<style")?;
    // It must be that of a media query, and not a word of the text.
    if html[style..query].contains("</style") || !html[style..query].contains("@media") {
        return None;
    }
    let start = query + html[query..].find('{')? + 1;
    if !html[query..start].contains("dark") {
        return None;
    }
    let mut depth = 1_usize;
    for (at, c) in html[start..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&html[start..start + at], start + at));
        }
    }
    None
}

fn outlook_rules(block: &str) -> String {
    let mut out = String::new();
    for rule in block.split('}') {
        let Some((selectors, declarations)) = rule.split_once('{') else {
            continue;
        };
        let (mut text, mut ground) = (String::new(), String::new());
        for declaration in declarations.split(';') {
            let name = declaration.split(':').next().unwrap_or_default().trim();
            let list = match name {
                "color" => &mut text,
                "background-color" | "border-color" => &mut ground,
                _ => continue,
            };
            list.push_str(declaration.trim());
            list.push(';');
        }
        for (mark, declarations) in [("[data-ogsc]", text), ("[data-ogsb]", ground)] {
            if declarations.is_empty() {
                continue;
            }
            let selectors = selectors
                .split(',')
                .map(|one| format!("{mark} {}", one.trim()));
            let selectors: Vec<String> = selectors.collect();
            out.push_str(&format!("{}{{{declarations}}}\n", selectors.join(",")));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_dark_rule_is_said_once_more_for_outlook() {
        let html = "<head><style>p { color: red }\n@media (prefers-color-scheme: dark) {\n body, .page { background-color: #000 !important; }\n .page * { color: #fff !important; border-color: #333 !important; }\n .x { padding: 0 }\n} @media (max-width: 9px) { p { color: red } }</style></head><body></body>";
        let with = with_outlook_rules(html);
        let added = "<style type=\"text/css\">[data-ogsb] body,[data-ogsb] .page{background-color: #000 !important;}\n[data-ogsc] .page *{color: #fff !important;}\n[data-ogsb] .page *{border-color: #333 !important;}\n</style>";
        assert_eq!(with, html.replace("</style>", &format!("</style>{added}")));
    }

    #[test]
    fn a_preview_is_light_or_dark_whatever_the_screen_is() {
        let html = "<html><head><meta name=\"color-scheme\" content=\"light dark\"><style>\
            @media (prefers-color-scheme: dark) and (max-width:9px) { p { color: red } }\
            @media ( PREFERS-COLOR-SCHEME:light ) { a { color: red } }</style></head>\
            <body><p>(prefers-color-scheme: dark)</p></body></html>";
        let dark = in_scheme(html, Scheme::Dark);
        assert!(dark.contains("<head><style>:root{color-scheme:dark only!important}</style>"));
        assert!(
            dark.contains("@media (min-width:0px) and (max-width:9px)"),
            "{dark}"
        );
        assert!(dark.contains("@media (max-width:0px) { a"), "{dark}");
        assert!(
            dark.contains("<p>(prefers-color-scheme: dark)</p>"),
            "{dark}"
        );
        let light = in_scheme(html, Scheme::Light);
        assert!(light.contains("color-scheme:light only"), "{light}");
        assert!(
            light.contains("@media (max-width:0px) and (max-width:9px)"),
            "{light}"
        );
        let plain = in_scheme("<head></head><p>x", Scheme::Dark);
        assert!(
            plain.contains("color-scheme:light"),
            "it says nothing of dark mode: {plain}"
        );
    }

    #[test]
    fn mail_without_dark_rules_stays_as_it_is() {
        for html in [
            "<p>x</p>",
            "<style>p{}</style><p>prefers-color-scheme: dark { a }</p>",
            "<style>@media (prefers-color-scheme: light) { p { color: red } }</style>",
            "<style>@media (prefers-color-scheme: dark) { p {",
            "<meta name=\"prefers-color-scheme\">",
        ] {
            assert_eq!(with_outlook_rules(html), html);
        }
    }
}
