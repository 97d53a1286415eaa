//! What a digest can gather, and what is ticked in a new one.

use std::time::Duration;

use super::super::super::frame::Desk;
use super::typed::Typed;
use crate::campaign::report;
use crate::clock::Timestamp;
use crate::content::{event, post as posts};
use crate::model::list::Slug;
use crate::store::events::Event;
use crate::store::posts::{DeskRow, DeskSelection};
use crate::text::locale::Language;
use crate::web::{Failure, Web};

/// How many posts and events are offered, whatever is ticked.
const OFFERED: i64 = 30;
/// What a first digest gathers, and how far ahead any looks.
const FIRST_DIGEST: Duration = Duration::from_secs(30 * 24 * 3600);
const LOOK_AHEAD: Duration = Duration::from_secs(60 * 24 * 3600);

/// One that can be ticked: its slug, its title, and when it is of.
pub struct Offer {
    pub slug: String,
    pub title: String,
    pub when: String,
}

/// All that can be ticked.
#[derive(Default)]
pub struct Offers {
    pub posts: Vec<Offer>,
    pub events: Vec<Offer>,
}

impl Offers {
    /// Whether there is nothing to gather.
    pub fn are_empty(&self) -> bool {
        self.posts.is_empty() && self.events.is_empty()
    }
}

impl Offer {
    fn of_post(slug: &Slug, title: String, at: Option<Timestamp>, desk: &Desk) -> Self {
        Self {
            slug: slug.to_string(),
            title,
            when: at.map_or_else(|| "draft".to_owned(), |at| desk.calendar.date(at)),
        }
    }

    fn of_event(event: Event, desk: &Desk) -> Self {
        let (starts, ends) = (event.starts_at, event.ends_at);
        Self {
            slug: event.slug.to_string(),
            when: desk.calendar.span(starts, ends, event.all_day),
            title: event.title,
        }
    }
}

/// The newest posts and the next events.
pub struct News {
    posts: Vec<DeskRow>,
    events: Vec<Event>,
}

impl News {
    /// As they are now.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn look(web: &Web) -> Result<Self, Failure> {
        let selection = DeskSelection {
            limit: OFFERED,
            ..DeskSelection::default()
        };
        Ok(Self {
            posts: posts::for_desk(&web.cx, selection).await?,
            events: event::upcoming(&web.cx, Language::En, OFFERED).await?,
        })
    }

    /// Ticks what was published since the last digest, and what is to come.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn tick(&self, web: &Web, typed: &mut Typed) -> Result<(), Failure> {
        let now = web.cx.clock.now();
        let since = report::last_digest_at(&web.cx).await?;
        let since = since.unwrap_or(now.before(FIRST_DIGEST));
        let is_new = |row: &&DeskRow| {
            let at = row.post.published_at();
            at.is_some_and(|at| at > since && at <= now)
        };
        let new = self.posts.iter().filter(is_new);
        typed.posts = new.map(|row| row.post.slug.to_string()).collect();
        let is_soon = |event: &&Event| event.starts_at < now.after(LOOK_AHEAD);
        let soon = self.events.iter().filter(is_soon);
        typed.events = soon.map(|event| event.slug.to_string()).collect();
        Ok(())
    }

    /// All of them that are published, and whatever else is ticked.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn offers(self, web: &Web, desk: &Desk, typed: &Typed) -> Result<Offers, Failure> {
        let of_row = |row: DeskRow| {
            let at = row.post.published_at()?;
            Some(Offer::of_post(&row.post.slug, row.title, Some(at), desk))
        };
        let mut offers = Offers {
            posts: self.posts.into_iter().filter_map(of_row).collect(),
            events: self
                .events
                .into_iter()
                .map(|event| Offer::of_event(event, desk))
                .collect(),
        };
        for slug in missing(&offers.posts, &typed.posts) {
            if let Some(full) = posts::by_slug(&web.cx, &slug).await? {
                let title = full.variant(Language::En).map(|one| one.title.clone());
                let at = full.post.published_at();
                let offer = Offer::of_post(&slug, title.unwrap_or_default(), at, desk);
                offers.posts.push(offer);
            }
        }
        for slug in missing(&offers.events, &typed.events) {
            if let Some(event) = event::by_slug(&web.cx, &slug, Language::En).await? {
                offers.events.push(Offer::of_event(event, desk));
            }
        }
        Ok(offers)
    }
}

/// Slugs that are ticked and not offered.
fn missing(offers: &[Offer], ticked: &[String]) -> Vec<Slug> {
    let is_missing = |slug: &&String| offers.iter().all(|offer| offer.slug != **slug);
    let missing = ticked.iter().filter(is_missing);
    missing.filter_map(|slug| slug.parse().ok()).collect()
}
