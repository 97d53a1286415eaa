//! Translating a post: its first text beside the translation, block by block.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use crate::clock::Timestamp;
use crate::content::ContentError;
use crate::content::mailed_post;
use crate::content::post::{self as posts, FullPost, PostDraft, Saving, variant};
use crate::content::revision;
use crate::content::translation_sides::{Beside, beside};
use crate::model::PostId;
use crate::model::audit::AuditAction;
use crate::store::posts::Variant;
use crate::text::line::Title;
use crate::text::locale::Language;
use crate::text::phrase::Markup;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::{FormErrors, WHOLE};
use crate::web::admin::posts::editor::{self, picture_name};
use crate::web::admin::posts::form_input::{FormInput, Mistake};
use crate::web::admin::posts::history;
use crate::web::admin::posts::merging::{self, Attempt, Typed};
use crate::web::admin::together::translating::{self, Blocks, line};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

/// The box that confirms that campaigns mail the changed post.
const CONFIRM: &str = "confirm_campaigns";

/// The translation as entered.
struct Entered {
    title: String,
    summary: String,
    /// Its blocks; `None` for those that are saved.
    blocks: Option<Vec<String>>,
    /// When the post was last changed as its editor loaded it.
    seen: i64,
    is_current: bool,
}

impl Entered {
    fn of_post(post: &FullPost, language: Language) -> Self {
        let mut variants = post.variants.iter();
        let own = variants.find(|one| one.language == language);
        Self {
            title: own.map_or_else(String::new, |own| own.title.clone()),
            summary: own.map_or_else(String::new, |own| own.summary.clone()),
            blocks: None,
            seen: post.post.updated_at.millis(),
            is_current: false,
        }
    }

    fn of_form(form: &Form) -> Self {
        Self {
            title: form.text("title").to_owned(),
            summary: form.text("summary").to_owned(),
            blocks: Some(translating::entered(form)),
            seen: form.text("seen").parse().unwrap_or_default(),
            is_current: form.has("current"),
        }
    }

    fn body(&self) -> String {
        translating::body(self.blocks.as_deref().unwrap_or_default())
    }
}

#[derive(Template)]
#[template(path = "admin/posts/translate.html")]
struct TranslatePage {
    viewer: Viewer,
    post: FullPost,
    title: String,
    language: Language,
    source: Variant,
    /// The source as it was when the translation was last up to date, where it has changed since.
    before: Option<Variant>,
    blocks: Blocks,
    entered: Entered,
    errors: FormErrors,
    campaigns: Vec<Markup>,
}

impl TranslatePage {
    fn error(&self, field: &str) -> &str {
        self.errors.at(field)
    }

    fn is_behind(&self) -> bool {
        self.before.is_some()
    }

    fn source_title(&self) -> String {
        let before = self.before.as_ref();
        line(
            &self.source.title,
            before.map(|before| before.title.as_str()),
        )
    }

    fn source_summary(&self) -> String {
        let before = self.before.as_ref();
        let before = before.map(|before| before.summary.as_str());
        line(&self.source.summary, before)
    }
}

async fn page(
    web: &Web,
    viewer: Viewer,
    post: FullPost,
    language: Language,
    entered: Entered,
    errors: FormErrors,
) -> Result<Html<String>, HttpError> {
    let beside = beside(&web.cx, &post, language, entered.blocks.clone()).await?;
    let Beside {
        source,
        before,
        sides,
    } = beside.ok_or(HttpError::NotFound)?;
    let campaigns = mailed_post::campaigns(&web.cx, post.post.id).await?;
    render_page(&TranslatePage {
        title: history::title(&viewer, &post),
        campaigns: campaigns
            .iter()
            .map(|campaign| editor::what_changes(&viewer, campaign))
            .collect(),
        blocks: Blocks {
            sides,
            source: source.language,
            target: language,
        },
        viewer,
        post,
        language,
        source,
        before,
        entered,
        errors,
    })
}

/// The post, and the language where it is one that the post has or the site offers.
async fn found(web: &Web, id: PostId, language: Language) -> Result<FullPost, HttpError> {
    let post = posts::by_id(&web.cx, id).await?;
    let post = post.ok_or(HttpError::NotFound)?;
    let is_held = post.variants.iter().any(|one| one.language == language);
    if !is_held && !web.languages().has(language) {
        return Err(HttpError::NotFound);
    }
    Ok(post)
}

pub async fn show(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path((id, language)): Path<(PostId, Language)>,
) -> Result<Html<String>, HttpError> {
    let post = found(&web, id, language).await?;
    let entered = Entered::of_post(&post, language);
    page(&web, viewer, post, language, entered, FormErrors::default()).await
}

/// Saves the translation alone: what others saved of the post meanwhile stays.
pub async fn save(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path((id, language)): Path<(PostId, Language)>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let post = found(&web, id, language).await?;
    let entered = Entered::of_form(&form);
    let edition = match edition(&web, &viewer, id, language, &entered).await? {
        Ok(edition) => edition,
        Err(errors) => return refused(&web, viewer, post, language, entered, errors).await,
    };
    let seen = Timestamp::from_millis(entered.seen);
    let current = [language];
    let up_to_date: &[Language] = if entered.is_current { &current } else { &[] };
    let is_confirmed = form.has(CONFIRM);
    let saving = Saving {
        known: Some((id, seen)),
        action: AuditAction::PostSave,
        up_to_date,
        is_confirmed,
    };
    let mut saved = posts::save(&web.cx, saving, &edition, (&viewer.user).into()).await;
    let mut notice = String::new();
    if matches!(saved, Err(ContentError::Overtaken)) {
        let picture = picture_name(&web, edition.picture).await?;
        let (languages, calendar) = (web.languages(), &viewer.calendar);
        let input = FormInput {
            language,
            up_to_date: up_to_date.to_vec(),
            ..FormInput::of_edition(&languages, &edition, picture, calendar, entered.seen)
        };
        let mut typed = Typed { input, edition };
        let saving = (AuditAction::PostSave, is_confirmed);
        match merging::overtaken(&web, &viewer, &post, &mut typed, saving, &form).await? {
            Attempt::Saved(outcome, said) => (saved, notice) = (outcome, said),
            Attempt::Asked(page) => return Ok(page),
            Attempt::Unmerged => {}
        }
    }
    let (field, reason) = match saved {
        Ok(_) => {
            let flash = Flash::good(viewer.t("admin-saved")).and(&notice);
            let path = format!("/admin/posts/{id}/translate/{language}");
            return Ok(redirect(&web, &path, &flash));
        }
        Err(ContentError::Unconfirmed(_)) => (CONFIRM, viewer.t("admin-post-confirm-missing")),
        Err(error @ (ContentError::TooComplex(_) | ContentError::Overtaken)) => {
            (WHOLE, viewer.explain(error))
        }
        Err(error) => return Err(error.into()),
    };
    let errors = FormErrors::one(field, &reason);
    refused(&web, viewer, post, language, entered, errors).await
}

/// The post as it was when the page was opened, with the translation as entered.
async fn edition(
    web: &Web,
    viewer: &Viewer,
    id: PostId,
    language: Language,
    entered: &Entered,
) -> Result<Result<PostDraft, FormErrors>, HttpError> {
    let wrong = |field, mistake: Mistake| FormErrors::one(field, &mistake.said(viewer));
    let title = match Title::parse(&entered.title) {
        Ok(title) => title,
        Err(error) => return Ok(Err(wrong("title", Mistake::Title(language, error)))),
    };
    let text = match variant(language, &title, &entered.summary, &entered.body()) {
        Ok(text) => text,
        Err(error) if error.to_string().contains("summary") => {
            return Ok(Err(wrong("summary", Mistake::Summary(language))));
        }
        Err(_) => return Ok(Err(wrong(WHOLE, Mistake::Body(language)))),
    };
    let seen = Timestamp::from_millis(entered.seen);
    let Some(base) = revision::as_seen(&web.cx, id, seen).await? else {
        let reason = viewer.explain(ContentError::Overtaken);
        return Ok(Err(FormErrors::one(WHOLE, &reason)));
    };
    let mut variants = base.variants;
    variants.retain(|one| one.language != language);
    variants.push(text);
    variants.sort_by_key(|one| one.language);
    Ok(Ok(PostDraft { variants, ..base }))
}

async fn refused(
    web: &Web,
    viewer: Viewer,
    post: FullPost,
    language: Language,
    entered: Entered,
    errors: FormErrors,
) -> Result<Response, HttpError> {
    let html = page(web, viewer, post, language, entered, errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}
