//! Campaigns before they start: change, check, preview, unschedule, duplicate,
//! delete.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::campaign::draft::Selection;
use crate::campaign::inspection;
use crate::campaign::inspection::inbox::InboxWarning;
use crate::campaign::inspection::size::EmailSize;
use crate::campaign::preflight as checks;
use crate::campaign::preview as previews;
use crate::campaign::{approval, draft, lifecycle, rendering, resend};
use crate::deliverability::readiness;
use crate::mail::client_support::Unsupported;
use crate::model::ab_test::AbVariant;
use crate::model::calendar::CalendarChoice;
use crate::model::list::{ListSlug, Slug};
use crate::model::{CampaignId, SegmentId};
use crate::store::campaign_contents::{CampaignText, CampaignVariant};
use crate::text::locale::Language;
use crate::web::api::bearer::Caller;
use crate::web::api::campaign_body::{CampaignBody, Moved, body, moved};
use crate::web::api::campaigns::{NewAttachment, NewDigest, attached, content_spec};
use crate::web::api::preview_reader::preview_reader;
use crate::web::api::request::{Body, Params, given, offered};
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// Changes to a campaign that has not started; fields left out stay unchanged.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ChangeCampaign {
    subject: Option<String>,
    /// The slug of the post to send. Give at most one of `post`, `digest`,
    /// `markdown`, `mjml` and `html`.
    post: Option<Slug>,
    digest: Option<NewDigest>,
    markdown: Option<Vec<CampaignText>>,
    mjml: Option<Vec<CampaignText>>,
    /// As when creating a campaign.
    html: Option<Vec<CampaignText>>,
    lists: Option<Vec<ListSlug>>,
    /// `null`: all of its lists.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    segment: Option<Option<SegmentId>>,
    /// `Name <address>`; `null`: the configured sender.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    from: Option<Option<String>>,
    layout: Option<String>,
    /// By language. Languages left out stay unchanged; `null` or an empty text
    /// removes the entry.
    #[serde(default)]
    subjects: BTreeMap<Language, Option<String>>,
    /// By language, as `subjects`: the line that inboxes show after the
    /// subject.
    #[serde(default)]
    preheaders: BTreeMap<Language, Option<String>>,
    /// By language, as `subjects`: the sender's name.
    #[serde(default)]
    from_names: BTreeMap<Language, Option<String>>,
    is_public: Option<bool>,
    is_urgent: Option<bool>,
    embeds_pictures: Option<bool>,
    /// As in a new campaign.
    calendar: Option<CalendarChoice>,
    /// In place of all files that it carries; an empty list takes them off.
    attachments: Option<Vec<NewAttachment>>,
}

type TextChanges = BTreeMap<Language, Option<String>>;

fn apply(
    web: &Web,
    changes: TextChanges,
    variants: &mut Vec<CampaignVariant>,
    text: fn(&mut CampaignVariant) -> &mut String,
) -> Result<(), HttpError> {
    for (language, new) in changes {
        let new = new.unwrap_or_default();
        match variants.iter_mut().find(|one| one.language == language) {
            Some(variant) => *text(variant) = new,
            None => {
                let mut variant = CampaignVariant {
                    language: offered(web, "subjects", language)?,
                    ..CampaignVariant::default()
                };
                *text(&mut variant) = new;
                variants.push(variant);
            }
        }
    }
    Ok(())
}

/// Change a campaign that has not started
#[utoipa::path(patch, path = "/campaigns/{id}", tag = "campaigns", security(("bearer" = [])),
    params(("id" = i64, Path)), request_body = ChangeCampaign,
    responses((status = 200, body = CampaignBody), (status = 404),
              (status = 409, description = "It has started")))]
pub async fn change(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
    Body(change): Body<ChangeCampaign>,
) -> Result<Json<CampaignBody>, HttpError> {
    let mut draft = draft::draft_of(&web.cx, id).await?;
    let content = content_spec(
        change.post,
        change.digest,
        change.markdown,
        change.mjml,
        change.html,
    )?;
    draft.content = content.unwrap_or(draft.content);
    draft.subject = change.subject.unwrap_or(draft.subject);
    draft.lists = change.lists.unwrap_or(draft.lists);
    draft.selection = change.segment.map_or(draft.selection, Selection::from);
    draft.from = change.from.unwrap_or(draft.from);
    draft.layout = change.layout.unwrap_or(draft.layout);
    apply(&web, change.subjects, &mut draft.variants, |one| {
        &mut one.subject
    })?;
    apply(&web, change.preheaders, &mut draft.variants, |one| {
        &mut one.preheader
    })?;
    apply(&web, change.from_names, &mut draft.variants, |one| {
        &mut one.from_name
    })?;
    draft.is_public = change.is_public.unwrap_or(draft.is_public);
    draft.is_urgent = change.is_urgent.unwrap_or(draft.is_urgent);
    draft.embeds_pictures = change.embeds_pictures.unwrap_or(draft.embeds_pictures);
    draft.calendar = change.calendar.unwrap_or(draft.calendar);
    if let Some(given) = change.attachments {
        draft.attachments = attached(&web, given)?;
    }
    draft::change(&web.cx, &caller.actor(), id, &draft, None).await?;
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    Ok(Json(body(&web, campaign).await?))
}

/// Delete a draft.
#[utoipa::path(delete, path = "/campaigns/{id}", tag = "campaigns", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 204), (status = 404), (status = 409, description = "It is no draft")))]
pub async fn delete(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Result<StatusCode, HttpError> {
    draft::delete(&web.cx, &caller.actor(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Unschedule: the campaign is a draft again
#[utoipa::path(post, path = "/campaigns/{id}/unschedule", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 202, body = CampaignBody), (status = 404), (status = 409)))]
pub async fn unschedule(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Moved {
    let campaign = lifecycle::unschedule(&web.cx, &caller.actor(), id).await?;
    moved(&web, campaign).await
}

/// Ask another person to approve it
///
/// Where the installation asks for an approval, a campaign neither starts nor is scheduled
/// without it. It is given on the campaign's admin page, and void after the next change.
#[utoipa::path(post, path = "/campaigns/{id}/request-approval", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 202, body = CampaignBody), (status = 404),
              (status = 409, description = "No approval is needed, or its state forbids it")))]
pub async fn request_approval(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Moved {
    let campaign = approval::request(&web.cx, &caller.actor(), id).await?;
    moved(&web, campaign).await
}

/// Duplicate as a new draft
#[utoipa::path(post, path = "/campaigns/{id}/duplicate", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 201, body = CampaignBody), (status = 404), (status = 409)))]
pub async fn duplicate(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Moved {
    let campaign = draft::duplicate(&web.cx, &caller.actor(), id).await?;
    Ok((StatusCode::CREATED, Json(body(&web, campaign).await?)))
}

/// Make a draft for those who have not opened it
///
/// It goes to recipients who agreed that opens are seen before they got the finished campaign, and
/// who have not opened it. Of all others nobody knows. Nothing is sent.
#[utoipa::path(post, path = "/campaigns/{id}/resend-unopened", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 201, body = CampaignBody), (status = 404),
              (status = 409, description = "It has not finished, or nothing was seen of it")))]
pub async fn resend_unopened(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Moved {
    let campaign = resend::resend_unopened(&web.cx, &caller.actor(), id).await?;
    Ok((StatusCode::CREATED, Json(body(&web, campaign).await?)))
}

/// A finding of the checks.
#[derive(Serialize, utoipa::ToSchema)]
pub struct FindingBody {
    /// Whether it prevents the start.
    is_error: bool,
    text: String,
}

/// The result of the checks.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PreflightBody {
    /// Whether the campaign can start.
    can_start: bool,
    findings: Vec<FindingBody>,
}

/// Check a campaign like the admin page: content, audience, links, relay and
/// DNS.
///
/// This may take some seconds.
#[utoipa::path(get, path = "/campaigns/{id}/preflight", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 200, body = PreflightBody), (status = 404)))]
pub async fn preflight(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Result<Json<PreflightBody>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let mut found = checks::check(&web.cx, &campaign).await?;
    found.extend(readiness::check(&web.cx, &campaign).await?);
    let findings: Vec<FindingBody> = found
        .into_iter()
        .map(|finding| FindingBody {
            is_error: finding.is_error,
            text: finding.text,
        })
        .collect();
    Ok(Json(PreflightBody {
        can_start: findings.iter().all(|finding| !finding.is_error),
        findings,
    }))
}

/// Which preview.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Default: the site's language. If the campaign lacks it, the next best
    /// is used.
    language: Option<Language>,
    /// A variant of its A/B test. Default: A, or what the test has chosen.
    variant: Option<AbVariant>,
    /// The address of a subscriber, or a part of their name or address that only they have: the
    /// email is filled with what is known of them. Its links do nothing to anybody. The token's
    /// scopes must include reading subscribers.
    r#as: Option<String>,
}

/// An email in one language, without personal data unless it is that of a subscriber.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PreviewBody {
    /// Every language of the campaign.
    languages: Vec<Language>,
    subject: String,
    html: String,
    text: String,
    /// The header of the message as it would be sent, without signatures.
    header: String,
    inbox: InboxBody,
    size: EmailSize,
    /// What some mail programs do not show of it.
    unsupported: Vec<Unsupported>,
}

/// An email in an inbox.
#[derive(Serialize, utoipa::ToSchema)]
pub struct InboxBody {
    /// The sender's name.
    from: String,
    /// The subject as far as a phone shows it.
    subject: String,
    /// What a phone shows after it: the preheader, and then the email's first words.
    preview: String,
    warnings: Vec<InboxWarning>,
}

/// Preview the email
#[utoipa::path(get, path = "/campaigns/{id}/preview", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path), Which),
    responses((status = 200, body = PreviewBody), (status = 404),
              (status = 422, description = "It cannot be rendered")))]
pub async fn preview(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
    Params(which): Params<Which>,
) -> Result<Json<PreviewBody>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let language = which.language.unwrap_or(web.cx.config().language);
    let reader = preview_reader(&web, &caller, which.r#as.as_deref()).await?;
    let which = (language, which.variant);
    let preview = previews::of_campaign(&web.cx, &campaign, which, reader.as_ref()).await?;
    let found = inspection::of(&web.cx, &preview).await?;
    Ok(Json(PreviewBody {
        languages: rendering::languages(&web.cx, &campaign).await?,
        subject: preview.mail.subject,
        html: preview.mail.html,
        text: preview.mail.text,
        header: found.header,
        inbox: InboxBody {
            from: found.inbox.from.clone(),
            subject: found.inbox.subject_shown(),
            preview: found.inbox.preview_shown(),
            warnings: found.inbox.warnings,
        },
        size: found.size,
        unsupported: found.unsupported,
    }))
}
