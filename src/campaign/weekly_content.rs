//! What a weekly digest says: the campaigns of a week, each behind a condition on
//! what was stored for the recipient ([`store::weekly_digests`](crate::store::weekly_digests)), so
//! that one rendering serves subscribers of any mix of lists.

use super::content::Content;
use super::digest::literal;
use super::piece::{self, Body, Piece, Section};
use super::{CampaignError, Result};
use crate::content::site::Site;
use crate::context::Context;
use crate::model::CampaignId;
use crate::store::campaigns::{self, Campaign};
use crate::store::weekly_digests::{self, ATTRIBUTE};
use crate::text::datetime::Calendar;
use crate::text::locale::Language;
use crate::token::Token;

pub(super) fn title(site: &Site, language: Language) -> String {
    let name = site.name(language);
    site.phrases(language)
        .translate_with("mail-weekly-title", "site", name)
}

/// The campaigns in a weekly digest.
#[derive(Debug, Clone)]
pub struct Weekly {
    items: Vec<Item>,
}

/// A campaign in a digest.
#[derive(Debug, Clone)]
struct Item {
    campaign: Campaign,
    /// What it mailed; `None` where that was deleted.
    content: Option<Content>,
}

impl Weekly {
    /// The campaigns in the digest `id`.
    ///
    /// # Errors
    /// [`CampaignError::NoItem`] where nothing is left of it.
    pub async fn load(cx: &Context, id: CampaignId) -> Result<Self> {
        let mut db = cx.store.read().await?;
        let mut campaigns_of_week = Vec::new();
        for item in weekly_digests::included(&mut db, id).await? {
            campaigns_of_week.extend(campaigns::by_id(&mut db, item).await?);
        }
        drop(db);
        let mut items = Vec::with_capacity(campaigns_of_week.len());
        for campaign in campaigns_of_week {
            let content = match Content::of_campaign(cx, &campaign).await {
                Ok(content) => Some(content),
                Err(error) if error.is_internal() => return Err(error),
                // Content that was deleted since is listed by its subject.
                Err(_) => None,
            };
            items.push(Item { campaign, content });
        }
        if items.is_empty() {
            Err(CampaignError::NoItem)
        } else {
            Ok(Self { items })
        }
    }

    /// The number of campaigns in it.
    pub fn count(&self) -> usize {
        self.items.len()
    }

    /// Its text in a language. An item that lacks it falls back to the next best.
    pub fn piece(&self, cx: &Context, site: &Site, language: Language) -> Piece {
        let section = |item: &Item| {
            let entry = WeeklyItem::of(cx, site, item, language);
            let id = item.campaign.id;
            Section {
                // A preview has no recipient; it shows every item.
                condition: Some(format!(
                    "attributes.{ATTRIBUTE} is undefined or {id} in attributes.{ATTRIBUTE}"
                )),
                markdown: entry.markdown(),
                short: Some(entry.short()),
            }
        };
        let phrases = site.phrases(language);
        let calendar = Calendar::of(phrases.clone(), cx.config().time_zone.get());
        Piece {
            language,
            title: title(site, language),
            preheader: phrases.translate("mail-weekly-preheader"),
            eyebrow: calendar.date(cx.clock.now()),
            summary: String::new(),
            body: Body::Sections(self.items.iter().map(section).collect()),
            button: None,
        }
    }
}

/// The entry of one campaign in one language.
struct WeeklyItem {
    title: String,
    summary: String,
    /// Its whole text, where no page shows it.
    whole: String,
    /// The link to the whole text: label and URL.
    link: (String, String),
}

/// Characters of a short summary.
const SHORT: usize = 300;

impl WeeklyItem {
    fn of(cx: &Context, site: &Site, item: &Item, language: Language) -> Self {
        let campaign = &item.campaign;
        let phrases = site.phrases(language);
        let pieces = item.content.as_ref().map(|one| one.pieces(cx, site));
        let piece = pieces
            .as_deref()
            .and_then(|pieces| piece::pick_piece(pieces, site.reader(language)));
        let site_url = cx.config().public_url();
        let page = match &item.content {
            _ if campaign.is_public => Some(format!(
                "{site_url}/archive/{}?language={language}",
                campaign.id
            )),
            Some(Content::Post(full)) if full.post.published_at.is_some() => {
                Some(format!("{site_url}{}", full.post.path_in(language)))
            }
            _ => None,
        };
        let whole = match piece.map(|piece| &piece.body) {
            Some(Body::Markdown(body)) if page.is_none() => body.clone(),
            _ => String::new(),
        };
        let summary = piece.map(|piece| {
            if piece.summary.is_empty() {
                piece.preheader.clone()
            } else {
                piece.summary.clone()
            }
        });
        // Without a public page, the signed link of the email shows it.
        let url = page.unwrap_or_else(|| {
            let token = cx.keys.sign(&Token::Letter {
                campaign: campaign.id.0,
            });
            format!("{site_url}/letter/{token}?language={language}")
        });
        Self {
            title: piece.map_or_else(|| campaign.subject.clone(), |piece| piece.title.clone()),
            summary: summary.unwrap_or_default(),
            whole,
            link: (phrases.translate("mail-campaign-read-more"), url),
        }
    }

    fn markdown(&self) -> String {
        if self.whole.is_empty() {
            return self.linked(&self.summary);
        }
        let mut out = format!("### {}", literal(&self.title));
        if !self.summary.is_empty() {
            out.push_str(&format!("\n\n{}", literal(&self.summary)));
        }
        format!("{out}\n\n{}", self.whole)
    }

    /// Title, summary and link alone.
    fn short(&self) -> String {
        let mut summary: String = self.summary.chars().take(SHORT).collect();
        if summary.len() < self.summary.len() {
            summary.push('…');
        }
        self.linked(&summary)
    }

    fn linked(&self, summary: &str) -> String {
        let (label, url) = &self.link;
        let mut out = format!("### [{}]({url})", literal(&self.title));
        if !summary.is_empty() {
            out.push_str(&format!("\n\n{}", literal(summary)));
        }
        format!("{out}\n\n[{label}]({url})")
    }
}
