//! What a campaign would say, before it says it: on pages and in test mails.

use serde::{Deserialize, Serialize};

use super::compose::{self, Design};
use super::content::Content;
use super::{CampaignError, Result, layouts, lifecycle};
use crate::address::EmailAddress;
use crate::content::{post, site};
use crate::context::Context;
use crate::mail::layout::Layout;
use crate::mail::personalise::Filled;
use crate::model::CampaignId;
use crate::model::notice::NoticeKind;
use crate::render::{self, Budget};
use crate::store::campaigns::{self, Campaign};
use crate::store::notices::NewNotice;
use crate::store::{lists, notices};
use crate::text::locale::Language;

/// What a campaign would say now, in one language, filled in for nobody in
/// particular. Once it has started, what it does say.
///
/// # Errors
/// [`CampaignError`] names the text that cannot be rendered.
pub async fn of_campaign(cx: &Context, campaign: &Campaign, language: Language) -> Result<Filled> {
    let site = site::look(cx).await?;
    let stored = campaigns::renderings(&mut cx.store.read().await?, campaign.id).await?;
    let renderings = match stored.is_empty() {
        true => lifecycle::render(cx, campaign).await?,
        false => stored,
    };
    let (cx, id) = (cx.clone(), campaign.id);
    let work = move || {
        let rendering = compose::pick(&renderings, language).ok_or(CampaignError::NoPost)?;
        compose::sample(&cx, &site, rendering, id)
    };
    render::run(Budget::Interactive, work).await?
}

/// What a mail made from an article would say, before either is saved; filled
/// in for nobody in particular.
///
/// # Errors
/// [`CampaignError`] names the text that cannot be rendered.
pub async fn of_article(cx: &Context, article: &post::Article, layout: &str) -> Result<Filled> {
    let post = Content::Post(article.as_post(cx.clock.now())?);
    let layout = layouts::find(&mut cx.store.read().await?, layout).await?;
    of_content(cx, article.title.as_str(), &layout, &post, article.language).await
}

/// What a mail of this content would say in a language, before anything is
/// saved; filled in for nobody in particular.
///
/// # Errors
/// [`CampaignError`] names the text that cannot be rendered.
pub async fn of_content(
    cx: &Context,
    subject: &str,
    layout: &Layout,
    content: &Content,
    language: Language,
) -> Result<Filled> {
    let mut db = cx.store.read().await?;
    let site = site::read(&mut db).await?;
    // Some list, so that the footer reads as it will.
    let list = lists::all(&mut db).await?.into_iter().next();
    drop(db);
    let (cx, content) = (cx.clone(), content.clone());
    let (subject, layout) = (subject.to_owned(), layout.clone());
    let work = move || {
        let pieces = content.pieces(&cx, &site);
        let piece = compose::pick_piece(&pieces, language).ok_or(CampaignError::NoText)?;
        let name = list
            .as_ref()
            .map(|list| list.text(piece.language).0.to_owned());
        let design = Design {
            subject: &subject,
            titles: &[],
            layout: &layout,
            list_names: name.as_slice(),
            is_public: true,
        };
        let rendering = compose::render(&cx, &site, &design, piece)?;
        compose::sample(&cx, &site, &rendering, CampaignId(0))
    };
    render::run(Budget::Interactive, work).await?
}

/// What the worker needs to send a campaign's mail to one address as a test.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TestNotice {
    /// The sender.
    pub from: String,
    /// The texts, filled in.
    pub subject: String,
    /// The HTML part.
    pub html: String,
    /// The plain text part.
    pub text: String,
}

/// Sends a campaign's mail to one address, so that its author sees it as a
/// reader will. It touches neither audience nor counts.
///
/// # Errors
/// [`CampaignError`] names what keeps the mail from being made.
pub async fn send_test(
    cx: &Context,
    id: CampaignId,
    to: &EmailAddress,
    language: Language,
) -> Result<()> {
    let campaign = lifecycle::by_id(cx, id).await?;
    let from = lifecycle::sender(cx, &campaign)?;
    let filled = of_campaign(cx, &campaign, language).await?;
    let payload = TestNotice {
        from: from.to_string(),
        subject: filled.subject,
        html: filled.html,
        text: filled.text,
    };
    let notice = NewNotice {
        kind: NoticeKind::Test,
        email: to.clone(),
        language,
        payload: serde_json::to_value(payload).unwrap_or_default(),
    };
    let mut db = cx.store.write().await?;
    notices::insert(&mut db, &notice, cx.clock.now()).await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(())
}
