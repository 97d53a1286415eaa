//! Markdown to HTML that is safe to show.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;
use comrak::Options;

/// Renders GitHub-flavoured Markdown and lets only harmless HTML through.
///
/// Links and pictures with a path keep it; see [`absolute`] for mail.
pub fn to_html(markdown: &str) -> String {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.parse.smart = false;
    // What authors write as raw HTML is parsed and then cut to the allow-list.
    options.render.r#unsafe = true;
    sanitise(&comrak::markdown_to_html(markdown, &options))
}

/// Cuts HTML to what an article needs: no scripts, styles, frames or forms.
pub fn sanitise(html: &str) -> String {
    static ALLOWED: LazyLock<Builder<'static>> = LazyLock::new(|| {
        let mut builder = Builder::default();
        builder
            .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
            .add_tag_attributes("td", ["align"])
            .add_tag_attributes("th", ["align", "scope"])
            .link_rel(Some("noopener"));
        builder
    });
    ALLOWED.clean(html).to_string()
}

/// Says of the headings of tables that they head columns, for screen readers.
pub fn with_header_scopes(html: &str) -> String {
    html.replace("<th>", "<th scope=\"col\">")
        .replace("<th align", "<th scope=\"col\" align")
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
        let html = to_html("| Party | Votes |\n|:--|--:|\n| A | 1,234 |\n");
        assert!(html.contains("<th align=\"right\">Votes</th>"), "{html}");
        assert!(html.contains("<td align=\"right\">1,234</td>"), "{html}");
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
    fn paths_become_addresses_in_mail() {
        let html = absolute(
            &to_html("[a](/events) ![b](/media/b.jpg)"),
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
