//! Checks before a campaign is sent, as far as they need neither network nor
//! time. The others are in [`crate::deliverability::readiness`].

use serde::{Deserialize, Serialize};

use super::ab_test::plan::AbTest;
use super::piece::Piece;
use super::rendering::{self, Rendered};
use super::{CampaignError, Result, audience, filled};
use crate::context::Context;
use crate::mail::message::would_be_clipped;
use crate::model::campaign::ContentKind;
use crate::store::campaign_audience::Audience;
use crate::store::campaign_renderings::Rendering;
use crate::store::campaigns::{self, Campaign};
use crate::text::numbers::in_english;

mod ab_test;
mod attachments;
mod calendar;
mod client_support;
mod gaps;
pub mod links;
mod text_checks;
mod translations;

/// Something an admin should know before a campaign is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Whether it prevents the start.
    pub is_error: bool,
    /// What is wrong, and what to do.
    pub text: String,
}

impl Finding {
    /// Something that prevents the start.
    pub fn error(text: impl Into<String>) -> Self {
        Self {
            is_error: true,
            text: text.into(),
        }
    }

    /// Something worth a look that does not prevent the start.
    pub fn warning(text: impl Into<String>) -> Self {
        Self {
            is_error: false,
            text: text.into(),
        }
    }
}

/// The findings on a campaign, errors first, and its renderings.
#[derive(Debug)]
pub struct Checked {
    /// Empty where the campaign is ready.
    pub findings: Vec<Finding>,
    /// What was checked; empty where it cannot be rendered.
    pub renderings: Vec<Rendering>,
    /// The same of the variants of its A/B test beside A.
    pub variants: Vec<Rendering>,
    /// What the renderings were made of.
    pub pieces: Vec<Piece>,
}

/// Checks a campaign; errors first. No finding means that it is ready.
pub async fn check(cx: &Context, campaign: &Campaign) -> Result<Vec<Finding>> {
    let (checked, _) = check_rendered(cx, campaign).await?;
    Ok(checked.findings)
}

/// Checks a campaign as [`check`] does; gives also the renderings that were
/// checked, so that they are what is sent, and the readers that were counted for it.
pub async fn check_rendered(cx: &Context, campaign: &Campaign) -> Result<(Checked, Vec<Audience>)> {
    let now = cx.clock.now();
    let audience = audience::count(&mut cx.store.read().await?, campaign.id, now).await?;
    let checked = check_for(cx, campaign, Some(&audience)).await?;
    Ok((checked, audience))
}

/// The same for an audience that was just counted. Without one, nothing is said of it: whatever
/// decides over a start has counted it.
pub async fn check_for(
    cx: &Context,
    campaign: &Campaign,
    audience: Option<&[Audience]>,
) -> Result<Checked> {
    let mut findings = Vec::new();
    if cx.config().smtp_url.is_none() {
        findings.push(Finding::error(
            "no relay is configured; add one under Settings, Relays",
        ));
    }
    if let Err(error) = rendering::sender(cx, campaign) {
        findings.push(Finding::error(error.to_string()));
    }
    // The readers of an email of a series are those who are to come.
    if let Some(audience) = audience.filter(|_| campaign.kind != ContentKind::Series) {
        if audience.is_empty() {
            findings.push(Finding::error("the lists have no confirmed subscriber yet"));
        } else if audience.iter().all(|one| one.reached() == 0) {
            findings.push(Finding::error("everybody on the lists has paused mail"));
        }
    }
    let mail = check_mail(cx, campaign, audience.unwrap_or_default()).await?;
    findings.extend(mail.findings);
    findings.sort_by_key(|finding| !finding.is_error);
    Ok(Checked {
        findings,
        renderings: mail.renderings,
        variants: mail.variants,
        pieces: mail.pieces,
    })
}

/// Checks content and sender of a campaign, but not its audience.
pub async fn check_content(cx: &Context, campaign: &Campaign) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    if let Err(error) = rendering::sender(cx, campaign) {
        findings.push(Finding::error(error.to_string()));
    }
    findings.extend(check_mail(cx, campaign, &[]).await?.findings);
    Ok(findings)
}

/// The findings when a campaign started.
pub async fn at_start(cx: &Context, campaign: &Campaign) -> Result<Vec<Finding>> {
    let mut db = cx.store.read().await?;
    let kept = campaigns::start_findings(&mut db, campaign.id).await?;
    Ok(serde_json::from_str(&kept).unwrap_or_default())
}

/// Checks what is mailed, in each variant.
async fn check_mail(cx: &Context, campaign: &Campaign, audience: &[Audience]) -> Result<Checked> {
    let mut a = match rendering::render_pieces(cx, campaign).await {
        Ok(rendered) => rendered,
        Err(error) => {
            return Ok(Checked {
                findings: vec![unrendered(error)?],
                renderings: Vec::new(),
                variants: Vec::new(),
                pieces: Vec::new(),
            });
        }
    };
    let mut findings = check_rendering(cx, campaign, audience, &a).await?;
    let mut variants = Vec::new();
    if let Some(test) = AbTest::of_campaign(&mut cx.store.read().await?, campaign.id).await? {
        let of_a = findings.clone();
        findings.extend(ab_test::check(cx, campaign.id, &test, audience).await?);
        for variant in &test.variants {
            let letter = variant.variant.letter();
            let found = match rendering::render_variant(cx, campaign, &a, variant).await {
                Ok(rendered) => {
                    let mut found = check_rendering(cx, campaign, audience, &rendered).await?;
                    found.extend(ab_test::compare(variant, &a, &rendered));
                    variants.extend(rendered.renderings);
                    found
                }
                Err(error) => vec![unrendered(error)?],
            };
            let own = found.into_iter().filter(|one| !of_a.contains(one));
            findings.extend(own.map(|one| Finding {
                text: format!("Variant {letter}: {}", one.text),
                ..one
            }));
        }
    }
    Ok(Checked {
        findings,
        renderings: std::mem::take(&mut a.renderings),
        variants,
        pieces: a.pieces,
    })
}

/// Why an email cannot be rendered, as a finding; what passes is an error still.
fn unrendered(error: CampaignError) -> Result<Finding> {
    if error.is_internal() {
        return Err(error);
    }
    Ok(Finding::error(error.to_string()))
}

async fn check_rendering(
    cx: &Context,
    campaign: &Campaign,
    audience: &[Audience],
    rendered: &Rendered,
) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let Rendered {
        pieces,
        subjects,
        renderings,
        missing_snippets,
        postal_lines,
    } = rendered;
    // Nobody can shorten what the system makes: Gmail clips it at the end,
    // which is better than not sending it.
    let is_written = campaign.kind != ContentKind::Weekly;
    findings.extend(missing_snippets.iter().map(|missing| Finding {
        // A gap is better than no digest of the week.
        is_error: is_written,
        text: format!(
            "{}: there is no snippet “{}”, and the mail would have a gap in its place; create it, or take it out of the text",
            missing.language.endonym(),
            missing.name
        ),
    }));
    findings.extend(check_texts(cx, renderings, audience, is_written));
    findings.extend(text_checks::check_preheaders(pieces, subjects));
    findings.extend(text_checks::check_languages(subjects));
    findings.extend(text_checks::check_pasted_html(pieces));
    findings.extend(text_checks::check_subjects(renderings));
    findings.extend(gaps::check(pieces, renderings));
    findings.extend(client_support::check(pieces, renderings));
    let site_url = cx.config().public_url();
    for rendering in renderings {
        findings.extend(text_checks::check_body(rendering, &site_url));
        findings.extend(text_checks::check_pictures(rendering));
        findings.extend(text_checks::check_typed_links(rendering));
        findings.extend(text_checks::check_postal_address(rendering, postal_lines));
    }
    findings.extend(calendar::check(campaign.calendar, renderings));
    findings.extend(translations::check(cx, campaign, renderings).await?);
    findings.extend(attachments::check(cx, campaign, renderings, audience).await?);
    Ok(findings)
}

fn check_texts(
    cx: &Context,
    renderings: &[Rendering],
    audience: &[Audience],
    must_fit: bool,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rendering in renderings {
        let language = rendering.language.endonym();
        if would_be_clipped(&rendering.html) {
            findings.push(Finding {
                is_error: must_fit,
                text: format!(
                    "{language}: the mail has {} KB; Gmail cuts mails off at 102 KB and hides the way to unsubscribe",
                    rendering.html.len() / 1024
                ),
            });
        }
        if rendering.html.contains("alt=\"\"") || has_picture_without_alt(&rendering.html) {
            findings.push(Finding::warning(format!(
                "{language}: a picture has no alternative text"
            )));
        }
    }
    for one in audience.iter().filter(|one| one.reached() > 0) {
        let (spoken, count) = (one.language.parse().ok(), one.reached());
        let has_own = renderings
            .iter()
            .any(|rendering| Some(rendering.language) == spoken);
        let stand_in = spoken.and_then(|language| filled::pick(renderings, cx.reader(language)));
        if let (false, Some(language), Some(stand_in)) = (has_own, spoken, stand_in) {
            findings.push(Finding::warning(format!(
                "{} subscribers read {}, which the post lacks; they get {}",
                in_english(count),
                language.endonym(),
                stand_in.language.endonym()
            )));
        }
    }
    findings
}

fn has_picture_without_alt(html: &str) -> bool {
    html.split("<img ").skip(1).any(|rest| {
        let tag = rest.split('>').next().unwrap_or_default();
        !tag.contains("alt=")
    })
}
