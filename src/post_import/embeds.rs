//! What other systems embed (videos, posts of social networks, files), as links.

use ego_tree::NodeRef;
use scraper::Node;
use serde_json::Value;

use super::elements::{attribute, first_named, has_class, name, words};

/// Bytes of the attribute in which Substack keeps what an embed is.
const ATTRIBUTES_LIMIT: usize = 200_000;

/// A link in the place of an embed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Embed {
    /// Where it leads.
    pub url: String,
    /// What it says; may be empty.
    pub title: String,
    /// A line below it; may be empty.
    pub description: String,
}

impl Embed {
    fn new(url: &str, title: &str) -> Self {
        Self {
            url: url.to_owned(),
            title: title.to_owned(),
            description: String::new(),
        }
    }
}

/// The link for an element that embeds something; `None` for all others.
pub(super) fn of(node: NodeRef<'_, Node>) -> Option<Embed> {
    match name(node) {
        "iframe" => {
            let url = [attribute(node, "src"), attribute(node, "data-src")];
            let url = url.into_iter().find(|url| !url.is_empty())?;
            Some(Embed::new(&watched(url), attribute(node, "title")))
        }
        "video" | "audio" => {
            let source = first_named(node, "source");
            let inner = source.map_or("", |source| attribute(source, "src"));
            let urls = [attribute(node, "src"), inner];
            let url = urls.into_iter().find(|url| !url.is_empty())?;
            Some(Embed::new(url, attribute(node, "title")))
        }
        "figure" | "div" if has_class(node, &["kg-bookmark-card"]) => bookmark(node),
        "div" | "a" | "p" => of_substack(node),
        _ => None,
    }
}

fn bookmark(node: NodeRef<'_, Node>) -> Option<Embed> {
    let link = first_named(node, "a")?;
    let part = |class: &str| {
        let found = node.descendants().find(|node| has_class(*node, &[class]));
        found.map(|node| words(node, 300)).unwrap_or_default()
    };
    Some(Embed {
        url: attribute(link, "href").to_owned(),
        title: part("kg-bookmark-title"),
        description: part("kg-bookmark-description"),
    })
}

/// Substack keeps what an embed is as JSON in an attribute.
fn of_substack(node: NodeRef<'_, Node>) -> Option<Embed> {
    let text = attribute(node, "data-attrs");
    let is_picture = has_class(node, &["image", "captioned-image", "button", "footnote"]);
    let is_embed = has_class(
        node,
        &[
            "tweet",
            "twitter",
            "embedded-",
            "digest-post",
            "file-embed",
            "native-",
            "instagram",
            "spotify",
            "apple-podcast",
            "soundcloud",
            "bluesky",
            "comment",
            "vimeo",
            "youtube",
            "tiktok",
            "datawrapper",
        ],
    );
    if text.is_empty() || text.len() > ATTRIBUTES_LIMIT || is_picture || !is_embed {
        return None;
    }
    let value: Value = serde_json::from_str(text).ok()?;
    let get = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    let video = get("videoId");
    const ADDRESSES: [&str; 6] = [
        "canonical_url",
        "url",
        "href",
        "permalink",
        "src",
        "external_url",
    ];
    let url = if video.is_empty() {
        let mut addresses = ADDRESSES.into_iter().map(get);
        addresses.find(|url| url.starts_with("http"))?.to_owned()
    } else if has_class(node, &["vimeo"]) {
        format!("https://vimeo.com/{video}")
    } else {
        format!("https://www.youtube.com/watch?v={video}")
    };
    let title = ["title", "full_text", "filename"].into_iter().map(get);
    let title = title.into_iter().find(|title| !title.trim().is_empty());
    let title = title.unwrap_or_default().chars().take(300).collect();
    Some(Embed {
        url,
        title,
        description: String::new(),
    })
}

/// The page of a video instead of its frame.
fn watched(url: &str) -> String {
    let path = |mark: &str| {
        let (before, rest) = url.split_once(mark)?;
        let id = rest.split(['?', '&', '/', '#']).next()?;
        let is_plain = id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
        (before.contains("//") && !id.is_empty() && is_plain).then(|| id.to_owned())
    };
    if let Some(id) = path("youtube.com/embed/").or_else(|| path("youtube-nocookie.com/embed/")) {
        return format!("https://www.youtube.com/watch?v={id}");
    }
    match path("player.vimeo.com/video/") {
        Some(id) => format!("https://vimeo.com/{id}"),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_video_is_linked_where_it_is_watched() {
        for (frame, page) in [
            (
                "https://www.youtube-nocookie.com/embed/aB-3_x?rel=0",
                "https://www.youtube.com/watch?v=aB-3_x",
            ),
            (
                "//www.youtube.com/embed/abc?feature=oembed",
                "https://www.youtube.com/watch?v=abc",
            ),
            (
                "https://player.vimeo.com/video/12?app_id=1",
                "https://vimeo.com/12",
            ),
            ("https://maps.example/embed", "https://maps.example/embed"),
        ] {
            assert_eq!(watched(frame), page);
        }
    }
}
