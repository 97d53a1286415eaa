//! The domain as types: lists, subscriptions, campaigns, deliveries,
//! and the transitions of their states. Knows neither SQL nor HTTP.

pub mod growth;
mod id;
mod string_enum;

pub mod ab_test;
pub mod anniversary;
pub mod attachment;
pub mod audit;
pub mod autosave;
pub mod brand_kit;
pub mod calendar;
pub mod campaign;
pub mod content;
pub mod delay;
pub mod delivery;
pub mod domain_limit;
pub mod feedback;
pub mod import;
pub mod lease;
pub mod list;
pub mod list_access;
pub mod mail_frequency;
pub mod notification;
pub mod post_import;
pub mod recipient;
pub mod recurring;
pub mod scope;
pub mod segment;
pub mod segment_condition;
pub mod series;
pub mod shared_text;
pub mod signing_key;
pub mod subscriber_column;
pub mod subscriber_note;
pub mod subscription;
pub mod tag;
pub mod transactional;
pub mod user;
pub mod web_origin;

pub use id::{
    CampaignId, CampaignTemplateId, CommentId, DeliveryId, EmailId, EmailTemplateId, EventId,
    FeedId, FeedItemId, ImportId, ListId, MediaId, NotificationId, PasskeyId, PostId, PostImportId,
    RecurringId, SegmentId, SeriesId, SeriesReaderId, SnippetId, SubscriberId, SubscriberViewId,
    TokenId, UserId, WebhookId,
};
