//! The conditions that a segment's rule is made of.

use serde::{Deserialize, Serialize};

use super::CampaignId;
use super::list::ListSlug;
use super::mail_frequency::Frequency;
use super::string_enum::string_enum;
use crate::clock::Timestamp;
use crate::text::locale::Language;

/// Characters of an attribute's name or a value.
const LENGTH: usize = 200;
/// Times that a condition may count.
const TIMES: u32 = 1000;
/// Days that a condition may look back.
const DAYS: u32 = 36_500;

/// Why a condition is invalid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConditionError {
    /// A name or value that is too long.
    #[error("attribute names and values have 1 to {LENGTH} characters")]
    Length,
    /// A control character in a name or value.
    #[error("attribute names and values must not contain control characters")]
    Control,
    /// A number of times out of range.
    #[error("the number of times must be 1 to {TIMES}")]
    Times,
    /// A number of days out of range.
    #[error("the number of days must be 1 to {DAYS}")]
    Days,
}

string_enum! {
    /// What a subscriber is to a list.
    pub enum Membership {
        /// Asked to confirm, and did not yet.
        Pending,
        /// On the list.
        Confirmed,
        /// Left it.
        Unsubscribed,
        /// Never on it.
        #[serde(rename = "none")]
        #[strum(serialize = "none")]
        Never,
    }
}

/// Something that holds for a subscriber, or does not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "about", rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// An attribute has this value, or is a list of which one entry has it.
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
    /// An attribute holds this text, in capitals or not.
    AttributeContains {
        /// The attribute.
        key: String,
        /// A part of its value.
        value: String,
    },
    /// An attribute is, as a whole, a number above this.
    AttributeAbove {
        /// The attribute.
        key: String,
        /// What it must be above.
        value: f64,
    },
    /// An attribute is, as a whole, a number below this.
    AttributeBelow {
        /// The attribute.
        key: String,
        /// What it must be below.
        value: f64,
    },
    /// An attribute is a date before this one.
    AttributeBefore {
        /// The attribute.
        key: String,
        /// The day after the last that is picked.
        #[schema(value_type = String, format = Date)]
        value: jiff::civil::Date,
    },
    /// An attribute is this date or a later one.
    AttributeSince {
        /// The attribute.
        key: String,
        /// The first day that is picked.
        #[schema(value_type = String, format = Date)]
        value: jiff::civil::Date,
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
    /// What they are to a list.
    Membership {
        /// Which list.
        list: ListSlug,
        /// What they must be to it.
        value: Membership,
    },
    /// They carry a tag.
    Tag {
        /// Which.
        value: String,
    },
    /// They do not carry a tag.
    NotTag {
        /// Which.
        value: String,
    },
    /// They came before this moment.
    JoinedBefore {
        /// When.
        #[serde(with = "crate::clock::moment")]
        #[schema(value_type = String, format = DateTime)]
        value: Timestamp,
    },
    /// They came at this moment or after.
    JoinedSince {
        /// When.
        #[serde(with = "crate::clock::moment")]
        #[schema(value_type = String, format = DateTime)]
        value: Timestamp,
    },
    /// They came in so many last days.
    JoinedWithin {
        /// How many.
        value: u32,
    },
    /// They came onto a list, or this one, before this moment and are still on it.
    ConfirmedBefore {
        /// Which list; any where left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        list: Option<ListSlug>,
        /// When.
        #[serde(with = "crate::clock::moment")]
        #[schema(value_type = String, format = DateTime)]
        value: Timestamp,
    },
    /// They came onto a list, or this one, at this moment or after and are still
    /// on it.
    ConfirmedSince {
        /// Which list; any where left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        list: Option<ListSlug>,
        /// When.
        #[serde(with = "crate::clock::moment")]
        #[schema(value_type = String, format = DateTime)]
        value: Timestamp,
    },
    /// The relay has taken this campaign's mail to them, whatever came back later.
    SentCampaign {
        /// Which.
        value: CampaignId,
    },
    /// The relay has not taken this campaign's mail to them.
    NotSentCampaign {
        /// Which.
        value: CampaignId,
    },
    /// Whether the relay has ever taken a campaign's mail to them.
    EverMailed {
        /// Which.
        value: bool,
    },
    /// Mail to them bounced softly (full mailbox, server away) so many times or
    /// more.
    SoftBounced {
        /// How many times.
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
    /// They agreed that opens and followed links are seen.
    EngagementAgreed {},
    /// They agreed, and opened this campaign.
    OpenedCampaign {
        /// Which.
        value: CampaignId,
    },
    /// They agreed before they got this campaign, and have not opened it.
    NotOpenedCampaign {
        /// Which.
        value: CampaignId,
    },
    /// They agreed, and opened a campaign in so many last days.
    OpenedWithin {
        /// How many.
        value: u32,
    },
    /// They agreed, got a campaign in so many last days, and opened none in them.
    NotOpenedWithin {
        /// How many.
        value: u32,
    },
    /// They agreed, and followed a link of this campaign.
    FollowedLinkOf {
        /// Which.
        value: CampaignId,
    },
    /// They agreed, and followed a link whose address holds this text.
    FollowedUrl {
        /// A part of the address, in capitals as there.
        value: String,
    },
    /// They agreed, and were last active in so many last days.
    ActiveWithin {
        /// How many.
        value: u32,
    },
    /// They agreed more than so many days ago, got a campaign since, and were not active since.
    InactiveFor {
        /// How many.
        value: u32,
    },
}

impl Condition {
    /// Whether it is about what is seen of readers who agreed to it.
    pub fn is_about_engagement(&self) -> bool {
        use Condition::*;
        matches!(
            self,
            EngagementAgreed {}
                | OpenedCampaign { .. }
                | NotOpenedCampaign { .. }
                | OpenedWithin { .. }
                | NotOpenedWithin { .. }
                | FollowedLinkOf { .. }
                | FollowedUrl { .. }
                | ActiveWithin { .. }
                | InactiveFor { .. }
        )
    }

    /// Whether names and values are within their bounds.
    pub(super) fn check(&self) -> Result<(), ConditionError> {
        use Condition::*;
        let texts: [&str; 2] = match self {
            AttributeIs { key, value }
            | AttributeIsNot { key, value }
            | AttributeContains { key, value } => [key, value],
            AttributeAbove { key, .. }
            | AttributeBelow { key, .. }
            | AttributeBefore { key, .. }
            | AttributeSince { key, .. }
            | AttributeSet { key }
            | AttributeMissing { key } => [key, key],
            Tag { value } | NotTag { value } | FollowedUrl { value } => [value, value],
            JoinedWithin { value }
            | MailedWithin { value }
            | NotMailedWithin { value }
            | FailedWithin { value }
            | OpenedWithin { value }
            | NotOpenedWithin { value }
            | ActiveWithin { value }
            | InactiveFor { value } => {
                let is_known = (1..=DAYS).contains(value);
                return is_known.then_some(()).ok_or(ConditionError::Days);
            }
            SoftBounced { value } => {
                let is_known = (1..=TIMES).contains(value);
                return is_known.then_some(()).ok_or(ConditionError::Times);
            }
            Language { .. }
            | Frequency { .. }
            | Paused { .. }
            | OnList { .. }
            | NotOnList { .. }
            | Membership { .. }
            | JoinedBefore { .. }
            | JoinedSince { .. }
            | ConfirmedBefore { .. }
            | ConfirmedSince { .. }
            | SentCampaign { .. }
            | NotSentCampaign { .. }
            | EverMailed { .. }
            | EngagementAgreed {}
            | OpenedCampaign { .. }
            | NotOpenedCampaign { .. }
            | FollowedLinkOf { .. } => {
                return Ok(());
            }
        };
        for text in texts {
            if !(1..=LENGTH).contains(&text.chars().count()) {
                return Err(ConditionError::Length);
            }
            if text.chars().any(char::is_control) {
                return Err(ConditionError::Control);
            }
        }
        Ok(())
    }
}
