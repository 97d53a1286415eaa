//! Markdown to HTML that is safe to show.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::{self, Write};

use ammonia::Builder;
use comrak::adapters::{HeadingAdapter, HeadingMeta};
use comrak::nodes::{AstNode, Sourcepos};
use comrak::{Anchorizer, Arena, Options};
use parking_lot::Mutex;

use super::blocks::{self, Fences};
use super::bounds::{self, TooComplex};
use super::links::{SCHEMES, STAND_IN};

/// The prefix of anchor names, so that none of a text's collides with one of
/// the page around it.
const ANCHORS: &str = "text-";

/// Incremented whenever [`to_html`] changes its output for the same text: stored HTML
/// is then rendered again.
pub const VERSION: i64 = 3;

/// Renders GitHub-flavoured Markdown and sanitises it.
///
/// URLs stay as written; see [`super::links`]. To be run on a
/// rendering thread ([`crate::render`]).
///
/// # Errors
/// [`TooComplex`] where the text goes beyond the bounds of [`bounds`].
pub fn to_html(markdown: &str) -> Result<String, TooComplex> {
    to_html_with_anchors(markdown, ANCHORS)
}

/// The same with `anchors` before the names of its anchors: several texts on one
/// page need one each.
///
/// # Errors
/// [`TooComplex`] where the text goes beyond the bounds of [`bounds`].
pub fn to_html_with_anchors(markdown: &str, anchors: &str) -> Result<String, TooComplex> {
    let (html, has_blocks) = unsafe_html(markdown)?;
    sanitise(&html, anchors, has_blocks)
}

/// Whether two texts are the same once they are rendered. Cheaper than to compare what
/// [`to_html`] makes of them, where nobody is shown the HTML.
pub fn renders_alike(one: &str, other: &str) -> bool {
    let html = |text: &str| unsafe_html(text).ok().map(|(html, _)| html);
    one == other || html(one).is_some_and(|rendered| html(other) == Some(rendered))
}

/// HTML before it is sanitised, and whether it may have blocks.
fn unsafe_html(markdown: &str) -> Result<(String, bool), TooComplex> {
    let mut options = options();
    // Raw HTML by authors is parsed and reduced to the allow-list.
    options.render.r#unsafe = true;
    let headings = Headings::default();
    let mut plugins = comrak::options::Plugins::default();
    plugins.render.heading_adapter = Some(&headings);
    let arena = Arena::new();
    let (root, fences) = parse(&arena, markdown, &mut options)?;
    blocks::html::write_into(&arena, root, &fences);
    let mut html = Bounded::default();
    if comrak::format_html_with_plugins(root, &options, &mut html, &plugins).is_err() {
        return Err(TooComplex {
            line: None,
            reason: "the text becomes more than 2 MiB of HTML".to_owned(),
        });
    }
    Ok((html.0, fences.has_blocks()))
}

/// How Markdown is read.
fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.parse.smart = false;
    options
}

/// Reads Markdown into a tree that may be walked recursively, with the directives
/// of its blocks as comrak has them; their infos are in the [`Fences`].
///
/// # Errors
/// [`TooComplex`] where it goes beyond the bounds of [`bounds::markdown`].
pub fn read<'a>(
    arena: &'a Arena<'a>,
    markdown: &str,
) -> Result<(&'a AstNode<'a>, Fences), TooComplex> {
    parse(arena, markdown, &mut options())
}

fn parse<'a>(
    arena: &'a Arena<'a>,
    markdown: &str,
    options: &mut Options<'_>,
) -> Result<(&'a AstNode<'a>, Fences), TooComplex> {
    bounds::markdown::check_source(markdown)?;
    let (lifted, fences) = Fences::lift(markdown);
    options.extension.block_directive = fences.has_blocks();
    let root = comrak::parse_document(arena, &lifted, options);
    bounds::markdown::check_tree(root)?;
    fences.restore_in(root);
    Ok((root, fences))
}

/// HTML as it is written, up to a bound.
#[derive(Default)]
struct Bounded(String);

impl Write for Bounded {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.push_str(text);
        if self.0.len() > bounds::markdown::HTML {
            Err(fmt::Error)
        } else {
            Ok(())
        }
    }
}

/// Gives each heading an anchor from its text, as GitHub does; without the link
/// to itself, which would be an empty one for a screen reader.
#[derive(Default)]
struct Headings(Mutex<Anchorizer>);

impl HeadingAdapter for Headings {
    fn enter(
        &self,
        out: &mut dyn Write,
        heading: &HeadingMeta,
        _: Option<Sourcepos>,
    ) -> fmt::Result {
        let mut known = self.0.lock();
        let anchor = known.anchorize(&without_stand_ins(&heading.content));
        let anchor = ammonia::clean_text(&anchor);
        write!(out, "<h{} id=\"{anchor}\">", heading.level)
    }

    fn exit(&self, out: &mut dyn Write, heading: &HeadingMeta) -> fmt::Result {
        writeln!(out, "</h{}>", heading.level)
    }
}

/// An anchor is the same for every reader.
fn without_stand_ins(heading: &str) -> String {
    let mut parts = heading.split(STAND_IN);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        out.push_str(rest.strip_prefix('x').unwrap_or(rest));
    }
    out.trim().to_owned()
}

/// Reduces HTML to what an article needs: no scripts, styles, frames or forms. Its
/// anchors and the links to them get `anchors` before their names.
///
/// # Errors
/// [`TooComplex`] where it goes beyond the bounds of [`bounds::html`].
fn sanitise(html: &str, anchors: &str, has_blocks: bool) -> Result<String, TooComplex> {
    // The lines are not those that the author sees.
    bounds::html::measure(html, &bounds::html::ARTICLE).map_err(|error| TooComplex {
        line: None,
        ..error
    })?;
    let anchors = anchors.to_owned();
    let mut builder = Builder::default();
    builder
        .url_schemes(HashSet::from(SCHEMES))
        .add_generic_attributes(["dir", "id"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("td", ["align"])
        .add_tag_attributes("th", ["align", "scope"])
        .link_rel(Some("noopener"))
        .attribute_filter(move |_, attribute, value| {
            Some(match attribute {
                "id" => Cow::Owned(format!("{anchors}{value}")),
                "href" => match value.strip_prefix('#').filter(|name| !name.is_empty()) {
                    Some(name) => Cow::Owned(format!("#{anchors}{name}")),
                    None => Cow::Borrowed(value),
                },
                _ => Cow::Borrowed(value),
            })
        });
    for block in ["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "figure"] {
        builder.add_tag_attributes(block, ["align"]);
    }
    if has_blocks {
        for element in blocks::html::ELEMENTS {
            builder.add_allowed_classes(element, blocks::html::CLASSES);
        }
        for player in ["audio", "video"] {
            builder
                .add_tags([player])
                .add_tag_attributes(player, ["controls", "preload", "src"]);
        }
        builder.add_tag_attributes("video", ["poster"]);
    }
    Ok(builder.clean(html).to_string())
}

/// Adds `scope` to table headings, for screen readers.
pub fn with_header_scopes(html: &str) -> String {
    html.replace("<th>", "<th scope=\"col\">")
        .replace("<th align", "<th scope=\"col\" align")
}

/// Wraps each table in a region that narrow screens can scroll,
/// with the keyboard too. `label` names the table of a number.
pub fn with_scrolling_tables(html: &str, label: impl Fn(usize) -> String) -> String {
    let mut parts = html.split("<table>");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (at, part) in parts.enumerate() {
        let label = ammonia::clean_text(&label(at + 1));
        out.push_str(&format!(
            "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\"><table>"
        ));
        out.push_str(&part.replace("</table>", "</table></div>"));
    }
    out
}

/// The file names of the site's own pictures in an article, in their order.
pub fn pictures(html: &str) -> Vec<&str> {
    let parts = html.split(PICTURE).skip(1);
    parts.filter_map(|part| part.split('"').next()).collect()
}

/// The prefix of the URLs of the site's own pictures.
const PICTURE: &str = "<img src=\"/media/";

/// Adds to each of the site's own pictures what `more` gives for its file: more
/// attributes, such as smaller ones to choose from.
pub fn with_picture_attributes(html: &str, more: impl Fn(&str) -> String) -> String {
    let mut parts = html.split(PICTURE);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name = part.split('"').next().unwrap_or_default();
        match more(name).as_str() {
            "" => out.push_str(PICTURE),
            more => out.push_str(&format!("<img {more} src=\"/media/")),
        }
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to_html(markdown: &str) -> String {
        super::to_html(markdown).unwrap()
    }

    #[test]
    fn tables_keep_the_alignment_of_their_columns() {
        let html = to_html("| Party | Votes |\n|:--|--:|\n| A | 1,234 |\n");
        assert!(html.contains("<th align=\"right\">Votes</th>"), "{html}");
        assert!(html.contains("<td align=\"right\">1,234</td>"), "{html}");
    }

    #[test]
    fn each_table_scrolls_by_itself() {
        let html = to_html("a\n\n| A |\n|--|\n| 1 |\n\nb\n\n| B |\n|--|\n| 2 |\n");
        let html = with_scrolling_tables(&html, |n| format!("Table {n}"));
        assert_eq!(html.matches("<div").count(), 2, "{html}");
        assert_eq!(html.matches("</table></div>").count(), 2, "{html}");
        assert!(
            html.contains("aria-label=\"Table&#32;2\"") || html.contains("aria-label=\"Table 2\""),
            "{html}"
        );
    }

    #[test]
    fn own_pictures_are_found_and_extended() {
        let html = to_html("![a](/media/a.jpg) ![b](https://b.kz/media/b.jpg) ![c](/media/c.png)");
        assert_eq!(pictures(&html), ["a.jpg", "c.png"]);
        let more = |name: &str| match name {
            "a.jpg" => "width=\"7\"".to_owned(),
            _ => String::new(),
        };
        let html_with_size = with_picture_attributes(&html, more);
        assert!(
            html_with_size.contains("<img width=\"7\" src=\"/media/a.jpg\" alt=\"a\">"),
            "{html_with_size}"
        );
        assert_eq!(html_with_size.replace("width=\"7\" ", ""), html);
    }

    #[test]
    fn nothing_that_runs_gets_through() {
        for attack in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
            "<iframe src=\"https://example.org\"></iframe>",
            "<p style=\"position:fixed\">x</p>",
            "<form action=\"/\"><input></form>",
            "![x](data:text/html;base64,PHNjcmlwdD4=)",
        ] {
            let html = to_html(attack).to_lowercase();
            for danger in ["script", "onerror", "iframe", "style", "<form", "data:"] {
                assert!(!html.contains(danger), "{attack} gave {html}");
            }
        }
    }

    #[test]
    fn headings_and_footnotes_are_anchored_under_names_of_their_own() {
        let html = to_html("[jump](#details) x[^a]\n\n## Details\n\n## Details\n\n[^a]: Note.");
        for part in [
            "href=\"#text-details\"",
            "<h2 id=\"text-details\">Details</h2>",
            "<h2 id=\"text-details-1\">",
            "href=\"#text-fn-a\"",
            "id=\"text-fnref-a\"",
            "<li id=\"text-fn-a\">",
            "href=\"#text-fnref-a\"",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        let html = to_html_with_anchors("[a](#top)\n\n# Top", "s2-").unwrap();
        assert!(
            html.contains("#s2-top") && html.contains("id=\"s2-top\""),
            "{html}"
        );
    }

    #[test]
    fn direction_language_and_alignment_survive() {
        let html = to_html(
            "<p dir=\"rtl\" lang=\"ar\" align=\"right\">x</p>\n\n<div align=\"center\">y</div>",
        );
        for part in [
            "dir=\"rtl\"",
            "lang=\"ar\"",
            "align=\"right\"",
            "align=\"center\"",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }
}
