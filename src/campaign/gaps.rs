//! Gaps in square brackets that shipped texts leave for their author, such as `[date]`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::campaign_draft::CampaignDraft;
use super::shipped_templates::SHIPPED;
use super::{CampaignError, Result};
use crate::text::locale::Language;

/// Every gap of the shipped templates, without its brackets.
static GAPS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let languages = [Language::EN, Language::RU, Language::KK];
    let texts = SHIPPED.iter().flat_map(|one| one.texts(&languages));
    let mut gaps = BTreeSet::new();
    for text in texts {
        for part in [
            &text.subject,
            &text.text.title,
            &text.text.preheader,
            &text.text.body,
        ] {
            gaps.extend(bracketed(part).map(str::to_owned));
        }
    }
    gaps
});

/// What stands in square brackets, but for the texts of links.
pub fn bracketed(text: &str) -> impl Iterator<Item = &str> {
    text.split('[').skip(1).filter_map(|rest| {
        let (inside, after) = rest.split_once(']')?;
        // The editor of blocks writes `\[date\]`.
        let inside = inside.strip_suffix('\\').unwrap_or(inside);
        (!after.starts_with('(')).then_some(inside)
    })
}

/// Whether a shipped template has this gap.
pub fn is_of_template(gap: &str) -> bool {
    GAPS.contains(gap)
}

/// The first gap of a shipped template that is left in some texts.
pub fn first<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut gaps = texts.into_iter().flat_map(bracketed);
    gaps.find(|gap| is_of_template(gap))
}

/// Refuses a draft that nobody is going to fill in before it is sent.
///
/// # Errors
/// [`CampaignError::Gap`] names the first gap.
pub(super) fn refuse(draft: &CampaignDraft) -> Result<()> {
    let own = draft.content.texts().iter();
    let own = own.flat_map(|text| [&text.title, &text.preheader, &text.body]);
    let variants = draft.variants.iter();
    let variants = variants.flat_map(|one| [&one.subject, &one.preheader]);
    let texts = std::iter::once(&draft.subject).chain(variants).chain(own);
    match first(texts.map(String::as_str)) {
        None => Ok(()),
        Some(gap) => Err(CampaignError::Gap(gap.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_those_of_the_templates_and_no_other_brackets() {
        assert!(GAPS.contains("Name, position"), "{GAPS:?}");
        let found: Vec<&str> = bracketed(r"a [b] [c](d) \[e\] [f").collect();
        assert_eq!(found, ["b", "e"]);
        assert!(!GAPS.contains("1") && !GAPS.contains(""));
        assert!(GAPS.len() > 60, "{}", GAPS.len());
        assert_eq!(
            first(["[my own]", "Dear [Name, position]"]),
            Some("Name, position")
        );
    }
}
