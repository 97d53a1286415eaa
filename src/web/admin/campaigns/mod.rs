//! Campaigns: list, draft, one campaign from draft to report.

use axum::Router;
use axum::extract::Extension;
use axum::routing::{get, post};

use crate::web::state::Web;

mod ab_test;
mod ab_test_card;
mod approval_view;
mod approvals;
mod calendar;
mod checks;
mod comments;
mod confirmations;
mod deliveries;
mod draft;
mod event_change;
mod event_news;
mod files;
mod history;
mod limits;
pub(super) mod list;
mod page;
mod page_view;
mod parts;
pub(super) mod progress;
mod report;
mod resend_unopened;
mod start_summary;
mod test;
mod transition;
mod transitions;
mod view;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/campaigns", get(list::index).post(draft::saving::create))
        .route("/campaigns/new", get(draft::blank))
        .route("/campaigns/preview", post(draft::preview::preview))
        .route("/campaigns/draft", post(draft::redraw::fresh))
        .route("/campaigns/calendar", get(calendar::show))
        .route("/campaigns/{id}", get(page::show))
        .route(
            "/campaigns/{id}/edit",
            get(draft::edit).post(draft::saving::save),
        )
        .route("/campaigns/{id}/draft", post(draft::redraw::known))
        .route("/campaigns/{id}/autosave", post(draft::autosave::keep))
        .route(
            "/campaigns/{id}/translate/{language}",
            get(draft::translate::show).post(draft::translate::save),
        )
        .route("/campaigns/{id}/discard", post(draft::autosave::discard))
        .route(
            "/campaigns/{id}/comments",
            get(comments::show).post(comments::change),
        )
        .route("/campaigns/{id}/presence", post(comments::presence))
        .route("/campaigns/{id}/history", get(history::index))
        .route("/campaigns/{id}/compare", get(history::compare))
        .route("/campaigns/{id}/restore", post(history::restore))
        .route("/campaigns/{id}/mail", get(page::mail))
        .route("/campaigns/{id}/progress", get(progress::show))
        .route("/campaigns/{id}/progress/events", get(progress::events))
        .route("/campaigns/{id}/checks", get(checks::show))
        .route("/campaigns/{id}/report", get(report::show))
        .route("/campaigns/{id}/report.csv", get(report::sheet))
        .route("/campaigns/{id}/deliveries", get(deliveries::index))
        .route("/campaigns/{id}/deliveries.csv", get(report::download))
        .route("/campaigns/{id}/limits", post(limits::save))
        .route("/campaigns/{id}/test", post(test::send))
        .route("/campaigns/{id}/schedule", post(transitions::schedule))
        .route("/campaigns/{id}/unschedule", post(transitions::unschedule))
        .route("/campaigns/{id}/request-approval", post(approvals::request))
        .route("/campaigns/{id}/approve", post(approvals::approve))
        .route("/campaigns/{id}/start", post(transitions::start))
        .route("/campaigns/{id}/pause", post(transitions::pause))
        .route("/campaigns/{id}/resume", post(transitions::resume))
        .route("/campaigns/{id}/cancel", post(transitions::cancel))
        .route("/campaigns/{id}/resend", post(transitions::resend))
        .route(
            "/campaigns/{id}/retry-failed",
            post(transitions::retry_failed),
        )
        .route(
            "/campaigns/{id}/rejections",
            post(transitions::decide_rejections),
        )
        .route("/campaigns/{id}/duplicate", post(transitions::duplicate))
        .route(
            "/campaigns/{id}/resend-unopened",
            post(resend_unopened::make),
        )
        .route("/campaigns/{id}/event-news", post(event_change::announce))
        .route("/campaigns/{id}/files/take-off", post(files::take_off))
        .route(
            "/campaigns/{id}/ab-test",
            get(ab_test::edit).post(ab_test::save),
        )
        .route("/campaigns/{id}/ab-test/remove", post(ab_test::remove))
        .route("/campaigns/{id}/ab-test/decide", post(ab_test::decide))
        .route("/campaigns/{id}/delete", post(transitions::delete))
        .layer(Extension(progress::Pace::default()))
}
