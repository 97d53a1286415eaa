//! The public pages. Each file is a family of pages: it parses the request,
//! calls one service and renders a template of `templates/public/`.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;

use crate::web::state::Web;

mod address_change;
mod archive;
mod cached_pages;
mod card;
mod confirm;
mod discovery;
mod engagement;
mod events;
mod feeds;
pub(super) mod former_paths;
mod home;
mod join;
mod left;
mod link_routes;
mod links;
mod media;
mod my_data;
mod never_mail;
mod notice;
pub(super) mod old_links;
mod page_context;
mod paging;
mod pause;
pub(super) mod pictures;
mod posts;
mod preferences;
mod results;
mod saved;
mod share;
mod structured_data;
mod unsubscribe;

pub(super) fn router(web: &Web) -> Router<Web> {
    Router::new()
        .merge(
            published()
                .layer(from_fn_with_state(web.clone(), cached_pages::serve_cached))
                .route_layer(from_fn_with_state(
                    web.clone(),
                    former_paths::redirect_missing,
                )),
        )
        .route("/media/{name}", get(media::file))
        .route("/media/{width}/{name}", get(media::smaller))
        .route("/robots.txt", get(discovery::robots))
        .route("/theme.css", get(discovery::theme))
        .merge(join::router())
        .merge(link_routes::router())
        .merge(link_routes::private(old_links::router()))
}

/// Pages that are the same for every reader of a language.
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
