//! The events that a campaign brought to calendars, as its page shows them.

use crate::campaign::event_change::{self, Since};
use crate::store::campaigns::Campaign;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// An event that a campaign brought to calendars, on its page.
pub(super) struct AnnouncedEvent {
    pub(super) uid: String,
    pub(super) title: String,
    /// As it was sent.
    pub(super) when: String,
    /// What has become of it.
    pub(super) since: String,
    /// Whether it is what the recipients' calendars show.
    pub(super) is_same: bool,
    /// Whether there is something to tell of it but that it is off.
    pub(super) can_update: bool,
}

/// The events of a campaign.
pub(super) async fn of_campaign(
    web: &Web,
    viewer: &Viewer,
    campaign: &Campaign,
) -> Result<Vec<AnnouncedEvent>, HttpError> {
    let announced = event_change::of_campaign(&web.cx, campaign, viewer.language()).await?;
    let shown = |one: event_change::Announced| AnnouncedEvent {
        when: viewer
            .calendar
            .time_range(one.entry.starts_at, one.entry.ends_at, one.entry.all_day),
        since: viewer.t(match one.since {
            Since::Same => "admin-event-news-same",
            Since::Changed => "admin-event-news-changed",
            Since::Gone => "admin-event-news-gone",
        }),
        is_same: one.since == Since::Same,
        can_update: one.since == Since::Changed,
        uid: one.entry.uid,
        title: one.entry.summary,
    };
    Ok(announced.into_iter().map(shown).collect())
}
