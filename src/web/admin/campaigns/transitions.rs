//! The state transitions of a campaign. Those that cannot be undone need a
//! confirmation.

use axum::body::Bytes;
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::campaign::local_time::LocalStart;
use crate::campaign::{CampaignError, draft, lifecycle, report};
use crate::model::CampaignId;
use crate::web::admin::campaigns::page::{self, FormInput, list_names};
use crate::web::admin::campaigns::progress::Pace;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::admin::wording::{counted, sentence};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

fn path(id: CampaignId) -> String {
    format!("/admin/campaigns/{id}")
}

/// Shows the campaign; if its state forbids the transition, says why on the same
/// page.
async fn done<T>(
    web: &Web,
    viewer: Viewer,
    id: CampaignId,
    moved: Result<T, CampaignError>,
    flash: impl FnOnce(&Viewer, T) -> Flash,
) -> Result<Response, HttpError> {
    match moved {
        Ok(value) => Ok(redirect(web, &path(id), &flash(&viewer, value))),
        Err(error) => refused(web, viewer, id, error).await,
    }
}

async fn refused(
    web: &Web,
    viewer: Viewer,
    id: CampaignId,
    error: CampaignError,
) -> Result<Response, HttpError> {
    let status = match &error {
        CampaignError::Forbidden(_) | CampaignError::Overtaken => StatusCode::CONFLICT,
        CampaignError::NoPost | CampaignError::Preflight(_) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => return Err(error.into()),
    };
    let input = FormInput {
        error: ("", sentence(&error.to_string())),
        ..FormInput::default()
    };
    page::refused(web, viewer, &Pace::default(), id, input, status).await
}

pub async fn start(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let audience = report::audience(&web.cx, id).await?;
    let recipients = audience.iter().map(|one| one.reached()).sum();
    let lists = list_names(&web, id).await?;
    let question = Confirmation {
        title: "Start this campaign?".to_owned(),
        text: page::start_question(recipients, &lists, &campaign.subject),
        yes: "Start sending",
        no: "Not yet",
        back: path(id),
        choice: None,
    };
    if let Some(page) = question.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    let moved = lifecycle::start(&web.cx, &viewer.actor(), id).await;
    done(&web, viewer, id, moved, |_, _| {
        Flash::good("Started").with(format!(
            "It goes to {}.",
            counted(recipients, "subscriber", "subscribers")
        ))
    })
    .await
}

pub async fn schedule(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Extension(pace): Extension<Pace>,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let at = viewer.calendar.read_field(form.text("schedule_at"));
    let error = match at {
        None => "Choose a day and a time.",
        Some(at) if at <= web.cx.clock.now() => {
            "That time has passed; start it now, or choose a later one."
        }
        Some(_) => "",
    };
    let Some(at) = at.filter(|_| error.is_empty()) else {
        let input = FormInput {
            schedule_at: form.text("schedule_at").to_owned(),
            error: ("schedule_at", error.to_owned()),
            ..FormInput::default()
        };
        return page::refused(
            &web,
            viewer,
            &pace,
            id,
            input,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    };
    let local = LocalStart::parse(form.text("schedule_at"), web.zone.clone());
    let moved = match local {
        Ok(local) if form.has("local") => {
            lifecycle::schedule_locally(&web.cx, &viewer.actor(), id, &local).await
        }
        _ => lifecycle::schedule(&web.cx, &viewer.actor(), id, at).await,
    };
    done(&web, viewer, id, moved, |viewer, campaign| {
        Flash::good("Scheduled").with(match campaign.local_start {
            Some(_) => "Each subscriber gets it at that time in their own time zone.".to_owned(),
            None => format!("It starts on {}.", viewer.when(&at)),
        })
    })
    .await
}

pub async fn unschedule(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Response, HttpError> {
    let moved = lifecycle::unschedule(&web.cx, &viewer.actor(), id).await;
    done(&web, viewer, id, moved, |_, _| {
        Flash::good("Unscheduled").with("The campaign is a draft again.")
    })
    .await
}

pub async fn pause(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Response, HttpError> {
    let moved = lifecycle::pause(&web.cx, &viewer.actor(), id, "").await;
    done(&web, viewer, id, moved, |_, _| {
        Flash::good("Paused")
            .with("Messages already handed to the relay are still delivered; no others are sent.")
    })
    .await
}

pub async fn resume(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Response, HttpError> {
    let moved = lifecycle::resume(&web.cx, &viewer.actor(), id).await;
    done(&web, viewer, id, moved, |_, _| Flash::good("Sending again")).await
}

pub async fn cancel(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let counts = report::counts(&web.cx, id).await?;
    let question = Confirmation {
        title: "Cancel this campaign?".to_owned(),
        text: page::cancel_question(&campaign, &counts),
        yes: "Cancel campaign",
        no: "Go back",
        back: path(id),
        choice: None,
    };
    if let Some(page) = question.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    let moved = lifecycle::cancel(&web.cx, &viewer.actor(), id).await;
    done(&web, viewer, id, moved, |_, _| Flash::warn("Cancelled")).await
}

pub async fn resend(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    lifecycle::by_id(&web.cx, id).await?;
    let counts = report::counts(&web.cx, id).await?;
    let question = Confirmation {
        title: "Send uncertain messages again?".to_owned(),
        text: format!(
            "{} may or may not have arrived. Whoever has it already may get it twice; \
             it carries the same Message-ID, by which many mail programs show it once.",
            counted(counts.uncertain, "message", "messages")
        ),
        yes: "Send again",
        no: "Cancel",
        back: path(id),
        choice: None,
    };
    if let Some(page) = question.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    let queued = lifecycle::resend_uncertain(&web.cx, &viewer.actor(), id).await;
    queued_again(&web, viewer, id, queued).await
}

pub async fn resend_unreached(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    lifecycle::by_id(&web.cx, id).await?;
    let counts = report::counts(&web.cx, id).await?;
    let question = Confirmation {
        title: "Retry failed deliveries?".to_owned(),
        text: page::unreached_question(&counts),
        yes: "Retry",
        no: "Cancel",
        back: path(id),
        choice: None,
    };
    if let Some(page) = question.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    let queued = lifecycle::retry_failed(&web.cx, &viewer.actor(), id).await;
    queued_again(&web, viewer, id, queued).await
}

async fn queued_again(
    web: &Web,
    viewer: Viewer,
    id: CampaignId,
    queued: Result<u64, CampaignError>,
) -> Result<Response, HttpError> {
    done(web, viewer, id, queued, |_, queued| {
        let queued = i64::try_from(queued).unwrap_or(i64::MAX);
        Flash::good("Queued again").with(sentence(&counted(queued, "message", "messages")))
    })
    .await
}

pub async fn duplicate(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Response, HttpError> {
    match draft::duplicate(&web.cx, &viewer.actor(), id).await {
        Ok(made) => {
            let flash = Flash::good("Duplicated as a new draft");
            Ok(redirect(&web, &path(made.id), &flash))
        }
        Err(error) => refused(&web, viewer, id, error).await,
    }
}

pub async fn delete(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let question = Confirmation {
        title: "Delete this draft?".to_owned(),
        text: format!(
            "“{}” goes for good, with what it says. What it was made from stays.",
            campaign.subject
        ),
        yes: "Delete draft",
        no: "Go back",
        back: path(id),
        choice: None,
    };
    if let Some(page) = question.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    draft::delete(&web.cx, &viewer.actor(), id).await?;
    let flash = Flash::good("The draft is deleted");
    Ok(redirect(&web, "/admin/campaigns", &flash))
}
