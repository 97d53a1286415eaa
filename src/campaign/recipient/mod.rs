//! Why a person got a campaign, or did not.
//!
//! [`explain`] is the one way in: it loads the [`circumstances`], from which [`reason`]
//! concludes and [`facts`] tells what the conclusion rests on. These two are pure; the words are
//! found where they are shown.

use super::{CampaignError, Result};
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::delivery::DeliveryState;
use crate::model::list_access::ListAccess;
use crate::model::recipient::RecipientVerdict;
use crate::model::{CampaignId, SubscriberId};
use crate::store::campaigns::{self, Campaign};
use crate::store::search::{self, Search, Start};
use crate::store::subscribers::{self, Subscriber};
use crate::store::{Db, erased_addresses, recipients, suppressions};
use crate::text::locale::Language;

use facts::Fact;
use reason::{Conclusion, Reason};

pub mod circumstances;
pub mod facts;
mod load;
pub mod reason;

/// Whom the question is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    Subscriber(SubscriberId),
    /// Perhaps a subscriber's.
    Address(EmailAddress),
}

/// Why a person got a campaign, or did not.
#[derive(Debug, Clone)]
pub struct Explanation {
    pub campaign: Campaign,
    /// `None` for an address that is no subscriber's.
    pub subscriber: Option<Subscriber>,
    pub conclusion: Conclusion,
    /// What it rests on, in order.
    pub facts: Vec<Fact>,
}

/// Explains why a person got a campaign, or did not; before it starts, whether they would.
/// Lists are named in a language. `None` for an id that is no subscriber's.
///
/// # Errors
/// [`CampaignError::NotFound`] where there is no such campaign.
pub async fn explain(
    cx: &Context,
    id: CampaignId,
    person: &Person,
    language: Language,
) -> Result<Option<Explanation>> {
    let mut db = cx.store.read().await?;
    let campaign = campaigns::by_id(&mut db, id).await?;
    let campaign = campaign.ok_or(CampaignError::NotFound)?;
    let found = match person {
        Person::Subscriber(id) => subscribers::by_id(&mut db, *id).await?,
        Person::Address(email) => subscribers::by_email(&mut db, email).await?,
    };
    let subscriber = match (found, person) {
        (Some(subscriber), _) => subscriber,
        (None, Person::Subscriber(_)) => return Ok(None),
        (None, Person::Address(email)) => {
            let (conclusion, facts) = of_stranger(cx, &mut db, email).await?;
            return Ok(Some(Explanation {
                campaign,
                subscriber: None,
                conclusion,
                facts,
            }));
        }
    };
    drop(db);
    let circumstances = load::load(cx, &campaign, &subscriber, language).await?;
    Ok(Some(Explanation {
        conclusion: reason::conclude(&circumstances),
        facts: facts::of(&circumstances),
        campaign,
        subscriber: Some(subscriber),
    }))
}

/// What is known of an address that no subscriber has.
async fn of_stranger(
    cx: &Context,
    db: &mut Db,
    email: &EmailAddress,
) -> Result<(Conclusion, Vec<Fact>)> {
    let digests: Vec<_> = cx.keys.digests(email.lookup_key().as_bytes()).collect();
    let is_erased = !erased_addresses::among(db, &digests).await?.is_empty();
    let suppressions = suppressions::all_of(db, email).await?;
    let facts = suppressions.into_iter().map(|one| Fact::Suppression {
        key: one.email_key,
        reason: one.reason,
        since: one.created_at,
        note: one.note,
        counts: true,
    });
    let conclusion = if is_erased {
        // Whom their deliveries went to is not kept.
        Conclusion {
            verdict: RecipientVerdict::Unknown,
            reason: Reason::Erased,
        }
    } else {
        Conclusion {
            verdict: RecipientVerdict::NotReceived,
            reason: Reason::NotASubscriber,
        }
    };
    Ok((conclusion, facts.collect()))
}

/// A subscriber and the state of a campaign's delivery to them, if they are a recipient.
pub type Found = (Subscriber, Option<DeliveryState>);

/// Up to `limit` subscribers within a user's reach with a part of their name or address, and whether they are
/// recipients of a campaign.
pub async fn find(
    cx: &Context,
    access: &ListAccess,
    id: CampaignId,
    text: &str,
    limit: i64,
) -> Result<Vec<Found>> {
    let search = Search {
        text: text.to_owned(),
        within: access.clone(),
        ..Search::default()
    };
    let mut db = cx.store.read().await?;
    let (found, _) = search::page(&mut db, &search, Start::Before(i64::MAX), limit).await?;
    let ids: Vec<SubscriberId> = found.iter().map(|one| one.id).collect();
    let states = recipients::states(&mut db, id, &ids).await?;
    let state = |one: &Subscriber| {
        let own = states.iter().find(|(id, _)| *id == one.id);
        own.map(|(_, state)| *state)
    };
    Ok(found
        .into_iter()
        .map(|one| (state(&one), one))
        .map(|(state, one)| (one, state))
        .collect())
}

/// The newest campaigns within a user's reach, to choose from.
pub async fn campaigns_to_choose(
    cx: &Context,
    access: &ListAccess,
    limit: i64,
) -> Result<Vec<Campaign>> {
    Ok(campaigns::page(&mut cx.store.read().await?, access, i64::MAX, limit).await?)
}
