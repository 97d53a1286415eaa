//! What a campaign mails: one post, a digest, a text or a design of its own, in
//! MJML or as finished HTML.

use super::compose::{Body, Piece};
use super::digest::Digest;
use super::weekly_digest::Weekly;
use super::{CampaignError, Result, compose};
use crate::content::post::{self, BODY_LIMIT, FullPost};
use crate::content::site::Site;
use crate::context::Context;
use crate::model::campaign::ContentKind;
use crate::model::line::Title;
use crate::model::list::Slug;
use crate::store::campaign_contents::{self, CampaignText, DigestItem};
use crate::store::campaigns::Campaign;
use crate::store::posts::Variant;
use crate::store::{Db, events, posts};
use crate::text::datetime::{Calendar, zone};
use crate::text::locale::Language;
use crate::text::markup;

const PREHEADER_LIMIT: usize = 300;

/// What an admin chooses to mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContentSpec {
    /// The post of this slug.
    Post(Slug),
    /// Posts and events, in this order, under words of its own.
    Digest {
        /// The posts.
        posts: Vec<Slug>,
        /// The events.
        events: Vec<Slug>,
        /// What stands above them; may be empty.
        texts: Vec<CampaignText>,
    },
    /// Markdown, for a layout.
    Markdown(Vec<CampaignText>),
    /// Whole mails in MJML.
    Mjml(Vec<CampaignText>),
    /// Whole mails in HTML.
    Html(Vec<CampaignText>),
}

impl ContentSpec {
    /// What it is made of.
    pub fn kind(&self) -> ContentKind {
        match self {
            ContentSpec::Post(_) => ContentKind::Post,
            ContentSpec::Digest { .. } => ContentKind::Digest,
            ContentSpec::Markdown(_) => ContentKind::Markdown,
            ContentSpec::Mjml(_) => ContentKind::Mjml,
            ContentSpec::Html(_) => ContentKind::Html,
        }
    }

    /// The same with its words checked and tidied.
    ///
    /// # Errors
    /// [`CampaignError`] names what is missing or cannot be taken.
    pub fn tidied(&self) -> Result<Self> {
        Ok(match self {
            ContentSpec::Post(slug) => ContentSpec::Post(slug.clone()),
            ContentSpec::Digest {
                posts,
                events,
                texts,
            } => {
                if posts.is_empty() && events.is_empty() {
                    return Err(CampaignError::NoItem);
                }
                let given = texts.iter().filter(|text| !is_blank(text));
                ContentSpec::Digest {
                    posts: posts.clone(),
                    events: events.clone(),
                    texts: given.map(|text| tidy(text, false)).collect::<Result<_>>()?,
                }
            }
            ContentSpec::Markdown(texts) => ContentSpec::Markdown(whole(texts)?),
            ContentSpec::Mjml(texts) => ContentSpec::Mjml(with_way_out(texts)?),
            ContentSpec::Html(texts) => ContentSpec::Html(with_way_out(texts)?),
        })
    }
}

fn is_blank(text: &CampaignText) -> bool {
    [&text.title, &text.preheader, &text.body]
        .iter()
        .all(|part| part.trim().is_empty())
}

/// Texts that are all there is to say.
fn whole(texts: &[CampaignText]) -> Result<Vec<CampaignText>> {
    let given: Vec<_> = texts.iter().filter(|text| !is_blank(text)).collect();
    if given.is_empty() {
        return Err(CampaignError::NoText);
    }
    given.into_iter().map(|text| tidy(text, true)).collect()
}

/// Whole mails, which must say how to leave. Whether the link is seen shows when
/// they are rendered ([`compose`]); what is plain from the source is told at once.
fn with_way_out(texts: &[CampaignText]) -> Result<Vec<CampaignText>> {
    let texts = whole(texts)?;
    let names_it = |text: &CampaignText| {
        let mut tokens = markup::tokens(&text.body);
        tokens.any(|token| {
            matches!(token.kind, markup::Kind::Open(_)) && token.raw.contains("unsubscribe_url")
        })
    };
    match texts.iter().find(|text| !names_it(text)) {
        Some(text) => Err(CampaignError::MissingUnsubscribeLink(text.language)),
        None => Ok(texts),
    }
}

fn tidy(text: &CampaignText, must_be_whole: bool) -> Result<CampaignText> {
    let wrong = |cause: String| CampaignError::Text {
        language: text.language,
        cause,
    };
    let title = match text.title.trim() {
        "" if !must_be_whole => String::new(),
        title => Title::parse(title)
            .map_err(|error| wrong(format!("the title {error}")))?
            .to_string(),
    };
    let preheader = text
        .preheader
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if preheader.chars().count() > PREHEADER_LIMIT {
        return Err(wrong(
            "the preheader has more than 300 characters".to_owned(),
        ));
    }
    if text.body.len() > BODY_LIMIT {
        return Err(wrong("the text is longer than 256 KiB".to_owned()));
    }
    if must_be_whole && text.body.trim().is_empty() {
        return Err(wrong("the text must not be empty".to_owned()));
    }
    Ok(CampaignText {
        language: text.language,
        title,
        preheader,
        body: text.body.replace("\r\n", "\n"),
    })
}

/// What a campaign mails, with all that it gathers.
#[derive(Debug, Clone)]
pub enum Content {
    /// One post.
    Post(FullPost),
    /// Posts and events.
    Digest(Digest),
    /// Markdown.
    Markdown(Vec<CampaignText>),
    /// MJML.
    Mjml(Vec<CampaignText>),
    /// HTML.
    Html(Vec<CampaignText>),
    /// Campaigns.
    Weekly(Weekly),
}

impl Content {
    /// The content that an admin chose.
    ///
    /// # Errors
    /// [`CampaignError`] names what is not there.
    pub async fn of_material(cx: &Context, material: &ContentSpec) -> Result<Self> {
        Ok(match material {
            ContentSpec::Post(slug) => {
                let post = post::by_slug(cx, slug).await?;
                Content::Post(post.ok_or_else(|| CampaignError::UnknownPost(slug.to_string()))?)
            }
            ContentSpec::Digest {
                posts,
                events,
                texts,
            } => {
                let mut digest = Digest {
                    texts: texts.clone(),
                    ..Digest::default()
                };
                for slug in posts {
                    let post = post::by_slug(cx, slug).await?;
                    let unknown = || CampaignError::UnknownPost(slug.to_string());
                    digest.posts.push(post.ok_or_else(unknown)?);
                }
                for slug in events {
                    let event = crate::content::event::full(cx, slug).await?;
                    let unknown = || CampaignError::UnknownEvent(slug.to_string());
                    digest.events.push(event.ok_or_else(unknown)?);
                }
                Content::Digest(digest)
            }
            ContentSpec::Markdown(texts) => Content::Markdown(texts.clone()),
            ContentSpec::Mjml(texts) => Content::Mjml(texts.clone()),
            ContentSpec::Html(texts) => Content::Html(texts.clone()),
        })
    }

    /// The content that a campaign was given. Of a digest, what has been deleted
    /// since is left out.
    ///
    /// # Errors
    /// [`CampaignError::NoPost`], [`CampaignError::NoItem`] where nothing of it
    /// is left.
    pub async fn of_campaign(cx: &Context, campaign: &Campaign) -> Result<Self> {
        let mut db = cx.store.read().await?;
        let texts = campaign_contents::texts(&mut db, campaign.id).await?;
        match campaign.kind {
            ContentKind::Markdown => Ok(Content::Markdown(texts)),
            ContentKind::Mjml => Ok(Content::Mjml(texts)),
            ContentKind::Html => Ok(Content::Html(texts)),
            ContentKind::Weekly => {
                drop(db);
                Ok(Content::Weekly(Weekly::load(cx, campaign.id).await?))
            }
            ContentKind::Post => {
                drop(db);
                let id = campaign.post_id.ok_or(CampaignError::NoPost)?;
                let post = post::by_id(cx, id).await?;
                Ok(Content::Post(post.ok_or(CampaignError::NoPost)?))
            }
            ContentKind::Digest => {
                let items = campaign_contents::items(&mut db, campaign.id).await?;
                let mut digest = Digest {
                    texts,
                    ..Digest::default()
                };
                for item in items {
                    add(&mut db, &mut digest, item, cx.config.language).await?;
                }
                if digest.posts.is_empty() && digest.events.is_empty() {
                    return Err(CampaignError::NoItem);
                }
                Ok(Content::Digest(digest))
            }
        }
    }

    /// What an admin would choose to get this content.
    ///
    /// # Errors
    /// [`CampaignError::Automatic`] where none can.
    pub fn material(&self) -> Result<ContentSpec> {
        Ok(match self {
            Content::Post(full) => ContentSpec::Post(full.post.slug.clone()),
            Content::Digest(digest) => ContentSpec::Digest {
                posts: digest
                    .posts
                    .iter()
                    .map(|full| full.post.slug.clone())
                    .collect(),
                events: digest
                    .events
                    .iter()
                    .map(|(event, _)| event.slug.clone())
                    .collect(),
                texts: digest.texts.clone(),
            },
            Content::Markdown(texts) => ContentSpec::Markdown(texts.clone()),
            Content::Mjml(texts) => ContentSpec::Mjml(texts.clone()),
            Content::Html(texts) => ContentSpec::Html(texts.clone()),
            Content::Weekly(_) => return Err(CampaignError::Automatic),
        })
    }

    /// The items of a digest, in its order.
    pub fn items(&self) -> Vec<DigestItem> {
        match self {
            Content::Digest(digest) => {
                let posts = digest
                    .posts
                    .iter()
                    .map(|full| DigestItem::Post(full.post.id));
                let events = digest
                    .events
                    .iter()
                    .map(|(event, _)| DigestItem::Event(event.id));
                posts.chain(events).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Its own words.
    pub fn texts(&self) -> &[CampaignText] {
        match self {
            Content::Post(_) | Content::Weekly(_) => &[],
            Content::Digest(digest) => &digest.texts,
            Content::Markdown(texts) | Content::Mjml(texts) | Content::Html(texts) => texts,
        }
    }

    /// The languages that it has a text in.
    pub fn languages(&self) -> Vec<Language> {
        let has_language = |language: &Language| match self {
            Content::Post(full) => full.variants.iter().any(|one| one.language == *language),
            Content::Digest(digest) => digest.has_language(*language),
            Content::Markdown(texts) | Content::Mjml(texts) | Content::Html(texts) => {
                texts.iter().any(|text| text.language == *language)
            }
            // Its frame exists in all of them.
            Content::Weekly(_) => true,
        };
        Language::ALL.into_iter().filter(has_language).collect()
    }

    /// What it says in each of its languages.
    pub fn pieces(&self, cx: &Context, site: &Site) -> Vec<Piece> {
        let written = |text: &CampaignText, body| Piece {
            language: text.language,
            title: text.title.clone(),
            preheader: text.preheader.clone(),
            eyebrow: String::new(),
            summary: String::new(),
            body,
            button: None,
        };
        match self {
            Content::Post(full) => {
                let piece = |variant| of_post(cx, site, full, variant);
                full.variants.iter().map(piece).collect()
            }
            Content::Digest(digest) => {
                let languages = self.languages().into_iter();
                languages
                    .map(|language| digest.piece(cx, site, language))
                    .collect()
            }
            Content::Markdown(texts) => {
                let piece = |text: &CampaignText| written(text, Body::Markdown(text.body.clone()));
                texts.iter().map(piece).collect()
            }
            Content::Mjml(texts) => {
                let piece = |text: &CampaignText| written(text, Body::Mjml(text.body.clone()));
                texts.iter().map(piece).collect()
            }
            Content::Html(texts) => {
                let piece = |text: &CampaignText| written(text, Body::Html(text.body.clone()));
                texts.iter().map(piece).collect()
            }
            Content::Weekly(weekly) => {
                let piece = |language| weekly.piece(cx, site, language);
                Language::ALL.into_iter().map(piece).collect()
            }
        }
    }
}

async fn add(db: &mut Db, digest: &mut Digest, item: DigestItem, language: Language) -> Result<()> {
    match item {
        DigestItem::Post(id) => {
            if let Some(post) = posts::by_id(db, id).await? {
                let variants = posts::variants(db, id).await?;
                digest.posts.push(FullPost { post, variants });
            }
        }
        DigestItem::Event(id) => {
            if let Some(event) = events::by_id(db, id, language).await? {
                digest.events.push((event, events::variants(db, id).await?));
            }
        }
    }
    Ok(())
}

fn of_post(cx: &Context, site: &Site, full: &FullPost, variant: &Variant) -> Piece {
    let language = variant.language;
    let phrases = site.phrases(language);
    let category = compose::category(&phrases, &full.post.category);
    let zone = zone(&cx.config.time_zone).ok();
    let eyebrow = match full.post.published_at.zip(zone) {
        Some((at, zone)) => format!("{category} · {}", Calendar::new(language, zone).date(at)),
        None => category,
    };
    let url = format!(
        "{}/posts/{}?language={language}",
        cx.config.public_url(),
        full.post.slug
    );
    Piece {
        language,
        title: variant.title.clone(),
        preheader: variant.summary.clone(),
        eyebrow,
        summary: variant.summary.clone(),
        body: Body::Markdown(variant.body_markdown.clone()),
        button: Some((phrases.translate("mail-campaign-read-more"), url)),
    }
}
