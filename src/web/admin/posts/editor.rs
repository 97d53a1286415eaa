//! The editor: a post in all its languages in one form.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use serde::Deserialize;

use crate::account::autosave;
use crate::clock::Timestamp;
use crate::comments::{self, Thread};
use crate::content::imported_post;
use crate::content::mailed_post;
use crate::content::media;
use crate::content::post::{self as posts, FullPost, PostDraft};
use crate::content::revision;
use crate::content::translation::Outdated;
use crate::content::translation_sides;
use crate::model::autosave::Autosaved;
use crate::model::shared_text::SharedText;
use crate::model::{MediaId, PostId};
use crate::store::campaign_changes::WaitingCampaign;
use crate::store::post_origins::PostOrigin;
use crate::text::locale::Language;
use crate::text::phrase::Markup;
use crate::web::admin::email_preview::name_tag;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::posts::form_input::FormInput;
use crate::web::admin::posts::list::publication_state;
use crate::web::admin::together::presence;
use crate::web::admin::translations::behind;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

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
    /// Who else has the form open; empty where nobody has.
    presence: String,
    /// Threads that are not resolved.
    comments: Vec<Thread>,
    /// The language that it was first written in; others are translated beside it.
    source: Option<Language>,
    /// Where an imported post comes from, and the paths that lead to it.
    origin: Option<(PostOrigin, Vec<String>)>,
    /// What a change does to campaigns that are scheduled or approved: a line for each.
    campaigns: Vec<Markup>,
}

/// Where the text in the editor comes from.
pub(super) enum Notice {
    /// The stored post, or a new one.
    Nothing,
    /// The stored post; there are newer unsaved changes from that time.
    Unsaved(Timestamp),
    /// The unsaved changes from that time.
    TakenUp(Timestamp),
    /// The revision from that time.
    Former(Timestamp),
    /// What was typed, and what somebody else has saved meanwhile.
    Merged(String),
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

    /// The language that this one is translated from, beside it.
    fn translated_from(&self, language: &Language) -> Option<Language> {
        self.source.filter(|source| source != language)
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
pub(super) fn what_changes(viewer: &Viewer, campaign: &WaitingCampaign) -> Markup {
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

pub(super) async fn page(
    web: &Web,
    viewer: Viewer,
    post: Option<FullPost>,
    input: FormInput,
    errors: FormErrors,
    notice: Notice,
) -> Result<Html<String>, HttpError> {
    let now = web.cx.clock.now();
    let (source, origin, outdated, campaigns) = match &post {
        Some(full) => (
            translation_sides::source_language(&web.cx, full).await?,
            imported_post::origin_of(&web.cx, full.post.id).await?,
            posts::outdated(&web.cx, full.post.id).await?,
            mailed_post::campaigns(&web.cx, full.post.id).await?,
        ),
        None => (None, None, None, Vec::new()),
    };
    let (presence, comments) = match &post {
        Some(full) => {
            let text = SharedText::Post(full.post.id);
            let threads = comments::open(&web.cx, text).await?;
            (presence::line(web, &viewer, text).await?, threads)
        }
        None => (String::new(), Vec::new()),
    };
    render_page(&EditorPage {
        presence,
        comments,
        source,
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

/// The name of a picture; empty where it is gone.
pub(super) async fn picture_name(web: &Web, picture: Option<MediaId>) -> Result<String, HttpError> {
    let Some(id) = picture else {
        return Ok(String::new());
    };
    let medium = media::by_id(&web.cx, id).await?;
    Ok(medium.map_or_else(String::new, |medium| medium.file_name))
}
