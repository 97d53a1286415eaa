//! What users may open who are limited to some lists. The extractors of the admin pages and of
//! the API ask here, so no handler can forget it.
//!
//! A route that is not in [`OPEN`] is closed to them, as every new one is until somebody decides.
//! Where a path names something of another list, it is not found, as if it did not exist. What
//! handlers list, and what bodies and queries name, is limited by the services, which take a
//! [`ListAccess`] or look it up by the actor.

use axum::extract::{FromRequestParts, MatchedPath, RawPathParams};
use axum::http::Method;
use axum::http::request::Parts;

use crate::account::list_access;
use crate::model::list_access::ListAccess;
use crate::model::{CampaignId, SubscriberId, UserId};
use crate::web::http::error::HttpError;
use crate::web::state::Web;

const CLOSED: &str = "you work with some lists only, and this is about all of them";

/// What must be within the lists of the user for a path to be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    /// Nothing: it is the user's own, or of all users, or limited by what it calls.
    Any,
    /// The list `{slug}`.
    List,
    /// Every list of the campaign `{id}`, which is no email of a series.
    Campaign,
    /// One list of the subscriber `{id}`.
    Subscriber,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Calls {
    Read,
    Change,
    All,
}

use Calls::{All, Change, Read};
use Subject::{Any, Campaign, List, Subscriber};

#[rustfmt::skip]
const OPEN: &[(Calls, &str, Subject)] = &[
    (Read, "/admin", Any),
    (Read, "/admin/account", Any),
    (Change, "/admin/account/language", Any),
    (Change, "/admin/account/passkeys", Any),
    (Change, "/admin/account/passkeys/new", Any),
    (Change, "/admin/account/passkeys/{id}/remove", Any),
    (Change, "/admin/account/password", Any),
    (Change, "/admin/account/password/drop", Any),
    (Change, "/admin/account/shortcuts", Any),
    (All, "/admin/account/two-factor", Any),
    (Change, "/admin/account/two-factor/drop", Any),
    (All, "/admin/campaigns", Any),
    (Read, "/admin/campaigns/calendar", Any),
    (Change, "/admin/campaigns/draft", Any),
    (Read, "/admin/campaigns/new", Any),
    (Change, "/admin/campaigns/preview", Any),
    (Read, "/admin/campaigns/{id}", Campaign),
    (All, "/admin/campaigns/{id}/ab-test", Campaign),
    (Change, "/admin/campaigns/{id}/ab-test/decide", Campaign),
    (Change, "/admin/campaigns/{id}/ab-test/remove", Campaign),
    (Change, "/admin/campaigns/{id}/approve", Campaign),
    (Change, "/admin/campaigns/{id}/autosave", Campaign),
    (Change, "/admin/campaigns/{id}/cancel", Campaign),
    (Read, "/admin/campaigns/{id}/checks", Campaign),
    (All, "/admin/campaigns/{id}/comments", Campaign),
    (Read, "/admin/campaigns/{id}/compare", Campaign),
    (Change, "/admin/campaigns/{id}/delete", Campaign),
    (Read, "/admin/campaigns/{id}/deliveries", Campaign),
    (Read, "/admin/campaigns/{id}/deliveries.csv", Campaign),
    (Change, "/admin/campaigns/{id}/discard", Campaign),
    (Change, "/admin/campaigns/{id}/draft", Campaign),
    (Change, "/admin/campaigns/{id}/duplicate", Campaign),
    (All, "/admin/campaigns/{id}/edit", Campaign),
    (Change, "/admin/campaigns/{id}/event-news", Campaign),
    (Change, "/admin/campaigns/{id}/files/take-off", Campaign),
    (Read, "/admin/campaigns/{id}/history", Campaign),
    (Change, "/admin/campaigns/{id}/limits", Campaign),
    (Read, "/admin/campaigns/{id}/mail", Campaign),
    (Change, "/admin/campaigns/{id}/pause", Campaign),
    (Read, "/admin/campaigns/{id}/progress", Campaign),
    (Read, "/admin/campaigns/{id}/progress/events", Campaign),
    (Read, "/admin/campaigns/{id}/report", Campaign),
    (Read, "/admin/campaigns/{id}/report.csv", Campaign),
    (Change, "/admin/campaigns/{id}/request-approval", Campaign),
    (Change, "/admin/campaigns/{id}/resend", Campaign),
    (Change, "/admin/campaigns/{id}/resend-unopened", Campaign),
    (Change, "/admin/campaigns/{id}/presence", Campaign),
    (Change, "/admin/campaigns/{id}/restore", Campaign),
    (Change, "/admin/campaigns/{id}/resume", Campaign),
    (Change, "/admin/campaigns/{id}/retry-failed", Campaign),
    (Change, "/admin/campaigns/{id}/schedule", Campaign),
    (Change, "/admin/campaigns/{id}/start", Campaign),
    (Change, "/admin/campaigns/{id}/test", Campaign),
    (All, "/admin/campaigns/{id}/translate/{language}", Campaign),
    (Change, "/admin/campaigns/{id}/unschedule", Campaign),
    (All, "/admin/events", Any),
    (Read, "/admin/events/new", Any),
    (All, "/admin/events/{slug}", Any),
    (Change, "/admin/events/{slug}/delete", Any),
    (Change, "/admin/events/{slug}/duplicate", Any),
    (Read, "/admin/growth", Any),
    (Read, "/admin/growth.csv", Any),
    (Read, "/admin/lists", Any),
    (Read, "/admin/lists/{slug}", List),
    (Read, "/admin/lists/{slug}/export", List),
    (All, "/admin/lists/{slug}/welcome", List),
    (Change, "/admin/lists/{slug}/welcome/preview", List),
    (All, "/admin/media", Any),
    (Read, "/admin/media/pick", Any),
    (All, "/admin/media/{id}", Any),
    (Change, "/admin/media/{id}/delete", Any),
    (All, "/admin/posts", Any),
    (Read, "/admin/posts/new", Any),
    (Change, "/admin/posts/preview", Any),
    (All, "/admin/posts/{id}", Any),
    (Change, "/admin/posts/{id}/autosave", Any),
    (All, "/admin/posts/{id}/comments", Any),
    (Read, "/admin/posts/{id}/compare", Any),
    (Change, "/admin/posts/{id}/delete", Any),
    (Change, "/admin/posts/{id}/discard", Any),
    (Change, "/admin/posts/{id}/duplicate", Any),
    (Read, "/admin/posts/{id}/history", Any),
    (Change, "/admin/posts/{id}/presence", Any),
    (Change, "/admin/posts/{id}/restore", Any),
    (All, "/admin/posts/{id}/translate/{language}", Any),
    (All, "/admin/sessions", Any),
    (Read, "/admin/shortcuts", Any),
    (Read, "/admin/subscribers", Any),
    (Read, "/admin/subscribers/{id}", Subscriber),
    (Change, "/admin/subscribers/{id}/subscription", Subscriber),
    (Read, "/admin/subscribers/{id}/why", Subscriber),
    (All, "/admin/tokens", Any),
    (Change, "/admin/tokens/{id}/revoke", Any),
    (All, "/api/v1/campaigns", Any),
    (All, "/api/v1/campaigns/{id}", Campaign),
    (All, "/api/v1/campaigns/{id}/ab-test", Campaign),
    (Change, "/api/v1/campaigns/{id}/ab-test/decide", Campaign),
    (Change, "/api/v1/campaigns/{id}/cancel", Campaign),
    (Read, "/api/v1/campaigns/{id}/deliveries", Campaign),
    (Change, "/api/v1/campaigns/{id}/duplicate", Campaign),
    (Change, "/api/v1/campaigns/{id}/event-news", Campaign),
    (Change, "/api/v1/campaigns/{id}/limits", Campaign),
    (Change, "/api/v1/campaigns/{id}/pause", Campaign),
    (Read, "/api/v1/campaigns/{id}/preflight", Campaign),
    (All, "/api/v1/campaigns/{id}/comments", Campaign),
    (Change, "/api/v1/campaigns/{id}/comments/{comment}", Campaign),
    (Read, "/api/v1/campaigns/{id}/preview", Campaign),
    (Read, "/api/v1/campaigns/{id}/revisions", Campaign),
    (Change, "/api/v1/campaigns/{id}/revisions/{revision}/restore", Campaign),
    (Read, "/api/v1/campaigns/{id}/report", Campaign),
    (Change, "/api/v1/campaigns/{id}/request-approval", Campaign),
    (Change, "/api/v1/campaigns/{id}/resend", Campaign),
    (Change, "/api/v1/campaigns/{id}/resend-unopened", Campaign),
    (Change, "/api/v1/campaigns/{id}/resume", Campaign),
    (Change, "/api/v1/campaigns/{id}/retry-failed", Campaign),
    (Change, "/api/v1/campaigns/{id}/schedule", Campaign),
    (Change, "/api/v1/campaigns/{id}/start", Campaign),
    (Change, "/api/v1/campaigns/{id}/test", Campaign),
    (Change, "/api/v1/campaigns/{id}/unschedule", Campaign),
    (All, "/api/v1/events", Any),
    (All, "/api/v1/events/{slug}", Any),
    (Read, "/api/v1/growth", Any),
    (Read, "/api/v1/lists", Any),
    (Read, "/api/v1/lists/{slug}", List),
    (All, "/api/v1/media", Any),
    (All, "/api/v1/media/{file_name}", Any),
    (All, "/api/v1/posts", Any),
    (All, "/api/v1/posts/{slug}", Any),
    (All, "/api/v1/posts/{slug}/comments", Any),
    (Change, "/api/v1/posts/{slug}/comments/{comment}", Any),
    (Read, "/api/v1/posts/{slug}/revisions", Any),
    (Change, "/api/v1/posts/{slug}/revisions/{revision}/restore", Any),
    (Read, "/api/v1/subscribers", Any),
    (Read, "/api/v1/subscribers/{id}", Subscriber),
    (Change, "/api/v1/subscriptions", Any),
];

fn subject(method: &Method, path: &str) -> Option<Subject> {
    let calls = match *method {
        Method::GET | Method::HEAD => Read,
        _ => Change,
    };
    let path = path.trim_end_matches('/');
    let mut open = OPEN.iter();
    let found = open.find(|(open, known, _)| *known == path && (*open == calls || *open == All));
    found.map(|(_, _, subject)| *subject)
}

/// Whether a page without an id is open, for the navigation.
pub fn is_open(path: &str) -> bool {
    subject(&Method::GET, path).is_some()
}

/// What a user reaches, by their id and whether they are limited.
pub async fn access(
    web: &Web,
    (user, is_limited): (UserId, bool),
) -> Result<ListAccess, HttpError> {
    if is_limited {
        Ok(list_access::of_user(&web.cx, user).await?)
    } else {
        Ok(ListAccess::All)
    }
}

/// Lets a request through that a user may make.
///
/// # Errors
/// [`HttpError::Forbidden`] where it is closed to limited users, [`HttpError::NotFound`] where it
/// is about something of another list.
pub async fn require(web: &Web, access: &ListAccess, parts: &mut Parts) -> Result<(), HttpError> {
    if !access.is_limited() {
        return Ok(());
    }
    let path = parts.extensions.get::<MatchedPath>();
    let path = path.map(|path| path.as_str().to_owned());
    let subject = path.and_then(|path| subject(&parts.method, &path));
    match subject.ok_or(HttpError::Forbidden(CLOSED))? {
        Any => Ok(()),
        List => {
            let slug = parameter(parts, "slug").await?;
            found(access.has_slug(&slug))
        }
        Campaign => {
            let id = parameter(parts, "id").await?;
            let id = id.parse().map_err(|_| HttpError::NotFound)?;
            require_campaign(web, access, id).await
        }
        Subscriber => {
            let id = parameter(parts, "id").await?;
            let id: SubscriberId = id.parse().map_err(|_| HttpError::NotFound)?;
            let mut db = web.cx.store.read().await?;
            found(list_access::has_subscriber(&mut db, access, id).await?)
        }
    }
}

/// Finds a campaign only where all of its lists are within reach. Emails of series are not, as
/// series are not.
pub async fn require_campaign(
    web: &Web,
    access: &ListAccess,
    id: CampaignId,
) -> Result<(), HttpError> {
    let mut db = web.cx.store.read().await?;
    found(list_access::has_campaign(&mut db, access, id).await?)
}

fn found(is_within: bool) -> Result<(), HttpError> {
    is_within.then_some(()).ok_or(HttpError::NotFound)
}

async fn parameter(parts: &mut Parts, name: &str) -> Result<String, HttpError> {
    let params = RawPathParams::from_request_parts(parts, &()).await;
    let params = params.map_err(|_| HttpError::NotFound)?;
    let mut params = params.iter();
    let value = params.find_map(|(known, value)| (known == name).then(|| value.to_owned()));
    value.ok_or(HttpError::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_named_is_closed() {
        for (method, path, expected) in [
            (Method::GET, "/admin", Some(Any)),
            (Method::GET, "/admin/", Some(Any)),
            (Method::GET, "/admin/campaigns/{id}", Some(Campaign)),
            (Method::HEAD, "/admin/lists/{slug}/export", Some(List)),
            (Method::GET, "/admin/lists/{slug}/edit", None),
            (Method::POST, "/admin/lists/{slug}", None),
            (Method::GET, "/admin/subscribers", Some(Any)),
            (Method::POST, "/admin/subscribers", None),
            (Method::POST, "/admin/subscribers/{id}/erase", None),
            (Method::DELETE, "/api/v1/campaigns/{id}", Some(Campaign)),
            (Method::DELETE, "/api/v1/subscribers/{id}", None),
            (Method::GET, "/api/subscribers", None),
            (Method::GET, "/admin/anything-new", None),
        ] {
            assert_eq!(subject(&method, path), expected, "{method} {path}");
        }
    }

    #[test]
    fn a_path_with_an_id_of_something_on_lists_says_whose_it_is() {
        for (_, path, subject) in OPEN {
            for (part, expected) in [
                ("/campaigns/{", Campaign),
                ("/subscribers/{", Subscriber),
                ("/lists/{", List),
            ] {
                if path.contains(part) {
                    assert_eq!(*subject, expected, "{path}");
                }
            }
        }
    }
}
