//! What a person confirms before a campaign starts: to whom, from whom, under which subjects.

use super::{Result, filled, rendering, report};
use crate::content::site;
use crate::context::Context;
use crate::mail::Mailbox;
use crate::render::{self, Budget};
use crate::store::campaign_audience::Audience;
use crate::store::campaign_renderings::Rendering;
use crate::store::campaigns::Campaign;
use crate::store::segments::{self, Segment};
use crate::text::locale::Language;

/// What goes out if a campaign starts now.
#[derive(Debug, Clone)]
pub struct Summary {
    /// The names of its lists.
    pub lists: Vec<String>,
    /// Its segment.
    pub segment: Option<Segment>,
    /// Those who get it now, in the weekly digest, and not, as paused; `None` until they are
    /// counted.
    pub recipients: Option<Audience>,
    /// What inboxes show, in each of its languages; empty where it cannot be rendered.
    pub envelopes: Vec<Envelope>,
}

/// What inboxes show in one language.
#[derive(Debug, Clone)]
pub struct Envelope {
    pub language: Language,
    pub subject: String,
    /// `None` where no sender is configured.
    pub from: Option<Mailbox>,
}

/// The summary of a campaign to this audience, as far as it is counted, with these renderings, and
/// with its lists named in `language`.
pub async fn of(
    cx: &Context,
    campaign: &Campaign,
    audience: Option<&[Audience]>,
    renderings: &[Rendering],
    language: Language,
) -> Result<Summary> {
    let segment = segments::of_campaign(&mut cx.store.read().await?, campaign.id).await?;
    Ok(Summary {
        lists: report::list_names(cx, campaign.id, language).await?,
        segment,
        recipients: audience.map(Audience::sum),
        envelopes: envelopes(cx, campaign, renderings).await?,
    })
}

async fn envelopes(
    cx: &Context,
    campaign: &Campaign,
    renderings: &[Rendering],
) -> Result<Vec<Envelope>> {
    let site = site::load(cx).await?;
    let sender = rendering::sender(cx, campaign).ok();
    let (cx, id) = (cx.clone(), campaign.id);
    // The subjects alone: the rest is long, and filled in where it is shown.
    let subject_only = |rendering: &Rendering| Rendering {
        html: String::new(),
        text: String::new(),
        ..rendering.clone()
    };
    let mut subjects: Vec<Rendering> = renderings.iter().map(subject_only).collect();
    subjects.sort_by_key(|rendering| rendering.language);
    let work = move || {
        let envelope = |rendering: &Rendering| {
            Ok(Envelope {
                language: rendering.language,
                subject: filled::sample(&cx, &site, rendering, id)?.subject,
                from: sender
                    .as_ref()
                    .map(|sender| rendering::named(sender, &rendering.from_name)),
            })
        };
        subjects.iter().map(envelope).collect()
    };
    render::run(Budget::Interactive, work).await?
}
