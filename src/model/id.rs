//! Row ids that cannot be mistaken for one another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(pub i64);

        impl From<i64> for $name {
            fn from(id: i64) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map(Self)
            }
        }
    )+};
}

id! {
    /// A list's row.
    ListId
    /// A subscriber's row.
    SubscriberId
    /// A post's row.
    PostId
    /// An event's row.
    EventId
    /// An uploaded file's row.
    MediaId
    /// A campaign's row.
    CampaignId
    /// A comment's row.
    CommentId
    /// A delivery's row; Message-ID and envelope sender are made from it.
    DeliveryId
    /// A notice's row.
    EmailId
    /// A template of transactional email.
    EmailTemplateId
    /// A campaign template's row.
    CampaignTemplateId
    /// A recurring campaign's row.
    RecurringId
    /// The row of another site's feed.
    FeedId
    /// The row of an item of a feed.
    FeedItemId
    /// A snippet's row.
    SnippetId
    /// A webhook's row.
    WebhookId
    /// A user's row.
    UserId
    /// An API token's row.
    TokenId
    /// An import's row.
    ImportId
    /// A segment's row.
    SegmentId
    /// A series' row.
    SeriesId
    /// A reader of a series.
    SeriesReaderId
    /// A saved view of the table of subscribers.
    SubscriberViewId
    /// An import of posts.
    PostImportId
    /// A notification's row.
    NotificationId
    /// A passkey's row.
    PasskeyId
}
