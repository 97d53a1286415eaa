//! Renders MJML as MJML 4 does.
//!
//! mrml computes the layout; the author's text never passes through it. A design is [`read`] as
//! leniently as MJML does, its attributes get their [`defaults`], and it is [written](mod@write)
//! again with a stand-in for everything but letters and plain signs. After mrml the stand-ins
//! are [replaced](vault) again. `docs/mjml.md` says how close to MJML 4 this is.

mod defaults;
mod read;
mod tags;
mod vault;
mod write;

use std::collections::HashMap;

use mrml::prelude::render::RenderOptions;
use scraper::{Html, Node};

use super::personalise::Placeholders;
use crate::text::bounds;
use crate::text::html::Tag;
use vault::Vault;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {what}")]
pub struct MjmlError {
    line: usize,
    column: usize,
    what: String,
}

/// A rendered design.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The HTML, with its style sheets.
    pub html: String,
    /// CSS that must be inlined.
    pub inline_css: String,
}

/// What a design contains besides its layout.
#[derive(Debug, Default)]
struct Design {
    inline_css: String,
    selectors: Vec<Selector>,
}

/// Attributes for whatever a selector finds (`mj-html-attributes`).
#[derive(Debug)]
struct Selector {
    path: String,
    attributes: Vec<(String, String)>,
}

impl Selector {
    fn of(element: &read::Element<'_>) -> Self {
        let attribute = |one: &read::Element<'_>| {
            let name = one.attribute("name")?;
            Some((name.to_owned(), one.content.to_owned()))
        };
        Self {
            path: element.attribute("path").unwrap_or_default().to_owned(),
            attributes: element.elements().filter_map(attribute).collect(),
        }
    }
}

/// The preheader is hidden by other means; white, as MJML makes it, filters take it for text
/// that only they should see.
const PREVIEW_AS_MADE: &str = "font-size:1px;color:#ffffff;";
const PREVIEW: &str = "font-size:1px;color:#1d2b33;";

/// Renders a design whose merge tags were replaced. Blocks are marked (see
/// [`super::personalise::mark`]).
///
/// # Errors
/// [`MjmlError`] with line, column and what to do.
pub fn render(mjml: &str, placeholders: &Placeholders) -> Result<Rendered, MjmlError> {
    bounds::mjml::check(mjml).map_err(|error| MjmlError {
        line: error.line.unwrap_or(1),
        column: 1,
        what: error.reason,
    })?;
    let root = read::read(mjml, placeholders)?;
    let mut vault = Vault::default();
    let mut design = Design::default();
    let written = write::write(&root, &mut vault, &mut design);
    // No remote fonts: a request tells their host that the email was opened.
    let options = RenderOptions {
        fonts: HashMap::new(),
        ..RenderOptions::default()
    };
    let fail = |what: String| MjmlError {
        line: 1,
        column: 1,
        what,
    };
    let html = mrml::parse(&written.mjml)
        .map_err(|error| fail(error.to_string()))?
        .element
        .render(&options)
        .map_err(|error| fail(error.to_string()))?;
    let html = write::as_written(&without_cells_of_comments(&html));
    let html = html.replacen(PREVIEW_AS_MADE, PREVIEW, 1);
    let html = format!("{}{}", written.before_doctype, vault.open(&html));
    let html = super::personalise::mark(placeholders, &html);
    Ok(Rendered {
        html: with_attributes(html, &design.selectors).map_err(fail)?,
        inline_css: design.inline_css,
    })
}

/// Removes the cells that mrml makes in `mj-social` for each comment, as if it were a network.
fn without_cells_of_comments(html: &str) -> String {
    const CELL: &str = "<!--[if mso | IE]><td><![endif]--><table ";
    const BEFORE: &str = "<tbody><!--";
    const AFTER: &str = "--></tbody></table><!--[if mso | IE]></td><![endif]-->";
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(BEFORE) {
        out.push_str(before);
        let comment = after
            .split_once("-->")
            .map_or(after, |(comment, _)| comment);
        let tail = &after[comment.len()..];
        match (out.rfind(CELL), tail.strip_prefix(AFTER)) {
            // Only the tag of the table is in between.
            (Some(cell), Some(tail)) if !out[cell + CELL.len()..].contains('<') => {
                out.truncate(cell);
                out.push_str(&format!("<!--{comment}-->"));
                rest = tail;
            }
            _ => {
                out.push_str(BEFORE);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Bytes of all attributes of `mj-html-attributes`.
const ATTRIBUTES: usize = 4 * 1024 * 1024;

/// Adds the attributes of `mj-html-attributes`.
fn with_attributes(html: String, selectors: &[Selector]) -> Result<String, String> {
    if selectors.is_empty() {
        return Ok(html);
    }
    // Too much HTML is reported when styles are inlined.
    let Ok(shape) = bounds::html::measure(&html, &bounds::html::MAIL) else {
        return Ok(html);
    };
    let too_much = |reason: &str| format!("mj-html-attributes: {reason}");
    let paths = selectors.iter().map(|selector| selector.path.as_str());
    bounds::css::check_selectors(paths, shape).map_err(|error| too_much(&error.reason))?;
    let mut room = ATTRIBUTES;
    let mut tree = None;
    for selector in selectors {
        let Ok(path) = scraper::Selector::parse(&selector.path) else {
            continue;
        };
        let tree = tree.get_or_insert_with(|| Html::parse_document(&html));
        let found: Vec<_> = tree.select(&path).map(|element| element.id()).collect();
        let lengths = selector.attributes.iter();
        let length: usize = lengths.map(|(name, value)| name.len() + value.len()).sum();
        let left = room.checked_sub(length.saturating_mul(found.len()));
        room = left.ok_or_else(|| too_much("they set too much on so many elements; set less"))?;
        for id in found {
            if let Some(mut node) = tree.tree.get_mut(id)
                && let Node::Element(element) = node.value()
            {
                for (name, value) in &selector.attributes {
                    Tag::new(element).set(name, value);
                }
            }
        }
    }
    Ok(tree.map_or(html, |tree| tree.html()))
}

#[cfg(test)]
mod tests;
