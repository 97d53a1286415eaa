//! Results of a campaign.

use serde::{Deserialize, Serialize};

use super::Result;
use crate::campaign::audience;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::delivery::{DeliveryCounts, DeliveryState};
use crate::model::list::ListSlug;
use crate::store::campaign_audience;
use crate::store::campaign_audience::Audience;
use crate::store::campaign_progress;
use crate::store::campaign_progress::DeliveryRow;
use crate::store::campaigns;
use crate::store::reports::{self, ReasonCount};
use crate::store::{Db, campaign_contents, lists, settings, transactional_emails};
use crate::text::locale::Language;

/// The number of deliveries in each state.
pub async fn counts(cx: &Context, id: CampaignId) -> Result<DeliveryCounts> {
    Ok(campaign_progress::counts(&mut cx.store.read().await?, id).await?)
}

/// The number of recipients if the campaign started now, by language.
pub async fn audience(cx: &Context, id: CampaignId) -> Result<Vec<Audience>> {
    Ok(audience::count(&mut cx.store.read().await?, id, cx.clock.now()).await?)
}

/// The same, unless its lists have so many subscribers that a page would wait for it.
pub async fn audience_at_once(cx: &Context, id: CampaignId) -> Result<Option<Vec<Audience>>> {
    Ok(audience::count_at_once(&mut cx.store.read().await?, id, cx.clock.now()).await?)
}

/// The lists a campaign goes to.
pub async fn lists(cx: &Context, id: CampaignId) -> Result<Vec<ListSlug>> {
    Ok(campaigns::list_slugs(&mut cx.store.read().await?, id).await?)
}

/// The names of those lists in `language`.
pub async fn list_names(cx: &Context, id: CampaignId, language: Language) -> Result<Vec<String>> {
    let mut db = cx.store.read().await?;
    let slugs = campaigns::list_slugs(&mut db, id).await?;
    let all = lists::all(&mut db).await?;
    let named = all.iter().filter(|list| slugs.contains(&list.slug));
    Ok(named.map(|list| list.text(language).0.to_owned()).collect())
}

/// Up to `limit` deliveries after the place `after`, in one state or in all; 0 for the first.
pub async fn deliveries(
    cx: &Context,
    id: CampaignId,
    state: Option<DeliveryState>,
    after: i64,
    limit: i64,
) -> Result<Vec<DeliveryRow>> {
    Ok(campaign_progress::deliveries(&mut cx.store.read().await?, id, state, after, limit).await?)
}

/// Confirmed subscriptions of each list of a campaign, by name.
pub async fn audience_by_list(cx: &Context, id: CampaignId) -> Result<Vec<(String, i64)>> {
    Ok(campaign_audience::audience_by_list(&mut cx.store.read().await?, id).await?)
}

/// A campaign over time: the number of deliveries by outcome at the end of each of
/// several equal periods.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Course {
    /// When the first period begins.
    pub from: Timestamp,
    /// Milliseconds of a period.
    pub width: i64,
    /// Accepted by a relay, deferred, failed or bounced, marked as
    /// spam, unsubscribed; each cumulative to the end of the period.
    pub spans: Vec<[i64; 5]>,
}

/// Domains in the report: those with most recipients.
pub(super) const DOMAINS: i64 = 20;

/// Periods of a chart.
const SPANS: i64 = 60;

/// A campaign that started at `from` over time.
pub(super) async fn course(db: &mut Db, id: CampaignId, from: Timestamp) -> Result<Course> {
    let last = reports::last_change(db, id).await?;
    let length = last.unwrap_or(from).since(from).as_millis();
    let width = i64::try_from(length).unwrap_or(i64::MAX) / SPANS + 1;
    let mut spans = vec![[0; 5]; SPANS as usize];
    let place = |span: i64| usize::try_from(span.clamp(0, SPANS - 1)).unwrap_or(0);
    for (span, state, count) in reports::over_time(db, id, from, width).await? {
        use DeliveryState::{Bounced, Complained, Deferred, Failed, Sent};
        let line = match state {
            Sent => 0,
            Deferred => 1,
            Failed | Bounced => 2,
            Complained => 3,
            _ => continue,
        };
        spans[place(span)][line] += count;
    }
    for (span, count) in reports::left_over_time(db, id, from, width).await? {
        spans[place(span)][4] += count;
    }
    let mut so_far = [0; 5];
    for span in &mut spans {
        for (sum, count) in so_far.iter_mut().zip(span.iter_mut()) {
            *sum += *count;
            *count = *sum;
        }
    }
    Ok(Course { from, width, spans })
}

/// Why people left by the links of a campaign.
pub async fn leave_reasons(cx: &Context, id: CampaignId) -> Result<Vec<ReasonCount>> {
    Ok(reports::reasons_of_campaign(&mut cx.store.read().await?, id).await?)
}

/// When the last digest was started, if one ever was.
pub async fn last_digest_at(cx: &Context) -> Result<Option<Timestamp>> {
    Ok(campaign_contents::last_digest_at(&mut cx.store.read().await?).await?)
}

/// The last relay problem that workers reported; empty without one.
pub async fn relay_problem(cx: &Context) -> Result<String> {
    let problem = settings::get(&mut cx.store.read().await?, RELAY_SETTING).await?;
    Ok(problem.unwrap_or_default())
}

/// The number of queued transactional emails.
pub async fn waiting_emails(cx: &Context) -> Result<i64> {
    Ok(transactional_emails::waiting(&mut cx.store.read().await?).await?)
}

/// The setting in which workers report a relay problem.
pub const RELAY_SETTING: &str = "relay_problem";
