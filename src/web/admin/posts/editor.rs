//! The editor: a post in all its languages in one form.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use super::super::flash::Flash;
use super::super::frame::{Desk, Editor, go, sentence, show};
use super::super::mail_view::name_tag;
use super::standing;
use super::typed::{Errors, Typed};
use crate::clock::Timestamp;
use crate::content::ContentError;
use crate::content::post::{self as posts, Edition, FullPost};
use crate::content::revision;
use crate::model::PostId;
use crate::text::locale::Language;
use crate::web::form::Form;
use crate::web::{Failure, Web};

#[derive(Template)]
#[template(path = "admin/posts/editor.html")]
struct EditorPage {
    desk: Desk,
    /// The post as it is kept; `None` for a new one.
    post: Option<FullPost>,
    standing: &'static str,
    typed: Typed,
    errors: Errors,
    categories: Vec<String>,
    notice: Notice,
}

/// What the editor says of the text it shows.
enum Notice {
    /// It is the post's, or new.
    Nothing,
    /// There is newer text, typed then and not saved.
    Unsaved(Timestamp),
    /// It is that text.
    TakenUp(Timestamp),
    /// It is what the post said then.
    Former(Timestamp),
}

impl EditorPage {
    fn error(&self, field: &str) -> &str {
        let found = self.errors.iter().find(|(name, _)| name == field);
        found.map_or("", |(_, error)| error.as_str())
    }

    fn path(&self) -> String {
        match &self.post {
            Some(full) => format!("/admin/posts/{}", full.post.id),
            None => "/admin/posts".to_owned(),
        }
    }

    /// The row that what is typed here is kept under.
    fn row(&self) -> PostId {
        row(self.post.as_ref())
    }

    /// The editor's own address.
    fn address(&self) -> String {
        address(self.row())
    }

    fn time_hint(&self) -> String {
        format!("In {}. Used by the Schedule button.", self.desk.zone)
    }

    fn title(&self) -> &str {
        let post = self.post.as_ref();
        post.and_then(|full| full.variant(Language::En))
            .map_or("New post", |variant| variant.title.as_str())
    }
}

/// The row that what is typed in a post's editor is kept under.
fn row(post: Option<&FullPost>) -> PostId {
    post.map_or(revision::NEW_POST, |full| full.post.id)
}

/// The address of a row's editor.
pub fn address(row: PostId) -> String {
    match row {
        revision::NEW_POST => "/admin/posts/new".to_owned(),
        id => format!("/admin/posts/{id}"),
    }
}

async fn page(
    web: &Web,
    desk: Desk,
    post: Option<FullPost>,
    typed: Typed,
    errors: Errors,
    notice: Notice,
) -> Result<Html<String>, Failure> {
    let now = web.cx.clock.now();
    show(&EditorPage {
        standing: post
            .as_ref()
            .map_or("draft", |full| standing(&full.post, now)),
        categories: posts::all_categories(&web.cx).await?,
        desk,
        post,
        typed,
        errors,
        notice,
    })
}

#[derive(Deserialize)]
pub struct Shown {
    language: Option<Language>,
    /// A former state, to be looked at and perhaps saved again.
    revision: Option<i64>,
    /// What was typed and not saved.
    #[serde(default)]
    unsaved: bool,
}

pub async fn blank(
    State(web): State<Web>,
    Editor(desk): Editor,
    Query(shown): Query<Shown>,
) -> Result<Html<String>, Failure> {
    let typed = Typed::blank(&desk.brand.name);
    let (typed, notice) = unsaved(&web, &desk, None, typed, &shown).await?;
    page(&web, desk, None, typed, Errors::new(), notice).await
}

pub async fn edit(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<PostId>,
    Query(shown): Query<Shown>,
) -> Result<Html<String>, Failure> {
    let post = posts::by_id(&web.cx, id).await?.ok_or(Failure::NotFound)?;
    let seen = post.post.updated_at.millis();
    let (typed, notice) = match shown.revision {
        Some(number) => {
            let former = revision::by_id(&web.cx, id, number).await?;
            let former = former.ok_or(Failure::NotFound)?;
            let edition = Edition::of_revision(&former).ok_or(Failure::NotFound)?;
            let typed = Typed::of_edition(&edition, &desk.calendar, seen);
            (typed, Notice::Former(former.at))
        }
        None => {
            let typed = Typed::of_post(&post, shown.language, &desk.calendar);
            unsaved(&web, &desk, Some(&post), typed, &shown).await?
        }
    };
    page(&web, desk, Some(post), typed, Errors::new(), notice).await
}

/// The form with what was typed and not saved, where it is asked for; otherwise
/// the form as it is, and whether there is such text.
async fn unsaved(
    web: &Web,
    desk: &Desk,
    post: Option<&FullPost>,
    typed: Typed,
    shown: &Shown,
) -> Result<(Typed, Notice), Failure> {
    let kept = revision::unsaved(&web.cx, &desk.user, row(post)).await?;
    Ok(match kept {
        Some(kept) if shown.unsaved => {
            let form = Form::parse_lossy(kept.form.as_bytes());
            (Typed::of_form(&form), Notice::TakenUp(kept.at))
        }
        Some(kept) => (typed, Notice::Unsaved(kept.at)),
        None => (typed, Notice::Nothing),
    })
}

/// What the pressed button says of the post's publication.
enum Publication {
    /// As it is.
    Kept,
    Now,
    At,
    Withdrawn,
}

impl Publication {
    fn pressed(form: &Form) -> Self {
        match form.text("action") {
            "publish" => Publication::Now,
            "schedule" => Publication::At,
            "withdraw" => Publication::Withdrawn,
            _ => Publication::Kept,
        }
    }

    fn at(
        &self,
        web: &Web,
        desk: &Desk,
        typed: &Typed,
        current: Option<&FullPost>,
    ) -> Result<Option<Timestamp>, String> {
        match self {
            Publication::Kept => Ok(current.and_then(|full| full.post.published_at())),
            Publication::Now => Ok(Some(web.cx.clock.now())),
            Publication::Withdrawn => Ok(None),
            Publication::At => match desk.calendar.read_field(&typed.publish_at) {
                Some(at) => Ok(Some(at)),
                None => Err("Choose a day and a time.".to_owned()),
            },
        }
    }

    fn flash(&self, desk: &Desk, edition: &Edition) -> Flash {
        match (self, edition.published_at) {
            (Publication::Now, _) => Flash::good("Published").with("It is on the site now."),
            (Publication::At, Some(at)) => {
                Flash::good("Saved").with(format!("It is published on {}.", desk.when(&at)))
            }
            (Publication::Withdrawn, _) => {
                Flash::good("Unpublished").with("The post is a draft again and not on the site.")
            }
            _ => Flash::good("Saved"),
        }
    }

    fn action(&self) -> &'static str {
        match self {
            Publication::Kept => "post.save",
            Publication::Now => "post.publish",
            Publication::At => "post.schedule",
            Publication::Withdrawn => "post.withdraw",
        }
    }
}

pub async fn create(
    State(web): State<Web>,
    Editor(desk): Editor,
    body: Bytes,
) -> Result<Response, Failure> {
    keep(&web, desk, None, &Form::parse(&body)?).await
}

pub async fn save(
    State(web): State<Web>,
    Editor(desk): Editor,
    Path(id): Path<PostId>,
    body: Bytes,
) -> Result<Response, Failure> {
    let post = posts::by_id(&web.cx, id).await?.ok_or(Failure::NotFound)?;
    keep(&web, desk, Some(post), &Form::parse(&body)?).await
}

async fn keep(
    web: &Web,
    desk: Desk,
    post: Option<FullPost>,
    form: &Form,
) -> Result<Response, Failure> {
    let mut typed = Typed::of_form(form);
    let publication = Publication::pressed(form);
    let mut errors = Errors::new();
    let published_at = publication
        .at(web, &desk, &typed, post.as_ref())
        .unwrap_or_else(|error| {
            errors.push(("publish_at".to_owned(), error));
            None
        });
    let edition = match typed.edition(published_at) {
        Ok(edition) if errors.is_empty() => edition,
        Ok(_) => return refused(web, desk, post, typed, errors).await,
        Err(found) => {
            errors.extend(found);
            return refused(web, desk, post, typed, errors).await;
        }
    };
    let seen = Timestamp::from_millis(typed.seen);
    let id = post.as_ref().map(|full| (full.post.id, seen));
    match posts::save(&web.cx, id, &edition, &desk.user).await {
        Ok(id) => {
            desk.note(web, publication.action(), &id.to_string())
                .await?;
            let path = format!("/admin/posts/{id}?language={}", typed.language);
            Ok(go(web, &path, &publication.flash(&desk, &edition)))
        }
        Err(ContentError::Exists(_)) => {
            let reason = "Another post has this slug; choose another.".to_owned();
            refused(web, desk, post, typed, vec![("slug".to_owned(), reason)]).await
        }
        Err(ContentError::Overtaken) => {
            // The second press is meant: the author was told whose text it replaces.
            typed.seen = post
                .as_ref()
                .map_or(0, |full| full.post.updated_at.millis());
            let reason = "Someone else saved this post after you opened it. Your text is below and not saved. Save again to replace their version, or open the post in another window to compare.".to_owned();
            refused(web, desk, post, typed, vec![(String::new(), reason)]).await
        }
        Err(error @ (ContentError::TooComplex(_) | ContentError::InUse(_))) => {
            let reason = sentence(&error.to_string());
            refused(web, desk, post, typed, vec![(String::new(), reason)]).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The form again, with all that was typed and what is wrong with it.
async fn refused(
    web: &Web,
    desk: Desk,
    post: Option<FullPost>,
    mut typed: Typed,
    errors: Errors,
) -> Result<Response, Failure> {
    let in_words = errors.iter().find_map(|(field, _)| {
        let (name, tag) = field.rsplit_once('_')?;
        matches!(name, "title" | "summary" | "body").then(|| tag.parse().ok())?
    });
    typed.language = in_words.unwrap_or(typed.language);
    let html = page(web, desk, post, typed, errors, Notice::Nothing).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}
