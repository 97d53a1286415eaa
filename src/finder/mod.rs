//! Finding things by name: subscribers, posts, campaigns, recurring ones, series, lists, segments,
//! events, media and snippets.
//!
//! Owns what is searched, how alike two names are ([`likeness`]) and the order of what is found.
//! What a page is called, and who may see it, is the web's.

use crate::clock::Timestamp;
use crate::context::Context;
use crate::store::names::{self, Named};
use crate::store::search::{self, Search, Start};
use crate::store::subscribers::Subscriber;
use crate::store::{Db, Result, similar_subscribers};

pub mod likeness;

use likeness::Wanted;

/// Names of each kind that are compared: the newest ones.
const COMPARED: i64 = 5_000;
/// Subscribers that have most of a misspelt text, and are looked at more closely.
const CANDIDATES: i64 = 200;

/// What can be found here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Subscriber,
    Post,
    Campaign,
    Recurring,
    Series,
    List,
    Segment,
    Event,
    Medium,
    Snippet,
}

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its id.
    pub id: i64,
    /// Its slug; empty where it has none.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// The state of a post, campaign, series or event, or the kind of a file; of a subscriber the name.
    pub note: String,
    /// When it is, was or will be.
    pub at: Option<Timestamp>,
    /// How unlike the text its name is.
    pub distance: u32,
}

/// Up to `limit` of each kind, the most alike first and the newer ones first among these. A
/// text without a letter or digit finds nothing.
pub async fn find(cx: &Context, text: &str, limit: usize) -> Result<Vec<(Kind, Vec<Hit>)>> {
    let Some(wanted) = Wanted::of(text) else {
        return Ok(Vec::new());
    };
    let db = &mut cx.store.read().await?;
    let now = cx.clock.now();
    let mut found = vec![(
        Kind::Subscriber,
        subscribers(db, text, &wanted, limit).await?,
    )];
    for (kind, named) in [
        (Kind::Post, names::posts(db, now, COMPARED).await?),
        (Kind::Campaign, names::campaigns(db, COMPARED).await?),
        (
            Kind::Recurring,
            names::recurring_campaigns(db, COMPARED).await?,
        ),
        (Kind::Series, names::series(db, COMPARED).await?),
        (Kind::List, names::lists(db, COMPARED).await?),
        (Kind::Segment, names::segments(db, COMPARED).await?),
        (Kind::Event, names::events(db, COMPARED).await?),
        (Kind::Medium, names::media(db, COMPARED).await?),
        (Kind::Snippet, names::snippets(db, COMPARED).await?),
    ] {
        found.push((kind, best(&wanted, named, limit)));
    }
    Ok(found)
}

/// The best of some names. What has several names is found by the one that is most alike.
fn best(wanted: &Wanted, named: Vec<Named>, limit: usize) -> Vec<Hit> {
    let mut hits: Vec<Hit> = named
        .into_iter()
        .filter_map(|one| hit(wanted, one))
        .collect();
    // Stable: names come with the newest first.
    hits.sort_by_key(|hit| hit.distance);
    let mut kept: Vec<Hit> = Vec::new();
    for hit in hits {
        if kept.len() == limit {
            break;
        }
        if !kept.iter().any(|one| one.id == hit.id) {
            kept.push(hit);
        }
    }
    kept
}

fn hit(wanted: &Wanted, one: Named) -> Option<Hit> {
    let by_name = wanted.distance(&one.name);
    // A slug is looked at where it says something else than the name.
    let by_slug = wanted.distance(&one.slug).map(|distance| distance + 1);
    Some(Hit {
        distance: by_name.into_iter().chain(by_slug).min()?,
        id: one.id,
        slug: one.slug,
        name: one.name,
        note: one.state,
        at: one.at,
    })
}

/// Subscribers with the text in address or name; where there is none, those with a similar one.
async fn subscribers(db: &mut Db, text: &str, wanted: &Wanted, limit: usize) -> Result<Vec<Hit>> {
    let search = Search {
        text: text.to_owned(),
        ..Search::default()
    };
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let (exact, _) = search::page(db, &search, Start::Before(i64::MAX), most).await?;
    let distance = |one: &Subscriber| {
        let shown = format!("{} {}", one.email.shown(), one.name);
        let stored = wanted.distance(one.email.as_str());
        wanted.distance(&shown).into_iter().chain(stored).min()
    };
    let mut hits: Vec<Hit> = if exact.is_empty() {
        let ways = likeness::ways(text);
        let similar = similar_subscribers::having(db, &ways, CANDIDATES).await?;
        let close = |one: Subscriber| distance(&one).map(|distance| of_subscriber(one, distance));
        similar.into_iter().filter_map(close).collect()
    } else {
        // A part within a word is in none of the words' beginnings.
        let hit = |one: Subscriber| {
            let distance = distance(&one).unwrap_or(likeness::WITHIN);
            of_subscriber(one, distance)
        };
        exact.into_iter().map(hit).collect()
    };
    hits.sort_by_key(|hit| (hit.distance, std::cmp::Reverse(hit.id)));
    hits.truncate(limit);
    Ok(hits)
}

fn of_subscriber(one: Subscriber, distance: u32) -> Hit {
    Hit {
        id: one.id.0,
        slug: String::new(),
        name: one.email.shown().into_owned(),
        note: one.name,
        at: None,
        distance,
    }
}
