//! What users typed into a form and did not save.

use super::string_enum::string_enum;
use super::{CampaignId, PostId};

string_enum! {
    /// What a form changes that is stored as it is typed into.
    pub enum AutosavedKind {
        Post,
        Campaign,
    }
}

/// A form that is stored as it is typed into, by what it changes; the id 0 is of something new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Autosaved {
    pub kind: AutosavedKind,
    /// The id of the post or campaign.
    pub row: i64,
}

impl From<PostId> for Autosaved {
    fn from(id: PostId) -> Self {
        Self {
            kind: AutosavedKind::Post,
            row: id.0,
        }
    }
}

impl From<CampaignId> for Autosaved {
    fn from(id: CampaignId) -> Self {
        Self {
            kind: AutosavedKind::Campaign,
            row: id.0,
        }
    }
}
