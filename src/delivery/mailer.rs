//! Writing the messages of one campaign.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jiff::ToSpan;
use jiff::tz::TimeZone;

use crate::address::mailbox::MailboxError;
use crate::campaign::ab_test::placing::{self, ATTRIBUTE, ClickPlan, Part};
use crate::campaign::ab_test::plan::AbTest;
use crate::campaign::attachments::Loader;
use crate::campaign::local_time::LocalStart;
use crate::campaign::{engagement, filled, rendering};
use crate::clock::Timestamp;
use crate::content::site::{self, Site};
use crate::context::Context;
use crate::mail::Mailbox;
use crate::mail::bulk::{BulkMessage, PerRecipient};
use crate::mail::dkim::Signer;
use crate::mail::personalise::Fields;
use crate::mail::smtp::Envelope;
use crate::model::ab_test::AbVariant;
use crate::model::{DeliveryId, SubscriberId};
use crate::render::{self, Budget};
use crate::store::campaign_renderings;
use crate::store::campaign_renderings::Rendering;
use crate::store::campaigns::Campaign;
use crate::store::deliveries::Claimed;
use crate::store::lists;
use crate::text::line::PersonName;
use crate::text::locale::Language;
use crate::token::Token;

use super::{WriteError, signing};

/// What an A/B test means for messages.
struct Test {
    clicks: ClickPlan,
    /// How long after A each variant is sent, in minutes, where they differ in that.
    hours: Option<Vec<i64>>,
    decided_at: Timestamp,
}

/// Writes a campaign's messages; what all recipients share is prepared once.
pub struct Mailer {
    cx: Context,
    campaign: Campaign,
    local_start: Option<LocalStart>,
    from: Mailbox,
    bounce_domain: String,
    site: Site,
    site_url: String,
    list_names: HashMap<String, String>,
    /// By reader's language and variant.
    messages: Vec<(Language, AbVariant, BulkMessage)>,
    /// Its A/B test.
    test: Option<Test>,
    signer: Signer,
    /// The largest size so far, to allocate for the next message.
    usual_size: AtomicUsize,
}

impl Mailer {
    /// Loads the renderings of a started campaign.
    pub async fn load(cx: &Context, campaign: Campaign) -> Result<Self, WriteError> {
        let mut db = cx.store.read().await?;
        let renderings = campaign_renderings::of_variants(&mut db, campaign.id).await?;
        let test = AbTest::of_campaign(&mut db, campaign.id).await?;
        drop(db);
        let test = test.map(|test| Test {
            clicks: test.click_plan(),
            hours: test.hours(),
            decided_at: test.row.decided_at.unwrap_or_default(),
        });
        Self::of(cx, campaign, &renderings, test).await
    }

    async fn of(
        cx: &Context,
        campaign: Campaign,
        renderings: &[Rendering],
        test: Option<Test>,
    ) -> Result<Self, WriteError> {
        let from = rendering::sender(cx, &campaign)?;
        let signer = signing::signer(cx, from.address.domain()).await?;
        let mut db = cx.store.read().await?;
        let site = site::read(&mut db, cx.config().language)
            .await
            .map_err(lifecycle_error)?;
        let list_names = lists::all(&mut db)
            .await?
            .into_iter()
            .map(|list| (list.slug.to_string(), list.name))
            .collect();
        drop(db);
        let site_url = cx.config().public_url();
        let mut messages = Vec::new();
        let mut files = Loader::new(cx, &campaign).await?;
        let written = renderings.iter().map(|one| one.language);
        let languages = cx.config().site_languages().and(written);
        for of_one in renderings.chunk_by(|one, other| one.variant == other.variant) {
            for language in &languages {
                if let Some(rendering) = filled::pick(of_one, cx.reader(*language)) {
                    let url = archive_url(&site_url, &campaign, *language);
                    let archive = campaign.is_public.then_some(url.as_str());
                    let mut rendering = rendering.clone();
                    let from = rendering::named(&from, &rendering.from_name);
                    let (spoken, variant) = (rendering.language, rendering.variant);
                    let (html, attachments) = files.load(cx, spoken, rendering.html).await?;
                    rendering.html = html;
                    let calendar = rendering.calendar.0.take();
                    let work = move || filled::template(&rendering);
                    let template = render::run(Budget::Background, work).await??;
                    // Recipients whose language is missing get another one.
                    let message =
                        BulkMessage::new(&from, spoken, archive, template, attachments, calendar)?;
                    messages.push((*language, variant, message));
                }
            }
        }
        // Checked when it was set.
        let local_start = campaign
            .local_start
            .as_deref()
            .and_then(|text| LocalStart::parse(text, cx.config().time_zone.get()).ok());
        if messages.is_empty() {
            return Err(WriteError::NoText);
        }
        Ok(Self {
            bounce_domain: cx.config().bounces_of(from.address.domain()),
            local_start,
            site_url,
            cx: cx.clone(),
            campaign,
            from,
            site,
            list_names,
            messages,
            test,
            signer,
            usual_size: AtomicUsize::new(0),
        })
    }

    /// The earliest time for a recipient; `None` for at once.
    pub fn not_before(&self, claimed: &Claimed) -> Option<Timestamp> {
        let local = self.local_start.as_ref();
        let start = local.map(|start| start.of(&claimed.attributes));
        let Some((test, hours)) = self.hours() else {
            return start;
        };
        let start = start.or(self.campaign.started_at)?;
        let variant = claimed.variant.unwrap_or_default();
        let later = hours.get(variant.index()).copied().unwrap_or(0);
        let minutes = u64::try_from(later).unwrap_or(0);
        let at = start.after(Duration::from_secs(minutes * 60));
        match claimed.test_list_id {
            Some(_) => Some(at),
            // The rest gets it at that hour of the day when it is next that late.
            None => Some(next_day(
                at,
                test.decided_at,
                &self.cx.config().time_zone.get(),
            )),
        }
    }

    fn hours(&self) -> Option<(&Test, &Vec<i64>)> {
        let test = self.test.as_ref()?;
        Some((test, test.hours.as_ref()?))
    }

    /// Whether it was loaded for a campaign that is as far as this: once its A/B test is decided,
    /// the rest may have another hour.
    pub fn is_for(&self, campaign: &Campaign) -> bool {
        self.campaign.sends_rest == campaign.sends_rest
    }

    /// Notes in a claimed delivery the part of its A/B test in which clicks are counted. Readers
    /// outside of it have none, whatever their attributes say.
    pub fn note_part(&self, claimed: &mut Claimed) {
        let Some(test) = &self.test else { return };
        let Some(attributes) = claimed.attributes.as_object_mut() else {
            return;
        };
        attributes.remove(ATTRIBUTE);
        if let (Some(list), Some(variant)) = (claimed.test_list_id, claimed.variant) {
            let (keys, id) = (&self.cx.keys, self.campaign.id);
            let part = Part {
                variant,
                list: test.clicks.list_of(list),
                part: placing::part_of(keys, id, claimed.subscriber_id, test.clicks.parts),
            };
            attributes.insert(ATTRIBUTE.to_owned(), part.code().into());
        }
    }

    /// The signed envelope sender names the delivery, so that bounces can be attributed.
    pub fn envelope(&self, claimed: &Claimed) -> Envelope {
        Envelope {
            mail_from: format!(
                "{}@{}",
                self.cx.keys.sign_envelope(claimed.id.0),
                self.bounce_domain
            ),
            rcpt_to: claimed.email.clone(),
        }
    }

    /// Whether signing takes most of the time of a message.
    pub fn is_slow(&self) -> bool {
        self.signer.is_slow()
    }

    /// Writes and signs one recipient's message, before dot-stuffing.
    pub fn write(&self, claimed: &Claimed, now: Timestamp) -> Result<Vec<u8>, WriteError> {
        let variant = claimed.variant.unwrap_or_default();
        let own = self.messages.iter().filter(|(_, of, _)| *of == variant);
        let of = |wanted| own.clone().find(|(reader, _, _)| *reader == wanted);
        // The site may have had the reader's language when they joined.
        let found = of(claimed.language).or_else(|| of(self.cx.config().language));
        let first = || own.clone().next().or(self.messages.first());
        let (language, _, message) = found.or_else(first).ok_or(WriteError::NoText)?;
        let language = *language;
        let (subscriber, campaign) = (claimed.subscriber_id.0, self.campaign.id.0);
        let leave = self.cx.keys.sign(&Token::Unsubscribe {
            subscriber,
            campaign,
        });
        let unsubscribe_url = format!("{}/unsubscribe/{leave}", self.site_url);
        let preferences = self.cx.keys.sign(&Token::Preferences { subscriber });
        let seen = claimed
            .agreement
            .filter(|_| self.cx.config().engagement)
            .map(|agreement| engagement::marks(&self.cx, &self.site_url, campaign, agreement))
            .unwrap_or_default();
        let fields = Fields {
            name: &claimed.name,
            email: claimed.email.as_str(),
            language,
            attributes: &claimed.attributes,
            site_name: self.site.name(language),
            unsubscribe_url: &unsubscribe_url,
            preferences_url: &format!("{}/preferences/{preferences}", self.site_url),
            archive_url: &archive_url(&self.site_url, &self.campaign, language),
            link_suffix: &seen.link_suffix,
            seen_picture: &seen.picture,
        };
        let domain = self.from.address.domain();
        let to = Mailbox {
            name: PersonName::parse(&claimed.name).unwrap_or_default(),
            address: claimed.email.clone(),
        };
        let list_name = self.list_names.get(&claimed.list);
        let per_recipient = PerRecipient {
            to: &to,
            date: now,
            message_id: &self.message_id(claimed),
            list_name: list_name.map_or("", String::as_str),
            list_id: &format!("{}.{domain}", claimed.list),
            unsubscribe_url: &unsubscribe_url,
            unsubscribe_address: &format!("unsubscribe@{}?subject={leave}", self.bounce_domain),
            feedback_id: &format!("{campaign}:{}:campaign:{domain}", claimed.list),
        };
        let mut bytes = Vec::with_capacity(self.usual_size.load(Ordering::Relaxed));
        message.write(&per_recipient, &fields, &mut bytes)?;
        self.usual_size
            .fetch_max(bytes.len() + 256, Ordering::Relaxed);
        Ok(self.signer.sign(bytes)?)
    }

    /// The same for every attempt of a delivery, so that a second copy can be recognised;
    /// signed, so that no one can report on a message they never received.
    fn message_id(&self, claimed: &Claimed) -> String {
        let local_part = self.cx.keys.sign_message_id(claimed.id.0);
        format!("<{local_part}@{}>", self.from.address.domain())
    }
}

/// The message that a sample recipient of a campaign would get.
pub async fn sample_message(cx: &Context, campaign: Campaign) -> Result<Vec<u8>, WriteError> {
    let renderings = rendering::render(cx, &campaign).await?;
    let mailer = Mailer::of(cx, campaign, &renderings, None).await?;
    let claimed = Claimed {
        id: DeliveryId(1),
        subscriber_id: SubscriberId(1),
        attempts: 0,
        first_attempt_at: None,
        email: "reader1@d1.example"
            .parse()
            .map_err(|error| WriteError::Mailbox(MailboxError::Address(error)))?,
        name: "Reader 1".to_owned(),
        language: Language::EN,
        attributes: serde_json::json!({}),
        list: "bench".to_owned(),
        agreement: None,
        slice: None,
        variant: None,
        test_list_id: None,
    };
    mailer.write(&claimed, cx.clock.now())
}

/// The first moment from `after` on that has the hour of `at`, or `at` itself if that is later.
fn next_day(at: Timestamp, after: Timestamp, zone: &TimeZone) -> Timestamp {
    if at >= after {
        return at;
    }
    let days = i64::try_from(after.since(at).as_secs() / (24 * 3600)).unwrap_or(0);
    let first = at.to_jiff().to_zoned_datetime(zone.clone());
    // A day may have 23 or 25 hours.
    let found = (days..days + 3).find_map(|days| {
        let moved = first.checked_add(days.days()).ok()?;
        let moved = Timestamp::from_millis(moved.timestamp().as_millisecond());
        (moved >= after).then_some(moved)
    });
    found.unwrap_or(after)
}

fn archive_url(site_url: &str, campaign: &Campaign, language: Language) -> String {
    format!("{site_url}/archive/{}?language={language}", campaign.id)
}

fn lifecycle_error(error: crate::content::ContentError) -> WriteError {
    WriteError::Campaign(error.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_gets_it_at_the_hour_of_the_winner_on_the_next_day_that_has_it() {
        let at = |text| Timestamp::parse_rfc3339(text).unwrap();
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        for (hour, decided, expected) in [
            (
                "2026-03-27T17:00:00Z",
                "2026-03-27T10:00:00Z",
                "2026-03-27T17:00:00Z",
            ),
            (
                "2026-03-27T17:00:00Z",
                "2026-03-27T18:00:00Z",
                "2026-03-28T17:00:00Z",
            ),
            // The clocks go forward on the 29th.
            (
                "2026-03-27T17:00:00Z",
                "2026-03-28T18:00:00Z",
                "2026-03-29T16:00:00Z",
            ),
            (
                "2026-03-27T17:00:00Z",
                "2026-04-02T16:00:00Z",
                "2026-04-02T16:00:00Z",
            ),
            (
                "2026-03-27T17:00:00Z",
                "2026-04-02T16:30:00Z",
                "2026-04-03T16:00:00Z",
            ),
        ] {
            assert_eq!(
                next_day(at(hour), at(decided), &zone),
                at(expected),
                "{decided}"
            );
        }
    }
}
