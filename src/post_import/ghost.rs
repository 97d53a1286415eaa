//! Ghost's JSON of all content: *Settings*, *Import/Export*, *Export*.

use std::collections::HashMap;

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::found::{Body, Found, FoundPost, FoundState};
use super::{POSTS_LIMIT, PostImportError, Result, dates, json};
use crate::clock::Timestamp;
use crate::model::post_import::{DraftReason, PostSystem};

/// Characters of the names of tags and authors and of the descriptions of pictures.
const NAME_LIMIT: usize = 500;

#[derive(Deserialize)]
struct Export {
    #[serde(default)]
    db: Vec<Content>,
    data: Option<Tables>,
}

#[derive(Deserialize)]
struct Content {
    data: Tables,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Tables {
    posts: Vec<Row<Post>>,
    posts_meta: Vec<Row<Meta>>,
    tags: Vec<Row<Named>>,
    posts_tags: Vec<Row<Link>>,
    users: Vec<Row<Named>>,
    posts_authors: Vec<Row<Link>>,
}

/// A row that one can read, or another.
#[derive(Deserialize)]
#[serde(untagged)]
enum Row<T> {
    Good(T),
    Bad(IgnoredAny),
}

impl<T> Row<T> {
    fn good(&self) -> Option<&T> {
        match self {
            Row::Good(row) => Some(row),
            Row::Bad(_) => None,
        }
    }
}

/// A text, number or truth value as text.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<String, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        _ => String::new(),
    })
}

macro_rules! rows {
    ($($name:ident { $($field:ident),+ })+) => {$(
        #[derive(Deserialize, Default)]
        #[serde(default)]
        struct $name {
            $(#[serde(deserialize_with = "text")] $field: String,)+
        }
    )+};
}

rows! {
    Post {
        id, title, slug, html, lexical, mobiledoc, status, visibility, r#type, page,
        published_at, custom_excerpt, feature_image, image, author_id
    }
    Meta { post_id, feature_image_alt, email_only }
    Named { id, name, visibility }
    Link { post_id, tag_id, author_id, sort_order }
}

/// Whether JSON is such an export.
pub(super) fn is_export(value: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Shape {
        db: Option<Vec<Inner>>,
        data: Option<Data>,
    }
    #[derive(Deserialize)]
    struct Inner {
        data: Option<Data>,
    }
    #[derive(Deserialize)]
    struct Data {
        posts: Option<IgnoredAny>,
    }
    let Ok(shape) = serde_json::from_slice::<Shape>(value) else {
        return false;
    };
    let inner = shape.db.and_then(|all| all.into_iter().next());
    let inner = inner.and_then(|inner| inner.data);
    let data = inner.or(shape.data);
    data.is_some_and(|data| data.posts.is_some())
}

/// Reads an export.
pub(super) fn read(content: &[u8], now: Timestamp) -> Result<Found> {
    let export: Export = json::read(content).map_err(PostImportError::Broken)?;
    let tables = export.db.into_iter().next().map(|content| content.data);
    let tables = tables.or(export.data).unwrap_or_default();
    if tables.posts.len() > POSTS_LIMIT {
        return Err(PostImportError::TooMany);
    }
    let index = Index::of(&tables);
    let mut found = Found::new(PostSystem::Ghost);
    for row in tables.posts {
        match row {
            Row::Good(post) => found.push(index.post(post, now))?,
            Row::Bad(_) => found.pass_over("unreadable row"),
        }
    }
    Ok(found)
}

/// What belongs to posts, by their ids.
struct Index {
    metas: HashMap<String, (String, bool)>,
    tags: HashMap<String, Vec<String>>,
    authors: HashMap<String, Vec<String>>,
    users: HashMap<String, String>,
}

impl Index {
    fn of(tables: &Tables) -> Self {
        let metas = tables.posts_meta.iter().filter_map(Row::good);
        let metas = metas.map(|meta| {
            let is_email = is_true(&meta.email_only);
            (
                meta.post_id.clone(),
                (named(&meta.feature_image_alt), is_email),
            )
        });
        // Tags whose names begin with a number sign are for the theme.
        let tags = tables.tags.iter().filter_map(Row::good);
        let tags = tags.filter(|tag| tag.visibility != "internal" && !tag.name.starts_with('#'));
        let tags: HashMap<&str, String> = tags
            .map(|tag| (tag.id.as_str(), named(&tag.name)))
            .collect();
        let users = tables.users.iter().filter_map(Row::good);
        let users: HashMap<String, String> = users
            .map(|user| (user.id.clone(), named(&user.name)))
            .collect();
        let names: HashMap<&str, String> = users
            .iter()
            .map(|(id, name)| (id.as_str(), name.clone()))
            .collect();
        Self {
            metas: metas.collect(),
            tags: linked(&tables.posts_tags, |link| &link.tag_id, &tags),
            authors: linked(&tables.posts_authors, |link| &link.author_id, &names),
            users,
        }
    }

    fn post(&self, mut post: Post, now: Timestamp) -> FoundPost {
        let body = body(&mut post);
        let published_at = dates::parse(&post.published_at);
        let (alt, is_email_only) = self.metas.get(&post.id).cloned().unwrap_or_default();
        let picture = [&post.feature_image, &post.image];
        let picture = picture.into_iter().find(|picture| !picture.is_empty());
        let authors = self.authors.get(&post.id).map(|names| names.join(", "));
        let author = authors.or_else(|| self.users.get(&post.author_id).cloned());
        let state = state(&post, is_email_only, published_at, now);
        let path = format!("/{}", post.slug);
        FoundPost {
            picture: picture.map(|picture| (picture.clone(), alt)),
            tags: self.tags.get(&post.id).cloned().unwrap_or_default(),
            author: author.unwrap_or_default(),
            is_page: post.r#type == "page" || is_true(&post.page),
            paths: if post.slug.is_empty() {
                Vec::new()
            } else {
                vec![path]
            },
            id: post.id,
            title: post.title,
            slug: post.slug,
            summary: post.custom_excerpt,
            body,
            state,
            published_at,
        }
    }
}

/// The names that rows of a table between two link posts to, in their order.
fn linked(
    links: &[Row<Link>],
    id: impl Fn(&Link) -> &String,
    names: &HashMap<&str, String>,
) -> HashMap<String, Vec<String>> {
    let mut rows: Vec<&Link> = links.iter().filter_map(Row::good).collect();
    rows.sort_by_key(|link| link.sort_order.parse::<i64>().unwrap_or(i64::MAX));
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    for link in rows {
        if let Some(name) = names.get(id(link).as_str()) {
            let of_post = found.entry(link.post_id.clone()).or_default();
            if of_post.len() < 20 {
                of_post.push(name.clone());
            }
        }
    }
    found
}

fn is_true(text: &str) -> bool {
    matches!(text, "1" | "true")
}

fn state(
    post: &Post,
    is_email_only: bool,
    published_at: Option<Timestamp>,
    now: Timestamp,
) -> FoundState {
    let is_open = matches!(post.visibility.as_str(), "" | "public");
    match post.status.as_str() {
        "published" | "sent" if !is_open => FoundState::Limited(DraftReason::Restricted),
        "sent" => FoundState::Limited(DraftReason::NotPublic),
        "published" if is_email_only => FoundState::Limited(DraftReason::NotPublic),
        "published" if published_at.is_some_and(|at| at > now) => {
            FoundState::Limited(DraftReason::Scheduled)
        }
        "published" => FoundState::Public,
        "scheduled" => FoundState::Limited(DraftReason::Scheduled),
        _ => FoundState::Draft,
    }
}

/// The text; it is moved out. What the editors wrote becomes HTML later, on a rendering thread.
fn body(post: &mut Post) -> Body {
    let is_there = |text: &String| !text.trim().is_empty();
    if is_there(&post.html) {
        Body::Html(std::mem::take(&mut post.html))
    } else if is_there(&post.lexical) {
        Body::Lexical(std::mem::take(&mut post.lexical))
    } else {
        match std::mem::take(&mut post.mobiledoc) {
            text if is_there(&text) => Body::Mobiledoc(text),
            _ => Body::default(),
        }
    }
}

/// A name, which many posts may share.
fn named(name: &str) -> String {
    name.chars().take(NAME_LIMIT).collect()
}

#[cfg(test)]
mod tests {
    use super::super::convert::convert;
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_750_000_000_000);

    fn corpus(name: &str) -> Found {
        let path = format!("{}/tests/corpus/posts/{name}", env!("CARGO_MANIFEST_DIR"));
        read(&std::fs::read(path).unwrap(), NOW).unwrap()
    }

    #[test]
    fn an_export_of_ghost_5_is_read() {
        let found = corpus("ghost.json");
        let by_slug = |slug: &str| found.posts.iter().find(|post| post.slug == slug).unwrap();
        let spring = by_slug("spring-in-the-steppe");
        assert_eq!(spring.tags, ["Travel", "Spring"]);
        assert_eq!(spring.author, "Aigerim Sadykova, Daniyar Omarov");
        assert_eq!(spring.state, FoundState::Public);
        assert_eq!(spring.paths, ["/spring-in-the-steppe"]);
        let picture = spring.picture.as_ref().unwrap();
        assert_eq!(picture.1, "Red tulips");
        for (slug, reason) in [
            ("for-members", DraftReason::Restricted),
            ("for-those-who-pay", DraftReason::Restricted),
            ("only-by-email", DraftReason::NotPublic),
            ("next-year", DraftReason::Scheduled),
        ] {
            assert_eq!(by_slug(slug).state, FoundState::Limited(reason), "{slug}");
        }
        assert_eq!(by_slug("half-a-thought").state, FoundState::Draft);
        assert!(by_slug("about").is_page);
        let converted = convert(by_slug("half-a-thought"), None).unwrap();
        let text = &converted.markdown;
        assert!(text.contains("**thought**"), "{text}");
        assert_eq!(converted.unknown_cards, 1);
    }

    #[test]
    fn an_export_of_ghost_1_is_read() {
        let found = corpus("ghost-old.json");
        assert_eq!(found.posts.len(), 2);
        assert_eq!(found.posts[0].author, "Ghost Writer");
        assert_eq!(found.posts[0].state, FoundState::Public);
        let at = found.posts[0].published_at.unwrap();
        assert_eq!(at.rfc3339(), "2017-08-02T08:41:14Z");
        assert!(found.posts[1].is_page);
        assert_eq!(found.passed_over["unreadable row"], 1);
    }

    #[test]
    fn other_json_is_none() {
        assert!(is_export(br#"{"db":[{"meta":{},"data":{"posts":[]}}]}"#));
        assert!(is_export(br#"{"data":{"posts":[]}}"#));
        for other in [
            &b"[]"[..],
            b"{}",
            br#"{"data":{"users":[]}}"#,
            b"{\"db\":1}",
        ] {
            assert!(!is_export(other));
        }
    }
}
