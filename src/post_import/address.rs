//! Addresses of links and pictures as other systems write them.

use percent_encoding::percent_decode_str;
use url::Url;

use super::template_tags::DROPPED;

/// What Ghost writes for the address of its site.
const GHOST_URL: &str = "__GHOST_URL__";
/// The longest address.
const LIMIT: usize = 4_000;

/// What an address was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address {
    /// One that leads somewhere.
    Good(String),
    /// One within the text, or none.
    Nowhere,
    /// One that only the other system can fill in, such as that for unsubscribing.
    OfSystem,
}

/// How addresses are resolved.
#[derive(Debug, Clone, Default)]
pub(super) struct Addresses {
    /// Where the former site was.
    pub former_url: Option<Url>,
}

impl Addresses {
    /// The target of a link. One within the former site becomes a path, which redirects.
    pub(super) fn link(&self, raw: &str) -> Address {
        let text = match cleaned(raw) {
            Ok(text) => text,
            Err(other) => return other,
        };
        if text.starts_with('#') {
            return Address::Nowhere;
        }
        if let Some(rest) = text.strip_prefix(GHOST_URL) {
            return Address::Good(encoded(&rooted(rest)));
        }
        match absolute(&text) {
            Some(url) if matches!(url.scheme(), "mailto" | "tel") => {
                Address::Good(encoded(url.as_str()))
            }
            Some(url) if matches!(url.scheme(), "http" | "https") => {
                let is_own = self
                    .former_url
                    .as_ref()
                    .is_some_and(|former| former.host() == url.host());
                if is_own {
                    Address::Good(encoded(&url[url::Position::BeforePath..]))
                } else {
                    Address::Good(encoded(url.as_str()))
                }
            }
            Some(_) => Address::Nowhere,
            None if has_scheme(&text) => Address::Nowhere,
            None => Address::Good(encoded(&rooted(&text))),
        }
    }

    /// The address of a picture, without a service that only made it smaller.
    pub(super) fn picture(&self, raw: &str) -> Address {
        let text = match cleaned(raw) {
            Ok(text) => text,
            Err(other) => return other,
        };
        let text = text.strip_prefix(GHOST_URL).unwrap_or(&text);
        let found = match absolute(text) {
            Some(url) => Some(url),
            None if has_scheme(text) || text.starts_with('#') => None,
            None => match &self.former_url {
                Some(former) => former.join(&rooted(text)).ok(),
                None => return Address::Good(encoded(&rooted(text))),
            },
        };
        match found {
            Some(url) if matches!(url.scheme(), "http" | "https") => {
                Address::Good(encoded(original(&url).as_str()))
            }
            _ => Address::Nowhere,
        }
    }
}

fn cleaned(raw: &str) -> Result<String, Address> {
    if raw.contains(DROPPED) || raw.contains("%%") {
        return Err(Address::OfSystem);
    }
    let text: String = raw.trim().chars().filter(|c| !c.is_control()).collect();
    if text.is_empty() || text.len() > LIMIT {
        return Err(Address::Nowhere);
    }
    Ok(text)
}

fn absolute(text: &str) -> Option<Url> {
    match text.strip_prefix("//") {
        Some(rest) => Url::parse(&format!("https://{rest}")).ok(),
        None => Url::parse(text).ok(),
    }
}

/// Whether a text that is no URL begins as one.
fn has_scheme(text: &str) -> bool {
    let start = text.split(['/', '?', '#']).next().unwrap_or_default();
    start.contains(':')
}

/// A path from the root of the site.
fn rooted(text: &str) -> String {
    format!("/{}", text.trim_start_matches(['/', '.', '\\']))
}

/// An address that ends neither a link of Markdown nor its own text.
fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '"' | '\\' | '`' | '[' | ']' | '{' | '}' | '|' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

/// The picture behind a service that changes its size.
fn original(url: &Url) -> Url {
    let path = url.path();
    let host = url.host_str().unwrap_or_default();
    // Substack: `/image/fetch/w_1456,…/https%3A%2F%2F…`.
    if host.ends_with("substackcdn.com") || host == "cdn.substack.com" {
        let inner = path.strip_prefix("/image/fetch/").and_then(|rest| {
            let start = rest.find("https%3A").or_else(|| rest.find("http%3A"));
            let start = start.or_else(|| rest.find("https://"))?;
            percent_decode_str(&rest[start..]).decode_utf8().ok()
        });
        let inner = inner.and_then(|inner| Url::parse(&inner).ok());
        return inner.unwrap_or_else(|| url.clone());
    }
    // Cloudflare, which beehiiv uses: `/cdn-cgi/image/fit=scale-down,…/uploads/…`.
    if let Some(rest) = path.strip_prefix("/cdn-cgi/image/")
        && let Some((_, inner)) = rest.split_once('/')
    {
        let joined = if inner.starts_with("http") {
            Url::parse(inner).ok()
        } else {
            url.join(&format!("/{inner}")).ok()
        };
        return joined.unwrap_or_else(|| url.clone());
    }
    url.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good(text: &str) -> Address {
        Address::Good(text.to_owned())
    }

    #[test]
    fn services_that_change_pictures_are_left_out() {
        let addresses = Addresses::default();
        for (given, expected) in [
            (
                "https://substackcdn.com/image/fetch/w_1456,c_limit,f_auto,q_auto:good,fl_progressive:steep/https%3A%2F%2Fsubstack-post-media.s3.amazonaws.com%2Fpublic%2Fimages%2Fab_1x2.png",
                "https://substack-post-media.s3.amazonaws.com/public/images/ab_1x2.png",
            ),
            (
                "https://media.beehiiv.com/cdn-cgi/image/fit=scale-down,quality=80/uploads/asset/file/1/a.png?t=1",
                "https://media.beehiiv.com/uploads/asset/file/1/a.png",
            ),
            ("//a.example/x (1).png", "https://a.example/x%20%281%29.png"),
            (
                "__GHOST_URL__/content/images/a.png",
                "/content/images/a.png",
            ),
        ] {
            assert_eq!(addresses.picture(given), good(expected), "{given}");
        }
        for nowhere in [
            "data:image/png;base64,AAAA",
            "javascript:alert(1)",
            "cid:1",
            "",
        ] {
            assert_eq!(addresses.picture(nowhere), Address::Nowhere, "{nowhere}");
        }
    }

    #[test]
    fn links_within_the_former_site_become_paths() {
        let addresses = Addresses {
            former_url: Url::parse("https://blog.example.org").ok(),
        };
        for (given, expected) in [
            ("__GHOST_URL__/about/", "/about/"),
            ("https://blog.example.org/a?b=1", "/a?b=1"),
            ("https://other.example/a", "https://other.example/a"),
            ("about.html", "/about.html"),
            ("mailto:a@example.org", "mailto:a@example.org"),
        ] {
            assert_eq!(addresses.link(given), good(expected), "{given}");
        }
        assert_eq!(
            addresses.picture("__GHOST_URL__/a.png"),
            good("https://blog.example.org/a.png")
        );
        for nowhere in ["javascript:alert(1)", "#note", "JAVASCRIPT:x", "vbscript:x"] {
            assert_eq!(addresses.link(nowhere), Address::Nowhere, "{nowhere}");
        }
        assert_eq!(addresses.link("%%share_url%%"), Address::OfSystem);
    }
}
