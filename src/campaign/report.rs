//! What became of a campaign.

use super::Result;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::delivery::{DeliveryCounts, DeliveryState};
use crate::model::list::ListSlug;
use crate::store::campaigns::{self, Campaign, DeliveryRow};
use crate::store::{campaign_contents, lists, settings};
use crate::text::locale::Language;

/// How many deliveries stand in each state.
///
/// # Errors
/// Where the database fails.
pub async fn counts(cx: &Context, id: CampaignId) -> Result<DeliveryCounts> {
    Ok(campaigns::counts(&mut cx.store.read().await?, id).await?)
}

/// How many subscribers would get the campaign now, by language tag.
///
/// # Errors
/// Where the database fails.
pub async fn audience(cx: &Context, id: CampaignId) -> Result<Vec<(String, i64)>> {
    Ok(campaigns::audience(&mut cx.store.read().await?, id, cx.clock.now()).await?)
}

/// The lists a campaign goes to.
///
/// # Errors
/// Where the database fails.
pub async fn lists(cx: &Context, id: CampaignId) -> Result<Vec<ListSlug>> {
    Ok(campaigns::list_slugs(&mut cx.store.read().await?, id).await?)
}

/// The names of those lists, as a reader of `language` knows them.
///
/// # Errors
/// Where the database fails.
pub async fn list_names(cx: &Context, id: CampaignId, language: Language) -> Result<Vec<String>> {
    let mut db = cx.store.read().await?;
    let slugs = campaigns::list_slugs(&mut db, id).await?;
    let all = lists::all(&mut db).await?;
    let named = all.iter().filter(|list| slugs.contains(&list.slug));
    Ok(named.map(|list| list.text(language).0.to_owned()).collect())
}

/// Up to `limit` campaigns before number `before`, newest first.
///
/// # Errors
/// Where the database fails.
pub async fn page(cx: &Context, before: Option<CampaignId>, limit: i64) -> Result<Vec<Campaign>> {
    let before = before.map_or(i64::MAX, |id| id.0);
    Ok(campaigns::page(&mut cx.store.read().await?, before, limit).await?)
}

/// Up to `limit` deliveries after row `after`, in one state or in all.
///
/// # Errors
/// Where the database fails.
pub async fn deliveries(
    cx: &Context,
    id: CampaignId,
    state: Option<DeliveryState>,
    after: i64,
    limit: i64,
) -> Result<Vec<DeliveryRow>> {
    Ok(campaigns::deliveries(&mut cx.store.read().await?, id, state, after, limit).await?)
}

/// When the last digest was started, if one ever was.
///
/// # Errors
/// Where the database fails.
pub async fn last_digest_at(cx: &Context) -> Result<Option<Timestamp>> {
    Ok(campaign_contents::last_digest_at(&mut cx.store.read().await?).await?)
}

/// What the workers last said of the relay: empty while all is well.
///
/// # Errors
/// Where the database fails.
pub async fn relay_trouble(cx: &Context) -> Result<String> {
    let trouble = settings::get(&mut cx.store.read().await?, RELAY_SETTING).await?;
    Ok(trouble.unwrap_or_default())
}

/// Where the workers note trouble with the relay.
pub const RELAY_SETTING: &str = "relay_trouble";
