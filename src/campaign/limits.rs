//! Quiet hours and the hourly limit of a campaign.

use serde::{Deserialize, Serialize};

use super::{CampaignError, Result, lifecycle};
use crate::account::audit;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::audit::{Actor, AuditAction};
use crate::store::campaigns::{self, Campaign, CampaignLimits};

/// The limits as entered; missing ones do not limit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The start of quiet hours in the site's time zone: `22:00`.
    #[serde(default)]
    pub quiet_from: Option<String>,
    /// Their end: `07:00`.
    #[serde(default)]
    pub quiet_until: Option<String>,
    /// The maximum of messages per hour.
    #[serde(default)]
    pub hourly_limit: Option<i64>,
}

impl From<&CampaignLimits> for Limits {
    fn from(limits: &CampaignLimits) -> Self {
        let time = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
        Self {
            quiet_from: limits.quiet_from.map(time),
            quiet_until: limits.quiet_until.map(time),
            hourly_limit: limits.hourly_limit,
        }
    }
}

impl Limits {
    fn check(&self) -> Result<CampaignLimits> {
        let quiet_from = minute(self.quiet_from.as_deref())?;
        let quiet_until = minute(self.quiet_until.as_deref())?;
        if quiet_from.is_some() != quiet_until.is_some() {
            return Err(CampaignError::Limits("quiet hours need a start and an end"));
        }
        if quiet_from.is_some() && quiet_from == quiet_until {
            return Err(CampaignError::Limits(
                "quiet hours must end at another time than they start",
            ));
        }
        if self.hourly_limit.is_some_and(|limit| limit < 1) {
            return Err(CampaignError::Limits("the hourly limit must be 1 or more"));
        }
        Ok(CampaignLimits {
            quiet_from,
            quiet_until,
            hourly_limit: self.hourly_limit,
        })
    }
}

/// `HH:MM` as a minute of the day.
fn minute(text: Option<&str>) -> Result<Option<i64>> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let parts = text
        .split_once(':')
        .and_then(|(hour, minute)| Some((hour.parse::<u8>().ok()?, minute.parse::<u8>().ok()?)));
    match parts {
        Some((hour @ 0..24, minute @ 0..60)) => Ok(Some(i64::from(hour) * 60 + i64::from(minute))),
        _ => Err(CampaignError::Limits("a time of day must look like 22:00")),
    }
}

/// Sets or clears a campaign's limits; they apply from the worker's next claim
/// on, also to one that is being sent.
///
/// # Errors
/// [`CampaignError::Limits`] says what is wrong with them, [`CampaignError::OfSeries`] that it is
/// an email of a series.
pub async fn set(cx: &Context, by: &Actor, id: CampaignId, limits: &Limits) -> Result<Campaign> {
    let checked = limits.check()?;
    lifecycle::by_id_outside_series(cx, id).await?;
    let mut db = cx.store.write().await?;
    campaigns::set_limits(&mut db, id, &checked).await?;
    audit::record(&mut db, by, AuditAction::CampaignLimits, id, cx.clock.now()).await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    lifecycle::by_id(cx, id).await
}

/// Whether it is within a campaign's quiet hours.
pub fn is_quiet(cx: &Context, campaign: &Campaign, now: Timestamp) -> bool {
    let limits = &campaign.limits;
    let Some((from, until)) = limits.quiet_from.zip(limits.quiet_until) else {
        return false;
    };
    let local = now.to_jiff().to_zoned_datetime(cx.config().time_zone.get());
    is_within(
        i64::from(local.hour()) * 60 + i64::from(local.minute()),
        from,
        until,
    )
}

/// Whether a minute of the day lies between two others, which may span midnight.
fn is_within(minute: i64, from: i64, until: i64) -> bool {
    if from <= until {
        (from..until).contains(&minute)
    } else {
        minute >= from || minute < until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quiet(from: &str, until: &str) -> Limits {
        Limits {
            quiet_from: Some(from.into()),
            quiet_until: Some(until.into()),
            hourly_limit: None,
        }
    }

    #[test]
    fn limits_read_back_as_they_were_written() {
        let limits = quiet("22:00", "07:30");
        assert_eq!(Limits::from(&limits.check().unwrap()), limits);
    }

    #[test]
    fn mistakes_are_refused() {
        for (from, until) in [
            ("22", "07:00"),
            ("24:00", "07:00"),
            ("22:00", ""),
            ("1:00", "01:00"),
        ] {
            assert!(quiet(from, until).check().is_err(), "{from} {until}");
        }
        let none = Limits {
            hourly_limit: Some(0),
            ..Limits::default()
        };
        assert!(none.check().is_err());
    }

    #[test]
    fn quiet_hours_may_span_midnight() {
        let night = |hour: i64| is_within(hour * 60, 22 * 60, 7 * 60);
        assert!(night(22) && night(0) && night(6));
        assert!(!night(7) && !night(12) && !night(21));
        assert!(is_within(13 * 60, 12 * 60, 14 * 60));
        assert!(!is_within(14 * 60, 12 * 60, 14 * 60));
        assert!(!is_within(0, 0, 0));
    }
}
