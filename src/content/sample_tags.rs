//! Merge tags where nobody in particular reads: sample values stand for them.

use super::{Result, site};
use crate::context::Context;
use crate::mail::without_recipient::{self, AnonymousReader};
use crate::render::{self, Budget};
use crate::store::posts::Variant;

/// Fills in the merge tags of a post's words.
pub(super) async fn fill_in(cx: &Context, variant: &mut Variant) -> Result<()> {
    let texts = [
        &mut variant.title,
        &mut variant.summary,
        &mut variant.body_markdown,
    ];
    let has_tag = |text: &str| ["{{", "{%", "{#"].iter().any(|mark| text.contains(mark));
    if !texts.iter().any(|text| has_tag(text)) {
        return Ok(());
    }
    let site = site::load(cx).await?;
    let language = variant.language;
    let site_url = cx.config().public_url();
    let given = texts.map(|text| text.clone());
    let work = move || {
        let reader = site.phrases(language).translate("mail-reader");
        let anonymous = AnonymousReader {
            language,
            reader: &reader,
            site_name: site.name(language),
            site_url: &site_url,
        };
        given.map(|text| without_recipient::fill(&text, anonymous))
    };
    [variant.title, variant.summary, variant.body_markdown] =
        render::run(Budget::Interactive, work).await?;
    Ok(())
}
