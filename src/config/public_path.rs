//! The path of a site that is below one of its host.

use crate::text::locale::Languages;

/// First segments of our own paths. A site under a base path that starts with
/// one could not be told from its own pages where the proxy strips the base
/// path.
const OWN: [&str; 32] = [
    "admin",
    "api",
    "archive",
    "assets",
    "confirm",
    "embed",
    "events",
    "events.ics",
    "favicon.ico",
    "feed.atom",
    "feed.json",
    "health",
    "inbound",
    "join",
    "join-puzzle",
    "l",
    "letter",
    "o",
    "letters",
    "mailbox",
    "media",
    "metrics",
    "my-data",
    "never",
    "posts",
    "preferences",
    "robots.txt",
    "setup",
    "sitemap.xml",
    "theme.css",
    "unsubscribe",
    "webhooks",
];

/// Whether this base path would clash with one of our own paths.
pub fn is_own(languages: &Languages, path: &str) -> bool {
    let first = path.trim_start_matches('/').split('/').next();
    let first = first.unwrap_or_default();
    OWN.contains(&first) || languages.iter().any(|language| language.tag() == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_paths_are_taken() {
        let is_own = |path| is_own(&Languages::default(), path);
        assert!(is_own("/posts") && is_own("/en/site") && is_own("/admin/"));
        assert!(!is_own("/news") && !is_own("/site/posts") && !is_own("/it"));
    }
}
