//! What a notification says, the same on pages, in mail and in the API.

use crate::model::notification::{Notice, NotificationKind};
use crate::text::messages;
use crate::text::phrases::Phrases;

/// A notification in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// One line.
    pub title: String,
    /// What it means, and what to do.
    pub text: String,
    /// Why, as a sentence; may be empty.
    pub reason: String,
}

/// What `notice` says in the language of `phrases`.
pub fn told(phrases: &Phrases, notice: &Notice) -> Told {
    let key = title_key(notice.kind);
    let text_key = format!("{key}-text");
    let text = phrases
        .say(&text_key)
        .number("done", notice.done)
        .number("failed", notice.failed);
    Told {
        title: phrases.say(&key).text("name", &notice.name).into(),
        text: text.into(),
        reason: reason(phrases, &notice.reason),
    }
}

fn title_key(kind: NotificationKind) -> String {
    format!("mail-notice-{}", kind.as_str().replace('_', "-"))
}

fn reason(phrases: &Phrases, reason: &str) -> String {
    if reason.is_empty() {
        return String::new();
    }
    let said = messages::translated(phrases, reason);
    phrases
        .say("mail-notice-reason")
        .text("reason", said.trim_end_matches('.'))
        .into()
}

#[cfg(test)]
mod tests {
    use strum::VariantArray as _;

    use super::*;
    use crate::model::CampaignId;
    use crate::text::locale::Language;
    use crate::text::phrases::shipped_languages;

    #[test]
    fn every_kind_has_its_words_in_every_language() {
        for language in shipped_languages().iter() {
            let phrases = Phrases::shipped(language);
            for kind in NotificationKind::VARIANTS {
                let key = title_key(*kind);
                for key in [format!("{key}-text"), key] {
                    let said = String::from(
                        phrases
                            .say(&key)
                            .text("name", "News")
                            .number("done", 1)
                            .number("failed", 2),
                    );
                    assert!(!said.contains(&key), "{language}: {said}");
                }
            }
        }
    }

    #[test]
    fn an_end_says_how_many_and_a_failure_why() {
        let english = Phrases::shipped(Language::EN);
        let finished = Notice::campaign_finished(CampaignId(1), "News", 1200, 3);
        let said = told(&english, &finished);
        assert_eq!(said.title, "Campaign sent: News");
        assert!(
            said.text.contains("1,200") && said.text.contains('3'),
            "{said:?}"
        );
        assert_eq!(said.reason, "");
        let failed = told(&english, &Notice::backup_failed("no space left."));
        assert_eq!(failed.reason, "Reason: no space left.");
    }
}
