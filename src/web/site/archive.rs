//! Campaigns that were sent and are public, to read in the browser.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};

use super::frame::{Brand, Frame};
use super::join::JoinBox;
use crate::campaign::{lifecycle, preview, report};
use crate::clock::Timestamp;
use crate::mail::personalise::Filled;
use crate::model::CampaignId;
use crate::store::campaigns::Campaign;
use crate::text::locale::Language;
use crate::text::phrase::Phrases;
use crate::web::failure::page;
use crate::web::middleware::MAIL_POLICY;
use crate::web::{Failure, Visitor, Web};

const SHOWN: i64 = 100;

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

fn sent_on(web: &Web, phrases: &Phrases, campaign: &Campaign) -> String {
    let at = Timestamp::from_millis(campaign.started_at.unwrap_or_default());
    phrases.say1(
        "archive-sent-on",
        "date",
        &web.calendar(phrases.language).date(at),
    )
}

async fn filled(web: &Web, campaign: &Campaign, language: Language) -> Result<Filled, Failure> {
    Ok(preview::of_campaign(&web.cx, campaign, language).await?)
}

pub async fn index(State(web): State<Web>, frame: Frame) -> Result<Html<String>, Failure> {
    let language = frame.visitor.language;
    let mut letters = Vec::new();
    for campaign in report::page(&web.cx, None, SHOWN).await? {
        if campaign.is_public && campaign.started_at.is_some() {
            letters.push(Letter {
                path: format!("/archive/{}", campaign.id),
                subject: filled(&web, &campaign, language).await?.subject,
                sent_on: sent_on(&web, &frame.phrases, &campaign),
            });
        }
    }
    page(&ArchivePage {
        letters,
        join: JoinBox::new(&web, &frame),
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
    let language = frame.visitor.language;
    page(&LetterPage {
        subject: filled(&web, &campaign, language).await?.subject,
        sent_on: sent_on(&web, &frame.phrases, &campaign),
        frame_path: format!("/archive/{id}/letter?language={language}"),
        join: JoinBox::new(&web, &frame),
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
    let html = filled(&web, &campaign, visitor.language).await?.html;
    let html = html.replacen("<head>", "<head><base target=\"_blank\">", 1);
    let policy = HeaderValue::from_static(MAIL_POLICY);
    Ok(([(header::CONTENT_SECURITY_POLICY, policy)], Html(html)).into_response())
}
