//! What the site is called, in each language.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Result, text_overrides};
use crate::context::Context;
use crate::store::{Db, settings};
use crate::text::colour::Colour;
use crate::text::locale::Language;
use crate::text::phrases::{Phrases, TextOverrides};

const SETTING: &str = "site";

/// The site's own words.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Site {
    /// Its name, by language tag.
    pub name: BTreeMap<String, String>,
    /// A sentence under it, by language tag.
    #[serde(default)]
    pub tagline: BTreeMap<String, String>,
    /// The file name of its emblem among the media; the shipped one where there
    /// is none.
    #[serde(default)]
    pub logo: Option<String>,
    /// What stands in place of the shipped blue.
    #[serde(default)]
    pub accent: Option<Colour>,
    /// Links of its own in the menu.
    #[serde(default)]
    pub menu: Vec<MenuLink>,
    /// A line at the foot of every page, by language tag.
    #[serde(default)]
    pub foot: BTreeMap<String, String>,
    /// Where the organisation can be reached by post, for the foot of mail; may
    /// have several lines, or be empty.
    #[serde(default)]
    pub postal_address: String,
    /// What it says in place of shipped phrases.
    #[serde(skip)]
    pub words: Arc<TextOverrides>,
}

/// A link in the menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuLink {
    /// What it says, by language tag.
    pub label: BTreeMap<String, String>,
    /// Where it leads: a path of the site, or an address elsewhere.
    pub url: String,
}

impl MenuLink {
    /// What it says in `language`, or the next best.
    pub fn label(&self, language: Language) -> &str {
        pick(&self.label, language).unwrap_or(&self.url)
    }
}

/// Whether a text can be a link's address: a path, or one of the web.
pub fn is_address(text: &str) -> bool {
    let is_path = text.starts_with('/') && !text.starts_with("//");
    let is_web = url::Url::parse(text)
        .is_ok_and(|url| matches!(url.scheme(), "https" | "http" | "mailto" | "tel"));
    (is_path || is_web) && !text.chars().any(|c| c.is_control() || c.is_whitespace())
}

impl Site {
    /// The line at the foot of every page; may be empty.
    pub fn foot(&self, language: Language) -> &str {
        pick(&self.foot, language).unwrap_or_default()
    }

    /// The phrases of the site in a language.
    pub fn phrases(&self, language: Language) -> Phrases {
        Phrases::with(language, self.words.clone())
    }

    /// The site's name in `language`, or the next best; never empty.
    pub fn name(&self, language: Language) -> &str {
        pick(&self.name, language).unwrap_or("Jarshy")
    }

    /// The sentence under the name; may be empty.
    pub fn tagline(&self, language: Language) -> &str {
        pick(&self.tagline, language).unwrap_or_default()
    }
}

fn pick(words: &BTreeMap<String, String>, language: Language) -> Option<&str> {
    [language.tag(), Language::En.tag()]
        .iter()
        .find_map(|tag| words.get(*tag))
        .or_else(|| words.values().next())
        .map(String::as_str)
        .filter(|word| !word.is_empty())
}

/// The site's words, within the caller's connection.
pub async fn read(db: &mut Db) -> Result<Site> {
    let site: Option<Site> = settings::get(db, SETTING).await?;
    Ok(Site {
        words: text_overrides::read(db).await?,
        ..site.unwrap_or_default()
    })
}

/// The site's words.
pub async fn load(cx: &Context) -> Result<Site> {
    read(&mut cx.store.read().await?).await
}

/// Sets the site's words.
pub async fn save(cx: &Context, site: &Site) -> Result<()> {
    let mut db = cx.store.write().await?;
    settings::set(&mut db, SETTING, site).await?;
    db.commit().await?;
    Ok(())
}
