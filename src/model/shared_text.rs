//! What several users write at together.

use super::autosave::AutosavedKind;
use super::{CampaignId, PostId};

/// A post or campaign that several users write at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SharedText {
    /// A post.
    Post(PostId),
    /// A campaign.
    Campaign(CampaignId),
}

impl SharedText {
    /// What it is, and its id.
    pub fn row(self) -> (AutosavedKind, i64) {
        match self {
            Self::Post(id) => (AutosavedKind::Post, id.0),
            Self::Campaign(id) => (AutosavedKind::Campaign, id.0),
        }
    }

    /// The post, if it is one.
    pub fn post(self) -> Option<PostId> {
        match self {
            Self::Post(id) => Some(id),
            Self::Campaign(_) => None,
        }
    }

    /// The campaign, if it is one.
    pub fn campaign(self) -> Option<CampaignId> {
        match self {
            Self::Post(_) => None,
            Self::Campaign(id) => Some(id),
        }
    }

    /// The path of its admin page.
    pub fn path(self) -> String {
        match self {
            Self::Post(id) => format!("/admin/posts/{id}"),
            Self::Campaign(id) => format!("/admin/campaigns/{id}"),
        }
    }
}
