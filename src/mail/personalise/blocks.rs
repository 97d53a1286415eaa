//! Blocks of merge tags (`{% if … %}`, `{% for … %}`) in HTML.
//!
//! HTML allows text only in some places: a browser moves text between table rows in front of
//! the table, and shows both branches of an `if` to everyone. Comments are allowed anywhere. So
//! the stand-ins of blocks pass through parsers as comments, and the output is compared with
//! the input: nothing was moved, and each block begins and ends in the same element.

use scraper::{Html, Node};

use super::error::TemplateError;
use super::outline::{Event, outline};
use super::placeholders::{FoundPlaceholder, Placeholders};
use super::structure::Structure;
use crate::text::markup::{self, Kind, is_raw_text};

/// Turns the stand-ins of blocks between elements into comments.
pub fn mark(placeholders: &Placeholders, html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut is_raw = false;
    // Whether the last tag opened a table: rows in it get the `<tbody>` that a
    // parser would make of them, so that a block around them stands in it too.
    let mut is_table = false;
    let tokens: Vec<_> = markup::tokens(html).collect();
    for (number, token) in tokens.iter().enumerate() {
        match &token.kind {
            Kind::Text if !is_raw => {
                let mut at = 0;
                for found in placeholders
                    .within(token.raw)
                    .filter(FoundPlaceholder::is_block)
                {
                    out.push_str(&token.raw[at..found.range.start]);
                    if is_table && begins_row(&tokens[number + 1..]) {
                        out.push_str("<tbody>");
                    }
                    is_table = false;
                    out.push_str(&format!("<!--{}-->", &token.raw[found.range.clone()]));
                    at = found.range.end;
                }
                out.push_str(&token.raw[at..]);
                is_table = is_table && token.raw.trim().is_empty();
            }
            kind => {
                if let Kind::Comment(inner) = kind {
                    let is_block = placeholders.within(inner).any(|found| found.is_block());
                    if is_table && is_block && begins_row(&tokens[number + 1..]) {
                        out.push_str("<tbody>");
                        is_table = false;
                    }
                } else {
                    is_table =
                        matches!(kind, Kind::Open(tag) if tag.name.eq_ignore_ascii_case("table"));
                }
                out.push_str(token.raw);
            }
        }
        is_raw =
            matches!(&token.kind, Kind::Open(tag) if is_raw_text(tag.name) && !tag.is_self_closing);
    }
    out
}

/// Whether the next tag is a table's row.
fn begins_row(tokens: &[markup::Token<'_>]) -> bool {
    let tag = tokens.iter().find_map(|token| match &token.kind {
        Kind::Open(tag) => Some(tag.name),
        Kind::Close(_) => Some(""),
        _ => None,
    });
    tag.is_some_and(|name| name.eq_ignore_ascii_case("tr"))
}

/// Checks that each block of `before` is where its author put it in the HTML `after`, for
/// Outlook too, which parses some comments as HTML.
///
/// # Errors
/// [`TemplateError::Misplaced`] names the block, and what to do.
pub fn verify(placeholders: &Placeholders, before: &str, after: &str) -> Result<(), TemplateError> {
    let structure = Structure::of(placeholders.all(), 0..placeholders.all().len())?;
    let blocks = || {
        placeholders
            .within(before)
            .filter(FoundPlaceholder::is_block)
    };
    if blocks().next().is_none() {
        return Ok(());
    }
    let (wanted, found) = (outline(placeholders, before), outline(placeholders, after));
    if wanted != found {
        let same = wanted
            .iter()
            .zip(&found)
            .take_while(|(one, other)| one == other);
        let moved = wanted[same.count().saturating_sub(1)..]
            .iter()
            .chain(&wanted);
        let number = moved.filter_map(|event| match event {
            Event::Block(number) => Some(*number),
            _ => None,
        });
        let first = number
            .take(1)
            .next()
            .or(blocks().next().map(|found| found.number));
        return Err(misplaced(
            placeholders,
            first,
            "stands where HTML has no place for it or for what it holds; put it around whole elements, rows or text",
        ));
    }
    nest(placeholders, &structure, after)?;
    if after.contains("<!--[if") {
        nest(
            placeholders,
            &structure,
            &mark(placeholders, &as_outlook_reads(after)),
        )
    } else {
        Ok(())
    }
}

/// Checks that each block of a fragment begins and ends in the same element.
///
/// # Errors
/// [`TemplateError::Misplaced`] names the block, and what to do.
pub fn nested(placeholders: &Placeholders, html: &str) -> Result<(), TemplateError> {
    let has_block = placeholders.within(html).any(|found| found.is_block());
    if has_block {
        let structure = Structure::of(placeholders.all(), 0..placeholders.all().len())?;
        nest(
            placeholders,
            &structure,
            &format!("<div>{}</div>", mark(placeholders, html)),
        )
    } else {
        Ok(())
    }
}

/// Rejects blocks between the rows and cells of HTML tables in Markdown: the sanitiser moves
/// them in front of the table.
///
/// # Errors
/// [`TemplateError::Misplaced`] names the block, and what to do.
pub fn none_between_rows(placeholders: &Placeholders, markdown: &str) -> Result<(), TemplateError> {
    // Whether text may stand where the last tag leads.
    let mut open: Vec<bool> = Vec::new();
    for token in markup::tokens(markdown) {
        match &token.kind {
            Kind::Open(tag) => match tag.name.to_ascii_lowercase().as_str() {
                "table" => open.push(false),
                "td" | "th" | "caption" => {
                    if let Some(last) = open.last_mut() {
                        *last = true;
                    }
                }
                "tr" | "tbody" | "thead" | "tfoot" => {
                    if let Some(last) = open.last_mut() {
                        *last = false;
                    }
                }
                _ => {}
            },
            Kind::Close(name) => match name.to_ascii_lowercase().as_str() {
                "table" => {
                    open.pop();
                }
                "td" | "th" | "caption" => {
                    if let Some(last) = open.last_mut() {
                        *last = false;
                    }
                }
                _ => {}
            },
            _ if open.last() == Some(&false) => {
                if let Some(found) = placeholders
                    .within(token.raw)
                    .find(FoundPlaceholder::is_block)
                {
                    return Err(misplaced(
                        placeholders,
                        Some(found.number),
                        "stands between the rows or cells of a table, which Markdown cannot keep; put it into a cell, or write the mail in MJML or HTML",
                    ));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn misplaced(placeholders: &Placeholders, number: Option<usize>, cause: &str) -> TemplateError {
    let placeholder = number.and_then(|number| placeholders.all().get(number));
    TemplateError::Misplaced {
        line: placeholder
            .and_then(|placeholder| placeholder.line)
            .unwrap_or(1),
        expression: placeholder
            .map(|placeholder| placeholder.shown().to_owned())
            .unwrap_or_default(),
        cause: cause.to_owned(),
    }
}

/// Where a stand-in is: in an element, an attribute, or a comment.
#[derive(Clone, PartialEq, Eq)]
enum Location {
    In(ego_tree::NodeId),
    Attribute(ego_tree::NodeId, String),
}

fn nest(
    placeholders: &Placeholders,
    structure: &Structure,
    html: &str,
) -> Result<(), TemplateError> {
    let tree = Html::parse_document(html).tree;
    let mut open: Vec<(usize, usize, Location)> = Vec::new();
    let mut meet = |number: usize, place: Location| -> Result<(), TemplateError> {
        let Some((group, index)) = structure.groups.get(&number).copied() else {
            return Ok(());
        };
        let is_last = index + 1 == structure.sizes[group];
        if index == 0 {
            if !is_last {
                open.push((group, index, place));
            }
            return Ok(());
        }
        match open.last_mut() {
            Some((begun, last, begun_in))
                if *begun == group && *last + 1 == index && *begun_in == place =>
            {
                *last = index;
                if is_last {
                    open.pop();
                }
                Ok(())
            }
            _ => Err(misplaced(
                placeholders,
                Some(number),
                "stands in another element than the block it belongs to; let both stand in the same one, around whole elements",
            )),
        }
    };
    for node in tree.root().descendants() {
        let place = Location::In(node.parent().map_or(node.id(), |parent| parent.id()));
        match node.value() {
            Node::Text(text) => {
                for found in placeholders.within(text) {
                    meet(found.number, place.clone())?;
                }
            }
            Node::Comment(comment) => {
                let found: Vec<_> = placeholders.within(comment).collect();
                let is_alone = found.len() == 1 && found[0].range == (0..comment.len());
                let place = if is_alone {
                    place
                } else {
                    Location::In(node.id())
                };
                for found in found {
                    meet(found.number, place.clone())?;
                }
            }
            Node::Element(element) => {
                for (name, value) in element.attrs() {
                    if let Some(found) = placeholders.within(name).next() {
                        return Err(misplaced(
                            placeholders,
                            Some(found.number),
                            "stands among attributes; put it into an attribute's value",
                        ));
                    }
                    for found in placeholders.within(value) {
                        meet(
                            found.number,
                            Location::Attribute(node.id(), name.to_owned()),
                        )?;
                    }
                }
            }
            _ => {}
        }
    }
    match open.pop() {
        Some((group, ..)) => {
            let number = structure.groups.iter().find(|(_, at)| **at == (group, 0));
            Err(misplaced(
                placeholders,
                number.map(|(number, _)| *number),
                "is not closed where it stands; let it end in the same element",
            ))
        }
        None => Ok(()),
    }
}

/// HTML as Outlook parses it: with what is for it alone, and without what is hidden from it.
fn as_outlook_reads(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut is_hidden = false;
    for token in markup::tokens(html) {
        match &token.kind {
            Kind::Comment(inner) if inner.starts_with("[if !mso") => is_hidden = true,
            Kind::Comment(inner) if inner.contains("<![endif]") && !inner.starts_with("[if") => {
                is_hidden = false;
            }
            Kind::Comment(inner) if inner.starts_with("[if") => {
                let inner = inner.split_once("]>").map_or("", |(_, rest)| rest);
                let inner = inner.strip_suffix("<![endif]").unwrap_or(inner);
                out.push_str(inner);
            }
            _ if is_hidden => {}
            _ => out.push_str(token.raw),
        }
    }
    out
}

#[cfg(test)]
mod tests;
