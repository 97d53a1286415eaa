//! The buttons that move a campaign. What cannot be undone needs a confirmation.

use axum::body::Bytes;
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::campaign::local_time::LocalStart;
use crate::campaign::{automatic_pause, draft, lifecycle, report};
use crate::model::CampaignId;
use crate::model::feedback::Decision;
use crate::web::admin::campaigns::page_view::FormInput;
use crate::web::admin::campaigns::progress::Pace;
use crate::web::admin::campaigns::transition::{Done, Transition, confirmation};
use crate::web::admin::campaigns::{confirmations, page};
use crate::web::admin::flash::Flash;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::admin::wording::{counted, sentence};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
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
    let audience = report::audience(&web.cx, id).await?;
    let recipients = audience.iter().map(|one| one.reached()).sum();
    let lists = page::list_names(&web, id).await?;
    let text = confirmations::start(recipients, &lists, &campaign.subject);
    let confirmation = confirmation(id, "Start this campaign?", text, "Start sending", "Not yet");
    Transition::new(&web, viewer, id)
        .confirmed(
            &form,
            &confirmation,
            lifecycle::start(&web.cx, &by, id),
            |_, _| {
                let who = counted(recipients, "subscriber", "subscribers");
                Done::at(
                    id,
                    Flash::good("Started").with(format!("It goes to {who}.")),
                )
            },
        )
        .await
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
    let at = viewer.calendar.read_field(entered);
    let error = match at {
        None => "Choose a day and a time.",
        Some(at) if at <= web.cx.clock.now() => {
            "That time has passed; start it now, or choose a later one."
        }
        Some(_) => "",
    };
    let Some(at) = at.filter(|_| error.is_empty()) else {
        let input = FormInput {
            schedule_at: entered.to_owned(),
            error: ("schedule_at", error.to_owned()),
            ..FormInput::default()
        };
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page::rejected(&web, viewer, &pace, id, input, status).await;
    };
    let local = LocalStart::parse(entered, web.zone());
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
                Some(_) => {
                    "Each subscriber gets it at that time in their own time zone.".to_owned()
                }
                None => format!("It starts on {}.", viewer.when(&at)),
            };
            Done::at(id, Flash::good("Scheduled").with(when))
        })
        .await
}

pub async fn unschedule(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let flash = Flash::good("Unscheduled").with("The campaign is a draft again.");
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
    let flash = Flash::good("Paused")
        .with("Messages already handed to the relay are still delivered; no others are sent.");
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
    let flash = Flash::good("Sending again");
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
        "Cancel this campaign?",
        confirmations::cancel(&campaign, &counts),
        "Cancel campaign",
        "Go back",
    );
    let flash = Flash::warn("Cancelled");
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
    let text = format!(
        "{} may or may not have arrived. Recipients who have it already may get it twice; \
         it carries the same Message-ID, by which many mail programs show it once.",
        counted(counts.uncertain, "message", "messages")
    );
    let title = "Send uncertain messages again?";
    let confirmation = confirmation(id, title, text, "Send again", "Cancel");
    Transition::new(&web, viewer, id)
        .confirmed(
            &form,
            &confirmation,
            lifecycle::resend_uncertain(&web.cx, &by, id),
            |_, queued| queued_again(id, queued),
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
    let text = confirmations::retry_failed(&counts);
    let title = "Retry failed deliveries?";
    let confirmation = confirmation(id, title, text, "Retry", "Cancel");
    Transition::new(&web, viewer, id)
        .confirmed(
            &form,
            &confirmation,
            lifecycle::retry_failed(&web.cx, &by, id),
            |_, queued| queued_again(id, queued),
        )
        .await
}

fn queued_again(id: CampaignId, queued: u64) -> Done {
    let queued = i64::try_from(queued).unwrap_or(i64::MAX);
    let what = sentence(&counted(queued, "message", "messages"));
    Done::at(id, Flash::good("Queued again").with(what))
}

pub async fn duplicate(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let flash = Flash::good("Duplicated as a new draft");
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
    let text = format!(
        "“{subject}” and its content are deleted permanently. The post that it was made from stays."
    );
    let title = "Delete this draft?";
    let confirmation = confirmation(id, title, text, "Delete draft", "Go back");
    let work = async { draft::delete(&web.cx, &by, id).await };
    let flash = Flash::good("The draft is deleted");
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
    let done = |_: &Viewer, changed: u64| {
        let changed = i64::try_from(changed).unwrap_or(i64::MAX);
        let flash = decided(decision, changed);
        Done::at(id, flash)
    };
    let transition = Transition::new(&web, viewer, id);
    if decision == Decision::PutBack {
        return transition.run(work, done).await;
    }
    let rejections = automatic_pause::of_campaign(&web.cx, id).await?;
    let rejection = rejections.iter().find(|one| one.reply_key == key);
    let known = rejection.ok_or(HttpError::NotFound)?.known;
    let text = format!(
        "{} will get no more email from you until you lift the suppressions under Suppressions.",
        counted(known, "address", "addresses")
    );
    let title = "Keep them suppressed?";
    let confirmation = confirmation(id, title, text, "Keep suppressed", "Cancel");
    transition.confirmed(&form, &confirmation, work, done).await
}

fn decided(decision: Decision, changed: i64) -> Flash {
    let changed_words = counted(changed, "suppression was", "suppressions were");
    match decision {
        Decision::Kept => Flash::warn("Kept suppressed").with(format!("{changed_words} added.")),
        Decision::PutBack if changed == 0 => {
            Flash::good("Put back").with("None of them was suppressed.")
        }
        Decision::PutBack => Flash::good("Put back").with(format!("{changed_words} lifted.")),
    }
}
