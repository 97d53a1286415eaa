//! What lets readers into a series.

use serde::{Deserialize, Serialize};

use super::check::{StepError, is_name, is_value};
use crate::model::SegmentId;
use crate::model::list::Slug;
use crate::model::string_enum::string_enum;
use crate::model::tag::Tag;

string_enum! {
    /// What lets readers in.
    pub enum StartKind {
        /// A subscription to the list is confirmed.
        Confirmed,
        /// A subscriber of the list gets a tag.
        Tag,
        /// An attribute of a subscriber of the list is set.
        Attribute,
        /// A date in an attribute comes.
        Date,
        /// An event comes.
        Event,
        /// A subscriber of the list comes to be in a segment.
        Segment,
        /// A reader who agreed that this is seen follows a link.
        Link,
        /// Only a call of the API, or of the address of its own that a series has.
        Call,
    }
}

/// What lets readers into a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Start {
    /// A subscription to the list is confirmed.
    Confirmed,
    /// A subscriber of the list gets a tag.
    Tag {
        /// The tag.
        tag: Tag,
    },
    /// An attribute of a subscriber of the list is set, or gets another value.
    Attribute {
        /// The attribute.
        attribute: String,
        /// Only this value, in capitals or not; empty: any.
        #[serde(default)]
        value: String,
    },
    /// A date in an attribute of a subscriber of the list comes.
    Date {
        /// The attribute: `2026-03-01` or `01.03.2026`, for one that comes again also `03-01`.
        attribute: String,
        /// Days after the date; below zero, before it.
        #[serde(default)]
        days: i32,
        /// From this hour of the site's day on.
        #[serde(default = "default_hour")]
        hour: u8,
        /// Whether it comes again each year.
        #[serde(default)]
        yearly: bool,
    },
    /// An event comes: everybody on the list comes in, again for each time of a recurring one.
    Event {
        /// The event's slug.
        #[schema(value_type = String)]
        event: Slug,
        /// Days after its first day; below zero, before it.
        #[serde(default)]
        days: i32,
        /// From this hour of the site's day on.
        #[serde(default = "default_hour")]
        hour: u8,
    },
    /// A subscriber of the list is in a segment, which is looked at once a day.
    Segment {
        /// The segment.
        segment: SegmentId,
        /// From this hour of the site's day on.
        #[serde(default = "default_hour")]
        hour: u8,
    },
    /// A subscriber of the list who agreed that this is seen follows a link of a campaign.
    Link {
        /// A part of the link's address, in capitals as there.
        contains: String,
    },
    /// Only a call of the API, or of the address of its own that the series has.
    Call,
}

fn default_hour() -> u8 {
    9
}

impl Start {
    /// Its kind.
    pub fn kind(&self) -> StartKind {
        match self {
            Self::Confirmed => StartKind::Confirmed,
            Self::Tag { .. } => StartKind::Tag,
            Self::Attribute { .. } => StartKind::Attribute,
            Self::Date { .. } => StartKind::Date,
            Self::Event { .. } => StartKind::Event,
            Self::Segment { .. } => StartKind::Segment,
            Self::Link { .. } => StartKind::Link,
            Self::Call => StartKind::Call,
        }
    }

    /// The hour of the site's day from which readers come in; `None` where they do at any time.
    pub fn hour(&self) -> Option<u8> {
        match self {
            Self::Date { hour, .. } | Self::Event { hour, .. } | Self::Segment { hour, .. } => {
                Some(*hour)
            }
            Self::Confirmed
            | Self::Tag { .. }
            | Self::Attribute { .. }
            | Self::Link { .. }
            | Self::Call => None,
        }
    }

    /// The event for which it waits.
    pub fn event(&self) -> Option<&Slug> {
        match self {
            Self::Event { event, .. } => Some(event),
            _ => None,
        }
    }

    /// The segment that it asks for.
    pub fn segment(&self) -> Option<SegmentId> {
        match self {
            Self::Segment { segment, .. } => Some(*segment),
            _ => None,
        }
    }

    /// Checks it, as far as this needs no database.
    ///
    /// # Errors
    /// [`StepError`] where it is out of bounds.
    pub fn check(&self) -> Result<(), StepError> {
        if self.hour().is_some_and(|hour| hour > 23) {
            return Err(StepError::Date);
        }
        match self {
            Self::Attribute { attribute, value } if !is_name(attribute) || !is_value(value) => {
                Err(StepError::Attribute)
            }
            Self::Date {
                attribute, days, ..
            } if !is_name(attribute) || days.unsigned_abs() > 366 => Err(StepError::Date),
            Self::Link { contains } if !is_name(contains) => Err(StepError::Link),
            Self::Event { days, .. } if days.unsigned_abs() > 366 => Err(StepError::Event),
            _ => Ok(()),
        }
    }
}
