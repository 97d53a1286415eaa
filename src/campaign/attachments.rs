//! The files that a campaign's emails carry: chosen, checked, listed and loaded.
//!
//! They are files of the media library, attached to the email, and the site's own pictures in
//! its HTML, where the campaign wants these inside the email. Each is read and encoded once,
//! however many recipients and languages get it.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::embedded::{self, Embedded};
use super::{CampaignError, Result};
use crate::config::AttachmentLimit;
use crate::context::Context;
use crate::mail::attachment::{Attachments, EncodedFile};
use crate::model::CampaignId;
use crate::model::attachment::{AttachmentName, MOST, encoded_size};
use crate::store::campaign_attachments::{self, CampaignAttachment, NewAttachment};
use crate::store::campaign_renderings::Rendering;
use crate::store::campaigns::{self, Campaign};
use crate::store::{self, Db, media};
use crate::text::locale::Language;

/// A file that an admin attaches.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// Its name in the media library, or the address of that.
    pub file: String,
    /// The name under which recipients get it; empty for that of the library. The ending of its
    /// kind is added.
    pub name: String,
    /// Whose readers get it; `None`: those of every language.
    pub language: Option<Language>,
}

impl Attached {
    /// Whether only readers of the language with this tag get it; the empty one is every language.
    pub fn is_in(&self, tag: &str) -> bool {
        self.language.map_or("", |one| one.tag()) == tag
    }
}

/// The files, as a line of text.
pub fn listed(files: &[Attached]) -> String {
    let names: Vec<&str> = files.iter().map(|file| file.file.as_str()).collect();
    names.join(", ")
}

impl From<CampaignAttachment> for Attached {
    fn from(stored: CampaignAttachment) -> Self {
        Self {
            file: stored.file_name,
            name: stored.name,
            language: stored.language,
        }
    }
}

/// The files of a campaign, in their order.
pub async fn of_campaign(cx: &Context, id: CampaignId) -> Result<Vec<CampaignAttachment>> {
    Ok(campaign_attachments::of_campaign(&mut cx.store.read().await?, id).await?)
}

/// The files that a campaign names and that are in the trash or gone for good.
pub async fn missing_of(cx: &Context, id: CampaignId) -> Result<Vec<CampaignAttachment>> {
    let mut files = of_campaign(cx, id).await?;
    files.retain(|file| !file.is_there);
    Ok(files)
}

/// The files as they are stored. Of those that are not in the library, the ones that the campaign
/// has `held` stay: it does not start with them, but can be changed otherwise.
///
/// # Errors
/// [`CampaignError::TooManyFiles`], [`CampaignError::UnknownFile`],
/// [`CampaignError::FileName`].
pub(super) async fn checked(
    db: &mut Db,
    chosen: &[Attached],
    held: &[CampaignAttachment],
) -> Result<Vec<NewAttachment>> {
    if chosen.len() > MOST {
        return Err(CampaignError::TooManyFiles);
    }
    let mut attachments = Vec::with_capacity(chosen.len());
    for one in chosen {
        let file_name = one.file.trim().trim_start_matches("/media/");
        let media_id = match media::by_name(db, file_name).await? {
            Some(medium) => Some(medium.id),
            None => {
                let mut missing = held.iter().filter(|file| !file.is_there);
                let kept = missing.find(|file| file.file_name == file_name);
                let kept = kept.ok_or_else(|| CampaignError::UnknownFile(file_name.to_owned()))?;
                kept.media_id
            }
        };
        let name = match one.name.trim() {
            "" => AttachmentName::of_library(file_name)?,
            name => AttachmentName::parse(name)?.with_ending_of(file_name),
        };
        attachments.push(NewAttachment {
            media_id,
            name: name.into(),
            file_name: file_name.to_owned(),
            language: one.language,
        });
    }
    Ok(attachments)
}

/// What the email in one language weighs by its files.
#[derive(Debug, Clone)]
pub struct Weight {
    /// The language.
    pub language: Language,
    /// Bytes of attached files, encoded.
    pub attached: u64,
    /// Bytes of pictures inside the email, encoded.
    pub embedded: u64,
}

impl Weight {
    /// Bytes in all, encoded.
    pub fn total(&self) -> u64 {
        self.attached + self.embedded
    }

    /// Whether it is more than an email may carry.
    pub fn exceeds(&self, limit: AttachmentLimit) -> bool {
        self.total() > limit.bytes()
    }
}

/// What the emails of a campaign weigh by their files, in each language.
pub async fn weights(
    cx: &Context,
    campaign: &Campaign,
    files: &[CampaignAttachment],
    renderings: &[Rendering],
) -> Result<Vec<Weight>> {
    let mut db = cx.store.read().await?;
    let site_url = cx.config().public_url();
    let mut weights = Vec::with_capacity(renderings.len());
    for Rendering { language, html, .. } in renderings {
        weights.push(weight(&mut db, campaign, files, *language, html, &site_url).await?);
    }
    Ok(weights)
}

/// What one email of a campaign weighs by its files; `None` for a campaign that is gone.
pub async fn weight_of(
    cx: &Context,
    id: CampaignId,
    language: Language,
    html: &str,
) -> store::Result<Option<Weight>> {
    let mut db = cx.store.read().await?;
    let Some(campaign) = campaigns::by_id(&mut db, id).await? else {
        return Ok(None);
    };
    let files = campaign_attachments::of_campaign(&mut db, id).await?;
    let site_url = cx.config().public_url();
    let weight = weight(&mut db, &campaign, &files, language, html, &site_url);
    weight.await.map(Some)
}

async fn weight(
    db: &mut Db,
    campaign: &Campaign,
    files: &[CampaignAttachment],
    language: Language,
    html: &str,
    site_url: &str,
) -> store::Result<Weight> {
    let size = |file: &CampaignAttachment| encoded_size(file.size.try_into().unwrap_or(0));
    let own = files.iter().filter(|file| file.is_for(language));
    let embedded = if campaign.embeds_pictures {
        embedded::size(db, html, site_url).await?
    } else {
        0
    };
    Ok(Weight {
        language,
        attached: own.map(size).sum(),
        embedded,
    })
}

/// Loads the files of one campaign's emails, each once.
pub struct Loader {
    embeds_pictures: bool,
    files: Vec<CampaignAttachment>,
    /// Encoded, by their place among the files.
    encoded: HashMap<usize, Arc<EncodedFile>>,
    pictures: embedded::Pictures,
}

impl Loader {
    /// For a campaign.
    pub async fn new(cx: &Context, campaign: &Campaign) -> Result<Self> {
        Ok(Self {
            embeds_pictures: campaign.embeds_pictures,
            files: of_campaign(cx, campaign.id).await?,
            encoded: HashMap::new(),
            pictures: embedded::Pictures::default(),
        })
    }

    /// The HTML of a rendering as it is sent, and the files of the email around it.
    ///
    /// # Errors
    /// [`CampaignError::LostFile`] where a file was deleted for good. One in the trash is still
    /// sent by a campaign that has started with it.
    pub async fn load(
        &mut self,
        cx: &Context,
        language: Language,
        html: String,
    ) -> Result<(String, Attachments)> {
        let mut attachments = Attachments::default();
        for (at, file) in self.files.iter().enumerate() {
            if !file.is_for(language) {
                continue;
            }
            let encoded = match self.encoded.get(&at) {
                Some(encoded) => encoded.clone(),
                None => {
                    let encoded = Arc::new(read(cx, file).await?);
                    self.encoded.insert(at, encoded.clone());
                    encoded
                }
            };
            attachments.attached.push(encoded);
        }
        if !self.embeds_pictures {
            return Ok((html, attachments));
        }
        let Embedded { html, pictures } = self.pictures.embed(cx, &html).await?;
        attachments.inline = pictures;
        Ok((html, attachments))
    }
}

async fn read(cx: &Context, file: &CampaignAttachment) -> Result<EncodedFile> {
    let lost = || CampaignError::LostFile(file.name.clone());
    let id = file.media_id.ok_or_else(lost)?;
    let content = media::content(&mut cx.store.read().await?, id).await?;
    let name = AttachmentName::parse(&file.name)?;
    Ok(EncodedFile::attached(&name, &file.media_type, &content))
}

/// The files of a started campaign that visitors of the archive are offered, as those got them
/// who had the email in `language`. Those in the trash have no address any more.
pub async fn offered(
    cx: &Context,
    id: CampaignId,
    language: Language,
) -> Result<Vec<CampaignAttachment>> {
    let mut files = of_campaign(cx, id).await?;
    files.retain(|file| file.is_there && file.is_for(language));
    Ok(files)
}
