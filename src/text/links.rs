//! Addresses in texts: resolved by RFC 3986 against the site, wherever the text
//! is read. Mail, feeds, pages, previews and text parts all go through here.

use url::Url;

use super::html;

/// The prefix of the word that replaces a merge tag during rendering; a
/// URL that starts with one is complete.
pub const STAND_IN: &str = "jarshyhole";

/// URL schemes that links may have: those that open a page, an email, a call
/// or a chat, and nothing that runs code.
pub const SCHEMES: [&str; 10] = [
    "http", "https", "mailto", "tel", "sms", "xmpp", "sip", "geo", "webcal", "tg",
];

/// The base of relative URLs.
#[derive(Debug, Clone)]
pub struct Base {
    /// The site, with a slash at its end; without one its last part would be
    /// dropped (RFC 3986 §5.2.3).
    site: Option<Url>,
    keeps_paths: bool,
}

impl Base {
    /// For readers who are not on the site: every address becomes absolute.
    pub fn new(site_url: &str) -> Self {
        Self {
            site: Url::parse(&format!("{}/", site_url.trim_end_matches('/'))).ok(),
            keeps_paths: false,
        }
    }

    /// For the site's own pages: its own addresses become paths.
    pub fn for_pages(site_url: &str) -> Self {
        Self {
            keeps_paths: true,
            ..Self::new(site_url)
        }
    }

    /// Resolves an author's `address`. Anchors of the same
    /// document, merge tags and invalid URLs stay as they are.
    pub fn resolve(&self, address: &str) -> String {
        let address = address.trim_matches(|c: char| c <= ' ');
        let is_personal = address.starts_with(STAND_IN)
            || address.starts_with(|c| matches!(c, '\u{E000}'..='\u{F8FF}'));
        if address.is_empty() || address.starts_with('#') || is_personal {
            return address.to_owned();
        }
        let Some(site) = &self.site else {
            return address.to_owned();
        };
        let resolved = match scheme(address) {
            // Letter for letter as it was written, where nothing is wrong with it.
            Some(_) if is_plain(address) => return address.to_owned(),
            Some("http" | "https" | "mailto") => Url::parse(address),
            Some(_) => return address.replace(' ', "%20"),
            // A path is one of the site, which may itself be below a path.
            None if is_path(address) && !address.starts_with(site.path()) => {
                site.join(&format!(".{address}"))
            }
            None => site.join(address),
        };
        let Ok(url) = resolved else {
            return address.to_owned();
        };
        if self.keeps_paths && url.origin() == site.origin() {
            url[url::Position::BeforePath..].to_owned()
        } else {
            url.into()
        }
    }

    /// HTML with every address in it resolved: links, pictures, backgrounds,
    /// `srcset`, style sheets, and the markup that Outlook alone reads.
    pub fn resolve_all(&self, html: &str) -> String {
        html::rewrite(
            html,
            |tag| {
                let leads_nowhere = |address: &str| address.trim().is_empty();
                if tag.name() == "a" && tag.get("href").is_some_and(leads_nowhere) {
                    tag.remove("href");
                }
                for name in ["href", "src", "background", "poster", "cite"] {
                    if let Some(address) = tag.get(name) {
                        let resolved = self.resolve(address);
                        tag.set(name, &resolved);
                    }
                }
                if let Some(sources) = tag.get("srcset") {
                    let resolved = self.in_srcset(sources);
                    tag.set("srcset", &resolved);
                }
                if let Some(style) = tag.get("style").filter(|style| style.contains("url(")) {
                    let resolved = self.in_css(style);
                    tag.set("style", &resolved);
                }
            },
            |text| match text {
                html::Raw::Css(css) => css.contains("url(").then(|| self.in_css(css)),
                html::Raw::Comment(comment) => comment
                    .starts_with("[if")
                    .then(|| self.in_conditional_comment(comment)),
            },
        )
    }

    fn in_srcset(&self, sources: &str) -> String {
        let one = |source: &str| {
            let mut parts = source.split_whitespace();
            let address = self.resolve(parts.next().unwrap_or_default());
            let rest: Vec<&str> = parts.collect();
            format!("{address} {}", rest.join(" ")).trim().to_owned()
        };
        let sources: Vec<String> = sources.split(',').map(one).collect();
        sources.join(", ")
    }

    fn in_css(&self, css: &str) -> String {
        let mut out = String::with_capacity(css.len());
        let mut rest = css;
        while let Some(at) = rest.find("url(") {
            let (before, after) = rest.split_at(at + 4);
            out.push_str(before);
            let length = after.find(')').unwrap_or(after.len());
            let (inner, tail) = after.split_at(length);
            let inner = inner.trim();
            let quote = inner.chars().next().filter(|c| matches!(c, '"' | '\''));
            let address = inner.trim_matches(['"', '\'']);
            let resolved = self.resolve(address);
            let quote = quote.map(String::from).unwrap_or_default();
            out.push_str(&format!("{quote}{resolved}{quote}"));
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    /// Outlook's own markup, such as the `v:fill` of a background, lies in
    /// comments that no parser opens.
    fn in_conditional_comment(&self, comment: &str) -> String {
        let mut out = String::with_capacity(comment.len());
        let mut rest = comment;
        loop {
            let marks = ["href=\"", "src=\"", "background=\""];
            let next = marks
                .iter()
                .filter_map(|mark| Some((rest.find(mark)?, mark)));
            let Some((at, mark)) = next.min() else {
                break;
            };
            let (before, after) = rest.split_at(at + mark.len());
            out.push_str(before);
            let length = after.find('"').unwrap_or(after.len());
            let (address, tail) = after.split_at(length);
            let resolved = self.resolve(&address.replace("&amp;", "&"));
            out.push_str(&resolved.replace('&', "&amp;").replace('"', "%22"));
            rest = tail;
        }
        out.push_str(rest);
        out
    }
}

/// RFC 3986 §3.1.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_one = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|octet| octet.is_ascii_alphanumeric() || b"+-.".contains(&octet));
    is_one.then_some(scheme).map(|scheme| match scheme {
        scheme if scheme.eq_ignore_ascii_case("http") => "http",
        scheme if scheme.eq_ignore_ascii_case("https") => "https",
        scheme if scheme.eq_ignore_ascii_case("mailto") => "mailto",
        scheme => scheme,
    })
}

fn is_path(address: &str) -> bool {
    address.starts_with('/') && !address[1..].starts_with(['/', '\\'])
}

/// Whether it holds nothing that RFC 3986 wants encoded, nor a host that is
/// encoded otherwise than DNS has it.
fn is_plain(address: &str) -> bool {
    let authority = address.split_once("://").map_or("", |(_, rest)| rest);
    let host = authority.split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains('%') {
        return false;
    }
    let is_fine = |octet: u8| octet.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&octet);
    address.bytes().all(is_fine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_resolved_by_rfc_3986() {
        let base = Base::new("https://example.kz");
        for (written, meant) in [
            ("events", "https://example.kz/events"),
            ("/events", "https://example.kz/events"),
            ("../about", "https://example.kz/about"),
            ("./a/../b", "https://example.kz/b"),
            ("?page=2", "https://example.kz/?page=2"),
            ("#details", "#details"),
            ("", ""),
            ("//cdn.example.net/f.pdf", "https://cdn.example.net/f.pdf"),
            ("pictures/a.jpg", "https://example.kz/pictures/a.jpg"),
            ("/a b.pdf", "https://example.kz/a%20b.pdf"),
            ("/10:30", "https://example.kz/10:30"),
            ("https://example.org", "https://example.org"),
            (
                "https://example.org/?a=1&b=%20",
                "https://example.org/?a=1&b=%20",
            ),
            (
                "https://пример.рф/путь",
                "https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C",
            ),
            (
                "https://%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80.%D1%80%D1%84/a",
                "https://xn--e1afmkfd.xn--p1ai/a",
            ),
            ("HTTPS://example.org/a b", "https://example.org/a%20b"),
            (" https://example.org/\n", "https://example.org/"),
            (
                "mailto:a@example.kz?subject=Hello there",
                "mailto:a@example.kz?subject=Hello%20there",
            ),
            ("tel:+77172", "tel:+77172"),
            ("cid:part1", "cid:part1"),
            ("https://[nonsense", "https://[nonsense"),
            ("jarshyhole0x", "jarshyhole0x"),
            ("jarshyhole0x/a b", "jarshyhole0x/a b"),
            (
                "/answer?who=jarshyhole3x",
                "https://example.kz/answer?who=jarshyhole3x",
            ),
            (
                "https://a.kz/?m=jarshyhole1x&who=é",
                "https://a.kz/?m=jarshyhole1x&who=%C3%A9",
            ),
        ] {
            assert_eq!(base.resolve(written), meant, "{written}");
        }
    }

    #[test]
    fn a_site_below_a_path_keeps_it() {
        let base = Base::new("https://example.kz/news");
        for (written, meant) in [
            ("/media/a.png", "https://example.kz/news/media/a.png"),
            ("/news/media/a.png", "https://example.kz/news/media/a.png"),
            ("media/a.png", "https://example.kz/news/media/a.png"),
            ("/newsletter", "https://example.kz/news/newsletter"),
        ] {
            assert_eq!(base.resolve(written), meant, "{written}");
        }
    }

    #[test]
    fn pages_keep_paths() {
        let base = Base::for_pages("https://example.kz");
        assert_eq!(base.resolve("events?a#b"), "/events?a#b");
        assert_eq!(base.resolve("../media/a.png"), "/media/a.png");
        assert_eq!(
            base.resolve("//cdn.example.net/x"),
            "https://cdn.example.net/x"
        );
        assert_eq!(base.resolve("https://example.kz/x"), "https://example.kz/x");
    }

    #[test]
    fn every_place_that_holds_an_address_is_resolved() {
        let base = Base::new("https://a.kz");
        for (html, resolved) in [
            ("<a href=\"x\">x</a>", "<a href=\"https://a.kz/x\">x</a>"),
            (
                "<a href=\"?a=1&amp;b=2\">x</a>",
                "<a href=\"https://a.kz/?a=1&amp;b=2\">x</a>",
            ),
            ("<img src=p.png>", "<img src=\"https://a.kz/p.png\">"),
            (
                "<img srcset=\"a.png 1x, /b.png 2x\">",
                "<img srcset=\"https://a.kz/a.png 1x, https://a.kz/b.png 2x\">",
            ),
            (
                "<p style=\"color:red;background:url('b.png')\">x</p>",
                "<p style=\"color:red;background:url('https://a.kz/b.png')\">x</p>",
            ),
            (
                "<!--[if mso]><v:fill src=\"/b.png?a&amp;b\" /><![endif]-->",
                "<!--[if mso]><v:fill src=\"https://a.kz/b.png?a&amp;b\" /><![endif]-->",
            ),
            ("<!-- src=\"x\" -->", "<!-- src=\"x\" -->"),
            ("<a href=\" \">x</a>", "<a>x</a>"),
        ] {
            assert_eq!(base.resolve_all(html), resolved);
        }
        let page = "<!doctype html><html><head><style>p{background:url(b.png)}</style></head><body background=\"c.png\"><p>x</p></body></html>";
        let resolved = base.resolve_all(page);
        assert!(resolved.contains("url(https://a.kz/b.png)"), "{resolved}");
        assert!(
            resolved.contains("background=\"https://a.kz/c.png\""),
            "{resolved}"
        );
        assert!(resolved.starts_with("<!DOCTYPE html><html>"), "{resolved}");
    }
}
