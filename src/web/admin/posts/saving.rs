//! Saving the form of a post, and what the pressed button does besides.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::clock::Timestamp;
use crate::content::ContentError;
use crate::content::media;
use crate::content::post::{self as posts, FullPost, PostDraft, Saving};
use crate::model::audit::AuditAction;
use crate::model::{MediaId, PostId};
use crate::web::admin::email_preview::test_order;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::{FormErrors, WHOLE};
use crate::web::admin::posts::editor::{Notice, page};
use crate::web::admin::posts::form_input::FormInput;
use crate::web::admin::posts::merging::{self, Attempt, Typed};
use crate::web::admin::posts::preview;
use crate::web::admin::translations::{Copied, copied};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// The box that confirms that campaigns mail the changed post.
const CONFIRM: &str = "confirm_campaigns";

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
    let languages = web.languages();
    match copied(form, &languages, &["title_", "summary_", "body_"]) {
        Copied::NotAsked => {}
        Copied::Into(filled) => {
            let input = FormInput::of_form(&languages, &filled);
            let (errors, notice) = (FormErrors::default(), Notice::Nothing);
            let shown = page(web, viewer, post, input, errors, notice).await?;
            return Ok(shown.into_response());
        }
        Copied::Nothing => {
            let input = FormInput::of_form(&languages, form);
            let reason = viewer.t("admin-translation-nothing-to-copy");
            return refused(web, viewer, post, input, FormErrors::one(WHOLE, &reason)).await;
        }
    }
    let input = FormInput::of_form(&languages, form);
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
    let saved = posts::save(&web.cx, saving, &edition, (&viewer.user).into()).await;
    let mut typed = Typed { input, edition };
    let (saved, merged) = match (saved, &post) {
        (Err(ContentError::Overtaken), Some(current)) => {
            let (action, is_confirmed) = (publication.action(), form.has(CONFIRM));
            let saving = (action, is_confirmed);
            match merging::overtaken(web, &viewer, current, &mut typed, saving, form).await? {
                Attempt::Saved(saved, notice) => (saved, Some(notice)),
                Attempt::Asked(page) => return Ok(page),
                Attempt::Unmerged => (Err(ContentError::Overtaken), None),
            }
        }
        (saved, _) => (saved, None),
    };
    let Typed { mut input, edition } = typed;
    match saved {
        Ok(id) => {
            let path = format!("/admin/posts/{id}?language={}", input.language);
            let flash = match form.text("action") {
                "test" => test_flash(web, &viewer, &input, form).await?,
                _ => publication.flash(&viewer, &edition),
            };
            let flash = flash.and(merged.as_deref().unwrap_or_default());
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
            // The version that the form was opened with is not kept: a second save is intended,
            // since the author was told whose text it replaces.
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

/// Sends the saved post as a test, and what the page then says.
async fn test_flash(
    web: &Web,
    viewer: &Viewer,
    input: &FormInput,
    form: &Form,
) -> Result<Flash, HttpError> {
    let sent = match test_order(web, viewer, form).await? {
        Ok(order) => {
            let sent = preview::send_test(web, viewer, input, &order).await?;
            sent.map(|()| order.to.listed())
        }
        Err(why) => Err(why),
    };
    Ok(match sent {
        Ok(to) => {
            let tested = viewer.say("admin-post-tested");
            Flash::good(viewer.t("admin-saved")).with(tested.text("email", to))
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
