//! Changing phrases of a language: checked one by one, so that a bad one does not stop the rest.

use std::collections::{HashMap, HashSet};

use super::{Entry, Reach, merged};
use crate::account::audit;
use crate::content::Result;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::store::text_overrides::{self, WordsRow};
use crate::text::locale::Language;
use crate::text::overrides::{ALL_LISTS, OverrideError};
use crate::text::translation_check::check_translation;

/// A phrase to change.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// Its key.
    pub key: String,
    /// Its new text; empty for the shipped one, or none.
    pub text: String,
    /// The [mark](Entry::mark) of the text that the change was made from, if it matters.
    pub seen: Option<String>,
}

/// Why a phrase is not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// No phrase has this key.
    #[error("there is no text with this key")]
    Unknown,
    /// It is of the admin pages.
    #[error("only an owner may change the texts of the admin pages")]
    OwnersOnly,
    /// It came before, with another text or the same.
    #[error("this key comes twice")]
    Twice,
    /// A line of a file that begins no phrase.
    #[error("this line is not a text: a key, an equals sign and the text are expected")]
    NotPhrase,
    /// The text is invalid.
    #[error(transparent)]
    Text(#[from] OverrideError),
    /// Somebody else has changed it.
    #[error("someone else has changed this text meanwhile")]
    Overtaken,
}

/// A phrase that is not changed, and why.
#[derive(Debug, Clone)]
pub struct Refused {
    /// Its key; empty where a line has none.
    pub key: String,
    /// Where it is in a file.
    pub line: Option<usize>,
    /// Why.
    pub error: PhraseError,
}

/// What a change of one phrase does.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its key.
    pub key: String,
    /// What it says before; empty for nothing.
    pub before: String,
    /// What it says after; empty for nothing.
    pub after: String,
    /// What is stored; nothing where the shipped text is shown again.
    own: Option<String>,
}

/// What changes come to.
#[derive(Debug, Clone, Default)]
pub struct Balance {
    /// Those that change something.
    pub steps: Vec<Step>,
    /// How many say what is there already.
    pub unchanged: usize,
    /// Those that are not made.
    pub refused: Vec<Refused>,
}

/// What changes would come to. Nothing is changed.
pub async fn preview(
    cx: &Context,
    language: Language,
    changes: &[Change],
    reach: Reach,
) -> Result<Balance> {
    let rows = text_overrides::of_language(&mut cx.store.read().await?, language).await?;
    Ok(balance(language, &rows, changes, reach))
}

/// Makes the changes that can be made.
pub async fn apply(
    cx: &Context,
    by: &Actor,
    language: Language,
    changes: &[Change],
    reach: Reach,
) -> Result<Balance> {
    let mut db = cx.store.write().await?;
    let rows = text_overrides::of_language(&mut db, language).await?;
    let balance = balance(language, &rows, changes, reach);
    for step in &balance.steps {
        match &step.own {
            Some(text) => {
                let row = WordsRow {
                    list_id: ALL_LISTS,
                    language,
                    name: step.key.clone(),
                    text: text.clone(),
                };
                text_overrides::set(&mut db, &row).await?;
            }
            None => text_overrides::delete(&mut db, ALL_LISTS, language, &step.key).await?,
        }
    }
    if !balance.steps.is_empty() {
        let are_all_restored = balance.steps.iter().all(|step| step.own.is_none());
        let action = if are_all_restored {
            AuditAction::TextsRestore
        } else {
            AuditAction::TextsChange
        };
        let subject = subject(language, &balance.steps);
        audit::record(&mut db, by, action, subject, cx.clock.now()).await?;
        db.commit().await?;
    }
    Ok(balance)
}

/// Keys that the audit log names.
const NAMED: usize = 5;

fn subject(language: Language, steps: &[Step]) -> String {
    let keys: Vec<&str> = steps.iter().map(|step| step.key.as_str()).collect();
    let named = keys[..keys.len().min(NAMED)].join(" ");
    match keys.len().saturating_sub(NAMED) {
        0 => format!("{language} {named}"),
        more => format!("{language} {named} and {more} more"),
    }
}

fn balance(language: Language, rows: &[WordsRow], changes: &[Change], reach: Reach) -> Balance {
    let own: HashMap<String, String> = rows
        .iter()
        .map(|row| (row.name.clone(), row.text.clone()))
        .collect();
    let entries = merged(language, Reach::Everything, &own);
    let entries: HashMap<&str, &Entry> = entries
        .iter()
        .map(|entry| (entry.english.key.as_str(), entry))
        .collect();
    let mut balance = Balance::default();
    let mut keys = HashSet::new();
    for change in changes {
        let entry = entries.get(change.key.as_str()).copied();
        let step = match (keys.insert(change.key.as_str()), entry) {
            (false, _) => Err(PhraseError::Twice),
            (true, None) => Err(PhraseError::Unknown),
            (true, Some(entry)) => step(entry, change, reach),
        };
        match step {
            Ok(Some(step)) => balance.steps.push(step),
            Ok(None) => balance.unchanged += 1,
            Err(error) => balance.refused.push(Refused {
                key: change.key.clone(),
                line: None,
                error,
            }),
        }
    }
    balance
}

/// What a change does, or nothing where the phrase says so already.
fn step(
    entry: &Entry,
    change: &Change,
    reach: Reach,
) -> std::result::Result<Option<Step>, PhraseError> {
    let text = change.text.trim();
    let shipped = entry.shipped.as_deref().unwrap_or_default();
    let after = if text.is_empty() { shipped } else { text };
    if after == entry.current() {
        return Ok(None);
    }
    if !reach.has(entry.english) {
        return Err(PhraseError::OwnersOnly);
    }
    if change
        .seen
        .as_ref()
        .is_some_and(|seen| *seen != entry.mark())
    {
        return Err(PhraseError::Overtaken);
    }
    if after != shipped {
        let english = entry.english;
        check_translation(after, &english.text, english.is_of_admin())?;
    }
    Ok(Some(Step {
        key: entry.english.key.clone(),
        before: entry.current().to_owned(),
        after: after.to_owned(),
        own: (after != shipped).then(|| after.to_owned()),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(key: &str, text: &str) -> Change {
        Change {
            key: key.to_owned(),
            text: text.to_owned(),
            seen: None,
        }
    }

    #[test]
    fn a_bad_phrase_does_not_stop_the_rest() {
        let changes = [
            change("join-title", "Lista"),
            change("join-title", "Lista"),
            change("no-such-key", "x"),
            change("admin-save", "Zapisz"),
            change("mail-confirm-subject", "{ $site"),
            change("mail-confirm-subject-x", ""),
            change("nav-events", "Wydarzenia"),
        ];
        let polish: Language = "pl".parse().unwrap();
        let made = balance(polish, &[], &changes, Reach::Readers);
        let keys: Vec<&str> = made.steps.iter().map(|step| step.key.as_str()).collect();
        assert_eq!(keys, ["join-title", "nav-events"]);
        let errors: Vec<PhraseError> = made.refused.into_iter().map(|one| one.error).collect();
        assert_eq!(
            errors,
            [
                PhraseError::Twice,
                PhraseError::Unknown,
                PhraseError::OwnersOnly,
                PhraseError::Text(OverrideError::Syntax),
                PhraseError::Unknown,
            ]
        );
    }

    #[test]
    fn the_shipped_text_takes_the_override_away_and_a_newer_one_is_kept() {
        let russian = crate::text::catalogue::shipped(Language::RU);
        let shipped = &russian["join-title"];
        let row = WordsRow {
            list_id: ALL_LISTS,
            language: Language::RU,
            name: "join-title".to_owned(),
            text: "Рассылка клуба".to_owned(),
        };
        let of = |change: Change| {
            let rows = std::slice::from_ref(&row);
            balance(Language::RU, rows, &[change], Reach::Readers)
        };
        for text in ["", shipped] {
            let made = of(change("join-title", text));
            assert_eq!(made.steps[0].own, None);
            assert_eq!(made.steps[0].after, *shipped);
        }
        assert_eq!(of(change("join-title", "Рассылка клуба")).unchanged, 1);
        let late = Change {
            seen: Some(super::super::mark(shipped)),
            ..change("join-title", "Ещё одна")
        };
        assert_eq!(of(late).refused[0].error, PhraseError::Overtaken);
    }
}
