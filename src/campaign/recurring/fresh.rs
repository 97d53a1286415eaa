//! What is new for a recurring campaign: its blocks of the latest posts, coming events and items of
//! feeds show, in the campaign that is made, those that its readers have not got yet.

use std::collections::HashSet;

use crate::campaign::content_spec::ContentSpec;
use crate::campaign::{CampaignError, Result};
use crate::clock::Timestamp;
use crate::content::{event, feeds};
use crate::context::Context;
use crate::document::{self, Block, SlugAttrs};
use crate::model::{EventId, FeedItemId};
use crate::render::{self, Budget};
use crate::store::campaign_contents::CampaignText;
use crate::store::events::EventSelection;
use crate::store::feeds as feed_rows;
use crate::store::posts::{self, Selection};
use crate::store::recurring_campaigns::{self, RecurringCampaign};
use crate::store::recurring_occurrences;
use crate::text::locale::Language;

/// Posts or events that one block may ask for.
const MOST: u32 = 20;

/// What the texts of a campaign show that others before it have not.
#[derive(Debug, Default)]
pub struct Fresh {
    /// Whether any block asks.
    pub is_asked: bool,
    /// Whether any block has found something.
    pub is_found: bool,
    /// The events that blocks name now.
    pub events: HashSet<EventId>,
    /// The items of feeds that they show.
    pub items: HashSet<FeedItemId>,
}

/// Puts what is new at `now` in the place of the blocks that ask for it.
///
/// # Errors
/// Where the database fails, or nothing can be read now.
pub async fn fill(
    cx: &Context,
    recurring: &RecurringCampaign,
    now: Timestamp,
    content: &mut ContentSpec,
) -> Result<Fresh> {
    let mut fresh = Fresh::default();
    let texts = match content {
        ContentSpec::Markdown(texts) | ContentSpec::Digest { texts, .. } => texts,
        ContentSpec::Post(_) | ContentSpec::Mjml(_) | ContentSpec::Html(_) => return Ok(fresh),
    };
    let finder = Finder::new(cx, recurring, now).await?;
    for text in texts {
        finder.fill(text, &mut fresh).await?;
    }
    Ok(fresh)
}

struct Finder<'a> {
    cx: &'a Context,
    now: Timestamp,
    /// When the last one was made.
    since: Option<Timestamp>,
    recurring: &'a RecurringCampaign,
    shown: HashSet<EventId>,
}

impl<'a> Finder<'a> {
    async fn new(
        cx: &'a Context,
        recurring: &'a RecurringCampaign,
        now: Timestamp,
    ) -> Result<Self> {
        let mut db = cx.store.read().await?;
        let shown = recurring_campaigns::shown_events(&mut db, recurring.id).await?;
        Ok(Self {
            cx,
            now,
            recurring,
            since: recurring_occurrences::last_made(&mut db, recurring.id).await?,
            shown: shown.into_iter().collect(),
        })
    }

    async fn fill(&self, text: &mut CampaignText, fresh: &mut Fresh) -> Result<()> {
        let source = text.body.clone();
        let read = render::run(Budget::Interactive, move || document::read(&source)).await?;
        let Ok(mut document) = read else {
            // Rendering the text says what is wrong with it.
            return Ok(());
        };
        let mut asked = Vec::new();
        document.replace(&mut |block| {
            if self.is_asking(block) && !asked.contains(block) {
                asked.push(block.clone());
            }
            None
        });
        if asked.is_empty() {
            return Ok(());
        }
        fresh.is_asked = true;
        let mut found = Vec::with_capacity(asked.len());
        for block in asked {
            let new = self.find(&block, text.language, fresh).await?;
            fresh.is_found |= !new.is_empty();
            found.push((block, new));
        }
        document.replace(&mut |block| {
            let one = found.iter().find(|(asked, _)| asked == block);
            one.map(|(_, new)| new.clone())
        });
        text.body = render::run(Budget::Interactive, move || document::write(&document)).await?;
        Ok(())
    }

    async fn find(
        &self,
        block: &Block,
        language: Language,
        fresh: &mut Fresh,
    ) -> Result<Vec<Block>> {
        match block {
            Block::Posts { attrs } => self.posts(attrs.count, language).await,
            Block::Events { attrs } => self.events(attrs.count, language, fresh).await,
            Block::Feed { attrs } => self.items(&attrs.name, attrs.count, fresh).await,
            _ => Ok(Vec::new()),
        }
    }

    /// What is in a feed is looked up now, once and for all; posts and events, where only what is
    /// new is wanted.
    fn is_asking(&self, block: &Block) -> bool {
        match block {
            Block::Posts { .. } | Block::Events { .. } => self.recurring.fields.only_new,
            Block::Feed { .. } => true,
            _ => false,
        }
    }

    /// The newest items of a feed that none has shown.
    async fn items(&self, name: &str, count: u32, fresh: &mut Fresh) -> Result<Vec<Block>> {
        let mut db = self.cx.store.read().await?;
        let feed = feed_rows::by_name(&mut db, name).await?;
        let feed = feed.ok_or_else(|| CampaignError::UnknownFeed(name.to_owned()))?;
        let by = self.recurring.id;
        let items = feed_rows::unseen(&mut db, feed.id, by, feeds::count(count)).await?;
        fresh.items.extend(items.iter().map(|item| item.id));
        Ok(items.iter().map(feeds::card).collect())
    }

    /// The newest posts since the last one.
    async fn posts(&self, count: u32, language: Language) -> Result<Vec<Block>> {
        let selection = Selection {
            reader: self.cx.reader(language),
            category: None,
            public_at: Some(self.now),
            offset: 0,
            limit: i64::from(count.min(MOST)),
        };
        let mut rows = posts::page(&mut self.cx.store.read().await?, selection).await?;
        rows.retain(|row| row.post.published_at > self.since);
        let card = |slug: String| Block::Post {
            attrs: SlugAttrs { slug },
        };
        let slugs = rows.into_iter().map(|row| row.post.slug.to_string());
        Ok(slugs.map(card).collect())
    }

    /// The next events that none has shown.
    async fn events(
        &self,
        count: u32,
        language: Language,
        fresh: &mut Fresh,
    ) -> Result<Vec<Block>> {
        let count = usize::try_from(count.min(MOST)).unwrap_or(0);
        let selection = EventSelection {
            reader: self.cx.reader(language),
            with_drafts: false,
            limit: i64::try_from(count + self.shown.len()).unwrap_or(i64::MAX),
        };
        let mut events = event::upcoming(self.cx, selection).await?;
        events.retain(|event| !self.shown.contains(&event.id));
        events.truncate(count);
        fresh.events.extend(events.iter().map(|event| event.id));
        let card = |slug: String| Block::Event {
            attrs: SlugAttrs { slug },
        };
        let slugs = events.into_iter().map(|event| event.slug.to_string());
        Ok(slugs.map(card).collect())
    }
}
