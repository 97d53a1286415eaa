//! listmonk's campaigns, straight from its database.

use super::found::{Body, Found, FoundPost, FoundState};
use super::options;
use super::{Options, POSTS_LIMIT, PostImportError, Result};
use crate::clock::Timestamp;
use crate::model::post_import::{DraftReason, PostSystem};
use crate::store::listmonk::{Listmonk, ListmonkCampaign};

/// Which campaigns are imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Campaigns {
    /// Those in the public archive.
    Archived,
    /// All that were sent; those that are not in the archive become drafts.
    Finished,
}

/// Reads campaigns.
///
/// # Errors
/// [`PostImportError::Store`] where listmonk's database cannot be read.
pub async fn read(source: &mut Listmonk, which: Campaigns, now: Timestamp) -> Result<Found> {
    let mut found = Found::new(PostSystem::Listmonk);
    let mut after = 0;
    loop {
        let only_archived = which == Campaigns::Archived;
        let campaigns = source.campaigns(after, only_archived).await?;
        let Some(last) = campaigns.last() else {
            return Ok(found);
        };
        after = last.id;
        if found.posts.len() + campaigns.len() > POSTS_LIMIT {
            return Err(PostImportError::TooMany);
        }
        found
            .posts
            .extend(campaigns.into_iter().map(|one| post(one, now)));
    }
}

/// The choices with listmonk's own address, where none is given.
///
/// # Errors
/// [`PostImportError::Store`] where listmonk's database cannot be read.
pub async fn with_root_url(source: &mut Listmonk, mut options: Options) -> Result<Options> {
    if options.former_url.is_none() {
        let root = source.root_url().await?;
        options.former_url = root.and_then(|root| options::former_url(&root).ok());
    }
    Ok(options)
}

fn post(campaign: ListmonkCampaign, now: Timestamp) -> FoundPost {
    let state = match campaign.status.as_str() {
        "scheduled" | "draft" => FoundState::Draft,
        _ if campaign.sent_at.is_some_and(|at| at > now) => {
            FoundState::Limited(DraftReason::Scheduled)
        }
        _ if campaign.is_archived => FoundState::Public,
        _ => FoundState::Limited(DraftReason::NotPublic),
    };
    let names = [campaign.archive_slug.as_str(), campaign.uuid.as_str()];
    let names = names.into_iter().filter(|name| !name.is_empty());
    FoundPost {
        paths: names.map(|name| format!("/archive/{name}")).collect(),
        body: match campaign.content_type.as_str() {
            "markdown" => Body::MarkdownTemplate(campaign.body),
            "plain" => Body::PlainTemplate(campaign.body),
            _ => Body::HtmlTemplate(campaign.body),
        },
        id: campaign.uuid,
        // A subject may have tags of its own.
        title: subject(&campaign.subject),
        slug: campaign.archive_slug,
        state,
        published_at: campaign.sent_at,
        tags: campaign.tags,
        ..FoundPost::default()
    }
}

fn subject(subject: &str) -> String {
    let dropped = super::template_tags::drop_tags(subject);
    super::template_tags::without_marks(&dropped.text)
}
