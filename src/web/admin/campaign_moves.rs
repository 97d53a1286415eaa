//! What a person does to a campaign: test, schedule, start, hold, cancel.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;

use super::campaigns::back;
use super::flash::Flash;
use super::frame::{Desk, counted};
use super::question::Question;
use crate::address::EmailAddress;
use crate::campaign::{lifecycle, report};
use crate::model::CampaignId;
use crate::web::form::Form;
use crate::web::{Failure, Web};

/// Addresses that one test goes to.
const TEST_LIMIT: usize = 10;

pub async fn test(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let form = Form::parse(&body)?;
    let language = form
        .language(web.cx.config.language)
        .map_err(|error| Failure::Unprocessable(error.to_string()))?;
    let addresses = form
        .text("to")
        .split([',', ';', ' ', '\n'])
        .filter(|one| !one.trim().is_empty())
        .map(|one| {
            EmailAddress::parse(one)
                .map_err(|error| Failure::Unprocessable(format!("{}: {error}", one.trim())))
        })
        .collect::<Result<Vec<_>, _>>()?;
    if addresses.is_empty() || addresses.len() > TEST_LIMIT {
        let reason = format!("give 1 to {TEST_LIMIT} addresses for the test");
        return Err(Failure::Unprocessable(reason));
    }
    for address in &addresses {
        lifecycle::send_test(&web.cx, id, address, language).await?;
    }
    desk.note(&web, "campaign.test", &id.to_string()).await?;
    back(
        &web,
        id,
        Flash::good("The test is on its way").with(
            addresses
                .iter()
                .map(EmailAddress::as_str)
                .collect::<Vec<_>>()
                .join(", "),
        ),
    )
}

pub async fn schedule(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let form = Form::parse(&body)?;
    let at = desk
        .calendar
        .read_field(form.text("at"))
        .ok_or_else(|| Failure::Unprocessable("give a date and a time to start at".into()))?;
    lifecycle::schedule(&web.cx, id, at).await?;
    desk.note(&web, "campaign.schedule", &id.to_string())
        .await?;
    let done = match at <= web.cx.clock.now() {
        true => Flash::warn("That time is past: it starts at once"),
        false => Flash::good("It will start by itself").with(desk.when(&at)),
    };
    back(&web, id, done)
}

pub async fn unschedule(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    lifecycle::unschedule(&web.cx, id).await?;
    desk.note(&web, "campaign.unschedule", &id.to_string())
        .await?;
    back(&web, id, Flash::good("It is a draft again"))
}

pub async fn start(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let audience = report::audience(&web.cx, id).await?;
    let count: i64 = audience.iter().map(|(_, count)| count).sum();
    let question = Question {
        title: format!("Send “{}” now?", campaign.subject),
        text: format!(
            "{} will get it. Mail that has gone cannot be called back.",
            counted(count, "subscriber", "subscribers")
        ),
        yes: "Send it",
        no: "Not yet",
        back: format!("/admin/campaigns/{id}"),
    };
    if let Some(asked) = question.unless_answered(&desk, &Form::parse(&body)?)? {
        return Ok(asked);
    }
    lifecycle::start(&web.cx, id).await?;
    desk.note(&web, "campaign.start", &id.to_string()).await?;
    back(&web, id, Flash::good("It is on its way"))
}

pub async fn pause(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    lifecycle::pause(&web.cx, id, "").await?;
    desk.note(&web, "campaign.pause", &id.to_string()).await?;
    back(
        &web,
        id,
        Flash::good("Held; what was on the wire has been finished"),
    )
}

pub async fn resume(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    lifecycle::resume(&web.cx, id).await?;
    desk.note(&web, "campaign.resume", &id.to_string()).await?;
    back(&web, id, Flash::good("It goes on"))
}

pub async fn cancel(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let open = report::counts(&web.cx, id).await?.open();
    let question = Question {
        title: format!("Cancel “{}”?", campaign.subject),
        text: format!(
            "{} not gone yet never will. This cannot be undone; a copy can be made.",
            counted(open, "message", "messages")
        ),
        yes: "Cancel the campaign",
        no: "Keep it",
        back: format!("/admin/campaigns/{id}"),
    };
    if let Some(asked) = question.unless_answered(&desk, &Form::parse(&body)?)? {
        return Ok(asked);
    }
    lifecycle::cancel(&web.cx, id).await?;
    desk.note(&web, "campaign.cancel", &id.to_string()).await?;
    back(&web, id, Flash::good("Cancelled"))
}

pub async fn resend(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let uncertain = report::counts(&web.cx, id).await?.uncertain;
    let question = Question {
        title: format!(
            "Send again to {}?",
            counted(uncertain, "recipient", "recipients")
        ),
        text: "Nobody knows whether the relay took their mail. Some may get it twice, with the same Message-ID.".into(),
        yes: "Send again",
        no: "Leave them",
        back: format!("/admin/campaigns/{id}"),
    };
    if let Some(asked) = question.unless_answered(&desk, &Form::parse(&body)?)? {
        return Ok(asked);
    }
    lifecycle::resend_uncertain(&web.cx, id).await?;
    desk.note(&web, "campaign.resend", &id.to_string()).await?;
    back(
        &web,
        id,
        Flash::good("What stood uncertain is queued again"),
    )
}

pub async fn duplicate(
    State(web): State<Web>,
    desk: Desk,
    Path(id): Path<CampaignId>,
) -> Result<Response, Failure> {
    desk.may_edit()?;
    let copy = lifecycle::duplicate(&web.cx, id).await?;
    desk.note(&web, "campaign.create", &copy.id.to_string())
        .await?;
    back(&web, copy.id, Flash::good("This draft is a copy"))
}
