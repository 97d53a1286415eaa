//! Subscribers: list, add, profile, bulk actions.

use axum::Router;
use axum::routing::{get, post};

use crate::web::state::Web;

mod add;
mod bulk;
mod engagement;
mod list;
mod mail_frequency;
mod note;
mod origin;
mod profile;
mod profile_page;
mod views;
mod why;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/subscribers", get(list::index).post(add::add))
        .route("/subscribers/new", get(add::new))
        .route("/subscribers/bulk", post(bulk::bulk))
        .route("/subscribers/columns", post(views::set_columns))
        .route("/subscribers/export.csv", get(views::export))
        .route("/subscribers/views", post(views::create))
        .route("/subscribers/views/{id}", post(views::change))
        .route("/subscribers/views/{id}/delete", post(views::delete))
        .route(
            "/subscribers/{id}",
            get(profile::show).post(profile::change),
        )
        .route(
            "/subscribers/{id}/subscription",
            post(profile::set_subscription),
        )
        .route("/subscribers/{id}/why", get(why::show))
        .route("/subscribers/{id}/address", post(profile::change_address))
        .route("/subscribers/{id}/frequency", post(mail_frequency::set))
        .route("/subscribers/{id}/engagement", post(engagement::withdraw))
        .route("/subscribers/{id}/note", post(note::set))
        .route("/subscribers/{id}/suppress", post(profile::suppress))
        .route("/subscribers/{id}/export", get(profile::export))
        .route("/subscribers/{id}/erase", post(profile::erase))
}
