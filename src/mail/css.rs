//! Inlines style sheets, since some email clients support nothing else.

use std::borrow::Cow;

use css_inline::CSSInliner;

use crate::text::bounds;
use crate::text::markup::{self, Kind};

/// Inlines the style sheets of HTML, and `css`. What cannot be inlined, such as media queries,
/// stays in its sheet, except in `css`.
///
/// # Errors
/// What is wrong with a sheet.
pub fn inline(html: &str, css: &str) -> Result<String, String> {
    bounds::html::measure(html, &bounds::html::MAIL)
        .and_then(|shape| bounds::css::check(html, css, shape))
        // The lines are not those that the author sees.
        .map_err(|error| error.reason)?;
    CSSInliner::options()
        .load_remote_stylesheets(false)
        .keep_style_tags(true)
        .keep_at_rules(true)
        .extra_css((!css.trim().is_empty()).then_some(Cow::Borrowed(css)))
        .build()
        .inline(html)
        .map_err(|error| error.to_string())
}

/// Keeps only valid declarations in `style` attributes. Browsers skip invalid ones (`color
/// red`, `*zoom: 1`); the inliner would reject the email.
pub fn without_invalid(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for token in markup::tokens(html) {
        let Kind::Open(tag) = &token.kind else {
            out.push_str(token.raw);
            continue;
        };
        let mut at = 0;
        for attribute in &tag.attributes {
            let Some(value) = attribute.value else {
                continue;
            };
            if !attribute.name.eq_ignore_ascii_case("style") {
                continue;
            }
            let start = attribute.value_at - token.at;
            out.push_str(&token.raw[at..start]);
            out.push_str(&valid(value));
            at = start + value.len();
        }
        out.push_str(&token.raw[at..]);
    }
    out
}

/// The valid declarations of a `style` attribute, whose quotes may be character
/// references.
fn valid(style: &str) -> Cow<'_, str> {
    let parts = declarations(style);
    if parts
        .iter()
        .all(|part| part.trim().is_empty() || is_declaration(part))
    {
        return Cow::Borrowed(style);
    }
    let kept = parts.into_iter().filter(|part| is_declaration(part));
    Cow::Owned(kept.map(|part| format!("{};", part.trim())).collect())
}

/// Splits a style at the semicolons that end declarations.
pub(super) fn declarations(style: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    let mut quote: Option<&str> = None;
    let mut at = 0;
    while let Some(c) = style[at..].chars().next() {
        let rest = &style[at..];
        // A reference is one character, though it ends in a semicolon.
        let unit = match c {
            '&' => rest
                .find(';')
                .filter(|end| {
                    rest[1..*end]
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || c == '#')
                })
                .map_or(1, |end| end + 1),
            c => c.len_utf8(),
        };
        let unit = &rest[..unit];
        match quote {
            Some(open) if open == unit => quote = None,
            Some(_) => {}
            None if matches!(unit, "\"" | "'" | "&quot;" | "&#34;" | "&#39;" | "&apos;") => {
                quote = Some(unit);
            }
            None if unit == "(" => depth += 1,
            None if unit == ")" => depth = depth.saturating_sub(1),
            None if unit == ";" && depth == 0 => {
                parts.push(&style[start..at]);
                start = at + 1;
            }
            None => {}
        }
        at += unit.len();
    }
    parts.push(&style[start..]);
    parts
}

fn is_declaration(text: &str) -> bool {
    let Some((name, value)) = text.split_once(':') else {
        return false;
    };
    let name = name.trim();
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-' || c == '_')
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    is_name && !value.trim().is_empty() && !value.contains(['{', '}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_declaration_is_skipped() {
        for (style, expected) in [
            ("color:red;margin:0", "color:red;margin:0"),
            ("color red; margin: 0", "margin: 0;"),
            ("*zoom:1;color:red", "color:red;"),
            ("color:;margin:0;;", "margin:0;"),
            (
                "font-family:&quot;A;B&quot;,x;color red",
                "font-family:&quot;A;B&quot;,x;",
            ),
            (
                "background:url(data:image/png;base64,x);}color:red",
                "background:url(data:image/png;base64,x);",
            ),
            ("\n color: red;\n", "\n color: red;\n"),
        ] {
            assert_eq!(valid(style), expected, "{style}");
        }
    }

    #[test]
    fn mails_with_invalid_styles_are_rendered() {
        let html = "<html><head><style>p{color red;margin:1px;*zoom:1}</style></head><body>\
            <p style=\"color red;padding:2px\">x</p></body></html>";
        let html = inline(&without_invalid(html), "p{top:3px}").unwrap();
        for part in ["margin: 1px", "padding: 2px", "top: 3px"] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }
}
