//! Templates of campaigns: what a draft has, without lists, times and recipients. Some are
//! shipped; users make others from campaigns.

use std::fmt;

use super::content::Content;
use super::content_spec::ContentSpec;
use super::draft::{self, CampaignDraft, Selection, default_layout};
use super::inspection::Preview;
use super::preview::{self, Unsaved};
use super::shipped_templates::{SHIPPED, ShippedTemplate};
use super::{CampaignError, Result, layouts};
use crate::account::audit;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::calendar::CalendarChoice;
use crate::model::campaign::ContentKind;
use crate::model::list::ListSlug;
use crate::model::{CampaignId, CampaignTemplateId};
use crate::store::StoreError;
use crate::store::campaign_contents::CampaignText;
use crate::store::campaign_templates::{self, TemplateRow};
use crate::store::campaigns::Campaign;
use crate::text::line::Title;
use crate::text::locale::Language;

pub use crate::store::campaign_templates::TemplateFields;

/// By which a template is known: a shipped one by its name, the others by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateKey {
    Shipped(&'static str),
    Own(CampaignTemplateId),
}

impl fmt::Display for TemplateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shipped(name) => f.write_str(name),
            Self::Own(id) => id.fmt(f),
        }
    }
}

/// A template.
#[derive(Debug, Clone)]
pub struct CampaignTemplate {
    pub key: TemplateKey,
    /// As its maker called it; of a shipped one, as in [`TemplateKey::Shipped`].
    pub name: String,
    pub fields: TemplateFields,
    /// When and by whom it was made or last changed; a shipped one was not.
    pub change: Option<(Timestamp, String)>,
}

impl CampaignTemplate {
    fn shipped(cx: &Context, shipped: &ShippedTemplate) -> Self {
        let usual = cx.config().language;
        let languages: Vec<Language> = cx.config().site_languages().iter().collect();
        let texts = shipped.texts(&languages);
        let main = texts.iter().find(|text| text.text.language == usual);
        let subject = main.or(texts.first()).map(|text| text.subject.clone());
        let others = texts.iter().filter(|text| text.text.language != usual);
        Self {
            key: TemplateKey::Shipped(shipped.name),
            name: shipped.name.to_owned(),
            fields: TemplateFields {
                kind: ContentKind::Markdown,
                subject: subject.unwrap_or_default(),
                layout: shipped.layout.to_owned(),
                from_mailbox: None,
                is_public: true,
                is_urgent: false,
                variants: others.map(|text| text.variant()).collect(),
                texts: texts.into_iter().map(|text| text.text).collect(),
            },
            change: None,
        }
    }

    fn own(row: TemplateRow) -> Self {
        Self {
            key: TemplateKey::Own(row.id),
            name: row.name,
            fields: row.fields,
            change: Some((row.changed_at, row.changed_by)),
        }
    }

    pub fn is_shipped(&self) -> bool {
        matches!(self.key, TemplateKey::Shipped(_))
    }

    /// Its texts that say something; that of a post is the post's.
    pub fn written(&self) -> impl Iterator<Item = &CampaignText> {
        let texts = self.fields.texts.iter();
        texts.filter(|text| !text.body.trim().is_empty())
    }
}

/// Every template: those that users have made, by name, then the shipped ones.
pub async fn all(cx: &Context) -> Result<Vec<CampaignTemplate>> {
    let own = campaign_templates::all(&mut cx.store.read().await?).await?;
    let own = own.into_iter().map(CampaignTemplate::own);
    let shipped = SHIPPED.iter();
    Ok(own
        .chain(shipped.map(|shipped| CampaignTemplate::shipped(cx, shipped)))
        .collect())
}

/// A template: by its number, or a shipped one by its name.
pub async fn by_key(cx: &Context, key: &str) -> Result<Option<CampaignTemplate>> {
    if let Ok(id) = key.parse() {
        let found = campaign_templates::by_id(&mut cx.store.read().await?, id).await?;
        return Ok(found.map(CampaignTemplate::own));
    }
    let mut shipped = SHIPPED.iter();
    let found = shipped.find(|shipped| shipped.name == key);
    Ok(found.map(|shipped| CampaignTemplate::shipped(cx, shipped)))
}

/// Saves what a campaign mails as a template. With `replaces`, that of this name may be there.
///
/// # Errors
/// [`CampaignError::TemplateExists`] where the name is taken, [`CampaignError::Automatic`] for a
/// weekly digest, [`CampaignError::NoPost`] where the post was deleted.
pub async fn save(
    cx: &Context,
    by: &Actor,
    id: CampaignId,
    name: &Title,
    replaces: bool,
) -> Result<CampaignTemplateId> {
    let draft = draft::draft_of(cx, id).await?;
    let kind = draft.content.kind();
    let fields = TemplateFields {
        kind,
        subject: draft.subject,
        layout: draft.layout,
        from_mailbox: draft.from,
        is_public: draft.is_public,
        is_urgent: draft.is_urgent,
        texts: draft.content.texts().to_vec(),
        variants: draft.variants,
    };
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let is_taken = campaign_templates::id_of(&mut db, name.as_str()).await?;
    if is_taken.is_some() && !replaces {
        return Err(CampaignError::TemplateExists);
    }
    let by_name = by.as_str();
    let id = campaign_templates::set(&mut db, name.as_str(), &fields, by_name, now).await?;
    audit::record(&mut db, by, AuditAction::CampaignTemplateSave, name, now).await?;
    db.commit().await?;
    Ok(id)
}

/// Gives a template that users have made another name.
///
/// # Errors
/// [`CampaignError::TemplateExists`] where the name is taken.
pub async fn rename(cx: &Context, by: &Actor, id: CampaignTemplateId, name: &Title) -> Result<()> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let renamed = campaign_templates::rename(&mut db, id, name.as_str()).await;
    renamed.map_err(|error| match error {
        StoreError::Exists => CampaignError::TemplateExists,
        other => other.into(),
    })?;
    audit::record(&mut db, by, AuditAction::CampaignTemplateSave, name, now).await?;
    db.commit().await?;
    Ok(())
}

/// Deletes a template that users have made, if it is still there.
pub async fn delete(cx: &Context, by: &Actor, id: CampaignTemplateId) -> Result<()> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let Some(row) = campaign_templates::by_id(&mut db, id).await? else {
        return Ok(());
    };
    campaign_templates::delete(&mut db, id).await?;
    let action = AuditAction::CampaignTemplateDelete;
    audit::record(&mut db, by, action, row.name, now).await?;
    db.commit().await?;
    Ok(())
}

/// Makes a draft from a template for lists.
///
/// # Errors
/// [`CampaignError::NoPost`] or [`CampaignError::NoItem`] for a template of posts, which has
/// none; else [`CampaignError`] names what is not there.
pub async fn start(
    cx: &Context,
    by: &Actor,
    template: CampaignTemplate,
    lists: Vec<ListSlug>,
    subject: Option<String>,
) -> Result<Campaign> {
    draft::create(cx, by, &draft_from(template, lists, subject)?).await
}

/// The draft that a template makes for lists.
///
/// # Errors
/// As [`start`] for a template of posts.
pub(super) fn draft_from(
    template: CampaignTemplate,
    lists: Vec<ListSlug>,
    subject: Option<String>,
) -> Result<CampaignDraft> {
    let fields = template.fields;
    let content = match fields.kind {
        ContentKind::Post => return Err(CampaignError::NoPost),
        ContentKind::Digest => return Err(CampaignError::NoItem),
        ContentKind::Weekly => return Err(CampaignError::Automatic),
        ContentKind::Series => return Err(CampaignError::OfSeries),
        ContentKind::Markdown => ContentSpec::Markdown(fields.texts),
        ContentKind::Mjml => ContentSpec::Mjml(fields.texts),
        ContentKind::Html => ContentSpec::Html(fields.texts),
    };
    Ok(CampaignDraft {
        subject: subject.unwrap_or(fields.subject),
        content,
        lists,
        selection: Selection::Everybody,
        variants: fields.variants,
        from: fields.from_mailbox,
        layout: fields.layout,
        is_public: fields.is_public,
        is_urgent: fields.is_urgent,
        embeds_pictures: false,
        calendar: CalendarChoice::None,
        attachments: Vec::new(),
    })
}

/// The email that a template makes, in a language or the next best that it has.
///
/// # Errors
/// [`CampaignError::NoText`] where it has no text of its own, or names what cannot be rendered.
pub async fn sample(
    cx: &Context,
    template: &CampaignTemplate,
    language: Language,
) -> Result<Preview> {
    let fields = &template.fields;
    let texts: Vec<CampaignText> = template.written().cloned().collect();
    if texts.is_empty() {
        return Err(CampaignError::NoText);
    }
    let content = match fields.kind {
        ContentKind::Mjml => Content::Mjml(texts),
        ContentKind::Html => Content::Html(texts),
        ContentKind::Post
        | ContentKind::Digest
        | ContentKind::Markdown
        | ContentKind::Weekly
        | ContentKind::Series => Content::Markdown(texts),
    };
    let mut db = cx.store.read().await?;
    let layout = match layouts::find(&mut db, &fields.layout).await {
        // It may have been deleted since.
        Err(CampaignError::UnknownLayout(_)) => {
            layouts::find(&mut db, default_layout(fields.kind)).await?
        }
        found => found?,
    };
    drop(db);
    let unsaved = Unsaved {
        subject: &fields.subject,
        from: None,
        variants: fields.variants.clone(),
        layout: &layout,
        content: &content,
        language,
    };
    preview::of_content(cx, unsaved, None).await
}
