//! The buttons that move a campaign. Those that cannot be taken back ask first.

use axum::body::Bytes;
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::super::flash::Flash;
use super::super::frame::{Desk, Editor, counted, go, sentence};
use super::super::question::Question;
use super::page::{self, Typed, list_names};
use super::progress::Pace;
use crate::campaign::local_time::LocalStart;
use crate::campaign::{CampaignError, lifecycle, report};
use crate::model::CampaignId;
use crate::web::form::Form;
use crate::web::{Failure, Web};

fn path(id: CampaignId) -> String {
    format!("/admin/campaigns/{id}")
}

/// Notes what was done and shows the campaign; where its state forbade it, says
/// why on the same page.
async fn done<T>(
    web: &Web,
    desk: Desk,
    id: CampaignId,
    action: &str,
    moved: Result<T, CampaignError>,
    flash: impl FnOnce(&Desk, T) -> Flash,
) -> Result<Response, Failure> {
    match moved {
        Ok(value) => {
            desk.note(web, action, &id.to_string()).await?;
            Ok(go(web, &path(id), &flash(&desk, value)))
        }
        Err(error) => refused(web, desk, id, error).await,
    }
}

async fn refused(
    web: &Web,
    desk: Desk,
    id: CampaignId,
    error: CampaignError,
) -> Result<Response, Failure> {
    let status = match &error {
        CampaignError::Forbidden(_) | CampaignError::Overtaken => StatusCode::CONFLICT,
        CampaignError::NoPost | CampaignError::Preflight(_) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => return Err(error.into()),
    };
    let typed = Typed {
        error: ("", sentence(&error.to_string())),
        ..Typed::default()
    };
    page::refused(web, desk, &Pace::default(), id, typed, status).await
}

pub async fn start(
    State(web): State<Web>,
    Editor(desk): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let audience = report::audience(&web.cx, id).await?;
    let recipients = audience.iter().map(|one| one.reached()).sum();
    let lists = list_names(&web, id).await?;
    let question = Question {
        title: "Start this campaign?".to_owned(),
        text: page::start_question(recipients, &lists, &campaign.subject),
        yes: "Start sending",
        no: "Not yet",
        back: path(id),
        choice: None,
    };
    if let Some(page) = question.unless_answered(&desk, &Form::parse(&body)?)? {
        return Ok(page);
    }
    let moved = lifecycle::start(&web.cx, id).await;
    done(&web, desk, id, "campaign.start", moved, |_, _| {
        Flash::good("Started").with(format!(
            "It goes to {}.",
            counted(recipients, "subscriber", "subscribers")
        ))
    })
    .await
}

pub async fn schedule(
    State(web): State<Web>,
    Editor(desk): Editor,
    Extension(pace): Extension<Pace>,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    let at = desk.calendar.read_field(form.text("schedule_at"));
    let error = match at {
        None => "Choose a day and a time.",
        Some(at) if at <= web.cx.clock.now() => {
            "That time has passed; start it now, or choose a later one."
        }
        Some(_) => "",
    };
    let Some(at) = at.filter(|_| error.is_empty()) else {
        let typed = Typed {
            schedule_at: form.text("schedule_at").to_owned(),
            error: ("schedule_at", error.to_owned()),
            ..Typed::default()
        };
        return page::refused(
            &web,
            desk,
            &pace,
            id,
            typed,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    };
    let local = LocalStart::parse(form.text("schedule_at"), web.zone.clone());
    let moved = match local {
        Ok(local) if form.has("local") => lifecycle::schedule_locally(&web.cx, id, &local).await,
        _ => lifecycle::schedule(&web.cx, id, at).await,
    };
    done(
        &web,
        desk,
        id,
        "campaign.schedule",
        moved,
        |desk, campaign| {
            Flash::good("Scheduled").with(match campaign.local_start {
                Some(_) => {
                    "Each subscriber gets it at that time in their own time zone.".to_owned()
                }
                None => format!("It starts on {}.", desk.when(&at)),
            })
        },
    )
    .await
}

pub async fn unschedule(
    State(web): State<Web>,
    Editor(desk): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Response, Failure> {
    let moved = lifecycle::unschedule(&web.cx, id).await;
    done(&web, desk, id, "campaign.unschedule", moved, |_, _| {
        Flash::good("Unscheduled").with("The campaign is a draft again.")
    })
    .await
}

pub async fn pause(
    State(web): State<Web>,
    Editor(desk): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Response, Failure> {
    let moved = lifecycle::pause(&web.cx, id, "").await;
    done(&web, desk, id, "campaign.pause", moved, |_, _| {
        Flash::good("Paused")
            .with("Messages already handed to the relay are still delivered; no others are sent.")
    })
    .await
}

pub async fn resume(
    State(web): State<Web>,
    Editor(desk): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Response, Failure> {
    let moved = lifecycle::resume(&web.cx, id).await;
    done(&web, desk, id, "campaign.resume", moved, |_, _| {
        Flash::good("Sending again")
    })
    .await
}

pub async fn cancel(
    State(web): State<Web>,
    Editor(desk): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let counts = report::counts(&web.cx, id).await?;
    let question = Question {
        title: "Cancel this campaign?".to_owned(),
        text: page::cancel_question(&campaign, &counts),
        yes: "Cancel campaign",
        no: "Go back",
        back: path(id),
        choice: None,
    };
    if let Some(page) = question.unless_answered(&desk, &Form::parse(&body)?)? {
        return Ok(page);
    }
    let moved = lifecycle::cancel(&web.cx, id).await;
    done(&web, desk, id, "campaign.cancel", moved, |_, _| {
        Flash::warn("Cancelled")
    })
    .await
}

pub async fn resend(
    State(web): State<Web>,
    Editor(desk): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    lifecycle::by_id(&web.cx, id).await?;
    let counts = report::counts(&web.cx, id).await?;
    let question = Question {
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
    if let Some(page) = question.unless_answered(&desk, &Form::parse(&body)?)? {
        return Ok(page);
    }
    let queued = lifecycle::resend_uncertain(&web.cx, id).await;
    queued_again(&web, desk, id, "campaign.resend", queued).await
}

pub async fn resend_unreached(
    State(web): State<Web>,
    Editor(desk): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    lifecycle::by_id(&web.cx, id).await?;
    let counts = report::counts(&web.cx, id).await?;
    let question = Question {
        title: "Retry failed deliveries?".to_owned(),
        text: page::unreached_question(&counts),
        yes: "Retry",
        no: "Cancel",
        back: path(id),
        choice: None,
    };
    if let Some(page) = question.unless_answered(&desk, &Form::parse(&body)?)? {
        return Ok(page);
    }
    let queued = lifecycle::resend_unreached(&web.cx, id).await;
    queued_again(&web, desk, id, "campaign.resend_unreached", queued).await
}

async fn queued_again(
    web: &Web,
    desk: Desk,
    id: CampaignId,
    action: &str,
    queued: Result<u64, CampaignError>,
) -> Result<Response, Failure> {
    done(web, desk, id, action, queued, |_, queued| {
        let queued = i64::try_from(queued).unwrap_or(i64::MAX);
        Flash::good("Queued again").with(sentence(&counted(queued, "message", "messages")))
    })
    .await
}

pub async fn duplicate(
    State(web): State<Web>,
    Editor(desk): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Response, Failure> {
    match lifecycle::duplicate(&web.cx, id).await {
        Ok(made) => {
            desk.note(&web, "campaign.duplicate", &made.id.to_string())
                .await?;
            let flash = Flash::good("Duplicated as a new draft");
            Ok(go(&web, &path(made.id), &flash))
        }
        Err(error) => refused(&web, desk, id, error).await,
    }
}

pub async fn delete(
    State(web): State<Web>,
    Editor(desk): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let question = Question {
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
    if let Some(page) = question.unless_answered(&desk, &Form::parse(&body)?)? {
        return Ok(page);
    }
    lifecycle::delete(&web.cx, id).await?;
    let what = format!("{id} {}", campaign.subject);
    desk.note(&web, "campaign.delete", &what).await?;
    let flash = Flash::good("The draft is deleted");
    Ok(go(&web, "/admin/campaigns", &flash))
}
