//! Finds what a report concerns: a delivery, a subscriber, a campaign.

use super::Result;
use super::report::{Authentication, Report};
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::{CampaignId, DeliveryId, SubscriberId};
use crate::store::feedback::{self, Delivery, Recipient};
use crate::store::subscribers::Subscriber;
use crate::store::{Db, subscribers};
use crate::token::Token;

/// What a report concerns, as far as known.
#[derive(Default)]
pub(super) struct Subject {
    pub(super) delivery: Option<Delivery>,
    pub(super) subscriber: Option<Recipient>,
    /// From an unsubscribe link, if the delivery no longer exists.
    pub(super) campaign: Option<CampaignId>,
    /// Whether the report is authenticated.
    pub(super) is_authenticated: bool,
}

pub(super) async fn find(cx: &Context, db: &mut Db, report: &Report) -> Result<Subject> {
    let original = &report.reading.original;
    let envelopes = report
        .mail_to
        .iter()
        .map(String::as_str)
        .chain(original.mail_from.as_deref());
    let local_part = |address: &str| address.split('@').next().unwrap_or_default().to_owned();
    let signed: Vec<i64> = envelopes
        .filter_map(|address| cx.keys.open_envelope(&local_part(address)).ok())
        .collect();
    for id in signed {
        if let Some(delivery) = feedback::delivery(db, DeliveryId(id)).await? {
            return Ok(about_delivery(delivery));
        }
    }
    if let Some(Ok(Token::Unsubscribe {
        subscriber,
        campaign,
    })) = original.token.as_deref().map(|token| cx.keys.open(token))
    {
        let (subscriber, campaign) = (SubscriberId(subscriber), CampaignId(campaign));
        if let Some(delivery) = feedback::delivery_of(db, campaign, subscriber).await? {
            return Ok(about_delivery(delivery));
        }
        return Ok(Subject {
            subscriber: subscribers::by_id(db, subscriber).await?.map(recipient),
            campaign: Some(campaign),
            delivery: None,
            is_authenticated: true,
        });
    }
    let named = original.message_id.as_deref().and_then(|id| {
        let (local, _) = id.trim_matches(['<', '>', ' ']).split_once('@')?;
        cx.keys.open_message_id(local).ok()
    });
    if let Some(id) = named
        && let Some(delivery) = feedback::delivery(db, DeliveryId(id)).await?
    {
        return Ok(about_delivery(delivery));
    }
    match &original.recipient {
        Some(address) if report.authentication == Authentication::Provider => {
            if let Some(delivery) = feedback::last_delivery_to(db, address).await? {
                return Ok(about_delivery(delivery));
            }
            let subscriber = subscribers::by_email(db, address).await?;
            Ok(Subject {
                subscriber: subscriber.map(recipient),
                is_authenticated: true,
                ..Subject::default()
            })
        }
        _ => Ok(Subject::default()),
    }
}

fn about_delivery(delivery: Delivery) -> Subject {
    Subject {
        subscriber: delivery.recipient(),
        delivery: Some(delivery),
        campaign: None,
        is_authenticated: true,
    }
}

fn recipient(subscriber: Subscriber) -> Recipient {
    Recipient {
        id: subscriber.id,
        email: subscriber.email,
    }
}

/// Removes the address from a reply: it must not outlive its subscriber.
pub(super) fn without_address(detail: &str, about: &Subject) -> String {
    let Some(subscriber) = &about.subscriber else {
        // Not a subscriber: no address is stored.
        return detail
            .split(' ')
            .map(|word| if word.contains('@') { "…" } else { word })
            .collect::<Vec<_>>()
            .join(" ");
    };
    let address = subscriber.email.lookup_key();
    detail
        .split(' ')
        .map(|word| {
            if word.to_lowercase().contains(&address) {
                "…"
            } else {
                word
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// The address that a report concerns. A provider may report one that only got transactional
/// email; what an email says about its recipient proves nothing.
pub(super) fn address_of<'a>(report: &'a Report, about: &'a Subject) -> Option<&'a EmailAddress> {
    let named = report.reading.original.recipient.as_ref();
    let subscriber = about.subscriber.as_ref();
    subscriber
        .map(|subscriber| &subscriber.email)
        .or(named.filter(|_| report.authentication == Authentication::Provider))
}
