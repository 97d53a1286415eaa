//! The weekly digest: for those who read weekly, what their lists have sent in a
//! week, in one mail.
//!
//! It is a campaign that the system makes. One mail serves readers of every mix
//! of lists: each item stands in it behind a condition on what was kept for the
//! reader ([`store::weekly`](crate::store::weekly)).

use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use super::compose::{self, Body, Piece, Section};
use super::content::Content;
use super::digest::literal;
use super::{CampaignError, Result, lifecycle};
use crate::clock::Timestamp;
use crate::content::site::{self, Site};
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::campaign::{CampaignState, ContentKind};
use crate::store::campaigns::{self, Campaign, CampaignFields};
use crate::store::weekly::{self, ATTRIBUTE};
use crate::store::{Db, settings};
use crate::text::datetime::{Calendar, zone};
use crate::text::locale::Language;
use crate::token::Token;

const SETTING: &str = "weekly_digest";
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

/// Makes each week's digest when its time has come, until told to stop. Any
/// number of processes may do so.
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

/// Makes the digest that is due, unless it was made or there is nothing to
/// tell: a campaign on the schedule, to start at once.
///
/// # Errors
/// Where the database fails; then nothing was made, and the next try may.
pub async fn make(cx: &Context) -> Result<Option<CampaignId>> {
    let zone = zone(&cx.config.time_zone).unwrap_or(TimeZone::UTC);
    let Some(week) = schedule(cx).await?.week(cx.clock.now(), &zone) else {
        return Ok(None);
    };
    if weekly::is_taken(&mut cx.store.read().await?, &week).await? {
        return Ok(None);
    }
    let site = site::load(cx).await?;
    let mut db = cx.store.write().await?;
    if !take(cx, &mut db, &week).await? {
        db.commit().await?;
        return Ok(None);
    }
    let id = draft(cx, &mut db, &site, &week).await?;
    let now = cx.clock.now();
    if weekly::audience(&mut db, id, now).await?.is_empty() {
        // All have left or paused since: the week is told, to nobody.
        drop(db);
        let mut db = cx.store.write().await?;
        take(cx, &mut db, &week).await?;
        db.commit().await?;
        return Ok(None);
    }
    let (from, to) = (CampaignState::Draft, CampaignState::Scheduled);
    campaigns::set_state(&mut db, id, from, to, "", now).await?;
    campaigns::set_schedule(&mut db, id, Some(now), None).await?;
    db.commit().await?;
    Ok(Some(id))
}

/// Takes a week and what its digest is to tell of; `false` where another was
/// quicker, or there is nothing.
async fn take(cx: &Context, db: &mut Db, week: &str) -> Result<bool> {
    Ok(weekly::claim_week(db, week, cx.clock.now()).await? && weekly::collect(db, week).await? > 0)
}

async fn draft(cx: &Context, db: &mut Db, site: &Site, week: &str) -> Result<CampaignId> {
    let fields = CampaignFields {
        subject: title(site, cx.config.language),
        layout: lifecycle::default_layout(ContentKind::Weekly).to_owned(),
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
        lists: Vec::new(),
    };
    let id = campaigns::insert(db, &fields, cx.clock.now()).await?;
    weekly::set_campaign(db, week, id).await?;
    Ok(id)
}

fn title(site: &Site, language: Language) -> String {
    let name = site.name(language);
    site.phrases(language)
        .translate_with("mail-weekly-title", "site", name)
}

/// The digest that tells weekly readers of a campaign, once there is one.
pub async fn digest_of(cx: &Context, id: CampaignId) -> Result<Option<CampaignId>> {
    Ok(weekly::digest_of(&mut cx.store.read().await?, id).await?)
}

/// What a weekly digest tells of.
#[derive(Debug, Clone)]
pub struct Weekly {
    items: Vec<Item>,
}

/// A campaign that a digest tells of.
#[derive(Debug, Clone)]
struct Item {
    campaign: Campaign,
    /// What it mailed; `None` where that was deleted.
    content: Option<Content>,
}

impl Weekly {
    /// What the digest `id` tells of.
    ///
    /// # Errors
    /// [`CampaignError::NoItem`] where nothing is left of it.
    pub async fn load(cx: &Context, id: CampaignId) -> Result<Self> {
        let mut db = cx.store.read().await?;
        let mut gathered = Vec::new();
        for item in weekly::gathered(&mut db, id).await? {
            gathered.extend(campaigns::by_id(&mut db, item).await?);
        }
        drop(db);
        let mut items = Vec::with_capacity(gathered.len());
        for campaign in gathered {
            let content = match Box::pin(Content::of_campaign(cx, &campaign)).await {
                Ok(content) => Some(content),
                Err(CampaignError::Store(error)) => return Err(error.into()),
                // What cannot be read any more is told by its subject.
                Err(_) => None,
            };
            items.push(Item { campaign, content });
        }
        if items.is_empty() {
            Err(CampaignError::NoItem)
        } else {
            Ok(Self { items })
        }
    }

    /// How many campaigns it tells of.
    pub fn count(&self) -> usize {
        self.items.len()
    }

    /// What it says in a language. An item that lacks it falls back to the next best.
    pub fn piece(&self, cx: &Context, site: &Site, language: Language) -> Piece {
        let section = |item: &Item| {
            let told = WeeklyItem::of(cx, site, item, language);
            let id = item.campaign.id;
            Section {
                // Where nobody in particular reads, all of it is shown.
                condition: Some(format!(
                    "attributes.{ATTRIBUTE} is undefined or {id} in attributes.{ATTRIBUTE}"
                )),
                markdown: told.markdown(),
                short: Some(told.short()),
            }
        };
        let phrases = site.phrases(language);
        let calendar = zone(&cx.config.time_zone).map(|zone| Calendar::new(language, zone));
        Piece {
            language,
            title: title(site, language),
            preheader: phrases.translate("mail-weekly-preheader"),
            eyebrow: calendar.map_or_else(|_| String::new(), |one| one.date(cx.clock.now())),
            summary: String::new(),
            body: Body::Sections(self.items.iter().map(section).collect()),
            button: None,
        }
    }
}

/// What a digest says of one campaign in one language.
struct WeeklyItem {
    title: String,
    summary: String,
    /// Its whole text, where no page shows it.
    whole: String,
    /// Where it can be read: what the link says, and its address.
    link: (String, String),
}

/// Characters of a summary where there is room for little.
const SHORT: usize = 300;

impl WeeklyItem {
    fn of(cx: &Context, site: &Site, item: &Item, language: Language) -> Self {
        let campaign = &item.campaign;
        let phrases = site.phrases(language);
        let pieces = item.content.as_ref().map(|one| one.pieces(cx, site));
        let piece = pieces
            .as_deref()
            .and_then(|pieces| compose::pick_piece(pieces, language));
        let site_url = cx.config.public_url();
        let page = match &item.content {
            _ if campaign.is_public => Some(format!(
                "{site_url}/archive/{}?language={language}",
                campaign.id
            )),
            Some(Content::Post(full)) if full.post.published_at.is_some() => Some(format!(
                "{site_url}/posts/{}?language={language}",
                full.post.slug
            )),
            _ => None,
        };
        let whole = match piece.map(|piece| &piece.body) {
            Some(Body::Markdown(body)) if page.is_none() => body.clone(),
            _ => String::new(),
        };
        let summary = piece.map(|piece| {
            if piece.summary.is_empty() {
                piece.preheader.clone()
            } else {
                piece.summary.clone()
            }
        });
        // What no page shows, those who have the mail can read by its link.
        let url = page.unwrap_or_else(|| {
            let token = cx.keys.sign(&Token::Letter {
                campaign: campaign.id.0,
            });
            format!("{site_url}/letter/{token}?language={language}")
        });
        Self {
            title: piece.map_or_else(|| campaign.subject.clone(), |piece| piece.title.clone()),
            summary: summary.unwrap_or_default(),
            whole,
            link: (phrases.translate("mail-campaign-read-more"), url),
        }
    }

    fn markdown(&self) -> String {
        if self.whole.is_empty() {
            return self.linked(&self.summary);
        }
        let mut out = format!("### {}", literal(&self.title));
        if !self.summary.is_empty() {
            out.push_str(&format!("\n\n{}", literal(&self.summary)));
        }
        format!("{out}\n\n{}", self.whole)
    }

    /// Title, summary and link alone.
    fn short(&self) -> String {
        let mut summary: String = self.summary.chars().take(SHORT).collect();
        if summary.len() < self.summary.len() {
            summary.push('…');
        }
        self.linked(&summary)
    }

    fn linked(&self, summary: &str) -> String {
        let (label, url) = &self.link;
        let mut out = format!("### [{}]({url})", literal(&self.title));
        if !summary.is_empty() {
            out.push_str(&format!("\n\n{}", literal(summary)));
        }
        format!("{out}\n\n[{label}]({url})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
