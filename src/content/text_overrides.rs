//! Text overrides: what visitors and subscribers read instead of shipped
//! phrases, on every list or on one.

use std::sync::Arc;

use parking_lot::Mutex;

use super::Result;
use crate::account::audit;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::store::text_overrides::{self, WordsRow};
use crate::store::{Db, lists};
use crate::text::locale::{Language, Preference};
use crate::text::overrides::{self as phrases, ALL_LISTS, OverrideError};
use crate::text::phrases::TextOverrides;

/// Phrases that belong together: those of a page, an email, or a task.
#[derive(Debug, Clone, Copy)]
pub struct Group {
    /// Its name in URLs.
    pub name: &'static str,
    /// Its display name.
    pub title: &'static str,
    /// The prefixes of its keys.
    starts: &'static [&'static str],
    /// Whether lists may have their own overrides.
    pub is_of_lists: bool,
}

/// All phrases that can be overridden.
pub const GROUPS: [Group; 11] = [
    group(
        "join",
        "Join page and form",
        &["home-join-", "join-", "consent-"],
        false,
    ),
    group("sent", "Check your inbox", &["sent-"], false),
    group(
        "confirm-mail",
        "Confirmation mail",
        &["mail-confirm-"],
        true,
    ),
    group(
        "confirm",
        "Confirmation page",
        &["confirm-", "confirmed-", "expired-", "used-", "never-"],
        true,
    ),
    group("welcome-mail", "Welcome mail", &["mail-welcome-"], true),
    group(
        "already-mail",
        "Mail to who is on the list already",
        &["mail-already-"],
        true,
    ),
    group(
        "leave",
        "Leaving and goodbye",
        &["unsubscribe-", "unsubscribed-", "gone-"],
        true,
    ),
    group(
        "preferences",
        "Preferences",
        &["preferences-", "erase-", "erased-", "my-data-"],
        false,
    ),
    group(
        "campaign",
        "Around every campaign",
        &[
            "mail-campaign-",
            "mail-digest-",
            "mail-weekly-",
            "mail-text-",
        ],
        false,
    ),
    group(
        "errors",
        "What is wrong with a form",
        &["field-", "form-"],
        false,
    ),
    group(
        "site",
        "The site's pages",
        &[
            "nav-",
            "home-",
            "posts-",
            "post-",
            "events-",
            "event-",
            "media-",
            "feed-",
            "footer-",
            "archive-",
            "pages-",
            "category-",
        ],
        false,
    ),
];

const fn group(
    name: &'static str,
    title: &'static str,
    starts: &'static [&'static str],
    is_of_lists: bool,
) -> Group {
    Group {
        name,
        title,
        starts,
        is_of_lists,
    }
}

impl Group {
    /// The group of this name.
    pub fn by_name(name: &str) -> Option<Self> {
        GROUPS.into_iter().find(|group| group.name == name)
    }

    /// Its shipped phrases: key and text.
    pub fn shipped(&self, reader: Preference) -> Vec<(String, String)> {
        let mut all = phrases::shipped(reader, self.starts);
        // The short form on other pages belongs to the join page.
        if self.name == "site" {
            all.retain(|(key, _)| !key.starts_with("home-join-"));
        }
        all
    }
}

/// The overrides of what visitors and subscribers read, within the caller's connection.
pub async fn read(db: &mut Db) -> Result<Arc<TextOverrides>> {
    let rows = text_overrides::of_readers(db).await?;
    Ok(LAST_READ.of(rows))
}

/// All overrides, with those of the admin pages.
pub async fn read_with_admin(cx: &Context) -> Result<Arc<TextOverrides>> {
    let rows = text_overrides::all(&mut cx.store.read().await?).await?;
    Ok(LAST_READ_WITH_ADMIN.of(rows))
}

/// The overrides as last read: they rarely change, are needed for every
/// page, and take longer to parse than to compare.
struct LastRead(Mutex<Option<(Vec<WordsRow>, Arc<TextOverrides>)>>);

static LAST_READ: LastRead = LastRead(Mutex::new(None));
static LAST_READ_WITH_ADMIN: LastRead = LastRead(Mutex::new(None));

impl LastRead {
    fn of(&self, rows: Vec<WordsRow>) -> Arc<TextOverrides> {
        let mut last = self.0.lock();
        if let Some((_, parsed)) = last.as_ref().filter(|(known, _)| *known == rows) {
            return parsed.clone();
        }
        let parsed = Arc::new(of_rows(&rows));
        *last = Some((rows, parsed.clone()));
        parsed
    }
}

fn of_rows(rows: &[WordsRow]) -> TextOverrides {
    let of = |row: &'_ WordsRow| (row.list_id, row.language);
    TextOverrides::new(rows.iter().map(|row| {
        let (list, language) = of(row);
        (list, language, row.name.as_str(), row.text.as_str())
    }))
}

/// A phrase as admins edit it.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// Its key.
    pub key: String,
    /// The current text.
    pub text: String,
    /// The text without an override here: for a list that of all
    /// lists, otherwise the shipped one.
    pub inherited: String,
    /// The shipped text.
    pub shipped: String,
}

impl Phrase {
    /// Whether it is overridden here.
    pub fn is_changed(&self) -> bool {
        self.text != self.inherited
    }
}

/// The phrases of a group for a list, or with 0 for all.
pub async fn phrases_of(
    cx: &Context,
    group: &Group,
    list: i64,
    language: Language,
) -> Result<Vec<Phrase>> {
    let rows = text_overrides::all(&mut cx.store.read().await?).await?;
    let own = |list: i64, key: &str| {
        let mut rows = rows.iter();
        let found =
            rows.find(|row| row.list_id == list && row.language == language && row.name == key);
        found.map(|row| row.text.clone())
    };
    let phrase = |(key, shipped): (String, String)| {
        let everywhere = own(ALL_LISTS, &key).filter(|_| list != ALL_LISTS);
        let inherited = everywhere.unwrap_or_else(|| shipped.clone());
        Phrase {
            text: own(list, &key).unwrap_or_else(|| inherited.clone()),
            inherited,
            shipped,
            key,
        }
    };
    let shipped = group.shipped(cx.reader(language));
    Ok(shipped.into_iter().map(phrase).collect())
}

/// The error in an override, if any.
pub fn fault(text: &str, shipped: &str) -> Option<OverrideError> {
    phrases::check(text, shipped).err()
}

/// All overrides with these instead of a list's own, for a preview.
pub async fn imagined(
    cx: &Context,
    list: i64,
    language: Language,
    typed: &[(String, String)],
) -> Result<Arc<TextOverrides>> {
    let mut rows = text_overrides::all(&mut cx.store.read().await?).await?;
    rows.retain(|row| {
        let is_typed = typed.iter().any(|(name, _)| *name == row.name);
        !(row.list_id == list && row.language == language && is_typed)
    });
    rows.extend(typed.iter().map(|(name, text)| WordsRow {
        list_id: list,
        language,
        name: name.clone(),
        text: text.clone(),
    }));
    Ok(Arc::new(of_rows(&rows)))
}

/// Saves overrides, which must be valid; those that are
/// empty or equal to the default are deleted.
pub async fn save(
    cx: &Context,
    by: &Actor,
    group: &Group,
    list: i64,
    language: Language,
    typed: &[(String, String)],
) -> Result<()> {
    let action = if typed.is_empty() {
        AuditAction::TextsRestore
    } else {
        AuditAction::TextsChange
    };
    let phrases = phrases_of(cx, group, list, language).await?;
    let mut db = cx.store.write().await?;
    let lists = lists::all(&mut db).await?;
    let list_slug = lists.iter().find(|one| one.id.0 == list);
    let list_slug = list_slug.map_or("", |one| one.slug.as_str());
    let subject = format!("{} {list_slug} {language}", group.name);
    for phrase in phrases {
        let text = typed.iter().find(|(key, _)| *key == phrase.key);
        let text = text.map_or("", |(_, text)| text.trim());
        if text.is_empty() || text == phrase.inherited {
            text_overrides::delete(&mut db, list, language, &phrase.key).await?
        } else {
            let row = WordsRow {
                list_id: list,
                language,
                name: phrase.key,
                text: text.to_owned(),
            };
            text_overrides::set(&mut db, &row).await?;
        }
    }
    audit::record(&mut db, by, action, subject, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}
