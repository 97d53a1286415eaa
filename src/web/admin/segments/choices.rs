//! What the fields of conditions offer: lists, languages, tags, campaigns, and the attributes
//! that subscribers have.

use strum::VariantArray as _;

use crate::audience::known_attributes::{self, KnownAttributes};
use crate::audience::{engagement, list_admin, tags};
use crate::campaign::overview;
use crate::model::list_access::ListAccess;
use crate::model::mail_frequency::Frequency;
use crate::model::segment::Membership;
use crate::store::lists::List;
use crate::web::admin::segments::entry::{Choice, Entry};
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// Campaigns that a condition offers: the newest ones.
const CAMPAIGNS: i64 = 100;
/// Tags that a condition offers.
const TAGS: usize = 500;

/// What there is to choose from.
#[derive(Default)]
pub struct Choices {
    pub lists: Vec<List>,
    pub attributes: KnownAttributes,
    /// How many people agreed that opens and followed links are seen; `None` where that is off.
    pub agreed: Option<i64>,
    tags: Vec<String>,
    /// Number and subject.
    campaigns: Vec<(String, String)>,
}

/// A word with what the reader sees of it.
pub struct Offer {
    pub word: String,
    pub label: String,
    pub is_chosen: bool,
}

impl Choices {
    /// What these fields need, and no more.
    pub async fn load(web: &Web, fields: &[Entry]) -> Result<Self, HttpError> {
        let mut choices = Self {
            lists: list_admin::all(&web.cx).await?,
            agreed: engagement::count_agreed(&web.cx).await?,
            ..Self::default()
        };
        if fields.contains(&Entry::Attribute) {
            choices.attributes = known_attributes::all(&web.cx).await?;
        }
        if fields.contains(&Entry::Choice(Choice::Tag)) {
            let known = tags::all(&web.cx).await?.into_iter().take(TAGS);
            choices.tags = known.map(|one| one.tag).collect();
        }
        if fields.contains(&Entry::Choice(Choice::Campaign)) {
            // Segments are closed to users who are limited to some lists.
            let newest = overview::page(&web.cx, &ListAccess::All, None, CAMPAIGNS).await?;
            let named = newest.into_iter().map(|one| {
                let campaign = one.campaign;
                (campaign.id.to_string(), campaign.subject)
            });
            choices.campaigns = named.collect();
        }
        Ok(choices)
    }

    /// The options of a field; what was chosen and is not there any more stays in sight.
    pub fn offers(&self, choice: Choice, chosen: &str, viewer: &Viewer) -> Vec<Offer> {
        let mut offers: Vec<Offer> = self
            .words(choice, viewer)
            .into_iter()
            .map(|(word, label)| Offer {
                is_chosen: word == chosen,
                word,
                label,
            })
            .collect();
        if !chosen.is_empty() && offers.iter().all(|offer| !offer.is_chosen) {
            offers.push(Offer {
                word: chosen.to_owned(),
                label: chosen.to_owned(),
                is_chosen: true,
            });
        }
        offers
    }

    fn words(&self, choice: Choice, viewer: &Viewer) -> Vec<(String, String)> {
        match choice {
            Choice::List | Choice::AnyList => self
                .lists
                .iter()
                .map(|list| (list.slug.to_string(), list.name.clone()))
                .collect(),
            Choice::Language => viewer
                .languages
                .iter()
                .map(|one| (one.tag().to_owned(), one.endonym().to_owned()))
                .collect(),
            Choice::Frequency => Frequency::VARIANTS
                .iter()
                .map(|one| (one.to_string(), viewer.word("admin-segment-frequency", one)))
                .collect(),
            Choice::YesOrNo => vec![
                ("yes".to_owned(), viewer.t("admin-yes")),
                ("no".to_owned(), viewer.t("admin-no")),
            ],
            Choice::Membership => Membership::VARIANTS
                .iter()
                .map(|one| {
                    (
                        one.to_string(),
                        viewer.word("admin-segment-membership", one),
                    )
                })
                .collect(),
            Choice::Tag => self
                .tags
                .iter()
                .map(|tag| (tag.clone(), tag.clone()))
                .collect(),
            Choice::Campaign => self.campaigns.clone(),
        }
    }

    /// The values to suggest for an attribute.
    pub fn values_of(&self, key: &str) -> Vec<&str> {
        let values = self.attributes.get(key).into_iter().flatten();
        values.map(String::as_str).collect()
    }
}
