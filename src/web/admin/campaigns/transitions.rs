//! The buttons that move a campaign. What cannot be undone needs a confirmation.

use axum::body::Bytes;
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::campaign::local_time::LocalStart;
use crate::campaign::{automatic_pause, delayed_start, draft, lifecycle, report};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::campaign::CampaignState;
use crate::model::feedback::Decision;
use crate::store::campaign_audience::Audience;
use crate::web::admin::campaigns::page_view::FormInput;
use crate::web::admin::campaigns::progress::Pace;
use crate::web::admin::campaigns::start_summary::StartPage;
use crate::web::admin::campaigns::transition::{Done, Transition, confirmation, path};
use crate::web::admin::campaigns::{confirmations, files, page};
use crate::web::admin::confirmation::is_confirmed;
use crate::web::admin::flash::Flash;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub async fn start(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let form = Form::parse(&body)?;
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    if !is_confirmed(&form) {
        let audience = if form.text("count") == "now" {
            Some(report::audience(&web.cx, id).await?)
        } else {
            report::audience_at_once(&web.cx, id).await?
        };
        let page = StartPage::new(&web, viewer, &campaign, audience.as_deref()).await?;
        return Ok(render_page(&page)?.into_response());
    }
    let audience = report::audience_at_once(&web.cx, id).await?;
    let recipients = audience.map(|audience| Audience::sum(&audience).reached());
    Transition::new(&web, viewer, id)
        .run(
            delayed_start::start(&web.cx, &by, id),
            |viewer, campaign| {
                let title = match campaign.state {
                    CampaignState::Scheduled => viewer.t("admin-campaign-is-starting"),
                    _ => viewer.t("admin-campaign-started"),
                };
                let mut flash = Flash::good(title);
                // Of so many that they are not counted at once, the page tells as they go.
                if let Some(recipients) = recipients {
                    let text = viewer.say("admin-campaign-started-text");
                    flash = flash.with(text.number("count", recipients));
                }
                Done::at(id, flash)
            },
        )
        .await
}

/// The time entered for a start, or the phrase that says what is wrong with it.
pub fn start_time(web: &Web, viewer: &Viewer, entered: &str) -> Result<Timestamp, &'static str> {
    match viewer.calendar.read_field(entered) {
        None => Err("admin-campaign-schedule-none"),
        Some(at) if at <= web.cx.clock.now() => Err("admin-campaign-schedule-past"),
        Some(at) => Ok(at),
    }
}

pub async fn schedule(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Extension(pace): Extension<Pace>,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let form = Form::parse(&body)?;
    let entered = form.text("schedule_at");
    let at = match start_time(&web, &viewer, entered) {
        Ok(at) => at,
        Err(key) => {
            let input = FormInput {
                schedule_at: entered.to_owned(),
                error: ("schedule_at", viewer.t(key)),
                ..FormInput::default()
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return page::rejected(&web, viewer, &pace, id, input, status).await;
        }
    };
    let local = LocalStart::parse(entered, web.zone());
    // Of a campaign that had a time before, that one would be lost.
    let had_time = lifecycle::by_id(&web.cx, id).await?.scheduled_at.is_some();
    let work = async {
        match local {
            Ok(local) if form.has("local") => {
                lifecycle::schedule_locally(&web.cx, &by, id, &local).await
            }
            _ => lifecycle::schedule(&web.cx, &by, id, at).await,
        }
    };
    Transition::new(&web, viewer, id)
        .run(work, |viewer, campaign| {
            let when = match campaign.local_start {
                Some(_) => viewer.say("admin-campaign-scheduled-local"),
                None => viewer
                    .say("admin-campaign-scheduled-at")
                    .text("when", viewer.when(&at)),
            };
            let flash = Flash::good(viewer.t("admin-campaign-is-scheduled")).with(when);
            let undo = format!("{}/unschedule", path(id));
            Done::at(id, if had_time { flash } else { flash.undo(undo) })
        })
        .await
}

pub async fn unschedule(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let was_starting = lifecycle::by_id(&web.cx, id).await?.is_start_delayed;
    let (title, text) = if was_starting {
        ("admin-campaign-undone", "admin-campaign-undone-text")
    } else {
        (
            "admin-campaign-unscheduled",
            "admin-campaign-unscheduled-text",
        )
    };
    let flash = Flash::good(viewer.t(title)).with(viewer.t(text));
    Transition::new(&web, viewer, id)
        .run(lifecycle::unschedule(&web.cx, &by, id), |_, _| {
            Done::at(id, flash)
        })
        .await
}

pub async fn pause(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let flash = Flash::good(viewer.t("admin-campaign-is-paused"))
        .with(viewer.t("admin-campaign-is-paused-text"))
        .undo(format!("{}/resume", path(id)));
    Transition::new(&web, viewer, id)
        .run(lifecycle::pause(&web.cx, &by, id, ""), |_, _| {
            Done::at(id, flash)
        })
        .await
}

pub async fn resume(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let flash = Flash::good(viewer.t("admin-campaign-resumed")).undo(format!("{}/pause", path(id)));
    Transition::new(&web, viewer, id)
        .run(lifecycle::resume(&web.cx, &by, id), |_, _| {
            Done::at(id, flash)
        })
        .await
}

pub async fn cancel(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let form = Form::parse(&body)?;
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let counts = report::counts(&web.cx, id).await?;
    let confirmation = confirmation(
        id,
        viewer.t("admin-campaign-cancel-question"),
        confirmations::cancel(&viewer, &campaign, &counts),
        viewer.t("admin-campaign-cancel"),
        viewer.t("admin-campaign-go-back"),
    );
    let flash = Flash::warn(viewer.t("admin-campaign-is-cancelled"));
    Transition::new(&web, viewer, id)
        .confirmed(
            &form,
            &confirmation,
            lifecycle::cancel(&web.cx, &by, id),
            |_, _| Done::at(id, flash),
        )
        .await
}

pub async fn resend(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let form = Form::parse(&body)?;
    lifecycle::by_id(&web.cx, id).await?;
    let counts = report::counts(&web.cx, id).await?;
    let confirmation = confirmation(
        id,
        viewer.t("admin-campaign-resend-question"),
        confirmations::resend(&viewer, &counts),
        viewer.t("admin-campaign-resend"),
        viewer.t("admin-cancel"),
    );
    Transition::new(&web, viewer, id)
        .confirmed(
            &form,
            &confirmation,
            lifecycle::resend_uncertain(&web.cx, &by, id),
            |viewer, queued| queued_again(viewer, id, queued),
        )
        .await
}

pub async fn retry_failed(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let form = Form::parse(&body)?;
    lifecycle::by_id(&web.cx, id).await?;
    let counts = report::counts(&web.cx, id).await?;
    let confirmation = confirmation(
        id,
        viewer.t("admin-campaign-retry-question"),
        confirmations::retry_failed(&viewer, &counts),
        viewer.t("admin-campaign-retry"),
        viewer.t("admin-cancel"),
    );
    Transition::new(&web, viewer, id)
        .confirmed(
            &form,
            &confirmation,
            lifecycle::retry_failed(&web.cx, &by, id),
            |viewer, queued| queued_again(viewer, id, queued),
        )
        .await
}

fn queued_again(viewer: &Viewer, id: CampaignId, queued: u64) -> Done {
    let text = viewer.say("admin-campaign-queued-text");
    let flash = Flash::good(viewer.t("admin-campaign-queued")).with(text.number("count", queued));
    Done::at(id, flash)
}

pub async fn duplicate(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let missing = files::missing_line(&web, &viewer, id).await?;
    let flash = Flash::good(viewer.t("admin-campaign-duplicated")).and(&missing);
    Transition::new(&web, viewer, id)
        .run(draft::duplicate(&web.cx, &by, id), |_, made| {
            Done::at(made.id, flash)
        })
        .await
}

pub async fn delete(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let form = Form::parse(&body)?;
    let subject = lifecycle::by_id(&web.cx, id).await?.subject;
    let text = viewer.say("admin-campaign-delete-text");
    let confirmation = confirmation(
        id,
        viewer.t("admin-campaign-delete-question"),
        text.text("subject", subject).into(),
        viewer.t("admin-campaign-delete"),
        viewer.t("admin-cancel"),
    );
    let work = async { draft::delete(&web.cx, &by, id).await };
    let flash = Flash::good(viewer.t("admin-campaign-is-deleted"));
    Transition::new(&web, viewer, id)
        .confirmed(&form, &confirmation, work, |_, _| {
            Done::at(id, flash).leading_to("/admin/campaigns")
        })
        .await
}

/// Keeps recipients suppressed whose rejections paused the campaign, or puts them
/// back.
pub async fn decide_rejections(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let form = Form::parse(&body)?;
    lifecycle::by_id(&web.cx, id).await?;
    let decision = form.text("decision").parse::<Decision>();
    let decision = decision.map_err(|error| HttpError::field("decision", &error))?;
    let key = form.text("key");
    let work = async { automatic_pause::decide(&web.cx, &by, id, Some(key), decision).await };
    let done = |viewer: &Viewer, changed: u64| Done::at(id, decided(viewer, decision, changed));
    if decision == Decision::PutBack {
        return Transition::new(&web, viewer, id).run(work, done).await;
    }
    let rejections = automatic_pause::of_campaign(&web.cx, id).await?;
    let rejection = rejections.iter().find(|one| one.reply_key == key);
    let known = rejection.ok_or(HttpError::NotFound)?.known;
    let confirmation = confirmation(
        id,
        viewer.t("admin-campaign-keep-question"),
        confirmations::keep_suppressed(&viewer, known),
        viewer.t("admin-campaign-keep"),
        viewer.t("admin-cancel"),
    );
    Transition::new(&web, viewer, id)
        .confirmed(&form, &confirmation, work, done)
        .await
}

fn decided(viewer: &Viewer, decision: Decision, changed: u64) -> Flash {
    match decision {
        Decision::Kept => {
            let text = viewer.say("admin-campaign-kept-text");
            Flash::warn(viewer.t("admin-campaign-kept")).with(text.number("count", changed))
        }
        Decision::PutBack => {
            let text = match changed {
                0 => viewer.say("admin-campaign-lifted-none"),
                _ => viewer.say("admin-campaign-lifted").number("count", changed),
            };
            Flash::good(viewer.t("admin-campaign-is-put-back")).with(text)
        }
    }
}
