//! Where files are used.

use super::{Result, site};
use crate::context::Context;
use crate::model::list::Slug;
use crate::model::{CampaignId, PostId, SnippetId};
use crate::store::media::Medium;
use crate::store::media_uses;

/// A place that shows a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaUse {
    /// A post has its address in its text, or it is the post's picture: id and title.
    Post(PostId, String),
    /// It is an event's picture: slug and title.
    Event(Slug, String),
    /// A layout has its address.
    Layout(String),
    /// The own text of a campaign that has not started has its address, or the campaign attaches
    /// it: id and subject.
    Campaign(CampaignId, String),
    /// A snippet has its address: id and name.
    Snippet(SnippetId, String),
    /// It is the site's logo.
    Logo,
}

/// The places that show a file. Emails that were sent are not among them.
pub async fn of(cx: &Context, medium: &Medium) -> Result<Vec<MediaUse>> {
    let mut db = cx.store.read().await?;
    let name = &medium.file_name;
    let mut uses = Vec::new();
    if site::read(&mut db, cx.config().language)
        .await?
        .logo
        .as_ref()
        == Some(name)
    {
        uses.push(MediaUse::Logo);
    }
    let posts = media_uses::posts(&mut db, medium.id, name).await?;
    uses.extend(
        posts
            .into_iter()
            .map(|(id, title)| MediaUse::Post(id, title)),
    );
    let events = media_uses::events(&mut db, medium.id).await?;
    uses.extend(
        events
            .into_iter()
            .map(|(slug, title)| MediaUse::Event(slug, title)),
    );
    let layouts = media_uses::layouts(&mut db, name).await?;
    uses.extend(layouts.into_iter().map(MediaUse::Layout));
    let snippets = media_uses::snippets(&mut db, name).await?;
    uses.extend(
        snippets
            .into_iter()
            .map(|(id, name)| MediaUse::Snippet(id, name)),
    );
    let campaigns = media_uses::campaigns(&mut db, medium.id, name).await?;
    uses.extend(
        campaigns
            .into_iter()
            .map(|(id, subject)| MediaUse::Campaign(id, subject)),
    );
    Ok(uses)
}
