//! What of an A/B test should be known before it starts.

use super::Finding;
use crate::campaign::ab_test::plan::{AbTest, NOT_COUNTED, SAME_AS_A, Variant};
use crate::campaign::ab_test::{placing, verdict};
use crate::campaign::rendering::{self, Rendered};
use crate::campaign::{Result, clicks};
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::ab_test::Measure;
use crate::store::campaign_audience::Audience;
use crate::text::numbers::in_english;

/// Checks the test itself: its lists may have changed since it was set.
pub(super) async fn check(
    cx: &Context,
    id: CampaignId,
    test: &AbTest,
    audience: &[Audience],
) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let fields = &test.row.fields;
    if fields.measure == Measure::Clicks
        && !clicks::are_counted(&mut cx.store.read().await?, id).await?
    {
        findings.push(Finding::error(format!("A/B test: {NOT_COUNTED}")));
    }
    findings.extend(too_few(test, audience.iter().map(|one| one.at_once).sum()));
    Ok(findings)
}

/// Says that a test will probably end without an answer. Weekly readers take no part.
fn too_few(test: &AbTest, reached: i64) -> Option<Finding> {
    let fields = &test.row.fields;
    let least = match fields.measure {
        Measure::Clicks => placing::LEAST_FOR_CLICKS,
        _ => verdict::LEAST_SENT,
    };
    let each = placing::expected(reached, fields.share, test.variant_count());
    // An audience of nobody is a finding of its own.
    (reached > 0 && each < least).then(|| {
        Finding::warning(format!(
            "A/B test: about {} of {} readers get each variant, and below {least} the numbers decide nothing; take a larger share or fewer variants, or decide yourself",
            in_english(each),
            in_english(reached)
        ))
    })
}

/// Compares a variant with A: in a language in which they are the same, nothing is tried.
pub(super) fn compare(variant: &Variant, a: &Rendered, rendered: &Rendered) -> Vec<Finding> {
    if variant.minutes_later == 0 && rendered.is_same_as(a) {
        return vec![Finding::error(SAME_AS_A)];
    }
    let mut findings = Vec::new();
    for of_a in &a.renderings {
        let language = of_a.language.endonym();
        let own = rendered.renderings.iter();
        let Some(own) = own.into_iter().find(|one| one.language == of_a.language) else {
            findings.push(Finding::error(format!(
                "{language}: A has a text in this language, and the variant has none"
            )));
            continue;
        };
        if variant.minutes_later == 0 && rendering::are_alike(own, of_a) {
            findings.push(Finding::warning(format!(
                "{language}: it is the same as A, so the test says nothing of these readers"
            )));
        }
    }
    findings
}
