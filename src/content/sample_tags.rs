//! Merge tags where nobody in particular reads: sample values stand for them.

use super::{Result, site};
use crate::context::Context;
use crate::mail::without_recipient::{self, AnonymousReader};
use crate::render::{self, Budget};
use crate::text::locale::Language;

/// Fills in the merge tags of a post's texts in a language.
pub(super) async fn fill_in<const N: usize>(
    cx: &Context,
    language: Language,
    texts: [&mut String; N],
) -> Result<()> {
    let has_tag = |text: &str| ["{{", "{%", "{#"].iter().any(|mark| text.contains(mark));
    if !texts.iter().any(|text| has_tag(text)) {
        return Ok(());
    }
    let site = site::load(cx).await?;
    let site_url = cx.config().public_url();
    let given = texts.each_ref().map(|text| (*text).clone());
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
    let filled = render::run(Budget::Interactive, work).await?;
    for (text, filled) in texts.into_iter().zip(filled) {
        *text = filled;
    }
    Ok(())
}
