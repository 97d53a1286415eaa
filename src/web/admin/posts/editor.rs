//! The editor: a post in all its languages in one form.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use crate::account::autosave;
use crate::clock::Timestamp;
use crate::content::ContentError;
use crate::content::imported_post;
use crate::content::mailed_post;
use crate::content::media;
use crate::content::post::{self as posts, FullPost, PostDraft, Saving};
use crate::content::revision;
use crate::content::translation::Outdated;
use crate::model::audit::AuditAction;
use crate::model::autosave::Autosaved;
use crate::model::{MediaId, PostId};
use crate::store::campaign_changes::WaitingCampaign;
use crate::store::post_origins::PostOrigin;
use crate::text::locale::Language;
use crate::text::phrase::Markup;
use crate::web::admin::email_preview::name_tag;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::{FormErrors, WHOLE};
use crate::web::admin::posts::form_input::FormInput;
use crate::web::admin::posts::list::publication_state;
use crate::web::admin::posts::preview;
use crate::web::admin::translations::behind;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

/// The box that confirms that campaigns mail the changed post.
const CONFIRM: &str = "confirm_campaigns";

#[derive(Template)]
#[template(path = "admin/posts/editor.html")]
struct EditorPage {
    viewer: Viewer,
    /// The stored post; `None` for a new one.
    post: Option<FullPost>,
    state: &'static str,
    input: FormInput,
    errors: FormErrors,
    categories: Vec<String>,
    /// The file names of all pictures.
    pictures: Vec<String>,
    notice: Notice,
    /// Translations that are older than the text in the first language.
    outdated: Option<Outdated>,
    /// Where an imported post comes from, and the paths that lead to it.
    origin: Option<(PostOrigin, Vec<String>)>,
    /// What a change does to campaigns that are scheduled or approved: a line for each.
    campaigns: Vec<Markup>,
}

/// Where the text in the editor comes from.
enum Notice {
    /// The stored post, or a new one.
    Nothing,
    /// The stored post; there are newer unsaved changes from that time.
    Unsaved(Timestamp),
    /// The unsaved changes from that time.
    TakenUp(Timestamp),
    /// The revision from that time.
    Former(Timestamp),
}

impl EditorPage {
    fn error(&self, field: &str) -> &str {
        self.errors.at(field)
    }

    fn path(&self) -> String {
        match &self.post {
            Some(full) => format!("/admin/posts/{}", full.post.id),
            None => "/admin/posts".to_owned(),
        }
    }

    /// The id that unsaved changes are stored under.
    fn row(&self) -> PostId {
        row(self.post.as_ref())
    }

    /// The language that a translation is behind, if it is.
    fn behind(&self, language: &Language) -> Option<Language> {
        behind(self.outdated.as_ref(), *language)
    }

    /// The path of the editor.
    fn address(&self) -> String {
        address(self.row())
    }

    fn time_hint(&self) -> String {
        let hint = self.viewer.say("admin-post-time-hint");
        hint.text("zone", &self.viewer.zone).to_string()
    }

    fn title(&self) -> String {
        let post = self.post.as_ref();
        let variant = post.and_then(|full| full.variant(self.viewer.phrases().reader()));
        variant.map_or_else(
            || self.viewer.t("admin-post-new"),
            |variant| variant.title.clone(),
        )
    }
}

/// What a change of the post does to a campaign.
fn what_changes(viewer: &Viewer, campaign: &WaitingCampaign) -> Markup {
    let key = match (&campaign.scheduled_at, &campaign.approved_by) {
        (Some(_), None) => "admin-post-campaign-scheduled",
        (Some(_), Some(_)) => "admin-post-campaign-scheduled-approved",
        (None, _) => "admin-post-campaign-approved",
    };
    let at = campaign.scheduled_at.as_ref();
    viewer
        .say(key)
        .text("href", format!("/admin/campaigns/{}", campaign.id))
        .text("subject", &campaign.subject)
        .text("when", at.map_or_else(String::new, |at| viewer.when(at)))
        .text("who", campaign.approved_by.as_deref().unwrap_or_default())
        .html()
}

/// The id that unsaved changes of a post are stored under.
fn row(post: Option<&FullPost>) -> PostId {
    post.map_or(revision::NEW_POST, |full| full.post.id)
}

/// The path of a post's editor.
pub fn address(row: PostId) -> String {
    match row {
        revision::NEW_POST => "/admin/posts/new".to_owned(),
        id => format!("/admin/posts/{id}"),
    }
}

async fn page(
    web: &Web,
    viewer: Viewer,
    post: Option<FullPost>,
    input: FormInput,
    errors: FormErrors,
    notice: Notice,
) -> Result<Html<String>, HttpError> {
    let now = web.cx.clock.now();
    let (origin, outdated, campaigns) = match &post {
        Some(full) => (
            imported_post::origin_of(&web.cx, full.post.id).await?,
            posts::outdated(&web.cx, full.post.id).await?,
            mailed_post::campaigns(&web.cx, full.post.id).await?,
        ),
        None => (None, None, Vec::new()),
    };
    render_page(&EditorPage {
        campaigns: campaigns
            .iter()
            .map(|campaign| what_changes(&viewer, campaign))
            .collect(),
        origin,
        outdated,
        state: post
            .as_ref()
            .map_or("draft", |full| publication_state(&full.post, now)),
        categories: posts::all_categories(&web.cx).await?,
        pictures: media::pictures(&web.cx).await?,
        viewer,
        post,
        input,
        errors,
        notice,
    })
}

#[derive(Deserialize)]
pub struct Shown {
    language: Option<Language>,
    /// A revision to show and perhaps restore.
    revision: Option<i64>,
    /// Whether to show unsaved changes.
    #[serde(default)]
    unsaved: bool,
}

pub async fn blank(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Query(shown): Query<Shown>,
) -> Result<Html<String>, HttpError> {
    let (languages, own) = (web.languages(), viewer.language());
    let input = FormInput::blank(&languages, own, &viewer.brand.name);
    let (input, notice) = unsaved(&web, &viewer, None, input, &shown).await?;
    page(&web, viewer, None, input, FormErrors::default(), notice).await
}

pub async fn edit(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<PostId>,
    Query(shown): Query<Shown>,
) -> Result<Html<String>, HttpError> {
    let post = posts::by_id(&web.cx, id)
        .await?
        .ok_or(HttpError::NotFound)?;
    let seen = post.post.updated_at.millis();
    let (input, notice) = match shown.revision {
        Some(number) => {
            let former = revision::by_id(&web.cx, id, number).await?;
            let former = former.ok_or(HttpError::NotFound)?;
            let edition = PostDraft::of_revision(&former).ok_or(HttpError::NotFound)?;
            let picture = picture_name(&web, edition.picture).await?;
            let (languages, calendar) = (web.languages(), &viewer.calendar);
            let input = FormInput::of_edition(&languages, &edition, picture, calendar, seen);
            (input, Notice::Former(former.at))
        }
        None => {
            let input =
                FormInput::of_post(&web.languages(), &post, shown.language, &viewer.calendar);
            unsaved(&web, &viewer, Some(&post), input, &shown).await?
        }
    };
    page(
        &web,
        viewer,
        Some(post),
        input,
        FormErrors::default(),
        notice,
    )
    .await
}

/// The form with unsaved changes if asked for; otherwise the stored form and
/// whether there are unsaved changes.
async fn unsaved(
    web: &Web,
    viewer: &Viewer,
    post: Option<&FullPost>,
    input: FormInput,
    shown: &Shown,
) -> Result<(FormInput, Notice), HttpError> {
    let kept = autosave::of(&web.cx, &viewer.user, Autosaved::from(row(post))).await?;
    Ok(match kept {
        Some(kept) if shown.unsaved => {
            let form = Form::parse_lossy(kept.form.as_bytes());
            (
                FormInput::of_form(&web.languages(), &form),
                Notice::TakenUp(kept.at),
            )
        }
        Some(kept) => (input, Notice::Unsaved(kept.at)),
        None => (input, Notice::Nothing),
    })
}

/// What the pressed button does to the publication.
enum Publication {
    /// Unchanged.
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
        viewer: &Viewer,
        input: &FormInput,
        current: Option<&FullPost>,
    ) -> Result<Option<Timestamp>, String> {
        match self {
            Publication::Kept => Ok(current.and_then(|full| full.post.published_at)),
            Publication::Now => Ok(Some(web.cx.clock.now())),
            Publication::Withdrawn => Ok(None),
            Publication::At => match viewer.calendar.read_field(&input.publish_at) {
                Some(at) => Ok(Some(at)),
                None => Err(viewer.t("admin-post-time-missing")),
            },
        }
    }

    fn flash(&self, viewer: &Viewer, edition: &PostDraft) -> Flash {
        match (self, edition.published_at) {
            (Publication::Now, _) => Flash::good(viewer.t("admin-post-published-now"))
                .with(viewer.t("admin-post-published-now-text")),
            (Publication::At, Some(at)) => {
                let on = viewer.say("admin-post-published-on");
                Flash::good(viewer.t("admin-saved")).with(on.text("when", viewer.when(&at)))
            }
            (Publication::Withdrawn, _) => Flash::good(viewer.t("admin-post-unpublished"))
                .with(viewer.t("admin-post-unpublished-text")),
            _ => Flash::good(viewer.t("admin-saved")),
        }
    }

    fn action(&self) -> AuditAction {
        match self {
            Publication::Kept => AuditAction::PostSave,
            Publication::Now => AuditAction::PostPublish,
            Publication::At => AuditAction::PostSchedule,
            Publication::Withdrawn => AuditAction::PostWithdraw,
        }
    }
}

pub async fn create(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    keep(&web, viewer, None, &Form::parse(&body)?).await
}

pub async fn save(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<PostId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let post = posts::by_id(&web.cx, id)
        .await?
        .ok_or(HttpError::NotFound)?;
    keep(&web, viewer, Some(post), &Form::parse(&body)?).await
}

async fn keep(
    web: &Web,
    viewer: Viewer,
    post: Option<FullPost>,
    form: &Form,
) -> Result<Response, HttpError> {
    let mut input = FormInput::of_form(&web.languages(), form);
    let publication = Publication::pressed(form);
    let mut errors = FormErrors::default();
    let published_at = publication
        .at(web, &viewer, &input, post.as_ref())
        .unwrap_or_else(|error| {
            errors.add("publish_at", error);
            None
        });
    let picture = match picture_id(web, &input.picture).await {
        Err(error @ ContentError::NoPicture) => {
            errors.add("picture", viewer.explain(error));
            None
        }
        other => other?,
    };
    let edition = match input.edition(picture, published_at) {
        Ok(edition) if errors.is_empty() => edition,
        Ok(_) => return refused(web, viewer, post, input, errors).await,
        Err(mistakes) => {
            for (field, mistake) in mistakes {
                errors.add(&field, mistake.said(&viewer));
            }
            return refused(web, viewer, post, input, errors).await;
        }
    };
    let seen = Timestamp::from_millis(input.seen);
    let id = post.as_ref().map(|full| (full.post.id, seen));
    let saving = Saving {
        known: id,
        action: publication.action(),
        up_to_date: &input.up_to_date,
        is_confirmed: form.has(CONFIRM),
    };
    match posts::save(&web.cx, saving, &edition, &viewer.user).await {
        Ok(id) => {
            let path = format!("/admin/posts/{id}?language={}", input.language);
            let flash = match form.text("action") {
                "test" => test_flash(web, &viewer, &input).await?,
                _ => publication.flash(&viewer, &edition),
            };
            Ok(redirect(web, &path, &flash))
        }
        Err(ContentError::Unconfirmed(_)) => {
            let reason = viewer.t("admin-post-confirm-missing");
            refused(web, viewer, post, input, FormErrors::one(CONFIRM, &reason)).await
        }
        Err(ContentError::Exists(_)) => {
            let reason = viewer.t("admin-post-slug-taken");
            refused(web, viewer, post, input, FormErrors::one("slug", &reason)).await
        }
        Err(ContentError::Overtaken) => {
            // A second save is intended: the author was told whose text it
            // replaces.
            input.seen = post
                .as_ref()
                .map_or(0, |full| full.post.updated_at.millis());
            let reason = viewer.t("admin-post-overtaken");
            refused(web, viewer, post, input, FormErrors::one(WHOLE, &reason)).await
        }
        Err(error @ (ContentError::TooComplex(_) | ContentError::InUse(_))) => {
            let reason = viewer.explain(error);
            refused(web, viewer, post, input, FormErrors::one(WHOLE, &reason)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Sends the saved post to its author, and what the page then says.
async fn test_flash(web: &Web, viewer: &Viewer, input: &FormInput) -> Result<Flash, HttpError> {
    Ok(match preview::send_test(web, viewer, input).await? {
        Ok(()) => {
            let tested = viewer.say("admin-post-tested");
            Flash::good(viewer.t("admin-saved")).with(tested.text("email", &viewer.user.email))
        }
        Err(why) => Flash::bad(viewer.t("admin-post-not-tested")).with(why),
    })
}

/// The picture of this name, if one is given.
async fn picture_id(web: &Web, name: &str) -> Result<Option<MediaId>, ContentError> {
    match name {
        "" => Ok(None),
        name => media::picture_named(&web.cx, name).await.map(Some),
    }
}

/// The name of a picture; empty where it is gone.
async fn picture_name(web: &Web, picture: Option<MediaId>) -> Result<String, HttpError> {
    let Some(id) = picture else {
        return Ok(String::new());
    };
    let medium = media::by_id(&web.cx, id).await?;
    Ok(medium.map_or_else(String::new, |medium| medium.file_name))
}

/// The form again, with what was entered and its errors.
async fn refused(
    web: &Web,
    viewer: Viewer,
    post: Option<FullPost>,
    mut input: FormInput,
    errors: FormErrors,
) -> Result<Response, HttpError> {
    let in_words = errors.faults().into_iter().find_map(|(field, _)| {
        let (name, tag) = field.rsplit_once('_')?;
        matches!(name, "title" | "summary" | "body").then(|| tag.parse().ok())?
    });
    input.language = in_words.unwrap_or(input.language);
    let html = page(web, viewer, post, input, errors, Notice::Nothing).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}
