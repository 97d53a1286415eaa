//! The public archive of sent campaigns.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};

use crate::campaign::{archive, attachments, lifecycle, preview};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::store::campaign_attachments::CampaignAttachment;
use crate::store::campaigns::Campaign;
use crate::text::phrases::Phrases;
use crate::web::brand::Brand;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::http::path::PathParam;
use crate::web::http::security_headers::MAIL_POLICY;
use crate::web::public::join::view::JoinBox;
use crate::web::public::page_context::PageContext;
use crate::web::public::paging::{Pager, Paging};
use crate::web::state::Web;
use crate::web::visitor::Visitor;

const PAGE: i64 = 20;

struct Letter {
    path: String,
    subject: String,
    sent_on: String,
}

#[derive(Template)]
#[template(path = "public/archive.html")]
struct ArchivePage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    join: JoinBox,
    letters: Vec<Letter>,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "public/letter.html")]
struct LetterPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    join: JoinBox,
    subject: String,
    sent_on: String,
    frame_path: String,
    /// The files that it carried.
    files: Vec<CampaignAttachment>,
}

/// The campaign if it is public and was sent at least in part.
async fn public(web: &Web, id: CampaignId) -> Result<Campaign, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    if campaign.is_public && campaign.started_at.is_some() {
        Ok(campaign)
    } else {
        Err(HttpError::NotFound)
    }
}

fn sent_on(web: &Web, phrases: &Phrases, at: Timestamp) -> String {
    phrases.translate_with(
        "archive-sent-on",
        "date",
        &web.calendar_of(phrases).date(at),
    )
}

pub async fn index(
    State(web): State<Web>,
    context: PageContext,
    Query(paging): Query<Paging>,
) -> Result<Html<String>, HttpError> {
    let language = context.visitor.language;
    let number = paging.number();
    // One more than shown, to know whether there is another page.
    let sent = archive::page(&web.cx, language, (number - 1) * PAGE, PAGE + 1).await?;
    if sent.is_empty() && number > 1 {
        return Err(HttpError::NotFound);
    }
    render_page(&ArchivePage {
        pager: Pager::new(&context.visitor.path, number, sent.len() as i64 > PAGE),
        letters: sent
            .into_iter()
            .take(PAGE as usize)
            .map(|letter| Letter {
                path: format!("/archive/{}", letter.campaign),
                sent_on: sent_on(&web, &context.phrases, letter.started_at),
                subject: letter.subject,
            })
            .collect(),
        join: JoinBox::new(&web, &context).await?,
        visitor: context.visitor,
        phrases: context.phrases,
        brand: context.brand,
    })
}

pub async fn show(
    State(web): State<Web>,
    context: PageContext,
    PathParam(id): PathParam<CampaignId>,
) -> Result<Html<String>, HttpError> {
    let campaign = public(&web, id).await?;
    let started_at = campaign.started_at.unwrap_or_default();
    let language = context.visitor.language;
    let preview = preview::of_campaign(&web.cx, &campaign, (language, None), None).await?;
    render_page(&LetterPage {
        subject: preview.mail.subject,
        sent_on: sent_on(&web, &context.phrases, started_at),
        files: attachments::offered(&web.cx, id, preview.envelope.language).await?,
        frame_path: format!("/archive/{id}/letter?language={language}"),
        join: JoinBox::new(&web, &context).await?,
        visitor: context.visitor,
        phrases: context.phrases,
        brand: context.brand,
    })
}

/// The email's HTML alone, for a frame.
pub async fn letter(
    State(web): State<Web>,
    visitor: Visitor,
    PathParam(id): PathParam<CampaignId>,
) -> Result<Response, HttpError> {
    let campaign = public(&web, id).await?;
    let mail = preview::mail_of_campaign(&web.cx, &campaign, visitor.language).await?;
    Ok(mail_alone(&mail.html))
}

/// An email's HTML as a document of its own.
pub(super) fn mail_alone(html: &str) -> Response {
    let html = html.replacen("<head>", "<head><base target=\"_blank\">", 1);
    let policy = HeaderValue::from_static(MAIL_POLICY);
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(html)).into_response()
}
