//! Segments: rules that pick a part of the audience.

use serde::{Deserialize, Serialize};

use super::list::ListSlug;
use super::rhythm::Frequency;
use super::word::words;
use crate::clock::Timestamp;
use crate::text::locale::Language;

words! {
    /// How the conditions of a rule go together.
    Match {
        /// Every condition must hold.
        All = "all",
        /// One is enough.
        Any = "any",
    }
}

/// Whom a segment picks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// How the conditions go together.
    #[serde(rename = "match")]
    pub all_or_any: Match,
    /// What must hold.
    pub conditions: Vec<Condition>,
}

/// Something that holds for a subscriber, or does not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Condition {
    /// An attribute has this value.
    AttributeIs {
        /// The attribute.
        key: String,
        /// Its value, as text.
        value: String,
    },
    /// An attribute is missing or has another value.
    AttributeIsNot {
        /// The attribute.
        key: String,
        /// Its value, as text.
        value: String,
    },
    /// An attribute holds this text.
    AttributeContains {
        /// The attribute.
        key: String,
        /// A part of its value.
        value: String,
    },
    /// An attribute is a number above this.
    AttributeAbove {
        /// The attribute.
        key: String,
        /// What it must be above.
        value: f64,
    },
    /// An attribute is a number below this.
    AttributeBelow {
        /// The attribute.
        key: String,
        /// What it must be below.
        value: f64,
    },
    /// An attribute is there.
    AttributeSet {
        /// The attribute.
        key: String,
    },
    /// An attribute is missing.
    AttributeMissing {
        /// The attribute.
        key: String,
    },
    /// The language of mail to them.
    Language {
        /// Which.
        value: Language,
    },
    /// How often they want mail.
    Frequency {
        /// Which.
        value: Frequency,
    },
    /// They have paused mail, or have not.
    Paused {
        /// Which.
        value: bool,
    },
    /// They are on a list.
    OnList {
        /// Which.
        value: ListSlug,
    },
    /// They are not on a list, or left it.
    NotOnList {
        /// Which.
        value: ListSlug,
    },
    /// They came before this moment.
    JoinedBefore {
        /// When.
        value: Timestamp,
    },
    /// They came at this moment or after.
    JoinedSince {
        /// When.
        value: Timestamp,
    },
    /// They came in so many last days.
    JoinedWithin {
        /// How many.
        value: u32,
    },
    /// A campaign's mail to them was taken by the relay in so many last days.
    MailedWithin {
        /// How many.
        value: u32,
    },
    /// No campaign's mail to them was taken in so many last days.
    NotMailedWithin {
        /// How many.
        value: u32,
    },
    /// A campaign's mail to them failed or bounced in so many last days.
    FailedWithin {
        /// How many.
        value: u32,
    },
}
