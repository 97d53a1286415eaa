//! Writing the messages of one campaign.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::address::mailbox::MailboxError;
use crate::campaign::attachments::Loader;
use crate::campaign::local_time::LocalStart;
use crate::campaign::{filled, rendering};
use crate::clock::Timestamp;
use crate::content::site::{self, Site};
use crate::context::Context;
use crate::mail::Mailbox;
use crate::mail::bulk::{BulkMessage, PerRecipient};
use crate::mail::dkim::Signer;
use crate::mail::personalise::Fields;
use crate::mail::smtp::Envelope;
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
    messages: Vec<(Language, BulkMessage)>,
    signer: Signer,
    /// The largest size so far, to allocate for the next message.
    usual_size: AtomicUsize,
}

impl Mailer {
    /// Loads the renderings of a started campaign.
    pub async fn load(cx: &Context, campaign: Campaign) -> Result<Self, WriteError> {
        let renderings = campaign_renderings::all(&mut cx.store.read().await?, campaign.id).await?;
        Self::of(cx, campaign, &renderings).await
    }

    async fn of(
        cx: &Context,
        campaign: Campaign,
        renderings: &[Rendering],
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
        for language in cx.config().site_languages().and(written) {
            if let Some(rendering) = filled::pick(renderings, cx.reader(language)) {
                let url = archive_url(&site_url, &campaign, language);
                let archive = campaign.is_public.then_some(url.as_str());
                let mut rendering = rendering.clone();
                let from = rendering::named(&from, &rendering.from_name);
                let spoken = rendering.language;
                let (html, attachments) = files.load(cx, spoken, rendering.html).await?;
                rendering.html = html;
                let calendar = rendering.calendar.0.take();
                let work = move || filled::template(&rendering);
                let template = render::run(Budget::Background, work).await??;
                // Recipients whose language is missing get another one.
                let message =
                    BulkMessage::new(&from, spoken, archive, template, attachments, calendar)?;
                messages.push((language, message));
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
            signer,
            usual_size: AtomicUsize::new(0),
        })
    }

    /// The earliest time for a recipient; `None` for at once.
    pub fn not_before(&self, claimed: &Claimed) -> Option<Timestamp> {
        let start = self.local_start.as_ref()?;
        Some(start.of(&claimed.attributes))
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
        let of = |wanted| self.messages.iter().find(|(reader, _)| *reader == wanted);
        // The site may have had the reader's language when they joined.
        let found = of(claimed.language).or_else(|| of(self.cx.config().language));
        let (language, message) = found.or(self.messages.first()).ok_or(WriteError::NoText)?;
        let language = *language;
        let (subscriber, campaign) = (claimed.subscriber_id.0, self.campaign.id.0);
        let leave = self.cx.keys.sign(&Token::Unsubscribe {
            subscriber,
            campaign,
        });
        let unsubscribe_url = format!("{}/unsubscribe/{leave}", self.site_url);
        let preferences = self.cx.keys.sign(&Token::Preferences { subscriber });
        let fields = Fields {
            name: &claimed.name,
            email: claimed.email.as_str(),
            language,
            attributes: &claimed.attributes,
            site_name: self.site.name(language),
            unsubscribe_url: &unsubscribe_url,
            preferences_url: &format!("{}/preferences/{preferences}", self.site_url),
            archive_url: &archive_url(&self.site_url, &self.campaign, language),
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
    let mailer = Mailer::of(cx, campaign, &renderings).await?;
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
        slice: None,
    };
    mailer.write(&claimed, cx.clock.now())
}

fn archive_url(site_url: &str, campaign: &Campaign, language: Language) -> String {
    format!("{site_url}/archive/{}?language={language}", campaign.id)
}

fn lifecycle_error(error: crate::content::ContentError) -> WriteError {
    WriteError::Campaign(error.into())
}
