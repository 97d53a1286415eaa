//! Previews of campaigns and of what is still being written, on pages and as test emails.

use super::compose::{self, Design};
use super::content::Content;
use super::filled::{self, PreviewReader};
use super::inspection::{Envelope, NOBODY, Preview};
use super::pictures::Pictures;
use super::piece::{self, Body, Piece};
use super::subjects::Subjects;
use super::test_email::{self, TestAddresses};
use super::{CampaignError, Result, branding, cards, layouts, lifecycle, rendering};
use crate::content::{post, site};
use crate::context::Context;
use crate::mail::Mailbox;
use crate::mail::layout::Layout;
use crate::model::CampaignId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::transactional::TestList;
use crate::render::{self, Budget};
use crate::store::campaign_contents::CampaignVariant;
use crate::store::campaign_renderings::{self, Rendering};
use crate::store::campaigns::Campaign;
use crate::store::lists;
use crate::text::locale::Language;
use crate::token::Token;

/// A preview of a campaign in one language, as a subscriber gets it or with sample values; once
/// it has started, of its stored rendering.
///
/// # Errors
/// [`CampaignError`] names the text that cannot be rendered.
pub async fn of_campaign(
    cx: &Context,
    campaign: &Campaign,
    language: Language,
    reader: Option<&PreviewReader>,
) -> Result<Preview> {
    let (rendering, source) = rendering(cx, campaign, language).await?;
    let spoken = rendering.language;
    let from = rendering::sender(cx, campaign).ok();
    let from = from.map(|from| rendering::named(&from, &rendering.from_name));
    let envelope = Envelope {
        from,
        to: recipient(reader),
        language: spoken,
        list: test_list(cx, campaign, spoken).await?,
        campaign: Some(campaign.id),
    };
    let (site, id) = (site::load(cx).await?, campaign.id);
    let (cx, reader) = (cx.clone(), reader.cloned());
    let work = move || match &reader {
        Some(reader) => filled::as_reader(&cx, &site, &rendering, id, reader),
        None => filled::sample(&cx, &site, &rendering, id),
    };
    Ok(Preview {
        mail: render::run(Budget::Interactive, work).await??,
        envelope,
        source,
    })
}

fn recipient(reader: Option<&PreviewReader>) -> (String, String) {
    let nobody = || (String::new(), NOBODY.to_owned());
    reader.map_or_else(nobody, |reader| (reader.name.clone(), reader.email.clone()))
}

/// The rendering for a language, before it is filled in, and its source while it is still known.
async fn rendering(
    cx: &Context,
    campaign: &Campaign,
    language: Language,
) -> Result<(Rendering, String)> {
    let stored = campaign_renderings::all(&mut cx.store.read().await?, campaign.id).await?;
    if let Some(rendering) = filled::pick(&stored, cx.reader(language)) {
        return Ok((rendering.clone(), String::new()));
    }
    let made = rendering::render_pieces(cx, campaign).await?;
    let rendering = filled::pick(&made.renderings, cx.reader(language));
    let rendering = rendering.ok_or(CampaignError::NoPost)?.clone();
    let own = |piece: &&Piece| piece.language == rendering.language;
    let source = made.pieces.iter().find(own).map(source_of);
    Ok((rendering, source.unwrap_or_default()))
}

fn source_of(piece: &Piece) -> String {
    match &piece.body {
        Body::Markdown(source) | Body::Mjml(source) | Body::Html(source) => source.clone(),
        Body::Sections(_) => String::new(),
    }
}

/// A preview of an email made from an unsaved article.
///
/// # Errors
/// [`CampaignError`] names the text that cannot be rendered.
pub async fn of_article(
    cx: &Context,
    article: &post::Article,
    layout: &str,
    reader: Option<&PreviewReader>,
) -> Result<Preview> {
    let post = Content::Post(article.as_post(cx.clock.now())?);
    let layout = layouts::find(&mut cx.store.read().await?, layout).await?;
    let unsaved = Unsaved {
        subject: article.title.as_str(),
        from: None,
        variants: Vec::new(),
        layout: &layout,
        content: &post,
        language: article.language,
    };
    of_content(cx, unsaved, reader).await
}

/// An email that is being written.
#[derive(Debug, Clone)]
pub struct Unsaved<'a> {
    pub subject: &'a str,
    /// `None` for the configured sender.
    pub from: Option<Mailbox>,
    /// What it says in inboxes, by language.
    pub variants: Vec<CampaignVariant>,
    pub layout: &'a Layout,
    pub content: &'a Content,
    pub language: Language,
}

/// A preview of an email with unsaved content in a language.
///
/// # Errors
/// [`CampaignError`] names the text that cannot be rendered.
pub async fn of_content(
    cx: &Context,
    unsaved: Unsaved<'_>,
    reader: Option<&PreviewReader>,
) -> Result<Preview> {
    let site = site::load(cx).await?;
    let content = unsaved.content;
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
    let titles = titles.collect();
    let variants = unsaved.variants;
    let subjects = Subjects::new(unsaved.subject, cx.config().language, titles, variants);
    let mut envelope = Envelope {
        from: unsaved.from.or_else(|| cx.sender()),
        to: recipient(reader),
        language: unsaved.language,
        list: None,
        campaign: None,
    };
    let language = unsaved.language;
    let (cx, layout, reader) = (cx.clone(), unsaved.layout.clone(), reader.cloned());
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
        envelope.language = rendering.language;
        envelope.from = envelope
            .from
            .map(|from| rendering::named(&from, &rendering.from_name));
        let mail = match &reader {
            Some(reader) => filled::as_reader(&cx, &site, &rendering, CampaignId(0), reader)?,
            None => filled::sample(&cx, &site, &rendering, CampaignId(0))?,
        };
        Ok(Preview {
            mail,
            envelope,
            source: source_of(piece),
        })
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
/// it, or as one of them does. It changes neither audience nor counts.
///
/// # Errors
/// [`CampaignError`] names what prevents the email.
pub async fn send_test(
    cx: &Context,
    by: &Actor,
    id: CampaignId,
    to: &TestAddresses,
    languages: &[Language],
    reader: Option<&PreviewReader>,
) -> Result<()> {
    let campaign = lifecycle::by_id(cx, id).await?;
    // A test without a sender would come from another one than the campaign.
    rendering::sender(cx, &campaign)?;
    let mut emails = Vec::with_capacity(languages.len());
    for language in languages {
        emails.push(of_campaign(cx, &campaign, *language, reader).await?);
    }
    let what = (
        AuditAction::CampaignTest,
        PreviewReader::subject(reader, id),
    );
    Ok(test_email::queue(cx, by, what, to, emails).await?)
}
