//! What an admin sets of a campaign, before it starts.

use serde::{Deserialize, Serialize};

use super::attachments::Attached;
use super::content::Content;
use super::content_spec::ContentSpec;
use super::lifecycle::by_id;
use super::{CampaignError, Result, require_own};
use crate::context::Context;
use crate::model::calendar::CalendarChoice;
use crate::model::list::ListSlug;
use crate::model::list_access::ListAccess;
use crate::model::segment::Rule;
use crate::model::{CampaignId, SegmentId};
use crate::store::campaign_contents::{self, CampaignVariant};
use crate::store::segments::Segment;
use crate::store::{campaign_attachments, campaigns, segments};
use crate::text::line::Title;

/// What an admin sets of a campaign.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CampaignDraft {
    /// The subject line; may hold personal parts.
    pub subject: String,
    /// What it mails.
    pub content: ContentSpec,
    /// Whom it goes to.
    pub lists: Vec<ListSlug>,
    /// The part of them that it goes to.
    pub selection: Selection,
    /// What inboxes show of it, in the languages that have something of their own.
    pub variants: Vec<CampaignVariant>,
    /// The sender, where it is not the configured one.
    pub from: Option<String>,
    /// The name of its layout.
    pub layout: String,
    /// Whether visitors may read it in the archive.
    pub is_public: bool,
    /// Whether it goes at once to those who read weekly, too.
    pub is_urgent: bool,
    /// Whether its own pictures are inside the email rather than loaded from the site.
    #[serde(default)]
    pub embeds_pictures: bool,
    /// Whether it brings its events to the readers' calendars.
    #[serde(default)]
    pub calendar: CalendarChoice,
    /// The files that it carries, in this order.
    #[serde(default)]
    pub attachments: Vec<Attached>,
}

/// The part of its lists that a campaign goes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Selection {
    /// Everybody on them.
    Everybody,
    /// Those of a segment that was saved by a name.
    Segment(SegmentId),
    /// Those who fulfil conditions of the campaign's own.
    Conditions {
        rule: Rule,
        /// The name to save them by, for other campaigns.
        name: Option<Title>,
    },
}

impl Selection {
    /// That of a campaign with this segment.
    pub(super) fn of(segment: Option<Segment>) -> Self {
        match segment {
            Some(segment) if segment.is_of_one_campaign() => Self::Conditions {
                rule: segment.rule,
                name: None,
            },
            other => other.map(|segment| segment.id).into(),
        }
    }

    /// What is set where this is asked for and the campaign has `present`.
    ///
    /// A rule may ask for any list. Users who are limited to some lists choose no other than the
    /// one that is there, and leave a campaign's own conditions as they are.
    pub(super) fn within<'a>(&'a self, access: &ListAccess, present: &'a Self) -> Result<&'a Self> {
        match (self, present) {
            _ if !access.is_limited() => Ok(self),
            (_, Self::Conditions { .. }) => Ok(present),
            (Self::Everybody, _) => Ok(self),
            _ if self == present => Ok(self),
            _ => Err(CampaignError::UnknownSegment),
        }
    }
}

impl From<Option<SegmentId>> for Selection {
    fn from(segment: Option<SegmentId>) -> Self {
        segment.map_or(Self::Everybody, Self::Segment)
    }
}

/// The draft that a campaign was made of.
///
/// # Errors
/// [`CampaignError::NoPost`] where its post was deleted,
/// [`CampaignError::Automatic`] for a weekly digest.
pub async fn draft_of(cx: &Context, id: CampaignId) -> Result<CampaignDraft> {
    let campaign = by_id(cx, id).await?;
    require_own(&campaign)?;
    let content = Content::of_campaign(cx, &campaign).await?;
    let mut db = cx.store.read().await?;
    let segment = segments::of_campaign(&mut db, id).await?;
    let attachments = campaign_attachments::of_campaign(&mut db, id).await?;
    Ok(CampaignDraft {
        subject: campaign.subject,
        content: content.spec(),
        lists: campaigns::list_slugs(&mut db, id).await?,
        selection: Selection::of(segment),
        variants: campaign_contents::variants(&mut db, id).await?,
        from: campaign.from_mailbox,
        layout: campaign.layout,
        is_public: campaign.is_public,
        is_urgent: campaign.is_urgent,
        embeds_pictures: campaign.embeds_pictures,
        calendar: campaign.calendar,
        attachments: attachments.into_iter().map(Attached::from).collect(),
    })
}

/// A draft in the one form in which two that say the same are equal.
pub(super) fn normal(draft: &CampaignDraft) -> CampaignDraft {
    let mut draft = draft.clone();
    draft.subject = draft.subject.trim().to_owned();
    let from = draft.from.as_deref().map(str::trim);
    draft.from = from.filter(|from| !from.is_empty()).map(str::to_owned);
    draft.lists.sort_by(|a, b| a.as_str().cmp(b.as_str()));
    draft.lists.dedup();
    let texts = match &mut draft.content {
        ContentSpec::Post(_) => None,
        ContentSpec::Digest { texts, .. }
        | ContentSpec::Markdown(texts)
        | ContentSpec::Mjml(texts)
        | ContentSpec::Html(texts) => Some(texts),
    };
    if let Some(texts) = texts {
        texts.sort_by_key(|text| text.language);
        // A text has one preheader, as in the form: that of the language where both are set.
        for variant in &mut draft.variants {
            let own = texts
                .iter_mut()
                .find(|text| text.language == variant.language);
            if let Some(text) = own
                && !variant.preheader.is_empty()
            {
                text.preheader = std::mem::take(&mut variant.preheader);
            }
        }
    }
    draft.variants.retain(|variant| !variant.is_empty());
    draft.variants.sort_by_key(|variant| variant.language);
    draft
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::campaign_contents::CampaignText;
    use crate::text::locale::Language;

    #[test]
    fn a_normal_draft_is_the_same_once_more() {
        let text = CampaignText {
            language: Language::EN,
            title: "Hello".to_owned(),
            preheader: String::new(),
            body: "One.".to_owned(),
        };
        let draft = CampaignDraft {
            subject: " S ".to_owned(),
            content: ContentSpec::Markdown(vec![text]),
            lists: vec!["press".parse().unwrap(), "news".parse().unwrap()],
            selection: Selection::Everybody,
            variants: vec![CampaignVariant {
                language: Language::EN,
                preheader: "First".to_owned(),
                ..CampaignVariant::default()
            }],
            from: Some(" ".to_owned()),
            layout: "letter".to_owned(),
            is_public: true,
            is_urgent: false,
            embeds_pictures: false,
            calendar: CalendarChoice::None,
            attachments: Vec::new(),
        };
        let once = normal(&draft);
        assert_eq!(normal(&once), once);
        assert_eq!((once.subject.as_str(), &once.from), ("S", &None));
        assert!(once.variants.is_empty());
        let ContentSpec::Markdown(texts) = &once.content else {
            panic!("{once:?}");
        };
        assert_eq!(texts[0].preheader, "First");
    }
}
