//! Posts: the archive, categories, one post.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;

use crate::campaign::piece::category as category_name;
use crate::content::{html, media, post, public_posts};
use crate::model::list::Slug;
use crate::store::posts::{PostInLanguage, PostLink, Selection};
use crate::text::links::Base;
use crate::text::locale::Language;
use crate::text::markdown;
use crate::text::phrases::{Phrases, Value};
use crate::web::brand::Brand;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::http::path::PathParam;
use crate::web::public::card::{PostCard, category_key, post_cards};
use crate::web::public::join::view::JoinBox;
use crate::web::public::page_context::PageContext;
use crate::web::public::paging::{Pager, Paging};
use crate::web::public::pictures::{Sources, preview_path};
use crate::web::public::{share, structured_data};
use crate::web::state::Web;
use crate::web::visitor::Visitor;

const PAGE: i64 = 10;

struct Chip {
    name: String,
    path: String,
    is_current: bool,
}

#[derive(Template)]
#[template(path = "public/posts.html")]
struct PostsPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    title: String,
    chips: Vec<Chip>,
    posts: Vec<PostCard>,
    number: i64,
    pager: Pager,
}

pub async fn index(
    State(web): State<Web>,
    context: PageContext,
    Query(paging): Query<Paging>,
) -> Result<Html<String>, HttpError> {
    list(&web, context, None, paging.number()).await
}

pub async fn in_category(
    State(web): State<Web>,
    context: PageContext,
    Path(key): Path<String>,
    Query(paging): Query<Paging>,
) -> Result<Html<String>, HttpError> {
    let all = public_posts::categories(&web.cx).await?;
    let category = all
        .into_iter()
        .find(|category| *category == key || category_key(category) == key)
        .ok_or(HttpError::NotFound)?;
    list(&web, context, Some(category), paging.number()).await
}

async fn list(
    web: &Web,
    context: PageContext,
    category: Option<String>,
    number: i64,
) -> Result<Html<String>, HttpError> {
    let phrases = context.phrases.clone();
    let selection = Selection {
        reader: phrases.reader(),
        category: category.as_deref(),
        public_at: Some(web.cx.clock.now()),
        offset: (number - 1) * PAGE,
        // One more than shown, to know whether there is another page.
        limit: PAGE + 1,
    };
    let mut rows = public_posts::page(&web.cx, selection).await?;
    if rows.is_empty() && number > 1 {
        return Err(HttpError::NotFound);
    }
    let chips = public_posts::categories(&web.cx)
        .await?
        .into_iter()
        .map(|one| Chip {
            name: category_name(&phrases, &one),
            path: format!("/posts/category/{}", category_key(&one)),
            is_current: category.as_deref() == Some(&one),
        })
        .collect();
    let has_more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    render_page(&PostsPage {
        title: match &category {
            Some(category) => {
                let name = category_name(&phrases, category);
                phrases.translate_with("posts-in-category", "category", &name)
            }
            None => phrases.translate("posts-title"),
        },
        chips,
        number,
        pager: Pager::new(&context.visitor.path, number, has_more),
        posts: post_cards(web, &phrases, &rows).await?,
        visitor: context.visitor,
        phrases,
        brand: context.brand,
    })
}

struct Neighbour {
    path: String,
    title: String,
    language: Language,
}

impl From<PostLink> for Neighbour {
    fn from(link: PostLink) -> Self {
        Self {
            path: format!("/posts/{}", link.slug),
            title: link.title,
            language: link.language,
        }
    }
}

#[derive(Template)]
#[template(path = "public/post.html")]
struct PostPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    post: PostCard,
    body: String,
    /// Whether its picture is shown above it, since the text does not have it.
    shows_picture: bool,
    /// The picture that stands for links to it.
    image: String,
    data: String,
    languages: Vec<Language>,
    /// The note that the post is not in the reader's language; otherwise
    /// empty.
    stand_in: String,
    others: Vec<Language>,
    older: Option<Neighbour>,
    newer: Option<Neighbour>,
    share_url: String,
    /// Where else it can be shared: name and link.
    share_links: Vec<(&'static str, String)>,
    share_mail: String,
    join: JoinBox,
}

/// The `sizes` of an article's pictures.
const PICTURE_SIZES: &str = "(min-width: 48rem) 42rem, 100vw";

/// Adds `srcset` and dimensions to the pictures of an article.
async fn with_smaller_pictures(web: &Web, html: &str) -> Result<String, HttpError> {
    let mut known = HashMap::new();
    for name in markdown::pictures(html) {
        if let Some(medium) = media::by_name(&web.cx, name).await? {
            let widths = media::widths_of(&web.cx, &medium).await?;
            let sources = Sources::new(&medium, &widths);
            known.insert(name.to_owned(), sources.attributes(PICTURE_SIZES));
        }
    }
    let more = |name: &str| known.get(name).cloned().unwrap_or_default();
    Ok(markdown::with_picture_attributes(html, more))
}

pub async fn show(
    State(web): State<Web>,
    context: PageContext,
    PathParam(slug): PathParam<Slug>,
) -> Result<Html<String>, HttpError> {
    let full = post::by_slug(&web.cx, &slug).await?;
    let full = full
        .filter(|full| full.post.is_public(web.cx.clock.now()))
        .ok_or(HttpError::NotFound)?;
    let phrases = context.phrases.clone();
    let language = context.visitor.language;
    let mut variant = full
        .variant(phrases.reader())
        .ok_or(HttpError::NotFound)?
        .clone();
    public_posts::fill_for_visitors(&web.cx, full.post.id, &mut variant).await?;
    let (older, newer) = public_posts::neighbours(&web.cx, &full.post, language).await?;
    let stand_in = if variant.language == language {
        String::new()
    } else {
        phrases.translate_args(
            "post-in-other-language",
            &[("language", Value::Text(variant.language.endonym()))],
        )
    };
    let share_url = context.visitor.address_in(&variant.language);
    let body = markdown::with_header_scopes(&html::of_post(&web.cx, full.post.id, &variant).await?);
    let body = markdown::with_scrolling_tables(&body, |number| {
        phrases.translate_with("post-table", "number", &number.to_string())
    });
    let site_url = web.cx.config().public_url();
    let row = PostInLanguage {
        first_picture: markdown::pictures(&body)
            .first()
            .map_or_else(String::new, |name| (*name).to_owned()),
        post: full.post,
        variant,
    };
    let pictures = public_posts::pictures(&web.cx, std::slice::from_ref(&row)).await?;
    let picture = pictures.get(&row.post.id);
    let shows_picture = picture.is_some_and(|picture| {
        let name = picture.medium.file_name.as_str();
        !markdown::pictures(&body).contains(&name)
    });
    let image = picture.map(|picture| format!("{site_url}{}", preview_path(picture)));
    let body = with_smaller_pictures(&web, &body).await?;
    let body = Base::for_pages(&site_url).resolve_all(&body);
    let post = PostCard::new(&web, &phrases, &row, picture);
    let name = &context.brand.name;
    render_page(&PostPage {
        data: structured_data::article(&row, &share_url, image.as_deref(), name),
        image: image.unwrap_or_else(|| format!("{site_url}{}", context.brand.picture())),
        shows_picture,
        join: JoinBox::new(&web, &context).await?,
        languages: full.variants.iter().map(|one| one.language).collect(),
        post,
        body,
        stand_in,
        others: full
            .variants
            .iter()
            .map(|other| other.language)
            .filter(|other| *other != row.variant.language)
            .collect(),
        older: older.map(Neighbour::from),
        newer: newer.map(Neighbour::from),
        share_links: share::links(&row.variant.title, &share_url),
        share_mail: share::mail(&row.variant.title, &share_url),
        share_url,
        visitor: context.visitor,
        phrases,
        brand: context.brand,
    })
}
