//! A test as it is set, loaded.

use super::placing::ClickPlan;
use crate::campaign::content_spec::ContentSpec;
use crate::model::CampaignId;
use crate::model::ab_test::{AbAction, AbVariant, Differs, next};
use crate::store::ab_tests::{self, AbTestRow, AbVariantRow};
use crate::store::campaign_contents::CampaignVariant;
use crate::store::{Db, Result};

/// Why clicks decide nothing.
pub const NOT_COUNTED: &str =
    "clicks can decide only where each list of the campaign counts them; choose another measure";

/// Why a variant tries nothing.
pub const SAME_AS_A: &str = "it is the same as A; change what differs";

/// A variant beside A: what differs from the campaign as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    pub variant: AbVariant,
    /// What inboxes show of it, in the languages that differ.
    pub texts: Vec<CampaignVariant>,
    /// `None` for that of A.
    pub content: Option<ContentSpec>,
    /// The subject of the campaign that its content was taken from.
    pub content_name: String,
    /// How long after A it is sent.
    pub minutes_later: i64,
}

impl Variant {
    fn of(row: AbVariantRow) -> Self {
        Self {
            variant: row.variant,
            // Written by `row`.
            texts: serde_json::from_str(&row.texts).unwrap_or_default(),
            content: serde_json::from_str(&row.content).ok(),
            content_name: row.content_name,
            minutes_later: row.minutes_later,
        }
    }

    /// As it is stored.
    pub(super) fn row(&self) -> AbVariantRow {
        let content = self.content.as_ref();
        AbVariantRow {
            variant: self.variant,
            texts: serde_json::to_string(&self.texts).unwrap_or_default(),
            content: content
                .and_then(|content| serde_json::to_string(content).ok())
                .unwrap_or_default(),
            content_name: self.content_name.clone(),
            minutes_later: self.minutes_later,
        }
    }
}

/// The test of a campaign.
#[derive(Debug, Clone, PartialEq)]
pub struct AbTest {
    pub row: AbTestRow,
    /// Beside A, in order.
    pub variants: Vec<Variant>,
}

impl AbTest {
    /// The test of a campaign, if it has one.
    pub async fn of_campaign(db: &mut Db, id: CampaignId) -> Result<Option<Self>> {
        let Some(row) = ab_tests::of_campaign(db, id).await? else {
            return Ok(None);
        };
        let variants = ab_tests::variants(db, id).await?;
        Ok(Some(Self {
            row,
            variants: variants.into_iter().map(Variant::of).collect(),
        }))
    }

    /// With A.
    pub fn variant_count(&self) -> usize {
        self.variants.len() + 1
    }

    pub fn has(&self, variant: AbVariant) -> bool {
        variant.index() < self.variant_count()
    }

    /// How its clicks are counted; known once it has started.
    pub fn click_plan(&self) -> ClickPlan {
        ClickPlan {
            lists: serde_json::from_str(&self.row.click_lists).unwrap_or_default(),
            parts: self.row.click_parts,
        }
    }

    /// Whether it has started and nobody has decided it.
    pub fn is_open(&self) -> bool {
        next(self.row.state, AbAction::Decide).is_some()
    }

    /// How long after A each variant is sent, in minutes; `None` where that is the same.
    pub fn hours(&self) -> Option<Vec<i64>> {
        if self.row.fields.differs != Differs::Hour {
            return None;
        }
        let later = self.variants.iter().map(|one| one.minutes_later);
        Some([0].into_iter().chain(later).collect())
    }
}
