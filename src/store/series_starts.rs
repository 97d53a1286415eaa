//! What lets readers into a series, as its row has it.

use crate::model::SegmentId;
use crate::model::series::{Start, StartKind};
use crate::model::tag::{self, Tag};

/// The columns of a start.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct StartRow {
    pub(super) start_kind: StartKind,
    /// The tag in lower case, the attribute, the event's slug, or a part of a link's address.
    pub(super) start_key: String,
    /// The value of an attribute.
    pub(super) start_value: String,
    pub(super) start_days: i64,
    pub(super) start_hour: i64,
    pub(super) is_yearly: bool,
    pub(super) start_segment_id: Option<SegmentId>,
}

impl From<&Start> for StartRow {
    fn from(start: &Start) -> Self {
        let mut row = Self {
            start_kind: start.kind(),
            start_key: String::new(),
            start_value: String::new(),
            start_days: 0,
            start_hour: i64::from(start.hour().unwrap_or(9)),
            is_yearly: false,
            start_segment_id: start.segment(),
        };
        match start {
            Start::Tag { tag } => row.start_key = tag::key(tag.as_str()),
            Start::Attribute { attribute, value } => {
                attribute.trim().clone_into(&mut row.start_key);
                value.trim().clone_into(&mut row.start_value);
            }
            Start::Date {
                attribute,
                days,
                yearly,
                ..
            } => {
                attribute.trim().clone_into(&mut row.start_key);
                (row.start_days, row.is_yearly) = (i64::from(*days), *yearly);
            }
            Start::Link { contains } => contains.trim().clone_into(&mut row.start_key),
            Start::Event { event, days, .. } => {
                event.as_str().clone_into(&mut row.start_key);
                row.start_days = i64::from(*days);
            }
            Start::Confirmed | Start::Segment { .. } | Start::Call => {}
        }
        row
    }
}

impl StartRow {
    /// What it says. It was checked when it was written; what cannot be read nevertheless lets
    /// nobody in by itself.
    pub(super) fn start(&self) -> Start {
        let days = i32::try_from(self.start_days).unwrap_or_default();
        let hour = u8::try_from(self.start_hour).unwrap_or_default();
        let start = match self.start_kind {
            StartKind::Confirmed => Some(Start::Confirmed),
            StartKind::Call => None,
            StartKind::Tag => Tag::parse(&self.start_key)
                .ok()
                .map(|tag| Start::Tag { tag }),
            StartKind::Attribute => Some(Start::Attribute {
                attribute: self.start_key.clone(),
                value: self.start_value.clone(),
            }),
            StartKind::Date => Some(Start::Date {
                attribute: self.start_key.clone(),
                days,
                hour,
                yearly: self.is_yearly,
            }),
            StartKind::Event => {
                self.start_key
                    .parse()
                    .ok()
                    .map(|event| Start::Event { event, days, hour })
            }
            StartKind::Link => Some(Start::Link {
                contains: self.start_key.clone(),
            }),
            StartKind::Segment => Some(Start::Segment {
                // Of none: it was deleted after the series had ended.
                segment: self.start_segment_id.unwrap_or(SegmentId(0)),
                hour,
            }),
        };
        start.unwrap_or(Start::Call)
    }
}
