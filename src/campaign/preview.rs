//! Previews of campaigns and of what is still being written, on pages and as test emails.

use super::ab_test::plan::AbTest;
use super::compose::{self, Design};
use super::content::Content;
use super::filled::{self, PreviewReader};
use super::inspection::{Envelope, Preview, Source};
use super::pictures::Pictures;
use super::piece::{self, Piece};
use super::preflight::Checked;
use super::subjects::Subjects;
use super::test_email::{self, TestAddresses};
use super::{CampaignError, Result, branding, cards, layouts, lifecycle, rendering};
use crate::content::{post, site};
use crate::context::Context;
use crate::mail::Mailbox;
use crate::mail::layout::Layout;
use crate::mail::personalise::Rendered;
use crate::model::CampaignId;
use crate::model::ab_test::AbVariant;
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
/// it has started, of its stored rendering. `variant` is one of its A/B test; without any it is
/// what its test has chosen, or else A.
///
/// # Errors
/// [`CampaignError`] names the text that cannot be rendered.
pub async fn of_campaign(
    cx: &Context,
    campaign: &Campaign,
    (language, variant): (Language, Option<AbVariant>),
    reader: Option<&PreviewReader>,
) -> Result<Preview> {
    let made = Made::of(cx, campaign, variant).await?;
    made.shown(cx, campaign, language, reader).await
}

/// The same of a campaign that was just [checked](super::preflight::check_rendered): nothing is rendered
/// once more.
///
/// # Errors
/// As [`of_campaign`].
pub async fn of_checked(
    cx: &Context,
    campaign: &Campaign,
    checked: Checked,
    (language, variant): (Language, Option<AbVariant>),
    reader: Option<&PreviewReader>,
) -> Result<Preview> {
    let wanted = variant.unwrap_or_default();
    let mut renderings = checked.renderings;
    renderings.extend(checked.variants);
    renderings.retain(|rendering| rendering.variant == wanted);
    if renderings.is_empty() {
        // It says what cannot be rendered.
        return of_campaign(cx, campaign, (language, variant), reader).await;
    }
    let made = Made {
        renderings,
        pieces: match wanted {
            AbVariant::A => checked.pieces,
            _ => Vec::new(),
        },
    };
    made.shown(cx, campaign, language, reader).await
}

/// A campaign's email alone, with sample values.
///
/// # Errors
/// As [`of_campaign`].
pub async fn mail_of_campaign(
    cx: &Context,
    campaign: &Campaign,
    language: Language,
) -> Result<Rendered> {
    let made = Made::of(cx, campaign, None).await?;
    filled_in(cx, made.rendering(cx, language)?, campaign.id, None).await
}

/// The renderings of a campaign.
struct Made {
    renderings: Vec<Rendering>,
    /// What they were made of, while that is still known.
    pieces: Vec<Piece>,
}

impl Made {
    async fn of(cx: &Context, campaign: &Campaign, variant: Option<AbVariant>) -> Result<Self> {
        let mut db = cx.store.read().await?;
        let mut stored = match variant {
            None => campaign_renderings::all(&mut db, campaign.id).await?,
            Some(_) => campaign_renderings::of_variants(&mut db, campaign.id).await?,
        };
        if !stored.is_empty() {
            stored.retain(|rendering| variant.is_none_or(|wanted| rendering.variant == wanted));
            return Ok(Self {
                renderings: stored,
                pieces: Vec::new(),
            });
        }
        let test = AbTest::of_campaign(&mut db, campaign.id).await?;
        drop(db);
        let mut made = rendering::render_pieces(cx, campaign).await?;
        if let Some(wanted) = variant.filter(|variant| *variant != AbVariant::A) {
            let variants = test.map(|test| test.variants).unwrap_or_default();
            let own = variants.iter().find(|one| one.variant == wanted);
            let own = own.ok_or(CampaignError::NoAbTest)?;
            made = rendering::render_variant(cx, campaign, &made, own).await?;
        }
        Ok(Self {
            renderings: made.renderings,
            pieces: made.pieces,
        })
    }

    fn rendering(&self, cx: &Context, language: Language) -> Result<&Rendering> {
        filled::pick(&self.renderings, cx.reader(language)).ok_or(CampaignError::NoPost)
    }

    async fn shown(
        &self,
        cx: &Context,
        campaign: &Campaign,
        language: Language,
        reader: Option<&PreviewReader>,
    ) -> Result<Preview> {
        let rendering = self.rendering(cx, language)?;
        let language = rendering.language;
        let own = self.pieces.iter().find(|piece| piece.language == language);
        let from = rendering::sender(cx, campaign).ok();
        Ok(Preview {
            mail: filled_in(cx, rendering, campaign.id, reader).await?,
            envelope: Envelope {
                from: from.map(|from| rendering::named(&from, &rendering.from_name)),
                list: test_list(cx, campaign, language).await?,
                campaign: Some(campaign.id),
                calendar: rendering.calendar.0.clone(),
                ..Envelope::of(cx, language, reader)
            },
            source: own.map(Source::of).unwrap_or_default(),
        })
    }
}

/// A rendering as a person gets it, or with sample values.
async fn filled_in(
    cx: &Context,
    rendering: &Rendering,
    id: CampaignId,
    reader: Option<&PreviewReader>,
) -> Result<Rendered> {
    let site = site::load(cx).await?;
    let (cx, rendering, reader) = (cx.clone(), rendering.clone(), reader.cloned());
    let work = move || filled::of(&cx, &site, &rendering, id, reader.as_ref());
    render::run(Budget::Interactive, work).await?
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
    let mut envelope = Envelope::of(cx, unsaved.language, reader);
    envelope.from = unsaved.from.or(envelope.from);
    let language = unsaved.language;
    let (cx, layout, reader) = (cx.clone(), unsaved.layout.clone(), reader.cloned());
    let work = move || {
        let piece =
            piece::pick_piece(&pieces, site.reader(language)).ok_or(CampaignError::NoText)?;
        let name = list
            .as_ref()
            .map(|list| list.text(piece.language).0.to_owned());
        let brand = branding::in_language(&brand, &site, piece.language);
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
        Ok(Preview {
            mail: filled::of(&cx, &site, &rendering, CampaignId(0), reader.as_ref())?,
            envelope,
            source: Source::of(piece),
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

/// The emails of a test, one in each language.
///
/// # Errors
/// [`CampaignError`] where the campaign has no sender or cannot be rendered.
pub async fn test_emails(
    cx: &Context,
    id: CampaignId,
    (languages, variant): (&[Language], Option<AbVariant>),
    reader: Option<&PreviewReader>,
) -> Result<Vec<Preview>> {
    let campaign = lifecycle::by_id(cx, id).await?;
    // A test without a sender would come from another one than the campaign.
    rendering::sender(cx, &campaign)?;
    let made = Made::of(cx, &campaign, variant).await?;
    let mut emails = Vec::with_capacity(languages.len());
    for language in languages {
        emails.push(made.shown(cx, &campaign, *language, reader).await?);
    }
    Ok(emails)
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
    (languages, variant): (&[Language], Option<AbVariant>),
    reader: Option<&PreviewReader>,
) -> Result<()> {
    let emails = test_emails(cx, id, (languages, variant), reader).await?;
    let what = (
        AuditAction::CampaignTest,
        PreviewReader::subject(reader, id),
    );
    test_email::queue(cx, by, what, to, emails).await
}
