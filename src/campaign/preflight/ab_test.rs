//! What of an A/B test should be known before it starts.

use super::Finding;
use crate::campaign::ab_test::plan::{AbTest, NOT_COUNTED, Variant};
use crate::campaign::rendering::Rendered;
use crate::campaign::{Result, clicks};
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::ab_test::Measure;

/// Checks the test itself: its lists may have changed since it was set.
pub(super) async fn check(cx: &Context, id: CampaignId, test: &AbTest) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let fields = &test.row.fields;
    if fields.measure == Measure::Clicks
        && !clicks::are_counted(&mut cx.store.read().await?, id).await?
    {
        findings.push(Finding::error(format!("A/B test: {NOT_COUNTED}")));
    }
    Ok(findings)
}

/// Compares a variant with A: in a language in which they are the same, nothing is tried.
pub(super) fn compare(variant: &Variant, a: &Rendered, rendered: &Rendered) -> Vec<Finding> {
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
        let is_same = (&own.subject, &own.from_name, &own.html)
            == (&of_a.subject, &of_a.from_name, &of_a.html);
        if is_same && variant.minutes_later == 0 {
            findings.push(Finding::warning(format!(
                "{language}: it is the same as A, so the test says nothing of these readers"
            )));
        }
    }
    findings
}
