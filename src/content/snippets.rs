//! Snippets: texts that are kept by name in one place, and shown where a post, a campaign or a
//! welcome email names them. A change shows on the site at once, and in what has not started to be mailed.

use std::collections::HashMap;

use super::{ContentError, Result, mailed_post};
use crate::account::{audit, campaign_changes};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::document::{self, Block, Document};
use crate::mail::personalise::{MessageTemplate, Placeholders, Source, TemplateError};
use crate::model::SnippetId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::content::TrashKind;
use crate::model::list::Slug;
use crate::render::{self, Budget};
use crate::store::campaign_changes::Changed;
use crate::store::snippet_uses::{self, ShowingCampaign, ShowingPost, WelcomingList};
use crate::store::snippets::{self, Beginning};
use crate::store::{Db, trash};
use crate::text::bounds::TooComplex;
use crate::text::locale::Language;
use crate::text::markdown;

pub use crate::store::snippets::{Snippet, SnippetText};

/// Bytes of Markdown that a snippet may have in one language.
pub const BODY_LIMIT: usize = 64 * 1024;
/// Snippets that one text may show.
const MOST: usize = 50;
/// Bytes of Markdown that they may add to it.
const MOST_ADDED: usize = 512 * 1024;

/// Why a text cannot be a snippet.
#[derive(Debug, thiserror::Error)]
pub enum SnippetFault {
    #[error("the snippet is longer than 64 KiB")]
    Long,
    /// Only texts show snippets, so that none can show itself.
    #[error("a snippet cannot show another snippet, and this one shows “{0}”")]
    Nested(String),
    /// It would spoil each text that shows it.
    #[error(transparent)]
    Template(#[from] TemplateError),
    #[error(transparent)]
    TooComplex(#[from] TooComplex),
}

/// A snippet with its text in every language.
#[derive(Debug, Clone)]
pub struct FullSnippet {
    pub snippet: Snippet,
    pub texts: Vec<SnippetText>,
}

/// Where snippets are shown. What was sent is not among it.
#[derive(Debug, Clone, Default)]
pub struct Uses {
    pub posts: Vec<ShowingPost>,
    /// Campaigns still to start, by their own text.
    pub campaigns: Vec<ShowingCampaign>,
    /// Lists, by their welcome email.
    pub lists: Vec<WelcomingList>,
}

impl Uses {
    pub fn is_empty(&self) -> bool {
        self.posts.is_empty() && self.campaigns.is_empty() && self.lists.is_empty()
    }

    pub fn count(&self) -> usize {
        self.posts.len() + self.campaigns.len() + self.lists.len()
    }
}

/// A snippet in the list of all.
#[derive(Debug, Clone)]
pub struct ListedSnippet {
    pub snippet: Snippet,
    /// How it begins in each language.
    pub beginnings: Vec<Beginning>,
    pub uses: Uses,
}

/// Every snippet, by name, with how it begins but not where it is shown.
pub async fn without_uses(cx: &Context) -> Result<Vec<ListedSnippet>> {
    listed(&mut cx.store.read().await?).await
}

/// Every snippet, by name, with where it is shown.
pub async fn all(cx: &Context) -> Result<Vec<ListedSnippet>> {
    let mut db = cx.store.read().await?;
    let mut listed = listed(&mut db).await?;
    let mut uses: HashMap<SnippetId, Uses> = HashMap::new();
    for post in snippet_uses::posts(&mut db, "").await? {
        uses.entry(post.snippet_id).or_default().posts.push(post);
    }
    for campaign in snippet_uses::campaigns(&mut db, "").await? {
        let of_snippet = uses.entry(campaign.snippet_id).or_default();
        of_snippet.campaigns.push(campaign);
    }
    for list in snippet_uses::welcomes(&mut db, "").await? {
        uses.entry(list.snippet_id).or_default().lists.push(list);
    }
    for one in &mut listed {
        one.uses = uses.remove(&one.snippet.id).unwrap_or_default();
    }
    Ok(listed)
}

async fn listed(db: &mut Db) -> Result<Vec<ListedSnippet>> {
    let mut beginnings: HashMap<SnippetId, Vec<Beginning>> = HashMap::new();
    for beginning in snippets::beginnings(db).await? {
        let of_snippet = beginnings.entry(beginning.snippet_id).or_default();
        of_snippet.push(beginning);
    }
    let all = snippets::all(db).await?.into_iter();
    let listed = all.map(|snippet| ListedSnippet {
        beginnings: beginnings.remove(&snippet.id).unwrap_or_default(),
        uses: Uses::default(),
        snippet,
    });
    Ok(listed.collect())
}

/// Where one snippet is shown.
pub async fn uses(cx: &Context, snippet: &Snippet) -> Result<Uses> {
    let mut db = cx.store.read().await?;
    Ok(Uses {
        posts: snippet_uses::posts(&mut db, &snippet.name).await?,
        campaigns: snippet_uses::campaigns(&mut db, &snippet.name).await?,
        lists: snippet_uses::welcomes(&mut db, &snippet.name).await?,
    })
}

/// A snippet by its number.
pub async fn by_id(cx: &Context, id: SnippetId) -> Result<Option<FullSnippet>> {
    let mut db = cx.store.read().await?;
    let found = snippets::by_id(&mut db, id).await?;
    full(&mut db, found).await
}

/// The snippet of this name.
pub async fn by_name(cx: &Context, name: &str) -> Result<Option<FullSnippet>> {
    let mut db = cx.store.read().await?;
    let found = snippets::by_name(&mut db, name).await?;
    full(&mut db, found).await
}

async fn full(db: &mut Db, found: Option<Snippet>) -> Result<Option<FullSnippet>> {
    let Some(snippet) = found else {
        return Ok(None);
    };
    let texts = snippets::texts(db, snippet.id).await?;
    Ok(Some(FullSnippet { snippet, texts }))
}

/// What is saved of a snippet.
#[derive(Debug, Clone, Default)]
pub struct SnippetChange {
    /// Its text in every language that it has; empty ones are left out.
    pub texts: Vec<SnippetText>,
    /// There must be none of this name yet.
    pub is_new: bool,
    /// The `changed_at` of the snippet that the change was made from.
    pub seen: Option<Timestamp>,
    /// Campaigns that are scheduled or approved may change with it.
    pub is_confirmed: bool,
}

/// Makes a snippet, or changes the one of this name.
///
/// # Errors
/// [`ContentError::Snippet`] for a text that cannot be one, [`ContentError::Exists`],
/// [`ContentError::Overtaken`], [`ContentError::Unconfirmed`].
pub async fn save(
    cx: &Context,
    by: &Actor,
    name: &Slug,
    change: SnippetChange,
) -> Result<SnippetId> {
    let texts = checked(change.texts).await?;
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let changed = Changed::Snippet(name.as_str());
    let found = snippets::by_name(&mut db, name.as_str()).await?;
    let id = match found {
        Some(_) if change.is_new => {
            return Err(ContentError::Exists("a snippet with this name"));
        }
        Some(found) if change.seen.is_some_and(|seen| seen != found.changed_at) => {
            return Err(ContentError::Overtaken);
        }
        Some(found) => {
            snippets::touch(&mut db, found.id, by.as_str(), now).await?;
            found.id
        }
        None => snippets::insert(&mut db, name.as_str(), by.as_str(), now).await?,
    };
    mailed_post::refuse_unconfirmed(cx, &mut db, changed, change.is_confirmed).await?;
    snippets::set_texts(&mut db, id, &texts).await?;
    campaign_changes::note(&mut db, by, changed, now).await?;
    audit::record(&mut db, by, AuditAction::SnippetSave, name, now).await?;
    db.commit().await?;
    Ok(id)
}

/// Moves a snippet to the trash. Texts that name it show nothing in its place.
///
/// # Errors
/// [`ContentError::InUse`] where a scheduled campaign shows it.
pub async fn delete(cx: &Context, by: &Actor, snippet: &Snippet) -> Result<()> {
    let now = cx.clock.now();
    let changed = Changed::Snippet(&snippet.name);
    let mut db = cx.store.write().await?;
    let waiting = campaign_changes::waiting(cx, &mut db, changed).await?;
    let mut scheduled = waiting.into_iter();
    if let Some(campaign) = scheduled.find(|one| one.scheduled_at.is_some()) {
        return Err(ContentError::InUse(campaign.subject));
    }
    trash::insert(&mut db, TrashKind::Snippet, snippet.id.0, now).await?;
    campaign_changes::note(&mut db, by, changed, now).await?;
    let name = snippet.name.as_str();
    audit::record(&mut db, by, AuditAction::SnippetDelete, name, now).await?;
    db.commit().await?;
    Ok(())
}

/// The texts that are written, each as it is stored.
async fn checked(texts: Vec<SnippetText>) -> Result<Vec<SnippetText>> {
    let mut kept = Vec::with_capacity(texts.len());
    for text in texts {
        if text.body_markdown.trim().is_empty() {
            continue;
        }
        let language = text.language;
        let body_markdown = text.body_markdown.replace("\r\n", "\n");
        let source = body_markdown.clone();
        let checked = render::run(Budget::Interactive, move || check(&source)).await?;
        checked.map_err(|fault| ContentError::Snippet { language, fault })?;
        kept.push(SnippetText {
            language,
            body_markdown,
        });
    }
    if kept.is_empty() {
        return Err(ContentError::Text(
            "a snippet needs a text in at least one language",
        ));
    }
    Ok(kept)
}

/// A text that stands in others must be whole in itself.
fn check(markdown: &str) -> std::result::Result<(), SnippetFault> {
    if markdown.len() > BODY_LIMIT {
        return Err(SnippetFault::Long);
    }
    markdown::to_html(markdown)?;
    if let Some(name) = named_in(&mut document::read(markdown)?).into_iter().next() {
        return Err(SnippetFault::Nested(name));
    }
    let mut placeholders = Placeholders::default();
    let protected = placeholders.protect(markdown)?;
    let source = placeholders.restore(&protected);
    MessageTemplate::compile(&Source {
        subject: String::new(),
        html: source.clone(),
        text: source,
    })?;
    Ok(())
}

/// The names of the snippets that a document shows, as often as it shows them.
pub(super) fn named_in(document: &mut Document) -> Vec<String> {
    let mut names = Vec::new();
    document.replace(&mut |block| {
        if let Block::Snippet { attrs } = block {
            names.push(attrs.name.clone());
        }
        None
    });
    names
}

/// What became of the snippets of a text.
#[derive(Debug, Clone, Default)]
pub(super) struct PutIn {
    /// Whether it shows any.
    pub is_changed: bool,
    /// The names of those that are not there, or are too many.
    pub missing: Vec<String>,
}

/// Puts the text of snippets in the place of their names, in a language or the next best that
/// each has. Beyond the bounds, and where there is no such snippet, nothing is left.
pub(super) async fn put_in(
    cx: &Context,
    language: Language,
    document: &mut Document,
) -> Result<PutIn> {
    let names = named_in(document);
    if names.is_empty() {
        return Ok(PutIn::default());
    }
    let mut known: HashMap<String, Known> = HashMap::new();
    for name in &names {
        if known.len() < MOST && !known.contains_key(name) {
            known.insert(name.clone(), Known::load(cx, name, language).await?);
        }
    }
    let mut missing: Vec<String> = Vec::new();
    let mut size = 0;
    document.replace(&mut |block| {
        let Block::Snippet { attrs } = block else {
            return None;
        };
        if let Some(Known {
            blocks: Some(blocks),
            length,
        }) = known.get(&attrs.name)
            && size + length <= MOST_ADDED
        {
            size += length;
            return Some(blocks.clone());
        }
        if !missing.contains(&attrs.name) {
            missing.push(attrs.name.clone());
        }
        Some(Vec::new())
    });
    Ok(PutIn {
        is_changed: true,
        missing,
    })
}

/// A snippet that a text shows.
struct Known {
    /// `None` where there is none of its name.
    blocks: Option<Vec<Block>>,
    /// Bytes of its Markdown.
    length: usize,
}

impl Known {
    async fn load(cx: &Context, name: &str, language: Language) -> Result<Self> {
        let texts = snippets::texts_of(&mut cx.store.read().await?, name).await?;
        let text = cx.reader(language).pick(&texts, |text| text.language);
        let Some(source) = text.map(|text| text.body_markdown.clone()) else {
            return Ok(Self {
                blocks: None,
                length: 0,
            });
        };
        let length = source.len();
        let read = render::run(Budget::Interactive, move || document::read(&source)).await?;
        let blocks = read.ok().map(|mut document| {
            // None was saved with one, but a restored one may have one.
            document.replace(&mut |block| matches!(block, Block::Snippet { .. }).then(Vec::new));
            document.content
        });
        Ok(Self { blocks, length })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_is_whole_in_itself() {
        for (markdown, is_sound) in [
            ("Call **us**: {{ name | default(\"reader\") }}", true),
            ("{% if name %}\n\nHello\n\n{% endif %}", true),
            (":::events count=\"3\"\n:::", true),
            ("{% raw %}{{ x }}{% endraw %}", true),
            ("{% if name %}\n\nHello", false),
            ("{{ unknown_thing }}", false),
            (":::snippet name=\"other\"\n:::", false),
            (
                "::::callout kind=\"note\"\n:::snippet name=\"other\"\n:::\n::::",
                false,
            ),
        ] {
            assert_eq!(check(markdown).is_ok(), is_sound, "{markdown}");
        }
        assert!(matches!(
            check(&"a ".repeat(BODY_LIMIT)),
            Err(SnippetFault::Long)
        ));
    }
}
