//! Posts on the desk: their list, and the editor with the mail beside it.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post as posted};
use serde::Deserialize;

use super::flash::Flash;
use super::frame::{Desk, go, show as page};
use super::preview;
use super::question::Question;
use crate::campaign::lifecycle::{self, DEFAULT_LAYOUT};
use crate::clock::Timestamp;
use crate::content::post::{self, Article, FullPost};
use crate::model::PostId;
use crate::model::line::Title;
use crate::model::list::Slug;
use crate::store::posts::Selection;
use crate::text::locale::Language;
use crate::web::form::Form;
use crate::web::{Failure, Web};

const PAGE: i64 = 25;

pub(super) fn router() -> Router<Web> {
    Router::new()
        .route("/posts", get(index).post(create))
        .route("/posts/new", get(new))
        .route("/posts/preview", posted(show_preview))
        .route("/posts/{id}", get(edit).post(save))
        .route("/posts/{id}/delete", posted(delete))
}

struct Row {
    id: PostId,
    title: String,
    category: String,
    state: &'static str,
    date: String,
    languages: Vec<(&'static str, bool)>,
}

#[derive(Template)]
#[template(path = "admin/posts.html")]
struct PostsPage {
    desk: Desk,
    posts: Vec<Row>,
    newer: Option<i64>,
    older: Option<i64>,
}

#[derive(Deserialize)]
struct Paging {
    page: Option<i64>,
}

async fn index(
    State(web): State<Web>,
    desk: Desk,
    Query(paging): Query<Paging>,
) -> Result<Html<String>, Failure> {
    let number = paging.page.unwrap_or(1).clamp(1, 100_000);
    let offset = (number - 1) * PAGE;
    let selection = Selection {
        language: web.cx.config.language,
        category: None,
        public_at: None,
        offset,
        limit: PAGE + 1,
    };
    let rows = post::page(&web.cx, selection).await?;
    let spoken = post::languages(&web.cx, offset, PAGE).await?;
    let now = web.cx.clock.now();
    let older = (rows.len() as i64 > PAGE).then_some(number + 1);
    let posts = rows
        .iter()
        .take(PAGE as usize)
        .map(|row| Row {
            id: row.post.id,
            title: row.variant.title.clone(),
            category: row.post.category.clone(),
            state: match row.post.published_at() {
                None => "draft",
                Some(at) if at > now => "scheduled",
                Some(_) => "published",
            },
            date: desk.when(&row.post.published_at().unwrap_or(row.post.updated_at)),
            languages: Language::ALL
                .into_iter()
                .map(|one| (one.tag(), spoken.contains(&(row.post.id, one))))
                .collect(),
        })
        .collect();
    page(&PostsPage {
        posts,
        newer: (number > 1).then_some(number - 1),
        older,
        desk,
    })
}

/// The editor's fields, as text.
#[derive(Default)]
struct Fields {
    title: String,
    slug: String,
    summary: String,
    category: String,
    author: String,
    body: String,
    public_from: String,
}

impl Fields {
    fn of_form(form: &Form) -> Self {
        let text = |name| form.text(name).to_owned();
        Self {
            title: text("title"),
            slug: text("slug"),
            summary: text("summary"),
            category: text("category"),
            author: text("author"),
            body: text("body"),
            public_from: text("public_from"),
        }
    }

    fn of_post(desk: &Desk, full: &FullPost, language: Language) -> Self {
        let variant = full.variants.iter().find(|v| v.language == language);
        let text = |part: fn(&crate::store::posts::Variant) -> &String| {
            variant.map_or_else(String::new, |variant| part(variant).clone())
        };
        Self {
            title: text(|v| &v.title),
            summary: text(|v| &v.summary),
            body: text(|v| &v.body_markdown),
            slug: full.post.slug.to_string(),
            category: full.post.category.clone(),
            author: full.post.author.clone(),
            public_from: full
                .post
                .published_at()
                .map_or_else(String::new, |at| desk.calendar.field(at)),
        }
    }
}

/// What is wrong with the editor's fields, each beside its field.
#[derive(Default, PartialEq, Eq)]
struct Errors {
    title: String,
    slug: String,
    summary: String,
    category: String,
    author: String,
    body: String,
    public_from: String,
}

struct Tab {
    language: Language,
    is_current: bool,
    is_missing: bool,
}

#[derive(Template)]
#[template(path = "admin/post.html")]
struct EditorPage {
    desk: Desk,
    /// `None` for a post that is not yet saved.
    id: Option<PostId>,
    language: Language,
    tabs: Vec<Tab>,
    state: &'static str,
    fields: Fields,
    errors: Errors,
    /// What is wrong with the post as a whole.
    error: String,
}

impl EditorPage {
    fn action(&self) -> String {
        match self.id {
            Some(id) => format!("/admin/posts/{id}"),
            None => "/admin/posts".to_owned(),
        }
    }
}

#[derive(Deserialize)]
struct Choice {
    language: Option<Language>,
}

async fn new(
    State(web): State<Web>,
    desk: Desk,
    Query(choice): Query<Choice>,
) -> Result<Html<String>, Failure> {
    desk.may_edit()?;
    let language = choice.language.unwrap_or(web.cx.config.language);
    let fields = Fields {
        category: "General".to_owned(),
        author: desk.user.email.local_part().to_owned(),
        ..Fields::default()
    };
    editor(&web, desk, None, language, fields, Errors::default(), "")
}

async fn edit(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<PostId>,
    Query(choice): Query<Choice>,
) -> Result<Html<String>, Failure> {
    let full = found(&web, id).await?;
    let first = full.variant(web.cx.config.language).map(|v| v.language);
    let language = choice.language.or(first).unwrap_or(web.cx.config.language);
    let fields = Fields::of_post(&desk, &full, language);
    editor(
        &web,
        desk,
        Some(&full),
        language,
        fields,
        Errors::default(),
        "",
    )
}

async fn found(web: &Web, id: PostId) -> Result<FullPost, Failure> {
    post::by_id(&web.cx, id).await?.ok_or(Failure::NotFound)
}

fn editor(
    web: &Web,
    desk: Desk,
    full: Option<&FullPost>,
    language: Language,
    fields: Fields,
    errors: Errors,
    error: &str,
) -> Result<Html<String>, Failure> {
    let now = web.cx.clock.now();
    let has = |one: Language| full.is_some_and(|f| f.variants.iter().any(|v| v.language == one));
    page(&EditorPage {
        id: full.map(|full| full.post.id),
        language,
        tabs: Language::ALL
            .into_iter()
            .map(|one| Tab {
                language: one,
                is_current: one == language,
                is_missing: !has(one),
            })
            .collect(),
        state: match full.and_then(|full| full.post.published_at()) {
            None => "draft",
            Some(at) if at > now => "scheduled",
            Some(_) => "published",
        },
        fields,
        errors,
        error: error.to_owned(),
        desk,
    })
}

/// Reads the editor's form.
fn read(web: &Web, desk: &Desk, form: &Form) -> Result<Article, Box<Errors>> {
    let mut errors = Errors::default();
    let title =
        Title::parse(form.text("title")).inspect_err(|error| errors.title = error.to_string());
    let slug = match form.trimmed("slug") {
        "" => Slug::from_title(form.text("title"))
            .ok_or_else(|| "give the post a name for its address, in Latin letters".to_owned()),
        slug => slug.parse::<Slug>().map_err(|error| error.to_string()),
    }
    .inspect_err(|error| errors.slug.clone_from(error));
    let category = Title::parse(form.text("category"))
        .inspect_err(|error| errors.category = error.to_string());
    let author =
        Title::parse(form.text("author")).inspect_err(|error| errors.author = error.to_string());
    let public_from = match (form.text("action"), form.trimmed("public_from")) {
        ("publish", _) => Ok(Some(web.cx.clock.now())),
        ("withdraw", _) | (_, "") => Ok(None),
        (_, text) => desk.calendar.read_field(text).map(Some).ok_or(()),
    }
    .inspect_err(|()| errors.public_from = "give a date and a time".to_owned());
    if form.trimmed("body").is_empty() {
        errors.body = "the text is missing".to_owned();
    }
    let language = form.language(web.cx.config.language);
    match (title, slug, category, author, public_from, language) {
        (Ok(title), Ok(slug), Ok(category), Ok(author), Ok(published_at), Ok(language))
            if errors == Errors::default() =>
        {
            Ok(Article {
                slug,
                category,
                author,
                published_at,
                language,
                title,
                summary: form.text("summary").to_owned(),
                body_markdown: form.text("body").to_owned(),
            })
        }
        _ => Err(Box::new(errors)),
    }
}

async fn create(State(web): State<Web>, desk: Desk, body: Bytes) -> Result<Response, Failure> {
    desk.may_edit()?;
    let form = Form::parse(&body)?;
    keep(&web, desk, None, &form).await
}

async fn save(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<PostId>,
    body: Bytes,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let full = found(&web, id).await?;
    keep(&web, desk, Some(&full), &Form::parse(&body)?).await
}

async fn keep(
    web: &Web,
    desk: Desk,
    full: Option<&FullPost>,
    form: &Form,
) -> Result<Response, Failure> {
    let refused = |desk, errors, error: &str| {
        let language = form.language(web.cx.config.language).unwrap_or_default();
        let fields = Fields::of_form(form);
        let html = editor(web, desk, full, language, fields, errors, error)?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
    };
    let article = match read(web, &desk, form) {
        Ok(article) => article,
        Err(errors) => return refused(desk, *errors, ""),
    };
    let saved = match full {
        Some(full) => post::change(&web.cx, full.post.id, &article)
            .await
            .map(|()| full.post.id),
        None => post::create(&web.cx, &article).await,
    };
    let id = match saved {
        Ok(id) => id,
        Err(crate::content::ContentError::Store(error)) => return Err(error.into()),
        Err(error) => return refused(desk, Errors::default(), &error.to_string()),
    };
    let action = if full.is_some() {
        "post.change"
    } else {
        "post.create"
    };
    desk.note(web, action, article.slug.as_str()).await?;
    let done = match form.text("action") {
        "publish" => "Published",
        "withdraw" => "It is a draft again",
        _ => "Saved",
    };
    let path = format!("/admin/posts/{id}?language={}", article.language);
    Ok(go(web, &path, &Flash::good(done)))
}

async fn delete(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<PostId>,
    body: Bytes,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let full = found(&web, id).await?;
    let form = Form::parse(&body)?;
    let title = full
        .variant(web.cx.config.language)
        .map_or_else(String::new, |variant| variant.title.clone());
    let question = Question {
        title: format!("Delete “{title}”?"),
        text: "The post goes in every language. Letters that were made from it stay as they were sent.".into(),
        yes: "Delete the post",
        no: "Keep it",
        back: format!("/admin/posts/{id}"),
    };
    if let Some(asked) = question.unless_answered(&desk, &form)? {
        return Ok(asked);
    }
    post::delete(&web.cx, id).await?;
    let slug = full.post.slug.as_str();
    desk.note(&web, "post.delete", slug).await?;
    Ok(go(&web, "/admin/posts", &Flash::good("Deleted")))
}

/// The mail that the editor's text would make. A field that is still missing
/// gets a stand-in: the preview is for the text under way.
async fn show_preview(
    State(web): State<Web>,
    desk: Desk,
    headers: axum::http::HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let form = Form::parse(&body)?;
    let line = |name: &str, stand_in: &str| {
        Title::parse(form.text(name))
            .or_else(|_| Title::parse(stand_in))
            .map_err(|_| Failure::Internal)
    };
    let article = Article {
        slug: form
            .trimmed("slug")
            .parse()
            .or_else(|_| "preview".parse())
            .map_err(|_| Failure::Internal)?,
        category: line("category", "General")?,
        author: line("author", "…")?,
        published_at: Some(published(&desk, &form).unwrap_or(web.cx.clock.now())),
        language: form.language(web.cx.config.language).unwrap_or_default(),
        title: line("title", "…")?,
        summary: form.text("summary").to_owned(),
        body_markdown: form.text("body").to_owned(),
    };
    let layout = match form.text("layout") {
        "" => DEFAULT_LAYOUT,
        layout => layout,
    };
    let filled = lifecycle::preview_article(&web.cx, &article, layout).await;
    preview::answer(&headers, filled)
}

fn published(desk: &Desk, form: &Form) -> Option<Timestamp> {
    desk.calendar.read_field(form.trimmed("public_from"))
}
