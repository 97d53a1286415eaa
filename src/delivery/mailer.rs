//! Writing the messages of one campaign.

use std::collections::HashMap;

use crate::campaign::{compose, lifecycle};
use crate::clock::Timestamp;
use crate::content::site::{self, Site};
use crate::context::Context;
use crate::mail::Mailbox;
use crate::mail::dkim::Signer;
use crate::mail::message::{self, Draft, ListHeaders};
use crate::mail::personalise::{Fields, MessageTemplate};
use crate::mail::smtp::Envelope;
use crate::model::line::PersonName;
use crate::store::campaigns::{self, Campaign};
use crate::store::deliveries::Claimed;
use crate::store::lists;
use crate::text::locale::Language;
use crate::token::Token;

use super::{WriteError, signing};

/// A message and its envelope, ready for the relay.
pub struct Letter {
    /// For the relay's eyes.
    pub envelope: Envelope,
    /// The message as it goes on the wire, before dot-stuffing.
    pub octets: Vec<u8>,
}

/// Writes a campaign's messages: everything that is the same for all
/// recipients is made once.
pub struct Mailer {
    cx: Context,
    campaign: Campaign,
    from: Mailbox,
    bounce_domain: String,
    site: Site,
    site_url: String,
    list_names: HashMap<String, String>,
    templates: Vec<(Language, MessageTemplate)>,
    signer: Signer,
}

impl Mailer {
    /// Loads what a started campaign says.
    ///
    /// # Errors
    /// [`WriteError`] where it has no text or sender.
    pub async fn load(cx: &Context, campaign: Campaign) -> Result<Self, WriteError> {
        let from = lifecycle::sender(cx, &campaign)?;
        let signer = signing::signer(cx, from.address.domain()).await?;
        let mut db = cx.store.read().await?;
        let renderings = campaigns::renderings(&mut db, campaign.id).await?;
        let site = site::read(&mut db).await.map_err(lifecycle_error)?;
        let list_names = lists::all(&mut db)
            .await?
            .into_iter()
            .map(|list| (list.slug.to_string(), list.name))
            .collect();
        drop(db);
        let templates = Language::ALL
            .into_iter()
            .filter_map(|language| Some((language, compose::pick(&renderings, language)?)))
            .map(|(language, rendering)| Ok((language, compose::template(rendering)?)))
            .collect::<Result<Vec<_>, WriteError>>()?;
        if templates.is_empty() {
            return Err(WriteError::NoText);
        }
        Ok(Self {
            bounce_domain: bounce_domain(cx, &from),
            site_url: cx.config.public_url(),
            cx: cx.clone(),
            campaign,
            from,
            site,
            list_names,
            templates,
            signer,
        })
    }

    /// Writes and signs one recipient's message.
    ///
    /// # Errors
    /// [`WriteError`] where a personal part or the MIME text fails.
    pub fn write(&self, claimed: &Claimed, now: Timestamp) -> Result<Letter, WriteError> {
        let template = self
            .templates
            .iter()
            .find(|(language, _)| *language == claimed.language)
            .map(|(_, template)| template)
            .ok_or(WriteError::NoText)?;
        let language = claimed.language;
        let (subscriber, campaign) = (claimed.subscriber_id.0, self.campaign.id.0);
        let leave = self.cx.keys.sign(&Token::Unsubscribe {
            subscriber,
            campaign,
        });
        let unsubscribe_url = format!("{}/unsubscribe/{leave}", self.site_url);
        let preferences = self.cx.keys.sign(&Token::Preferences { subscriber });
        let archive_url = format!("{}/archive/{campaign}?language={language}", self.site_url);
        let filled = template.fill(&Fields {
            name: &claimed.name,
            email: claimed.email.as_str(),
            language,
            attributes: &claimed.attributes,
            site_name: self.site.name(language),
            unsubscribe_url: &unsubscribe_url,
            preferences_url: &format!("{}/preferences/{preferences}", self.site_url),
            archive_url: &archive_url,
        })?;
        let domain = self.from.address.domain();
        let to = Mailbox {
            name: PersonName::parse(&claimed.name).unwrap_or_default(),
            address: claimed.email.clone(),
        };
        let octets = message::compose(&Draft {
            from: &self.from,
            to: &to,
            reply_to: None,
            subject: &filled.subject,
            date: now,
            message_id: &self.message_id(claimed),
            language,
            html: &filled.html,
            text: &filled.text,
            list: Some(ListHeaders {
                list_name: self
                    .list_names
                    .get(&claimed.list)
                    .map_or("", String::as_str),
                list_id: &format!("{}.{domain}", claimed.list),
                unsubscribe_url: &unsubscribe_url,
                unsubscribe_address: &format!("unsubscribe@{}?subject={leave}", self.bounce_domain),
                archive_url: self.campaign.is_public.then_some(archive_url.as_str()),
                feedback_id: &format!("{campaign}:{}:campaign:{domain}", claimed.list),
            }),
        })?;
        Ok(Letter {
            envelope: Envelope {
                mail_from: format!(
                    "{}@{}",
                    self.cx.keys.sign_envelope(claimed.id.0),
                    self.bounce_domain
                ),
                rcpt_to: claimed.email.clone(),
            },
            octets: self.signer.sign(octets)?,
        })
    }

    /// Fixed for a delivery, so that a second copy is known as one.
    fn message_id(&self, claimed: &Claimed) -> String {
        let made = self.campaign.created_at.millis();
        format!(
            "<{}.{}.{made:x}@{}>",
            claimed.id,
            self.campaign.id,
            self.from.address.domain()
        )
    }
}

/// The domain of envelope senders.
pub fn bounce_domain(cx: &Context, from: &Mailbox) -> String {
    let configured = cx.config.bounce_domain.clone();
    configured.unwrap_or_else(|| from.address.domain().to_owned())
}

fn lifecycle_error(error: crate::content::ContentError) -> WriteError {
    WriteError::Campaign(error.into())
}
