//! Checks of the files that a campaign's emails carry.

use super::Finding;
use crate::campaign::Result;
use crate::campaign::attachments::{self, Weight};
use crate::context::Context;
use crate::store::campaign_attachments::CampaignAttachment;
use crate::store::campaign_audience::Audience;
use crate::store::campaign_renderings::Rendering;
use crate::store::campaigns::Campaign;
use crate::text::numbers::in_english;

const MEGABYTE: u64 = 1024 * 1024;
/// Files of an email that weigh more are worth a thought.
const HEAVY: u64 = MEGABYTE;
/// What many mailbox providers accept at most.
const ACCEPTED: u64 = 25 * MEGABYTE;

/// What is wrong with the files of a campaign.
pub(super) async fn check(
    cx: &Context,
    campaign: &Campaign,
    renderings: &[Rendering],
    audience: &[Audience],
) -> Result<Vec<Finding>> {
    let files = attachments::of_campaign(cx, campaign.id).await?;
    let mut findings: Vec<Finding> = files
        .iter()
        .filter(|file| !file.is_there)
        .map(missing)
        .collect();
    findings.extend(files.iter().filter_map(|file| unread(file, renderings)));
    let weights = attachments::weights(cx, campaign, &files, renderings).await?;
    let limit = cx.config().attachment_limit;
    let Some(heaviest) = weights.iter().max_by_key(|weight| weight.total()) else {
        return Ok(findings);
    };
    if heaviest.exceeds(limit) {
        findings.push(over(heaviest, limit.megabytes()));
        return Ok(findings);
    }
    if heaviest.total() <= HEAVY {
        return Ok(findings);
    }
    let size = megabytes(heaviest.total());
    let language = heaviest.language.endonym();
    let recipients: i64 = audience.iter().map(Audience::reached).sum();
    findings.push(Finding::warning(match u64::try_from(recipients) {
        Ok(count @ 1..) => format!(
            "{language}: the files of an email weigh {size} MB, which makes up to {} MB for {} recipients; a link to a file weighs nothing",
            megabytes(heaviest.total().saturating_mul(count)),
            in_english(recipients)
        ),
        _ => format!(
            "{language}: the files of an email weigh {size} MB; a link to a file weighs nothing"
        ),
    }));
    if heaviest.total() > ACCEPTED {
        findings.push(Finding::warning(format!(
            "{language}: many mailbox providers refuse emails above 25 MB"
        )));
    }
    Ok(findings)
}

/// A file that was deleted.
fn missing(file: &CampaignAttachment) -> Finding {
    let name = &file.file_name;
    Finding::error(match file.media_id {
        Some(_) => format!(
            "the attached file {name} was deleted; put it back from the trash, or take it off the campaign"
        ),
        None => format!(
            "the attached file {name} was deleted for good; take it off the campaign, or upload it again"
        ),
    })
}

fn over(weight: &Weight, limit: u64) -> Finding {
    Finding::error(format!(
        "{}: the files of an email weigh {} MB as they are sent; the limit is {limit} MB (Settings, Sending)",
        weight.language.endonym(),
        megabytes(weight.total())
    ))
}

/// A file for a language in which nobody gets the campaign.
fn unread(file: &CampaignAttachment, renderings: &[Rendering]) -> Option<Finding> {
    let language = file.language?;
    if renderings.is_empty() || renderings.iter().any(|one| one.language == language) {
        return None;
    }
    Some(Finding::warning(format!(
        "{}: nobody gets the attached file {}, since the campaign has no text in this language",
        language.endonym(),
        file.name
    )))
}

/// With one digit, and never 0 for something.
fn megabytes(bytes: u64) -> String {
    let tenths = (bytes * 10).div_ceil(MEGABYTE).max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_up() {
        assert_eq!(megabytes(1), "0.1");
        assert_eq!(megabytes(MEGABYTE), "1.0");
        assert_eq!(megabytes(5 * MEGABYTE + 1), "5.1");
    }
}
