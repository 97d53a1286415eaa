//! The visitors' pages. Each file is a family of pages: it parses the request,
//! asks one service and renders a template of `templates/site/`.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;

use super::{Web, form};

mod address;
mod archive;
mod card;
mod confirm;
mod discovery;
mod events;
mod facts;
mod feeds;
mod frame;
mod home;
mod join;
mod links;
mod media;
mod my_data;
mod never;
mod pages;
mod paging;
mod pause;
mod pictures;
mod posts;
mod preferences;
mod unsubscribe;

pub use frame::Brand;
pub use pages::Pages;
pub use pictures::{path, smaller_path};

pub(super) fn router(web: &Web) -> Router<Web> {
    Router::new()
        .merge(published().layer(from_fn_with_state(web.clone(), pages::give)))
        .route("/media/{name}", get(media::file))
        .route("/media/{width}/{name}", get(media::smaller))
        .route("/robots.txt", get(discovery::robots))
        .route("/theme.css", get(discovery::theme))
        .merge(join::router())
        .merge(links::router())
}

/// What is the same for every reader of a language.
fn published() -> Router<Web> {
    Router::new()
        .route("/", get(home::show))
        .route("/posts", get(posts::index))
        .route("/posts/{slug}", get(posts::show))
        .route("/posts/category/{category}", get(posts::in_category))
        .route("/events", get(events::index))
        .route("/events.ics", get(events::feed))
        .route("/events/{name}", get(events::show))
        .route("/events/{year}/{month}", get(events::in_month))
        .route("/media", get(media::index))
        .route("/feed.atom", get(feeds::atom))
        .route("/feed.json", get(feeds::json))
        .route("/archive", get(archive::index))
        .route("/archive/{campaign}", get(archive::show))
        .route("/archive/{campaign}/letter", get(archive::letter))
        .route("/sitemap.xml", get(discovery::sitemap))
}
