//! The visitor behind a request: language, network address, user agent.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, OriginalUri, Request};
use axum::http::header;
use axum::http::request::Parts;

use crate::audience::ConsentSource;
use crate::net::Network;
use crate::text::locale::{Language, Languages};
use crate::text::phrases::Phrases;
use crate::web::state::Web;

#[derive(Debug, Clone)]
pub struct Visitor {
    /// The language of the response.
    pub language: Language,
    /// The languages of the site.
    pub languages: Languages,
    /// The site's own, for what is not written in theirs.
    pub site_language: Language,
    /// Whether the address names the language, so that links must keep it.
    pub has_chosen: bool,
    /// The path without language and query.
    pub path: String,
    /// The site's URL without a trailing slash.
    pub site_url: String,
    /// The client's address, as far as the proxies are trusted.
    pub address: IpAddr,
    pub user_agent: String,
}

const USER_AGENT_LIMIT: usize = 300;

impl Visitor {
    /// The default texts of their language, for pages without the database.
    pub fn phrases(&self) -> Phrases {
        Phrases::shipped(self.language).on_site_in(self.site_language)
    }

    /// What consent records keep of the request.
    pub fn consent_source(&self) -> ConsentSource {
        ConsentSource {
            network: crate::net::network(self.address),
            user_agent: self.user_agent.clone(),
            reason: String::new(),
            campaign: None,
        }
    }

    /// A link that keeps the language they chose.
    pub fn link(&self, path: &str) -> String {
        if self.has_chosen {
            format!("/{}{path}", self.language)
        } else {
            path.to_owned()
        }
    }

    /// Whether the page is below `path`.
    pub fn is_below(&self, path: &str) -> bool {
        self.path
            .strip_prefix(path)
            .is_some_and(|rest| rest.starts_with('/'))
    }

    /// This page in another language.
    pub fn in_language(&self, language: &Language) -> String {
        format!("/{language}{}", self.path)
    }

    /// The canonical URL of this page in a language.
    pub fn address_in(&self, language: &Language) -> String {
        format!("{}/{language}{}", self.site_url, self.path)
    }

    /// The URL of this page that chooses the language by `Accept-Language`.
    pub fn address(&self) -> String {
        format!("{}{}", self.site_url, self.path)
    }

    /// Whether this page is public: pages behind a token belong to one person.
    pub fn is_public(&self) -> bool {
        let of_one_person = [
            "/check-inbox",
            "/done/",
            "/left/",
            "/lists",
            "/mailman/",
            "/old-link",
            "/subscription/",
            "/confirm/",
            "/unsubscribe/",
            "/preferences/",
            "/never/",
            "/my-data/",
        ];
        !of_one_person
            .iter()
            .any(|start| self.path.starts_with(start))
    }
}

/// Paths without a language prefix.
const WITHOUT_LANGUAGE: [&str; 8] = [
    "/admin",
    "/api",
    "/assets",
    "/health",
    "/mailbox",
    "/metrics",
    "/theme.css",
    "/favicon.ico",
];

/// A path's language and the rest of it: `/kk/posts` is `/posts` in Kazakh.
pub fn split_language<'a>(languages: &Languages, path: &'a str) -> (Option<Language>, &'a str) {
    let first = path.get(1..).unwrap_or_default();
    let first = first.split_once('/').map_or(first, |(first, _)| first);
    // One URL per page: other spellings of a tag are not a language prefix.
    let language = languages.iter().find(|language| language.tag() == first);
    let Some(language) = language else {
        return (None, path);
    };
    let rest = &path[1 + first.len()..];
    let is_page = !WITHOUT_LANGUAGE.iter().any(|start| rest.starts_with(start));
    match (is_page, rest) {
        (false, _) => (None, path),
        (true, "") => (Some(language), "/"),
        (true, rest) => (Some(language), rest),
    }
}

/// Removes the language prefix from a request's path, so that one route serves
/// a page in every language. [`Visitor`] reads it from the original path.
pub fn without_language(languages: &Languages, mut request: Request) -> Request {
    let uri = request.uri();
    let (Some(_), rest) = split_language(languages, uri.path()) else {
        return request;
    };
    let target = match uri.query() {
        Some(query) => format!("{rest}?{query}"),
        None => rest.to_owned(),
    };
    let original = OriginalUri(uri.clone());
    if let Ok(uri) = target.parse() {
        *request.uri_mut() = uri;
        request.extensions_mut().insert(original);
    }
    request
}

impl FromRequestParts<Web> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Infallible> {
        let text = |name: header::HeaderName| {
            parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
        };
        let original = parts.extensions.get::<OriginalUri>();
        let path = original.map_or_else(|| parts.uri.path(), |uri| uri.path());
        let languages = web.languages();
        let (of_path, path) = split_language(&languages, path);
        let in_query = |query| chosen_language(&languages, query);
        let chosen = of_path.or_else(|| parts.uri.query().and_then(in_query));
        let preferred = languages.accepted(text(header::ACCEPT_LANGUAGE));
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::from([0, 0, 0, 0]), |ConnectInfo(peer)| peer.ip());
        let forwarded: Vec<&str> = parts
            .headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .collect();
        Ok(Self {
            language: chosen.or(preferred).unwrap_or(web.cx.config().language),
            languages,
            site_language: web.cx.config().language,
            has_chosen: chosen.is_some(),
            path: path.to_owned(),
            site_url: web.cx.config().public_url(),
            address: client(peer, &forwarded, &web.cx.config().trusted_proxies),
            user_agent: text(header::USER_AGENT)
                .chars()
                .take(USER_AGENT_LIMIT)
                .collect(),
        })
    }
}

fn chosen_language(languages: &Languages, query: &str) -> Option<Language> {
    url::form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == "language")
        .and_then(|(_, value)| languages.find(&value).ok())
}

/// The nearest address that is not a trusted proxy's. Anything further left in
/// `X-Forwarded-For` may be forged.
fn client(peer: IpAddr, forwarded: &[&str], trusted: &[Network]) -> IpAddr {
    let mut nearest = peer.to_canonical();
    for hop in forwarded.iter().rev() {
        if !trusted.iter().any(|network| network.contains(nearest)) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(address) => nearest = address.to_canonical(),
            Err(_) => break,
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let trusted = ["127.0.0.1", "10.0.0.0/24"].map(|text| text.parse().unwrap());
        let client = |peer, forwarded: &[&str]| client(ip(peer), forwarded, &trusted).to_string();
        assert_eq!(client("203.0.113.9", &["1.1.1.1"]), "203.0.113.9");
        assert_eq!(
            client("127.0.0.1", &["1.1.1.1", " 203.0.113.9"]),
            "203.0.113.9"
        );
        assert_eq!(
            client("127.0.0.1", &["203.0.113.9", "10.0.0.1"]),
            "203.0.113.9"
        );
        assert_eq!(client("127.0.0.1", &["nonsense"]), "127.0.0.1");
        assert_eq!(client("127.0.0.1", &[]), "127.0.0.1");
    }

    #[test]
    fn a_language_stands_before_pages_and_before_nothing_else() {
        for (path, expected) in [
            ("/kk", (Some(Language::KK), "/")),
            ("/kk/", (Some(Language::KK), "/")),
            ("/ru/posts/a", (Some(Language::RU), "/posts/a")),
            ("/en/feed.atom", (Some(Language::EN), "/feed.atom")),
            ("/posts", (None, "/posts")),
            ("/kkk/posts", (None, "/kkk/posts")),
            ("/KK/posts", (None, "/KK/posts")),
            ("/kk/admin", (None, "/kk/admin")),
            ("/kk/api/v1/join", (None, "/kk/api/v1/join")),
            ("/", (None, "/")),
            ("", (None, "")),
        ] {
            let languages = Languages::default();
            assert_eq!(split_language(&languages, path), expected, "{path}");
        }
    }

    #[test]
    fn consent_records_keep_networks_not_addresses() {
        assert_eq!(crate::net::network(ip("203.0.113.9")), "203.0.113.0/24");
        assert_eq!(
            crate::net::network(ip("2001:db8:1:2::3")),
            "2001:db8:1::/48"
        );
    }
}
