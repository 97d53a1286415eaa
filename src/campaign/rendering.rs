//! Rendering a campaign: from its content to one email in each language.

use super::ab_test::plan::Variant;
use super::cards::MissingSnippet;
use super::compose::{self, Design};
use super::content::Content;
use super::pictures::Pictures;
use super::piece::Piece;
use super::subjects::Subjects;
use super::weekly_content::Weekly;
use super::{CampaignError, Result, branding, cards, event_calendar, layouts};
use crate::content::site::{self, Site};
use crate::context::Context;
use crate::mail::Mailbox;
use crate::model::ab_test::AbVariant;
use crate::model::calendar::StoredPart;
use crate::model::campaign::ContentKind;
use crate::render::{self, Budget};
use crate::store::campaign_contents::{self, CampaignVariant};
use crate::store::campaign_renderings;
use crate::store::campaign_renderings::Rendering;
use crate::store::campaigns::{self, Campaign};
use crate::store::lists;
use crate::text::line::PersonName;
use crate::text::locale::Language;

/// Where the texts of a campaign come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// From content that an admin chose.
    Chosen(Content),
    /// From the campaigns of a week.
    Weekly(Weekly),
}

impl Source {
    /// The source of a campaign.
    ///
    /// # Errors
    /// [`CampaignError::NoPost`], [`CampaignError::NoItem`] where all of it was
    /// deleted.
    pub async fn of_campaign(cx: &Context, campaign: &Campaign) -> Result<Self> {
        if campaign.kind == ContentKind::Weekly {
            Weekly::load(cx, campaign.id).await.map(Source::Weekly)
        } else {
            Content::of_campaign(cx, campaign).await.map(Source::Chosen)
        }
    }

    /// The languages that it has a text in. The frame of a weekly digest exists
    /// in all of the site.
    pub fn languages(&self, cx: &Context) -> Vec<Language> {
        match self {
            Source::Chosen(content) => content.languages(),
            Source::Weekly(_) => cx.config().site_languages().iter().collect(),
        }
    }

    /// Its text in each of its languages.
    pub fn pieces(&self, cx: &Context, site: &Site) -> Vec<Piece> {
        match self {
            Source::Chosen(content) => content.pieces(cx, site),
            Source::Weekly(weekly) => {
                let piece = |language| weekly.piece(cx, site, language);
                cx.config().site_languages().iter().map(piece).collect()
            }
        }
    }
}

/// The languages of a campaign: of its renderings once it has started, before of
/// its content.
pub async fn languages(cx: &Context, campaign: &Campaign) -> Result<Vec<Language>> {
    let stored = campaign_renderings::all(&mut cx.store.read().await?, campaign.id).await?;
    let mut found: Vec<Language> = stored.into_iter().map(|one| one.language).collect();
    if found.is_empty() {
        found = match Source::of_campaign(cx, campaign).await {
            Ok(content) => content.languages(cx),
            Err(CampaignError::NoPost | CampaignError::NoItem) => Vec::new(),
            Err(error) => return Err(error),
        };
    }
    found.sort_unstable();
    Ok(found)
}

/// The sender of a campaign.
///
/// # Errors
/// [`CampaignError::Preflight`] where neither it nor the configuration names
/// one.
pub fn sender(cx: &Context, campaign: &Campaign) -> Result<Mailbox> {
    if let Some(own) = &campaign.from_mailbox {
        return Ok(own.parse()?);
    }
    cx.sender().ok_or_else(|| {
        CampaignError::Preflight(vec![
            "no sender is configured; enter it under Settings, Sending".to_owned(),
        ])
    })
}

/// A sender under another name, where there is one.
pub fn named(sender: &Mailbox, name: &str) -> Mailbox {
    let name = PersonName::parse(name).unwrap_or_default();
    Mailbox {
        name: match name.as_str() {
            "" => sender.name.clone(),
            _ => name,
        },
        address: sender.address.clone(),
    }
}

/// Renders a campaign from its current content in each of its languages.
///
/// # Errors
/// [`CampaignError`] names the text that cannot be rendered.
pub async fn render(cx: &Context, campaign: &Campaign) -> Result<Vec<Rendering>> {
    Ok(render_pieces(cx, campaign).await?.renderings)
}

/// The renderings of a campaign, and what they were made of.
pub(super) struct Rendered {
    /// In each language.
    pub pieces: Vec<Piece>,
    /// What inboxes show.
    pub subjects: Subjects,
    /// In the order of the pieces.
    pub renderings: Vec<Rendering>,
    /// What its texts should show and cannot.
    pub missing_snippets: Vec<MissingSnippet>,
    /// The site's postal address, line by line; empty where none is set.
    pub postal_lines: Vec<String>,
}

/// Whether a reader sees no difference between two renderings of a language.
pub(super) fn are_alike(one: &Rendering, other: &Rendering) -> bool {
    (&one.subject, &one.from_name, &one.html) == (&other.subject, &other.from_name, &other.html)
}

impl Rendered {
    /// Whether it is the same as another in each language of that one.
    pub(super) fn is_same_as(&self, other: &Self) -> bool {
        let is_here = |of_other: &Rendering| {
            let mut own = self.renderings.iter();
            let own = own.find(|one| one.language == of_other.language);
            own.is_some_and(|own| are_alike(own, of_other))
        };
        other.renderings.iter().all(is_here)
    }

    /// What inboxes show of it in each language.
    fn inboxes(&self) -> Vec<CampaignVariant> {
        let shown = self.pieces.iter().map(|piece| {
            let language = piece.language;
            let preheader = self.subjects.preheader(language);
            CampaignVariant {
                language,
                subject: self.subjects.subject(language, &piece.title),
                preheader: preheader.unwrap_or(&piece.preheader).to_owned(),
                from_name: self.subjects.from_name(language).to_owned(),
            }
        });
        shown.collect()
    }
}

/// Renders a campaign; gives also what each rendering was made of.
pub(super) async fn render_pieces(cx: &Context, campaign: &Campaign) -> Result<Rendered> {
    let content = Source::of_campaign(cx, campaign).await?;
    render_content(cx, campaign, content, AbVariant::A, &[]).await
}

/// Renders a variant of a campaign's A/B test. `a` is the campaign as it stands: inboxes show a
/// variant as they show A, but for what differs, also where A's subject is the title of its text.
pub(super) async fn render_variant(
    cx: &Context,
    campaign: &Campaign,
    a: &Rendered,
    variant: &Variant,
) -> Result<Rendered> {
    let (content, texts) = match &variant.content {
        Some(spec) => {
            let content = Source::Chosen(Content::of_spec(cx, spec).await?);
            (content, a.inboxes())
        }
        None => (
            Source::of_campaign(cx, campaign).await?,
            variant.texts.clone(),
        ),
    };
    render_content(cx, campaign, content, variant.variant, &texts).await
}

/// Renders a text as that of a campaign; of what inboxes show of it, `own` comes before what the
/// campaign says.
async fn render_content(
    cx: &Context,
    campaign: &Campaign,
    content: Source,
    variant: AbVariant,
    own: &[CampaignVariant],
) -> Result<Rendered> {
    let site = site::load(cx).await?;
    let mut pieces = content.pieces(cx, &site);
    let chosen = match &content {
        Source::Chosen(content) => Some(content),
        Source::Weekly(_) => None,
    };
    let post = chosen.and_then(Content::post_id);
    let filled = cards::fill(cx, post, &mut pieces).await?;
    let (missing_snippets, shown) = (filled.missing, filled.events);
    let calendars = event_calendar::parts(cx, campaign, chosen, &pieces, shown).await?;
    let mut db = cx.store.read().await?;
    let slugs = campaigns::list_slugs(&mut db, campaign.id).await?;
    let all = lists::all(&mut db).await?;
    let layout = layouts::find(&mut db, &campaign.layout).await?;
    let variants = campaign_contents::variants(&mut db, campaign.id).await?;
    let variants = with_own(variants, own);
    let brand = branding::load(cx, &mut db, &site).await?;
    // What they show is looked up before they are rendered, where no database is.
    let sources = pieces.iter().flat_map(|piece| piece.body.sources());
    let pictures = Pictures::load(&mut db, sources).await?;
    drop(db);
    let titles = pieces
        .iter()
        .map(|piece| (piece.language, piece.title.clone()));
    let subjects = Subjects::new(
        &campaign.subject,
        cx.config().language,
        titles.collect(),
        variants,
    );
    let (cx, campaign) = (cx.clone(), campaign.clone());
    let work = move || {
        let renderings = pieces
            .iter()
            .zip(calendars)
            .map(|(piece, calendar)| {
                let named = all.iter().filter(|list| {
                    campaign.kind != ContentKind::Weekly && slugs.contains(&list.slug)
                });
                let brand = branding::in_language(&brand, &site, piece.language);
                let design = Design {
                    subjects: &subjects,
                    layout: &layout,
                    brand: &brand,
                    pictures: &pictures,
                    list_names: &named
                        .map(|list| list.text(piece.language).0.to_owned())
                        .collect::<Vec<_>>(),
                    is_public: campaign.is_public,
                };
                let rendering = compose::render(&cx, &site, &design, piece)?;
                Ok(Rendering {
                    variant,
                    calendar: StoredPart(calendar),
                    ..rendering
                })
            })
            .collect::<Result<_>>()?;
        Ok(Rendered {
            pieces,
            subjects,
            renderings,
            missing_snippets,
            postal_lines: brand.postal_lines,
        })
    };
    render::run(Budget::Background, work).await?
}

/// What inboxes show, with what is set in `own` in its place.
fn with_own(mut variants: Vec<CampaignVariant>, own: &[CampaignVariant]) -> Vec<CampaignVariant> {
    for text in own {
        let at = variants
            .iter()
            .position(|one| one.language == text.language);
        let at = at.unwrap_or_else(|| {
            variants.push(CampaignVariant {
                language: text.language,
                ..CampaignVariant::default()
            });
            variants.len() - 1
        });
        let one = &mut variants[at];
        for (field, own) in [
            (&mut one.subject, &text.subject),
            (&mut one.preheader, &text.preheader),
            (&mut one.from_name, &text.from_name),
        ] {
            if !own.is_empty() {
                field.clone_from(own);
            }
        }
    }
    variants
}
