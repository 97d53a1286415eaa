//! Markdown to HTML that is safe to show.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;
use comrak::nodes::AstNode;
use comrak::{Arena, Options};

use super::bounds::{self, TooComplex};

/// Renders GitHub-flavoured Markdown and lets only harmless HTML through.
///
/// Links and pictures with a path keep it; see [`absolute`] for mail. To be run
/// on a rendering thread ([`crate::render`]).
///
/// # Errors
/// [`TooComplex`] where the text goes beyond the bounds of [`bounds`].
pub fn to_html(markdown: &str) -> Result<String, TooComplex> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.parse.smart = false;
    // What authors write as raw HTML is parsed and then cut to the allow-list.
    options.render.r#unsafe = true;
    let arena = Arena::new();
    let root = parse(&arena, markdown, &options)?;
    let mut html = Bounded::default();
    if comrak::format_html(root, &options, &mut html).is_err() {
        return Err(TooComplex {
            line: None,
            reason: "the text becomes more than 2 MiB of HTML".to_owned(),
        });
    }
    sanitise(&html.0)
}

/// Reads Markdown into a tree that may be walked recursively.
///
/// # Errors
/// [`TooComplex`] where it goes beyond the bounds of [`bounds::markdown`].
pub(super) fn parse<'a>(
    arena: &'a Arena<'a>,
    markdown: &str,
    options: &Options<'_>,
) -> Result<&'a AstNode<'a>, TooComplex> {
    bounds::markdown::check_source(markdown)?;
    let root = comrak::parse_document(arena, markdown, options);
    bounds::markdown::check_tree(root)?;
    Ok(root)
}

/// HTML as it is written, up to a bound.
#[derive(Default)]
struct Bounded(String);

impl std::fmt::Write for Bounded {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0.push_str(text);
        match self.0.len() > bounds::markdown::HTML {
            true => Err(std::fmt::Error),
            false => Ok(()),
        }
    }
}

/// Cuts HTML to what an article needs: no scripts, styles, frames or forms.
///
/// # Errors
/// [`TooComplex`] where it goes beyond the bounds of [`bounds::html`].
pub fn sanitise(html: &str) -> Result<String, TooComplex> {
    // The lines are not those that the author sees.
    bounds::html::measure(html, &bounds::html::ARTICLE).map_err(|error| TooComplex {
        line: None,
        ..error
    })?;
    static ALLOWED: LazyLock<Builder<'static>> = LazyLock::new(|| {
        let mut builder = Builder::default();
        builder
            .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
            .add_tag_attributes("td", ["align"])
            .add_tag_attributes("th", ["align", "scope"])
            .link_rel(Some("noopener"));
        builder
    });
    Ok(ALLOWED.clean(html).to_string())
}

/// Says of the headings of tables that they head columns, for screen readers.
pub fn with_header_scopes(html: &str) -> String {
    html.replace("<th>", "<th scope=\"col\">")
        .replace("<th align", "<th scope=\"col\" align")
}

/// Puts each table in a region of its own, which a narrow screen can scroll,
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

/// How a picture of the site's own begins.
const PICTURE: &str = "<img src=\"/media/";

/// Adds to each of the site's own pictures what `more` says of its file: further
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

/// Makes links and pictures with a path absolute, for readers who are not on
/// the site: `/media/a.jpg` becomes `https://example.org/media/a.jpg`.
pub fn absolute(html: &str, site_url: &str) -> String {
    html.replace("href=\"/", &format!("href=\"{site_url}/"))
        .replace("src=\"/", &format!("src=\"{site_url}/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_keep_the_alignment_of_their_columns() {
        let html = to_html("| Party | Votes |\n|:--|--:|\n| A | 1,234 |\n").unwrap();
        assert!(html.contains("<th align=\"right\">Votes</th>"), "{html}");
        assert!(html.contains("<td align=\"right\">1,234</td>"), "{html}");
    }

    #[test]
    fn each_table_scrolls_by_itself() {
        let html = to_html("a\n\n| A |\n|--|\n| 1 |\n\nb\n\n| B |\n|--|\n| 2 |\n").unwrap();
        let html = with_scrolling_tables(&html, |n| format!("Table {n}"));
        assert_eq!(html.matches("<div").count(), 2, "{html}");
        assert_eq!(html.matches("</table></div>").count(), 2, "{html}");
        assert!(
            html.contains("aria-label=\"Table&#32;2\"") || html.contains("aria-label=\"Table 2\""),
            "{html}"
        );
    }

    #[test]
    fn own_pictures_are_found_and_told_more_of() {
        let html = to_html("![a](/media/a.jpg) ![b](https://b.kz/media/b.jpg) ![c](/media/c.png)")
            .unwrap();
        assert_eq!(pictures(&html), ["a.jpg", "c.png"]);
        let more = |name: &str| match name {
            "a.jpg" => "width=\"7\"".to_owned(),
            _ => String::new(),
        };
        let told = with_picture_attributes(&html, more);
        assert!(
            told.contains("<img width=\"7\" src=\"/media/a.jpg\" alt=\"a\">"),
            "{told}"
        );
        assert_eq!(told.replace("width=\"7\" ", ""), html);
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
            let html = to_html(attack).unwrap().to_lowercase();
            for danger in ["script", "onerror", "iframe", "style", "<form", "data:"] {
                assert!(!html.contains(danger), "{attack} gave {html}");
            }
        }
    }

    #[test]
    fn paths_become_addresses_in_mail() {
        let html = absolute(
            &to_html("[a](/events) ![b](/media/b.jpg)").unwrap(),
            "https://example.kz",
        );
        assert!(
            html.contains("href=\"https://example.kz/events\""),
            "{html}"
        );
        assert!(
            html.contains("src=\"https://example.kz/media/b.jpg\""),
            "{html}"
        );
    }
}
