//! What the directives of a text name, as it stands now: cards of posts and events, and the
//! organisation's profiles on social networks.

use super::site::{self, Site};
use super::{Result, event, feeds, sample_tags};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::document::{Block, Document, EmbedAttrs, Inline, Item, LinkAttrs, ListAttrs, Mark};
use crate::model::PostId;
use crate::model::brand_kit::SocialProfile;
use crate::model::list::Slug;
use crate::store::events::{Event, EventSelection};
use crate::store::feeds as feed_rows;
use crate::store::posts::{self, Post, Selection, Variant};
use crate::text::datetime::Calendar;
use crate::text::escape::without_merge_tags;
use crate::text::locale::Language;
use crate::text::phrases::Phrases;

/// Posts or events that one directive may ask for.
const MOST: u32 = 20;
/// Directives that a text may have filled in; each asks the database.
const CARDS: usize = 50;

/// Puts links as cards in the place of what names posts and events, or asks for the latest
/// ones, and the site's profiles where a list of social networks is empty. What no visitor may see
/// yet, or is there no more, leaves nothing; nor is `own`, the post whose text it is, among the
/// latest.
pub(super) async fn put_in(
    cx: &Context,
    language: Language,
    own: Option<PostId>,
    document: &mut Document,
) -> Result<PutIn> {
    let mut asked = Vec::new();
    document.replace(&mut |block| {
        if is_card(block) && asked.len() < CARDS && !asked.contains(block) {
            asked.push(block.clone());
        }
        None
    });
    if asked.is_empty() {
        return Ok(PutIn::default());
    }
    let mut writer = Writer::new(cx, language, own).await?;
    let mut found = Vec::with_capacity(asked.len());
    for block in asked {
        let cards = writer.cards(&block).await?;
        found.push((block, cards));
    }
    document.replace(&mut |block| {
        let one = found.iter().find(|(asked, _)| asked == block);
        let cards = one.map(|(_, cards)| cards.clone());
        cards.or_else(|| is_card(block).then(Vec::new))
    });
    Ok(PutIn {
        has_cards: true,
        events: writer.events,
    })
}

/// What stands in a text now.
#[derive(Default)]
pub(super) struct PutIn {
    /// Whether there was anything to put in.
    pub(super) has_cards: bool,
    /// The events that have a card, in their order; one may come twice.
    pub(super) events: Vec<Event>,
}

fn is_card(block: &Block) -> bool {
    match block {
        Block::Event { .. }
        | Block::Post { .. }
        | Block::Events { .. }
        | Block::Feed { .. }
        | Block::Posts { .. } => true,
        Block::Social { content } => content.iter().all(is_blank),
        _ => false,
    }
}

/// Whether nothing is written in a block, as in a list that an editor has just put in.
fn is_blank(block: &Block) -> bool {
    match block {
        Block::Paragraph { content } => content.is_empty(),
        Block::BulletList { content, .. } => content
            .iter()
            .all(|Item::ListItem { content }| content.iter().all(is_blank)),
        _ => false,
    }
}

struct Writer<'a> {
    cx: &'a Context,
    language: Language,
    own: Option<PostId>,
    site: Site,
    phrases: Phrases,
    now: Timestamp,
    /// Those that got a card.
    events: Vec<Event>,
}

impl<'a> Writer<'a> {
    async fn new(cx: &'a Context, language: Language, own: Option<PostId>) -> Result<Self> {
        let site = site::load(cx).await?;
        Ok(Self {
            cx,
            language,
            own,
            phrases: site.phrases(language),
            site,
            now: cx.clock.now(),
            events: Vec::new(),
        })
    }

    async fn cards(&mut self, block: &Block) -> Result<Vec<Block>> {
        match block {
            Block::Post { attrs } => self.post(&attrs.slug).await,
            Block::Posts { attrs } => self.posts(attrs.count).await,
            Block::Event { attrs } => {
                let Ok(slug) = attrs.slug.parse::<Slug>() else {
                    return Ok(Vec::new());
                };
                let event = event::by_slug(self.cx, &slug, self.language).await?;
                let event = event.filter(|event| event.is_published);
                Ok(self.of_events(event.into_iter().collect()))
            }
            Block::Events { attrs } => {
                let selection = EventSelection {
                    reader: self.cx.reader(self.language),
                    with_drafts: false,
                    limit: i64::from(attrs.count.min(MOST)),
                };
                let events = event::upcoming(self.cx, selection).await?;
                Ok(self.of_events(events))
            }
            Block::Feed { attrs } => self.feed(&attrs.name, attrs.count).await,
            Block::Social { .. } => Ok(self.profiles()),
            _ => Ok(Vec::new()),
        }
    }

    /// The newest items. Which of them readers have got is known of recurring campaigns only.
    async fn feed(&self, name: &str, count: u32) -> Result<Vec<Block>> {
        let mut db = self.cx.store.read().await?;
        let Some(feed) = feed_rows::by_name(&mut db, name).await? else {
            return Ok(Vec::new());
        };
        let items = feed_rows::newest(&mut db, feed.id, feeds::count(count)).await?;
        Ok(items.iter().map(feeds::card).collect())
    }

    /// Nothing where the site has none: an empty list is no use to anybody.
    fn profiles(&self) -> Vec<Block> {
        let item = |profile: &SocialProfile| Item::ListItem {
            content: vec![Block::Paragraph {
                content: vec![Inline::Text {
                    text: without_merge_tags(&profile.name),
                    marks: vec![Mark::Link {
                        attrs: LinkAttrs {
                            href: profile.url.clone(),
                            ..LinkAttrs::default()
                        },
                    }],
                }],
            }],
        };
        let items: Vec<Item> = self.site.profiles.iter().map(item).collect();
        if items.is_empty() {
            return Vec::new();
        }
        let list = Block::BulletList {
            attrs: ListAttrs::default(),
            content: items,
        };
        vec![Block::Social {
            content: vec![list],
        }]
    }

    async fn post(&self, slug: &str) -> Result<Vec<Block>> {
        let Ok(slug) = slug.parse::<Slug>() else {
            return Ok(Vec::new());
        };
        let mut db = self.cx.store.read().await?;
        let post = posts::by_slug(&mut db, &slug).await?;
        let Some(post) = post.filter(|post| post.is_public(self.now)) else {
            return Ok(Vec::new());
        };
        let variants = posts::variants(&mut db, post.id).await?;
        drop(db);
        let reader = self.cx.reader(self.language);
        let Some(variant) = reader.pick(&variants, |variant| variant.language) else {
            return Ok(Vec::new());
        };
        Ok(vec![self.of_post(&post, variant.clone()).await?])
    }

    async fn posts(&self, count: u32) -> Result<Vec<Block>> {
        let count = count.min(MOST);
        let selection = Selection {
            reader: self.cx.reader(self.language),
            category: None,
            public_at: Some(self.now),
            offset: 0,
            limit: i64::from(count) + 1,
        };
        let mut rows = posts::page(&mut self.cx.store.read().await?, selection).await?;
        rows.retain(|row| Some(row.post.id) != self.own);
        rows.truncate(usize::try_from(count).unwrap_or(0));
        let mut cards = Vec::with_capacity(rows.len());
        for row in rows {
            cards.push(self.of_post(&row.post, row.variant).await?);
        }
        Ok(cards)
    }

    async fn of_post(&self, post: &Post, mut variant: Variant) -> Result<Block> {
        let words = [&mut variant.title, &mut variant.summary];
        sample_tags::fill_in(self.cx, variant.language, words).await?;
        let picture = post.picture.as_deref();
        Ok(card(
            post.path_in(self.language),
            &variant.title,
            &variant.summary,
            picture,
        ))
    }

    fn of_events(&mut self, events: Vec<Event>) -> Vec<Block> {
        let cards = events.iter().map(|event| self.of_event(event)).collect();
        self.events.extend(events);
        cards
    }

    /// An event at its next time.
    fn of_event(&self, event: &Event) -> Block {
        let zone = self.cx.config().time_zone.get();
        let calendar = Calendar::of(self.phrases.clone(), zone);
        let line = event::time_and_place(self.cx, event, &event.place, &calendar);
        let href = event.path_in(self.language);
        card(href, &event.title, &line, event.picture.as_deref())
    }
}

fn card(href: String, title: &str, line: &str, picture: Option<&str>) -> Block {
    Block::Embed {
        attrs: EmbedAttrs {
            href,
            title: without_merge_tags(title),
            description: without_merge_tags(line),
            picture: picture.map_or_else(String::new, |name| format!("/media/{name}")),
        },
    }
}
