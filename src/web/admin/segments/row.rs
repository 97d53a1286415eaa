//! A condition of a segment as a form row.

use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::list::ListSlug;
use crate::model::segment::Condition;
use crate::store::lists::List;
use crate::web::admin::segments::entry::{
    Choice, Entry, is_about_engagement, key_entry, value_entry,
};
use crate::web::admin::wording::Wording;
use crate::web::state::Web;

/// A form row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// One of [`TESTS`](super::entry::TESTS); empty until one is chosen.
    pub test: String,
    /// The test that its fields were shown for.
    pub shown_for: String,
    pub key: String,
    pub value: String,
    /// Its index among all rows.
    pub number: usize,
}

impl Row {
    pub fn of(condition: &Condition, wording: &Wording) -> Self {
        let day = |at: &Timestamp| wording.calendar.local(*at).date().to_string();
        let word = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        let (test, key, value) = match condition {
            Condition::AttributeIs { key, value } => ("attribute_is", key.as_str(), value.clone()),
            Condition::AttributeIsNot { key, value } => {
                ("attribute_is_not", key.as_str(), value.clone())
            }
            Condition::AttributeContains { key, value } => {
                ("attribute_contains", key.as_str(), value.clone())
            }
            Condition::AttributeAbove { key, value } => {
                ("attribute_above", key.as_str(), value.to_string())
            }
            Condition::AttributeBelow { key, value } => {
                ("attribute_below", key.as_str(), value.to_string())
            }
            Condition::AttributeBefore { key, value } => {
                ("attribute_before", key.as_str(), value.to_string())
            }
            Condition::AttributeSince { key, value } => {
                ("attribute_since", key.as_str(), value.to_string())
            }
            Condition::AttributeSet { key } => ("attribute_set", key.as_str(), String::new()),
            Condition::AttributeMissing { key } => {
                ("attribute_missing", key.as_str(), String::new())
            }
            Condition::Language { value } => ("language", "", value.to_string()),
            Condition::Frequency { value } => ("frequency", "", value.to_string()),
            Condition::Paused { value } => ("paused", "", word(*value)),
            Condition::OnList { value } => ("on_list", "", value.to_string()),
            Condition::NotOnList { value } => ("not_on_list", "", value.to_string()),
            Condition::Membership { list, value } => {
                ("membership", list.as_str(), value.to_string())
            }
            Condition::Tag { value } => ("tag", "", value.clone()),
            Condition::NotTag { value } => ("not_tag", "", value.clone()),
            Condition::JoinedBefore { value } => ("joined_before", "", day(value)),
            Condition::JoinedSince { value } => ("joined_since", "", day(value)),
            Condition::JoinedWithin { value } => ("joined_within", "", value.to_string()),
            Condition::ConfirmedBefore { list, value } => {
                ("confirmed_before", slug(list), day(value))
            }
            Condition::ConfirmedSince { list, value } => {
                ("confirmed_since", slug(list), day(value))
            }
            Condition::SentCampaign { value } => ("sent_campaign", "", value.to_string()),
            Condition::NotSentCampaign { value } => ("not_sent_campaign", "", value.to_string()),
            Condition::EverMailed { value } => ("ever_mailed", "", word(*value)),
            Condition::SoftBounced { value } => ("soft_bounced", "", value.to_string()),
            Condition::MailedWithin { value } => ("mailed_within", "", value.to_string()),
            Condition::NotMailedWithin { value } => ("not_mailed_within", "", value.to_string()),
            Condition::FailedWithin { value } => ("failed_within", "", value.to_string()),
            Condition::EngagementAgreed {} => ("engagement_agreed", "", String::new()),
            Condition::OpenedCampaign { value } => ("opened_campaign", "", value.to_string()),
            Condition::NotOpenedCampaign { value } => {
                ("not_opened_campaign", "", value.to_string())
            }
            Condition::OpenedWithin { value } => ("opened_within", "", value.to_string()),
            Condition::NotOpenedWithin { value } => ("not_opened_within", "", value.to_string()),
            Condition::FollowedLinkOf { value } => ("followed_link_of", "", value.to_string()),
            Condition::FollowedUrl { value } => ("followed_url", "", value.clone()),
            Condition::ActiveWithin { value } => ("active_within", "", value.to_string()),
            Condition::InactiveFor { value } => ("inactive_for", "", value.to_string()),
        };
        Self {
            test: test.to_owned(),
            shown_for: test.to_owned(),
            key: key.to_owned(),
            value,
            number: 0,
        }
    }

    /// How its attribute or list is entered.
    pub fn key_entry(&self) -> Entry {
        key_entry(&self.test)
    }

    /// How its value is entered.
    pub fn value_entry(&self) -> Entry {
        value_entry(&self.test)
    }

    /// Whether it holds only for people who agreed to be seen.
    pub fn is_about_engagement(&self) -> bool {
        is_about_engagement(&self.test)
    }

    /// Drops what was entered for another test and does not fit this one.
    pub fn fit(&mut self) {
        let shown_for = std::mem::replace(&mut self.shown_for, self.test.clone());
        if shown_for.is_empty() {
            return;
        }
        if key_entry(&shown_for) != self.key_entry() {
            self.key.clear();
        }
        if value_entry(&shown_for) != self.value_entry() {
            self.value.clear();
        }
    }

    /// Whether it says nothing.
    pub fn is_blank(&self) -> bool {
        self.test.is_empty() && self.key.is_empty() && self.value.is_empty()
    }

    /// Whether something of it is still to be entered.
    pub fn is_unfinished(&self) -> bool {
        let is_missing = |entry: Entry, text: &str| {
            let may_be_empty = matches!(entry, Entry::Nothing | Entry::Choice(Choice::AnyList));
            !may_be_empty && text.is_empty()
        };
        self.test.is_empty()
            || is_missing(self.key_entry(), &self.key)
            || is_missing(self.value_entry(), &self.value)
    }

    /// The condition that was entered, or what is wrong with it.
    pub fn read(&self, web: &Web, viewer: &Wording, lists: &[List]) -> Result<Condition, String> {
        let words = |error: &dyn std::fmt::Display| error.to_string();
        let key = || match self.key.as_str() {
            "" => Err(viewer.t("admin-segment-needs-attribute")),
            key => Ok(key.to_owned()),
        };
        let value = || match self.value.as_str() {
            "" => Err(viewer.t("admin-segment-needs-value")),
            value => Ok(value.to_owned()),
        };
        let number = || {
            let read = self.value.replace(',', ".").parse::<f64>();
            let finite = read.ok().filter(|number| number.is_finite());
            finite.ok_or_else(|| viewer.t("admin-segment-needs-number"))
        };
        let days = || {
            let read = self.value.parse::<u32>();
            let read = read.ok().filter(|days| (1..=36_500).contains(days));
            read.ok_or_else(|| viewer.t("admin-segment-needs-days"))
        };
        let day = || {
            let read = self.value.parse::<jiff::civil::Date>();
            read.map_err(|_| viewer.t("admin-segment-needs-day"))
        };
        let moment = || {
            let start = day()?
                .to_zoned_datetime(web.zone())
                .map_err(|e| words(&e))?;
            Ok::<_, String>(Timestamp::from_millis(start.timestamp().as_millisecond()))
        };
        let yes_or_no = || match self.value.as_str() {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(viewer.t("admin-segment-needs-yes")),
        };
        let campaign = || {
            let read = self.value.trim_start_matches('#').parse::<CampaignId>();
            read.map_err(|_| viewer.t("admin-segment-needs-campaign"))
        };
        let times = || {
            let read = self.value.parse::<u32>().ok();
            let read = read.filter(|times| (1..=1000).contains(times));
            read.ok_or_else(|| viewer.t("admin-segment-needs-times"))
        };
        let list = |slug: &str| {
            let known = lists.iter().find(|list| list.slug.as_str() == slug);
            let known = known.map(|list| list.slug.clone());
            known.ok_or_else(|| viewer.t("admin-segment-no-list"))
        };
        let any_list = || match self.key.as_str() {
            "" => Ok(None),
            slug => list(slug).map(Some),
        };
        if matches!(self.value_entry(), Entry::Choice(_)) && self.value.is_empty() {
            return Err(viewer.t("admin-segment-needs-choice"));
        }
        Ok(match self.test.as_str() {
            "attribute_is" => Condition::AttributeIs {
                key: key()?,
                value: value()?,
            },
            "attribute_is_not" => Condition::AttributeIsNot {
                key: key()?,
                value: value()?,
            },
            "attribute_contains" => Condition::AttributeContains {
                key: key()?,
                value: value()?,
            },
            "attribute_above" => Condition::AttributeAbove {
                key: key()?,
                value: number()?,
            },
            "attribute_below" => Condition::AttributeBelow {
                key: key()?,
                value: number()?,
            },
            "attribute_before" => Condition::AttributeBefore {
                key: key()?,
                value: day()?,
            },
            "attribute_since" => Condition::AttributeSince {
                key: key()?,
                value: day()?,
            },
            "attribute_set" => Condition::AttributeSet { key: key()? },
            "attribute_missing" => Condition::AttributeMissing { key: key()? },
            "language" => Condition::Language {
                value: self.value.parse().map_err(|e| words(&e))?,
            },
            "frequency" => Condition::Frequency {
                value: self.value.parse().map_err(|e| words(&e))?,
            },
            "paused" => Condition::Paused {
                value: yes_or_no()?,
            },
            "on_list" => Condition::OnList {
                value: list(&self.value)?,
            },
            "not_on_list" => Condition::NotOnList {
                value: list(&self.value)?,
            },
            "membership" => Condition::Membership {
                list: list(&self.key)?,
                value: self.value.parse().map_err(|e| words(&e))?,
            },
            "tag" => Condition::Tag { value: value()? },
            "not_tag" => Condition::NotTag { value: value()? },
            "joined_before" => Condition::JoinedBefore { value: moment()? },
            "joined_since" => Condition::JoinedSince { value: moment()? },
            "joined_within" => Condition::JoinedWithin { value: days()? },
            "confirmed_before" => Condition::ConfirmedBefore {
                list: any_list()?,
                value: moment()?,
            },
            "confirmed_since" => Condition::ConfirmedSince {
                list: any_list()?,
                value: moment()?,
            },
            "sent_campaign" => Condition::SentCampaign { value: campaign()? },
            "not_sent_campaign" => Condition::NotSentCampaign { value: campaign()? },
            "ever_mailed" => Condition::EverMailed {
                value: yes_or_no()?,
            },
            "soft_bounced" => Condition::SoftBounced { value: times()? },
            "mailed_within" => Condition::MailedWithin { value: days()? },
            "not_mailed_within" => Condition::NotMailedWithin { value: days()? },
            "failed_within" => Condition::FailedWithin { value: days()? },
            "engagement_agreed" => Condition::EngagementAgreed {},
            "opened_campaign" => Condition::OpenedCampaign { value: campaign()? },
            "not_opened_campaign" => Condition::NotOpenedCampaign { value: campaign()? },
            "opened_within" => Condition::OpenedWithin { value: days()? },
            "not_opened_within" => Condition::NotOpenedWithin { value: days()? },
            "followed_link_of" => Condition::FollowedLinkOf { value: campaign()? },
            "followed_url" => Condition::FollowedUrl { value: value()? },
            "active_within" => Condition::ActiveWithin { value: days()? },
            "inactive_for" => Condition::InactiveFor { value: days()? },
            _ => return Err(viewer.t("admin-segment-needs-condition")),
        })
    }
}

/// The slug, or an empty text.
fn slug(list: &Option<ListSlug>) -> &str {
    list.as_ref().map_or("", ListSlug::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(test: &str, shown_for: &str, key: &str, value: &str) -> Row {
        Row {
            test: test.to_owned(),
            shown_for: shown_for.to_owned(),
            key: key.to_owned(),
            value: value.to_owned(),
            number: 0,
        }
    }

    #[test]
    fn another_test_keeps_only_what_fits_it() {
        for (from, to, kept) in [
            ("attribute_is", "attribute_contains", ("city", "Astana")),
            ("attribute_is", "attribute_before", ("city", "")),
            ("attribute_is", "attribute_set", ("city", "")),
            ("attribute_is", "language", ("", "")),
            ("", "attribute_is", ("city", "Astana")),
        ] {
            let mut row = row(to, from, "city", "Astana");
            row.fit();
            assert_eq!((row.key.as_str(), row.value.as_str()), kept, "{from} {to}");
            assert_eq!(row.shown_for, to);
        }
    }

    #[test]
    fn what_is_not_entered_yet_is_noticed() {
        for (test, key, value, is_unfinished) in [
            ("", "", "", true),
            ("attribute_is", "", "x", true),
            ("attribute_is", "city", "", true),
            ("attribute_set", "city", "", false),
            ("confirmed_since", "", "2026-01-31", false),
            ("confirmed_since", "news", "", true),
            ("membership", "", "pending", true),
            ("language", "", "kk", false),
        ] {
            let row = row(test, test, key, value);
            assert_eq!(row.is_unfinished(), is_unfinished, "{test} {key} {value}");
        }
    }
}
