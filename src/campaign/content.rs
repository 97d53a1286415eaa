//! What a campaign mails, loaded: a post, a digest, Markdown, MJML or HTML.

use super::content_spec::ContentSpec;
use super::digest::Digest;
use super::piece::{self, Body, Piece};
use super::{CampaignError, Result};
use crate::content::post::{self, FullPost};
use crate::content::site::Site;
use crate::context::Context;
use crate::model::PostId;
use crate::model::campaign::ContentKind;
use crate::store::campaign_contents::{self, CampaignText, DigestItem};
use crate::store::campaigns::Campaign;
use crate::store::posts::Variant;
use crate::store::{Db, events, posts, series_emails};
use crate::text::datetime::Calendar;
use crate::text::locale::{Language, Preference};

/// What a campaign mails, with all that it refers to.
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
}

impl Content {
    /// The post that it is.
    pub fn post_id(&self) -> Option<PostId> {
        match self {
            Self::Post(full) => Some(full.post.id),
            _ => None,
        }
    }

    /// The content that an admin chose.
    ///
    /// # Errors
    /// [`CampaignError`] names what is not there.
    pub async fn of_spec(cx: &Context, spec: &ContentSpec) -> Result<Self> {
        Ok(match spec {
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
    /// [`CampaignError::NoPost`], [`CampaignError::NoItem`] where all of it was
    /// deleted, [`CampaignError::Automatic`] for a weekly digest.
    pub async fn of_campaign(cx: &Context, campaign: &Campaign) -> Result<Self> {
        let mut db = cx.store.read().await?;
        let texts = campaign_contents::texts(&mut db, campaign.id).await?;
        let kind = match campaign.kind {
            ContentKind::Series => {
                let said = series_emails::content_kind(&mut db, campaign.id).await?;
                said.unwrap_or_else(|| kind_without_series(campaign, &texts))
            }
            kind => kind,
        };
        match kind {
            ContentKind::Markdown | ContentKind::Series => Ok(Content::Markdown(texts)),
            ContentKind::Mjml => Ok(Content::Mjml(texts)),
            ContentKind::Html => Ok(Content::Html(texts)),
            ContentKind::Weekly => Err(CampaignError::Automatic),
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
                    add(&mut db, &mut digest, item, cx.reader(cx.config().language)).await?;
                }
                if digest.posts.is_empty() && digest.events.is_empty() {
                    return Err(CampaignError::NoItem);
                }
                Ok(Content::Digest(digest))
            }
        }
    }

    /// What an admin chooses to get this content.
    pub fn spec(&self) -> ContentSpec {
        match self {
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
        }
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

    /// Its own texts.
    pub fn texts(&self) -> &[CampaignText] {
        match self {
            Content::Post(_) => &[],
            Content::Digest(digest) => &digest.texts,
            Content::Markdown(texts) | Content::Mjml(texts) | Content::Html(texts) => texts,
        }
    }

    /// The languages that it has a text in, in the order of their tags.
    pub fn languages(&self) -> Vec<Language> {
        let mut languages: Vec<Language> = match self {
            Content::Post(full) => full.variants.iter().map(|one| one.language).collect(),
            Content::Digest(digest) => digest.languages().collect(),
            Content::Markdown(texts) | Content::Mjml(texts) | Content::Html(texts) => {
                texts.iter().map(|text| text.language).collect()
            }
        };
        languages.sort();
        languages.dedup();
        languages
    }

    /// Its text in each of its languages.
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
        }
    }
}

/// What an email is made of whose series was deleted, and with it the step that said so.
fn kind_without_series(campaign: &Campaign, texts: &[CampaignText]) -> ContentKind {
    if campaign.post_id.is_some() {
        return ContentKind::Post;
    }
    let body = texts.first().map_or("", |text| text.body.trim_start());
    match body.get(..5) {
        Some("<mjml") => ContentKind::Mjml,
        // Markdown may hold HTML, but none that begins like a whole page.
        Some(start) if ["<html", "<!doc"].contains(&start.to_ascii_lowercase().as_str()) => {
            ContentKind::Html
        }
        _ => ContentKind::Markdown,
    }
}

async fn add(db: &mut Db, digest: &mut Digest, item: DigestItem, reader: Preference) -> Result<()> {
    match item {
        DigestItem::Post(id) => {
            if let Some(post) = posts::by_id(db, id).await? {
                let variants = posts::variants(db, id).await?;
                digest.posts.push(FullPost { post, variants });
            }
        }
        DigestItem::Event(id) => {
            if let Some(event) = events::by_id(db, id, reader).await? {
                digest.events.push((event, events::variants(db, id).await?));
            }
        }
    }
    Ok(())
}

fn of_post(cx: &Context, site: &Site, full: &FullPost, variant: &Variant) -> Piece {
    let language = variant.language;
    let phrases = site.phrases(language);
    let category = piece::category(&phrases, &full.post.category);
    let zone = cx.config().time_zone.get();
    let eyebrow = match full.post.published_at {
        Some(at) => format!(
            "{category} · {}",
            Calendar::of(phrases.clone(), zone).date(at)
        ),
        None => category,
    };
    let url = cx.config().public_url() + &full.post.path_in(language);
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
