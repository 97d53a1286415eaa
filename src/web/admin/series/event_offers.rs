//! Events that can start a series, with their dates, so that two of one title can be told apart.

use std::collections::HashMap;

use crate::content::event;
use crate::store::events::{Event, EventSelection};
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// Events to come that are offered, and past ones, after which a series may come.
const COMING: i64 = 80;
const PAST: i64 = 20;

pub struct EventOffer {
    pub slug: String,
    /// Its date first: a narrow menu cuts off the end.
    pub label: String,
}

/// What can be chosen, the next one first; the one that was chosen is always among them.
pub async fn offers(
    web: &Web,
    viewer: &Viewer,
    chosen: &str,
) -> Result<Vec<EventOffer>, HttpError> {
    let selection = |limit| EventSelection {
        reader: web.cx.reader(viewer.language()),
        with_drafts: false,
        limit,
    };
    let mut events = event::upcoming(&web.cx, selection(COMING)).await?;
    events.extend(event::past(&web.cx, selection(PAST)).await?);
    let mut offers: Vec<EventOffer> = Vec::new();
    for event in &events {
        let slug = event.slug.to_string();
        if !offers.iter().any(|one| one.slug == slug) {
            let label = label(viewer, event);
            offers.push(EventOffer { slug, label });
        }
    }
    // The same title on the same day.
    let mut times: HashMap<String, usize> = HashMap::new();
    for offer in &offers {
        *times.entry(offer.label.clone()).or_default() += 1;
    }
    for offer in &mut offers {
        if times.get(&offer.label).is_some_and(|times| *times > 1) {
            offer.label = format!("{} ({})", offer.label, offer.slug);
        }
    }
    if !chosen.is_empty() && !offers.iter().any(|one| one.slug == chosen) {
        offers.push(EventOffer {
            slug: chosen.to_owned(),
            label: chosen.to_owned(),
        });
    }
    Ok(offers)
}

fn label(viewer: &Viewer, event: &Event) -> String {
    let day = viewer.calendar.date(event.starts_at);
    format!("{day} · {}", event.title)
}
