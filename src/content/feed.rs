//! Feeds of posts: Atom (RFC 4287) and JSON Feed 1.1.

use atom_syndication::{
    CategoryBuilder, ContentBuilder, EntryBuilder, FeedBuilder, Link, LinkBuilder, PersonBuilder,
    Text,
};

use crate::clock::Timestamp;
use crate::store::media::Medium;
use crate::store::posts::PostInLanguage;
use crate::text::characters;
use crate::text::links::Base;
use crate::text::locale::Language;

/// The metadata of a feed.
#[derive(Debug, Clone, Copy)]
pub struct FeedInfo<'a> {
    /// The site's name.
    pub title: &'a str,
    /// The site's URL without a trailing slash.
    pub site_url: &'a str,
    /// The requested language.
    pub language: Language,
    /// The path of the site's logo; empty without one.
    pub logo: &'a str,
}

/// A post in a feed.
#[derive(Debug, Clone)]
pub struct FeedPost {
    /// The post.
    pub row: PostInLanguage,
    /// Its text.
    pub html: String,
    /// Its picture.
    pub picture: Option<Medium>,
}

struct Entry {
    /// The id of the entry, the same in every language.
    id: String,
    url: String,
    html: String,
    published: String,
    updated: String,
    /// The URL of its picture.
    image: Option<String>,
}

fn entry(feed: FeedInfo<'_>, post: &FeedPost) -> Entry {
    let (row, html) = (&post.row, &post.html);
    let url = |medium: &Medium| format!("{}/media/{}", feed.site_url, medium.file_name);
    Entry {
        image: post.picture.as_ref().map(url),
        id: format!("{}/posts/{}", feed.site_url, row.post.slug),
        url: format!(
            "{}/{}/posts/{}",
            feed.site_url, row.variant.language, row.post.slug
        ),
        html: Base::new(feed.site_url).resolve_all(html),
        published: row.post.published_at.unwrap_or_default().rfc3339(),
        updated: row.post.updated_at.rfc3339(),
    }
}

/// An Atom feed of posts and their HTML, newest post first.
pub fn atom(feed: FeedInfo<'_>, posts: &[FeedPost]) -> String {
    let link = |rel: &str, href: String, kind: &str| {
        LinkBuilder::default()
            .rel(rel.to_owned())
            .href(href)
            .mime_type(Some(kind.to_owned()))
            .build()
    };
    let links = |post: &FeedPost, it: &Entry| {
        let mut links = vec![link("alternate", it.url.clone(), "text/html")];
        if let (Some(medium), Some(image)) = (&post.picture, &it.image) {
            links.push(Link {
                length: Some(medium.size.to_string()),
                ..link("enclosure", image.clone(), &medium.media_type)
            });
        }
        links
    };
    let date = |text: &str| text.parse().unwrap_or_default();
    let entries = posts
        .iter()
        .map(|post| {
            let (it, row) = (entry(feed, post), &post.row);
            EntryBuilder::default()
                .id(it.id.clone())
                .title(Text::plain(row.variant.title.clone()))
                .links(links(post, &it))
                .author(
                    PersonBuilder::default()
                        .name(row.post.author.clone())
                        .build(),
                )
                .category(
                    CategoryBuilder::default()
                        .term(row.post.category.clone())
                        .build(),
                )
                .published(Some(date(&it.published)))
                .updated(date(&it.updated))
                .summary(Some(Text::plain(row.variant.summary.clone())))
                .content(Some(
                    ContentBuilder::default()
                        .content_type(Some("html".to_owned()))
                        .value(Some(it.html))
                        .build(),
                ))
                .build()
        })
        .collect::<Vec<_>>();
    let updated = newest(posts).rfc3339();
    let xml = FeedBuilder::default()
        .id(format!("{}/", feed.site_url))
        .title(Text::plain(feed.title.to_owned()))
        .lang(Some(feed.language.tag().to_owned()))
        .logo(
            Some(feed.logo)
                .filter(|logo| !logo.is_empty())
                .map(|logo| format!("{}{logo}", feed.site_url)),
        )
        .updated(date(&updated))
        .link(link(
            "alternate",
            format!("{}/{}/", feed.site_url, feed.language),
            "text/html",
        ))
        .link(link(
            "self",
            format!("{}/{}/feed.atom", feed.site_url, feed.language),
            "application/atom+xml",
        ))
        .entries(entries)
        .build()
        .to_string();
    // Stored texts may be older than the rule for allowed characters.
    characters::scrub(&xml).into_owned()
}

/// A JSON Feed of posts and their HTML, newest post first.
pub fn json(feed: FeedInfo<'_>, posts: &[FeedPost]) -> serde_json::Value {
    let items: Vec<_> = posts
        .iter()
        .map(|post| {
            let (it, row) = (entry(feed, post), &post.row);
            let mut item = serde_json::json!({
                "id": it.id,
                "url": it.url,
                "title": characters::scrub(&row.variant.title),
                "summary": characters::scrub(&row.variant.summary),
                "content_html": characters::scrub(&it.html),
                "date_published": it.published,
                "date_modified": it.updated,
                "language": row.variant.language,
                "authors": [{ "name": row.post.author }],
                "tags": [row.post.category],
            });
            if let Some(image) = it.image {
                item["image"] = image.into();
            }
            item
        })
        .collect();
    let mut whole = serde_json::json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": format!("{}/{}/", feed.site_url, feed.language),
        "feed_url": format!("{}/{}/feed.json", feed.site_url, feed.language),
        "language": feed.language,
        "items": items,
    });
    if !feed.logo.is_empty() {
        whole["icon"] = format!("{}{}", feed.site_url, feed.logo).into();
    }
    whole
}

fn newest(posts: &[FeedPost]) -> Timestamp {
    posts
        .iter()
        .map(|post| post.row.post.updated_at)
        .max()
        .unwrap_or_default()
}
