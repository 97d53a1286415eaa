//! The home page: latest posts, upcoming events, audio, join form.

use askama::Template;
use axum::extract::State;
use axum::response::Html;

use crate::content::{event, media, public_posts};
use crate::model::content::MediaKind;
use crate::store::events::EventSelection;
use crate::store::posts::Selection;
use crate::text::phrases::Phrases;
use crate::web::brand::Brand;
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::public::card::{EventCard, PostCard, post_cards};
use crate::web::public::join::view::JoinBox;
use crate::web::public::media::Track;
use crate::web::public::page_context::PageContext;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// Posts after the first one.
const POSTS: i64 = 6;
const EVENTS: i64 = 6;
const TRACKS: usize = 3;

#[derive(Template)]
#[template(path = "public/home.html")]
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

pub async fn show(State(web): State<Web>, context: PageContext) -> Result<Html<String>, HttpError> {
    let phrases = context.phrases.clone();
    let reader = phrases.reader();
    let selection = Selection {
        reader,
        category: None,
        public_at: Some(web.cx.clock.now()),
        offset: 0,
        limit: POSTS + 1,
    };
    let posts = public_posts::page(&web.cx, selection).await?;
    let mut posts = post_cards(&web, &phrases, &posts).await?.into_iter();
    let next = EventSelection {
        reader,
        with_drafts: false,
        limit: EVENTS,
    };
    let events = event::upcoming(&web.cx, next).await?;
    let media = media::shown(&web.cx).await?;
    render_page(&HomePage {
        lead: posts.next(),
        posts: posts.collect(),
        events: events
            .iter()
            .map(|event| EventCard::new(&web, &phrases, event))
            .collect(),
        // Oldest first.
        tracks: media
            .iter()
            .rev()
            .filter(|medium| medium.kind == MediaKind::Audio)
            .take(TRACKS)
            .map(|medium| Track::new(medium, reader))
            .collect(),
        join: JoinBox::new(&web, &context).await?,
        visitor: context.visitor,
        phrases,
        brand: context.brand,
    })
}
