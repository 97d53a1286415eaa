//! Gaps in square brackets that a ready-made text, or the template that filled an email, has left
//! for its author. A series sends by itself: with a gap in it, nobody looks before readers do.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::ready_made::READY_MADE;
use super::{Result, SeriesError};
use crate::campaign::gaps::{bracketed, is_of_template};
use crate::model::series::{EmailText, Step};
use crate::text::locale::Language;

/// Every gap of the ready-made series, without its brackets.
static GAPS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let languages = [Language::EN, Language::RU, Language::KK];
    let filled = READY_MADE
        .iter()
        .filter_map(|one| one.written_in(&languages));
    let steps: Vec<Step> = filled.flat_map(|one| one.steps).collect();
    let gaps = texts(&steps)
        .flat_map(|(_, text)| parts(text))
        .flat_map(bracketed);
    gaps.map(str::to_owned).collect()
});

/// Refuses emails with a gap that is still to be filled in.
///
/// # Errors
/// [`SeriesError::Gap`] names the first email and its gap.
pub(super) fn check(steps: &[Step]) -> Result<()> {
    for (position, text) in texts(steps) {
        if let Some(gap) = first(text) {
            return Err(SeriesError::Gap {
                position,
                subject: text.subject.clone(),
                language: text.language,
                gap: gap.to_owned(),
            });
        }
    }
    Ok(())
}

fn first(text: &EmailText) -> Option<&str> {
    let mut found = parts(text).into_iter().flat_map(bracketed);
    found.find(|gap| GAPS.contains(*gap) || is_of_template(gap))
}

fn parts(text: &EmailText) -> [&str; 3] {
    [&text.subject, &text.preheader, &text.body]
}

/// The texts of all emails, each with its step.
fn texts(steps: &[Step]) -> impl Iterator<Item = (i64, &EmailText)> {
    (1..).zip(steps).flat_map(|(position, step)| {
        let texts: &[EmailText] = match step {
            Step::Send { texts, .. } => texts,
            _ => &[],
        };
        texts.iter().map(move |text| (position, text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::ready_made::ReadyMade;

    #[test]
    fn a_gap_is_named_with_its_email_and_other_brackets_are_none() {
        let welcome = ReadyMade::find("welcome").unwrap();
        let mut steps = welcome.written_in(&[Language::EN]).unwrap().steps;
        let named = match check(&steps) {
            Err(SeriesError::Gap { position, gap, .. }) => (position, gap),
            other => panic!("{other:?}"),
        };
        assert_eq!(named.0, 3);
        assert!(GAPS.contains(&named.1), "{named:?}");
        let Step::Send { texts, .. } = &mut steps[2] else {
            panic!("an email");
        };
        texts[0].body = "We sing [see below] and [dance](https://example.org).".to_owned();
        assert!(check(&steps).is_ok());
        // As a template leaves it.
        texts_of(&mut steps)[0].subject = "From [Name, position]".to_owned();
        assert!(check(&steps).is_err());
    }

    fn texts_of(steps: &mut [Step]) -> &mut Vec<EmailText> {
        match &mut steps[0] {
            Step::Send { texts, .. } => texts,
            other => panic!("{other:?}"),
        }
    }
}
