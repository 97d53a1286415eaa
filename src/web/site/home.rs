//! The first page: what is new, what is coming, what to hear, and how to join.

use askama::Template;
use axum::extract::State;
use axum::response::Html;

use super::card::{EventCard, PostCard};
use super::frame::{Brand, Frame};
use super::join::JoinBox;
use super::media::Track;
use crate::content::{event, media, post};
use crate::model::content::MediaKind;
use crate::store::posts::Selection;
use crate::text::phrases::Phrases;
use crate::web::failure::page;
use crate::web::{Failure, Visitor, Web};

/// Posts under the lead.
const POSTS: i64 = 6;
const EVENTS: i64 = 5;
const TRACKS: usize = 3;

#[derive(Template)]
#[template(path = "site/home.html")]
struct HomePage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    join: JoinBox,
    lead: Option<PostCard>,
    posts: Vec<PostCard>,
    events: Vec<EventCard>,
    tracks: Vec<Track>,
}

pub async fn show(State(web): State<Web>, frame: Frame) -> Result<Html<String>, Failure> {
    let phrases = frame.phrases.clone();
    let language = frame.visitor.language;
    let selection = Selection {
        language,
        category: None,
        public_at: Some(web.cx.clock.now()),
        offset: 0,
        limit: POSTS + 1,
    };
    let posts = post::page(&web.cx, selection).await?;
    let mut posts = posts.iter().map(|row| PostCard::new(&web, &phrases, row));
    let events = event::upcoming(&web.cx, language, EVENTS).await?;
    let media = media::all(&web.cx).await?;
    page(&HomePage {
        lead: posts.next(),
        posts: posts.collect(),
        events: events
            .iter()
            .map(|event| EventCard::new(&web, &phrases, event))
            .collect(),
        // Oldest first: the order they were put up in.
        tracks: media
            .iter()
            .rev()
            .filter(|medium| medium.kind == MediaKind::Audio)
            .take(TRACKS)
            .map(|medium| Track::new(medium, language))
            .collect(),
        join: JoinBox::new(&web, &frame).await?,
        visitor: frame.visitor,
        phrases,
        brand: frame.brand,
    })
}
