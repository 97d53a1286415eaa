//! Previews of campaigns, on pages and as test emails.

use super::compose::{self, Design};
use super::content::Content;
use super::filled;
use super::pictures::Pictures;
use super::piece;
use super::subjects::Subjects;
use super::{CampaignError, Result, branding, cards, layouts, lifecycle, rendering};
use crate::account::audit;
use crate::address::EmailAddress;
use crate::content::{post, site};
use crate::context::Context;
use crate::mail::layout::Layout;
use crate::mail::personalise::Rendered;
use crate::model::CampaignId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::transactional::{EmailContent, PreparedEmail, TestList};
use crate::render::{self, Budget};
use crate::store::campaign_contents::CampaignVariant;
use crate::store::campaign_renderings::{self, Rendering};
use crate::store::campaigns::Campaign;
use crate::store::transactional_emails::NewEmail;
use crate::store::{lists, transactional_emails};
use crate::text::locale::Language;
use crate::token::Token;

/// A preview of a campaign in one language, with sample values; once it has
/// started, of its stored rendering.
///
/// # Errors
/// [`CampaignError`] names the text that cannot be rendered.
pub async fn of_campaign(
    cx: &Context,
    campaign: &Campaign,
    language: Language,
) -> Result<Rendered> {
    let rendering = rendering(cx, campaign, language).await?;
    filled(cx, rendering, campaign.id).await
}

async fn filled(cx: &Context, rendering: Rendering, id: CampaignId) -> Result<Rendered> {
    let (site, cx) = (site::load(cx).await?, cx.clone());
    let work = move || filled::sample(&cx, &site, &rendering, id);
    render::run(Budget::Interactive, work).await?
}

/// The rendering for a language, before it is filled in.
async fn rendering(cx: &Context, campaign: &Campaign, language: Language) -> Result<Rendering> {
    let stored = campaign_renderings::all(&mut cx.store.read().await?, campaign.id).await?;
    if let Some(rendering) = filled::pick(&stored, cx.reader(language)) {
        return Ok(rendering.clone());
    }
    let renderings = rendering::render(cx, campaign).await?;
    let rendering = filled::pick(&renderings, cx.reader(language)).ok_or(CampaignError::NoPost)?;
    Ok(rendering.clone())
}

/// A preview of an email made from an unsaved article, with sample values.
///
/// # Errors
/// [`CampaignError`] names the text that cannot be rendered.
pub async fn of_article(cx: &Context, article: &post::Article, layout: &str) -> Result<Rendered> {
    let post = Content::Post(article.as_post(cx.clock.now())?);
    let layout = layouts::find(&mut cx.store.read().await?, layout).await?;
    let subject = article.title.as_str();
    of_content(cx, subject, Vec::new(), &layout, &post, article.language).await
}

/// Queues a test of the email made from an article to somebody.
///
/// # Errors
/// [`CampaignError`] names the text that cannot be rendered.
pub async fn send_article_test(
    cx: &Context,
    article: &post::Article,
    layout: &str,
    to: &EmailAddress,
) -> Result<()> {
    let rendered = of_article(cx, article, layout).await?;
    let new_email = NewEmail {
        email: to.clone(),
        language: article.language,
        content: EmailContent::Test(PreparedEmail {
            from: None,
            reply_to: None,
            subject: format!("[Test] {}", rendered.subject),
            html: rendered.html,
            text: rendered.text,
            language: Some(article.language),
            list: None,
        }),
    };
    let mut db = cx.store.write().await?;
    transactional_emails::insert(&mut db, &new_email, cx.clock.now()).await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(())
}

/// A preview of an email with unsaved content in a language, with sample values.
///
/// # Errors
/// [`CampaignError`] names the text that cannot be rendered.
pub async fn of_content(
    cx: &Context,
    subject: &str,
    variants: Vec<CampaignVariant>,
    layout: &Layout,
    content: &Content,
    language: Language,
) -> Result<Rendered> {
    let site = site::load(cx).await?;
    let mut pieces = content.pieces(cx, &site);
    cards::fill(cx, content.post_id(), &mut pieces).await?;
    let mut db = cx.store.read().await?;
    // Any list, so that the footer is complete.
    let list = lists::all(&mut db).await?.into_iter().next();
    let brand = branding::load(cx, &mut db, &site).await?;
    let sources = pieces.iter().flat_map(|piece| piece.body.sources());
    let pictures = Pictures::load(&mut db, sources).await?;
    drop(db);
    let titles = pieces
        .iter()
        .map(|piece| (piece.language, piece.title.clone()));
    let subjects = Subjects::new(subject, cx.config().language, titles.collect(), variants);
    let (cx, layout) = (cx.clone(), layout.clone());
    let work = move || {
        let piece =
            piece::pick_piece(&pieces, site.reader(language)).ok_or(CampaignError::NoText)?;
        let name = list
            .as_ref()
            .map(|list| list.text(piece.language).0.to_owned());
        let design = Design {
            subjects: &subjects,
            layout: &layout,
            brand: &brand,
            pictures: &pictures,
            list_names: name.as_slice(),
            is_public: true,
        };
        let rendering = compose::render(&cx, &site, &design, piece)?;
        filled::sample(&cx, &site, &rendering, CampaignId(0))
    };
    render::run(Budget::Interactive, work).await?
}

async fn test_list(
    cx: &Context,
    campaign: &Campaign,
    language: Language,
) -> Result<Option<TestList>> {
    let mut db = cx.store.read().await?;
    let lists = lists::of_campaign(&mut db, campaign.id).await?;
    let Some(list) = lists.into_iter().next() else {
        return Ok(None);
    };
    let site_url = cx.config().public_url();
    let token = cx.keys.sign(&Token::Sample);
    Ok(Some(TestList {
        name: list.text(language).0.to_owned(),
        slug: list.slug.to_string(),
        unsubscribe_url: format!("{site_url}/unsubscribe/{token}"),
        unsubscribe_token: token,
        archive_url: campaign
            .is_public
            .then(|| format!("{site_url}/archive/{}?language={language}", campaign.id)),
        campaign: campaign.id,
    }))
}

/// Sends a campaign's email to some addresses in some languages, as recipients get
/// it. It changes neither audience nor counts.
///
/// # Errors
/// [`CampaignError`] names what prevents the email.
pub async fn send_test(
    cx: &Context,
    by: &Actor,
    id: CampaignId,
    to: &[EmailAddress],
    languages: &[Language],
) -> Result<()> {
    let campaign = lifecycle::by_id(cx, id).await?;
    let mut contents = Vec::with_capacity(languages.len());
    for language in languages {
        contents.push((*language, test_email(cx, &campaign, *language).await?));
    }
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    for email in to {
        for (language, content) in &contents {
            let new_email = NewEmail {
                email: email.clone(),
                language: *language,
                content: content.clone(),
            };
            transactional_emails::insert(&mut db, &new_email, now).await?;
        }
    }
    audit::record(&mut db, by, AuditAction::CampaignTest, id, now).await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(())
}

async fn test_email(cx: &Context, campaign: &Campaign, language: Language) -> Result<EmailContent> {
    let rendering = rendering(cx, campaign, language).await?;
    let from = rendering::named(&rendering::sender(cx, campaign)?, &rendering.from_name);
    let spoken = rendering.language;
    let filled = filled(cx, rendering, campaign.id).await?;
    Ok(EmailContent::Test(PreparedEmail {
        from: Some(from.to_string()),
        reply_to: None,
        subject: format!("[Test] {}", filled.subject),
        html: filled.html,
        text: filled.text,
        language: Some(spoken),
        list: test_list(cx, campaign, spoken).await?,
    }))
}
