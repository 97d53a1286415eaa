//! What every handler can reach.

use axum::extract::FromRef;
use jiff::tz::TimeZone;
use tokio_util::sync::CancellationToken;

use crate::audience::join_queue::JoinQueue;
use crate::catcher::mailbox::Mailbox;
use crate::context::Context;
use crate::text::datetime::Calendar;
use crate::text::locale::{Language, Languages};
use crate::text::phrases::Phrases;
use crate::web::http::rate_limits::RateLimits;
use crate::web::page_cache::PageCache;

/// The state of the web layer; cheap to clone.
#[derive(Clone)]
pub struct Web {
    /// What the services below need.
    pub cx: Context,
    /// Limits on joins, sign-ins and guesses.
    pub limits: RateLimits,
    /// Joins that arrive together share a commit.
    pub joins: JoinQueue,
    /// Public pages rendered a moment ago.
    pub pages: PageCache,
    /// Cancelled when the server stops: event streams end then.
    pub stop: CancellationToken,
    /// The mail catcher's mailbox; only the demo has one.
    pub mailbox: Option<Mailbox>,
    /// Renders `/metrics`.
    pub metrics: metrics_exporter_prometheus::PrometheusHandle,
}

impl Web {
    /// The site's time zone.
    pub fn zone(&self) -> TimeZone {
        self.cx.config().time_zone.get()
    }

    /// The languages of the site.
    pub fn languages(&self) -> Languages {
        self.cx.config().site_languages()
    }

    /// Dates in the site's zone in the words of `phrases`.
    pub fn calendar_of(&self, phrases: &Phrases) -> Calendar {
        Calendar::of(phrases.clone(), self.zone())
    }

    /// Dates in the site's zone as `language` writes them.
    pub fn calendar(&self, language: Language) -> Calendar {
        Calendar::new(language, self.zone())
    }
}

impl FromRef<Web> for Context {
    fn from_ref(web: &Web) -> Self {
        web.cx.clone()
    }
}
