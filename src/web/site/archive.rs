//! Campaigns that were sent and are public, to read in the browser.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};

use super::frame::{Brand, Frame};
use super::join::JoinBox;
use super::paging::{Pager, Paging};
use crate::campaign::{archive, lifecycle, preview};
use crate::clock::Timestamp;
use crate::mail::personalise::Filled;
use crate::model::CampaignId;
use crate::store::campaigns::Campaign;
use crate::text::locale::Language;
use crate::text::phrases::Phrases;
use crate::web::failure::page;
use crate::web::middleware::MAIL_POLICY;
use crate::web::{Failure, Visitor, Web};

const PAGE: i64 = 20;

struct Letter {
    path: String,
    subject: String,
    sent_on: String,
}

#[derive(Template)]
#[template(path = "site/archive.html")]
struct ArchivePage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    join: JoinBox,
    letters: Vec<Letter>,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "site/letter.html")]
struct LetterPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    join: JoinBox,
    subject: String,
    sent_on: String,
    frame_path: String,
}

/// The campaign, where visitors may read it: public, and sent at least in part.
async fn public(web: &Web, id: CampaignId) -> Result<Campaign, Failure> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    match campaign.is_public && campaign.started_at.is_some() {
        true => Ok(campaign),
        false => Err(Failure::NotFound),
    }
}

fn sent_on(web: &Web, phrases: &Phrases, at: Timestamp) -> String {
    phrases.say1(
        "archive-sent-on",
        "date",
        &web.calendar(phrases.language).date(at),
    )
}

async fn filled(web: &Web, campaign: &Campaign, language: Language) -> Result<Filled, Failure> {
    Ok(preview::of_campaign(&web.cx, campaign, language).await?)
}

pub async fn index(
    State(web): State<Web>,
    frame: Frame,
    Query(paging): Query<Paging>,
) -> Result<Html<String>, Failure> {
    let language = frame.visitor.language;
    let number = paging.number();
    // One more than is shown tells whether there is another page.
    let sent = archive::page(&web.cx, language, (number - 1) * PAGE, PAGE + 1).await?;
    if sent.is_empty() && number > 1 {
        return Err(Failure::NotFound);
    }
    page(&ArchivePage {
        pager: Pager::new(&frame.visitor.path, number, sent.len() as i64 > PAGE),
        letters: sent
            .into_iter()
            .take(PAGE as usize)
            .map(|letter| Letter {
                path: format!("/archive/{}", letter.campaign),
                sent_on: sent_on(&web, &frame.phrases, letter.started_at),
                subject: letter.subject,
            })
            .collect(),
        join: JoinBox::new(&web, &frame).await?,
        visitor: frame.visitor,
        phrases: frame.phrases,
        brand: frame.brand,
    })
}

pub async fn show(
    State(web): State<Web>,
    frame: Frame,
    Path(id): Path<CampaignId>,
) -> Result<Html<String>, Failure> {
    let campaign = public(&web, id).await?;
    let started_at = Timestamp::from_millis(campaign.started_at.unwrap_or_default());
    let language = frame.visitor.language;
    page(&LetterPage {
        subject: filled(&web, &campaign, language).await?.subject,
        sent_on: sent_on(&web, &frame.phrases, started_at),
        frame_path: format!("/archive/{id}/letter?language={language}"),
        join: JoinBox::new(&web, &frame).await?,
        visitor: frame.visitor,
        phrases: frame.phrases,
        brand: frame.brand,
    })
}

/// The mail's HTML alone, under a policy of its own.
pub async fn letter(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<CampaignId>,
) -> Result<Response, Failure> {
    let campaign = public(&web, id).await?;
    Ok(mail_alone(
        &filled(&web, &campaign, visitor.language).await?.html,
    ))
}

/// A mail's HTML as a page.
pub(super) fn mail_alone(html: &str) -> Response {
    let html = html.replacen("<head>", "<head><base target=\"_blank\">", 1);
    let policy = HeaderValue::from_static(MAIL_POLICY);
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(html)).into_response()
}
