//! The weekly digest: a campaign that the system makes once a week for
//! subscribers who chose weekly mail. It lists what their lists have sent.

use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use super::draft::default_layout;
use super::weekly_content::title;
use super::{CampaignError, Result};
use crate::clock::Timestamp;
use crate::content::site::{self, Site};
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::calendar::CalendarChoice;
use crate::model::campaign::{CampaignState, ContentKind};
use crate::store::campaigns::{self, CampaignFields};
use crate::store::{self, Db, settings, weekly_digests};

pub const SETTING: &str = "weekly_digest";
/// The name of the task that makes it.
pub const TASK: &str = "weekly_digest";
const TICK: Duration = Duration::from_secs(30);

/// When the digest of a week goes out, in the site's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// From 1, Monday, to 7.
    pub weekday: i8,
    /// Minutes since midnight.
    pub minute: i64,
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            weekday: 1,
            minute: 9 * 60,
        }
    }
}

impl Schedule {
    /// A day of the week, from 1 to 7, and a time such as `09:00`.
    ///
    /// # Errors
    /// [`CampaignError::Limits`] where either is none.
    pub fn parse(weekday: &str, time: &str) -> Result<Self> {
        let weekday = weekday.parse().ok().filter(|day| (1..=7).contains(day));
        let time: Option<Time> = time.trim().parse().ok();
        Ok(Self {
            weekday: weekday.ok_or(CampaignError::Limits("choose a day of the week"))?,
            minute: time
                .map(|time| i64::from(time.hour()) * 60 + i64::from(time.minute()))
                .ok_or(CampaignError::Limits("choose a time, such as 09:00"))?,
        })
    }

    /// The time of day, such as `09:00`.
    pub fn time(&self) -> String {
        format!("{:02}:{:02}", self.minute / 60, self.minute % 60)
    }

    /// The week whose digest is the last that was due by `now`, such as
    /// `2026-W48`.
    fn week(&self, now: Timestamp, zone: &TimeZone) -> Option<String> {
        let now = now.to_jiff().to_zoned_datetime(zone.clone());
        let weekday = Weekday::from_monday_one_offset(self.weekday).ok()?;
        let since = now.date().weekday().since(weekday);
        let mut day = now.date().checked_sub(i64::from(since).days()).ok()?;
        let minutes = i64::from(now.hour()) * 60 + i64::from(now.minute());
        if day == now.date() && minutes < self.minute {
            day = day.checked_sub(7.days()).ok()?;
        }
        let week = day.iso_week_date();
        Some(format!("{}-W{:02}", week.year(), week.week()))
    }
}

/// When the digest goes out.
pub async fn schedule(cx: &Context) -> Result<Schedule> {
    let stored = settings::get(&mut cx.store.read().await?, SETTING).await?;
    Ok(stored.unwrap_or_default())
}

/// Sets when the digest goes out. No week gets two by it.
pub async fn set_schedule(cx: &Context, schedule: &Schedule) -> Result<()> {
    let mut db = cx.store.write().await?;
    settings::set(&mut db, SETTING, schedule).await?;
    db.commit().await?;
    Ok(())
}

/// Whether a week's digest became due after `from` and by `to`.
pub async fn was_due_between(
    db: &mut Db,
    zone: &TimeZone,
    from: Timestamp,
    to: Timestamp,
) -> store::Result<bool> {
    let schedule: Schedule = settings::get(db, SETTING).await?.unwrap_or_default();
    Ok(schedule.week(from, zone) != schedule.week(to, zone))
}

/// Makes each week's digest when it is due, until `stop`. Any number of processes
/// may run it.
pub async fn work(cx: Context, stop: CancellationToken) {
    loop {
        cx.health.heartbeat(TASK);
        match make(&cx).await {
            Ok(Some(id)) => tracing::info!(campaign = %id, "made the week's digest"),
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "the week's digest cannot be made"),
        }
        if tokio::time::timeout(TICK, stop.cancelled()).await.is_ok() {
            return;
        }
    }
}

/// Makes the digest that is due as a campaign scheduled for now, unless it exists
/// or would be empty.
///
/// # Errors
/// Where the database fails; then nothing was made, and the next try may.
pub async fn make(cx: &Context) -> Result<Option<CampaignId>> {
    let zone = cx.config().time_zone.get();
    let Some(week) = schedule(cx).await?.week(cx.clock.now(), &zone) else {
        return Ok(None);
    };
    if weekly_digests::is_taken(&mut cx.store.read().await?, &week).await? {
        return Ok(None);
    }
    let site = site::load(cx).await?;
    let mut db = cx.store.write().await?;
    if !claim(cx, &mut db, &week).await? {
        db.commit().await?;
        return Ok(None);
    }
    let id = draft(cx, &mut db, &site, &week).await?;
    let now = cx.clock.now();
    if !weekly_digests::has_audience(&mut db, id, now).await? {
        // Everybody has left or paused since: the week is closed without a digest.
        drop(db);
        let mut db = cx.store.write().await?;
        claim(cx, &mut db, &week).await?;
        db.commit().await?;
        return Ok(None);
    }
    let (from, to) = (CampaignState::Draft, CampaignState::Scheduled);
    campaigns::set_state(&mut db, id, from, to, "", now).await?;
    campaigns::set_schedule(&mut db, id, Some(now), None).await?;
    db.commit().await?;
    Ok(Some(id))
}

/// Claims a week and collects its campaigns; `false` where another process has
/// claimed it, or it would be empty.
async fn claim(cx: &Context, db: &mut Db, week: &str) -> Result<bool> {
    Ok(weekly_digests::claim_week(db, week, cx.clock.now()).await?
        && weekly_digests::collect(db, week).await? > 0)
}

async fn draft(cx: &Context, db: &mut Db, site: &Site, week: &str) -> Result<CampaignId> {
    let fields = CampaignFields {
        subject: title(site, cx.config().language),
        layout: default_layout(ContentKind::Weekly).to_owned(),
        kind: ContentKind::Weekly,
        post_id: None,
        texts: Vec::new(),
        variants: Vec::new(),
        items: Vec::new(),
        segment: None,
        from_mailbox: None,
        // Its archive page would show everybody what each list has sent.
        is_public: false,
        is_urgent: false,
        embeds_pictures: false,
        calendar: CalendarChoice::None,
        attachments: Vec::new(),
        lists: Vec::new(),
    };
    let id = campaigns::insert(db, &fields, cx.clock.now()).await?;
    weekly_digests::set_campaign(db, week, id).await?;
    Ok(id)
}

/// The digest that lists a campaign, once there is one.
pub async fn digest_of(cx: &Context, id: CampaignId) -> Result<Option<CampaignId>> {
    Ok(weekly_digests::digest_of(&mut cx.store.read().await?, id).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::datetime::zone;

    #[test]
    fn a_week_s_digest_is_due_from_its_day_and_hour_on() {
        let almaty = zone("Asia/Almaty").unwrap();
        let week = |schedule: Schedule, at: &str| {
            let at = Timestamp::parse_rfc3339(at).unwrap();
            schedule.week(at, &almaty).unwrap()
        };
        let monday = Schedule::default();
        // Monday, 23 November 2026, 08:59 and 09:00 in Almaty.
        assert_eq!(week(monday, "2026-11-23T03:59:00Z"), "2026-W47");
        assert_eq!(week(monday, "2026-11-23T04:00:00Z"), "2026-W48");
        assert_eq!(week(monday, "2026-11-29T20:00:00Z"), "2026-W48");
        let friday = Schedule::parse("5", "18:30").unwrap();
        assert_eq!(week(friday, "2026-11-27T13:29:00Z"), "2026-W47");
        assert_eq!(week(friday, "2026-11-27T13:30:00Z"), "2026-W48");
        // The first days of 2027 belong to the last week of 2026.
        assert_eq!(week(friday, "2027-01-02T00:00:00Z"), "2026-W53");
    }

    #[test]
    fn a_schedule_is_a_day_of_the_week_and_a_time() {
        let friday = Schedule::parse("5", "18:30").unwrap();
        assert_eq!((friday.weekday, friday.time()), (5, "18:30".to_owned()));
        assert!(Schedule::parse("8", "09:00").is_err());
        assert!(Schedule::parse("", "09:00").is_err());
        assert!(Schedule::parse("1", "25:00").is_err());
        assert!(Schedule::parse("1", "").is_err());
    }
}
