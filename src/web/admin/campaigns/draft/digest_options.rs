//! Posts and events to choose for a digest, and the preselection of a new one.

use std::time::Duration;

use crate::campaign::report;
use crate::clock::Timestamp;
use crate::content::{event, imported_post, post as posts};
use crate::model::list::Slug;
use crate::store::events::{Event, EventSelection};
use crate::store::posts::{PostFilter, PostRow};
use crate::web::admin::campaigns::draft::form_input::FormInput;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// Posts and events to choose from.
const OFFERED: i64 = 30;
/// How far back a first digest looks for posts, and how far ahead a digest
/// looks for events.
const FIRST_DIGEST: Duration = Duration::from_secs(30 * 24 * 3600);
const LOOK_AHEAD: Duration = Duration::from_secs(60 * 24 * 3600);

/// A post or event to choose.
pub struct Offer {
    pub slug: String,
    pub title: String,
    pub when: String,
}

/// Everything to choose from.
#[derive(Default)]
pub struct Offers {
    pub posts: Vec<Offer>,
    pub events: Vec<Offer>,
}

impl Offers {
    /// Whether there is nothing to choose from.
    pub fn are_empty(&self) -> bool {
        self.posts.is_empty() && self.events.is_empty()
    }
}

impl Offer {
    fn of_post(slug: &Slug, title: String, at: Option<Timestamp>, viewer: &Viewer) -> Self {
        Self {
            slug: slug.to_string(),
            title,
            when: at.map_or_else(
                || viewer.t("admin-draft-unpublished"),
                |at| viewer.calendar.date(at),
            ),
        }
    }

    fn of_event(event: Event, viewer: &Viewer) -> Self {
        let (starts, ends) = (event.starts_at, event.ends_at);
        Self {
            slug: event.slug.to_string(),
            when: viewer.calendar.time_range(starts, ends, event.all_day),
            title: event.title,
        }
    }
}

/// The newest posts and the next events.
pub struct News {
    posts: Vec<PostRow>,
    events: Vec<Event>,
}

impl News {
    pub async fn look(web: &Web) -> Result<Self, HttpError> {
        let public = EventSelection {
            reader: web.cx.reader(web.cx.config().language),
            with_drafts: false,
            limit: OFFERED,
        };
        let selection = PostFilter {
            limit: OFFERED,
            ..PostFilter::default()
        };
        Ok(Self {
            posts: posts::for_admin(&web.cx, selection).await?,
            events: event::upcoming(&web.cx, public).await?,
        })
    }

    /// Preselects posts published since the last digest and upcoming events. Readers have had
    /// imported posts already, from where they come from.
    pub async fn tick(&self, web: &Web, input: &mut FormInput) -> Result<(), HttpError> {
        let now = web.cx.clock.now();
        let since = report::last_digest_at(&web.cx).await?;
        let since = since.unwrap_or(now.before(FIRST_DIGEST));
        let imported = imported_post::newest(&web.cx, OFFERED).await?;
        let is_new = |row: &&PostRow| {
            let at = row.post.published_at;
            let is_new = at.is_some_and(|at| at > since && at <= now);
            is_new && !imported.contains(&row.post.id)
        };
        let new = self.posts.iter().filter(is_new);
        input.posts = new.map(|row| row.post.slug.to_string()).collect();
        let is_soon = |event: &&Event| event.starts_at < now.after(LOOK_AHEAD);
        let soon = self.events.iter().filter(is_soon);
        input.events = soon.map(|event| event.slug.to_string()).collect();
        Ok(())
    }

    /// The published ones, and those that are chosen already.
    pub async fn offers(
        self,
        web: &Web,
        viewer: &Viewer,
        input: &FormInput,
    ) -> Result<Offers, HttpError> {
        let of_row = |row: PostRow| {
            let at = row.post.published_at?;
            Some(Offer::of_post(&row.post.slug, row.title, Some(at), viewer))
        };
        let mut offers = Offers {
            posts: self.posts.into_iter().filter_map(of_row).collect(),
            events: self
                .events
                .into_iter()
                .map(|event| Offer::of_event(event, viewer))
                .collect(),
        };
        for slug in missing(&offers.posts, &input.posts) {
            if let Some(full) = posts::by_slug(&web.cx, &slug).await? {
                let title = full
                    .variant(viewer.phrases().reader())
                    .map(|one| one.title.clone());
                let at = full.post.published_at;
                let offer = Offer::of_post(&slug, title.unwrap_or_default(), at, viewer);
                offers.posts.push(offer);
            }
        }
        for slug in missing(&offers.events, &input.events) {
            if let Some(event) = event::by_slug(&web.cx, &slug, viewer.language()).await? {
                offers.events.push(Offer::of_event(event, viewer));
            }
        }
        Ok(offers)
    }
}

/// Chosen slugs that are not among the options.
fn missing(offers: &[Offer], ticked: &[String]) -> Vec<Slug> {
    let is_missing = |slug: &&String| offers.iter().all(|offer| offer.slug != **slug);
    let missing = ticked.iter().filter(is_missing);
    missing.filter_map(|slug| slug.parse().ok()).collect()
}
