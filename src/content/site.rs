//! The site's name, texts and appearance.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Result, text_overrides};
use crate::account::audit;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::brand_kit::{Font, SocialProfile};
use crate::store::{Db, settings};
use crate::text::colour::Colour;
use crate::text::locale::{Language, Preference};
use crate::text::phrases::{Phrases, TextOverrides};

pub const SETTING: &str = "site";

/// The site's own settings.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Site {
    /// Its name, by language tag.
    pub name: BTreeMap<String, String>,
    /// A sentence under it, by language tag.
    #[serde(default)]
    pub tagline: BTreeMap<String, String>,
    /// The file name of its emblem among the media; without one, the shipped
    /// emblem.
    #[serde(default)]
    pub logo: Option<String>,
    /// The accent colour instead of the shipped blue.
    #[serde(default)]
    pub accent: Option<Colour>,
    /// The colour of headings instead of that of the text.
    #[serde(default)]
    pub heading: Option<Colour>,
    /// The font of texts instead of the shipped one.
    #[serde(default)]
    pub font: Option<Font>,
    /// The font of headings instead of the shipped one.
    #[serde(default)]
    pub heading_font: Option<Font>,
    /// Where the organisation is on social networks.
    #[serde(default)]
    pub profiles: Vec<SocialProfile>,
    /// Custom links in the menu.
    #[serde(default)]
    pub menu: Vec<MenuLink>,
    /// The footer of every page, by language tag.
    #[serde(default)]
    pub foot: BTreeMap<String, String>,
    /// What emails say at their end, by language tag; may have several lines.
    #[serde(default)]
    pub mail_foot: BTreeMap<String, String>,
    /// The organisation's postal address, for the footer of emails; may
    /// have several lines, or be empty.
    #[serde(default)]
    pub postal_address: String,
    /// Its own language, for what is not written in a reader's.
    #[serde(skip)]
    pub language: Language,
    /// Overrides of shipped phrases.
    #[serde(skip)]
    pub words: Arc<TextOverrides>,
}

/// A link in the menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuLink {
    /// Its label, by language tag.
    pub label: BTreeMap<String, String>,
    /// Its target: a path of the site, or a URL.
    pub url: String,
}

impl MenuLink {
    /// Its label for a reader.
    pub fn label(&self, reader: Preference) -> &str {
        pick(&self.label, reader).unwrap_or(&self.url)
    }
}

/// Whether a text is a valid target: a path or a web URL.
pub fn is_address(text: &str) -> bool {
    let is_path = text.starts_with('/') && !text.starts_with("//");
    let is_web = url::Url::parse(text)
        .is_ok_and(|url| matches!(url.scheme(), "https" | "http" | "mailto" | "tel"));
    (is_path || is_web) && !text.chars().any(|c| c.is_control() || c.is_whitespace())
}

impl Site {
    /// How a text is chosen for a reader of this language.
    pub fn reader(&self, language: Language) -> Preference {
        Preference {
            reader: language,
            site: self.language,
        }
    }

    /// The footer of every page; may be empty.
    pub fn foot(&self, language: Language) -> &str {
        pick(&self.foot, self.reader(language)).unwrap_or_default()
    }

    /// What emails say at their end, line by line.
    pub fn mail_foot(&self, language: Language) -> Vec<String> {
        let text = pick(&self.mail_foot, self.reader(language));
        lines(text.unwrap_or_default())
    }

    /// The postal address, line by line.
    pub fn postal_lines(&self) -> Vec<String> {
        lines(&self.postal_address)
    }

    /// The phrases of the site in a language.
    pub fn phrases(&self, language: Language) -> Phrases {
        Phrases::with(language, self.words.clone()).on_site_in(self.language)
    }

    /// The site's name in `language`, or the next best; never empty.
    pub fn name(&self, language: Language) -> &str {
        pick(&self.name, self.reader(language)).unwrap_or("Jarshy")
    }

    /// The sentence under the name; may be empty.
    pub fn tagline(&self, language: Language) -> &str {
        pick(&self.tagline, self.reader(language)).unwrap_or_default()
    }
}

fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

fn pick(words: &BTreeMap<String, String>, reader: Preference) -> Option<&str> {
    reader
        .pick_tagged(words)
        .map(String::as_str)
        .filter(|word| !word.is_empty())
}

/// The settings of a site whose own language is this, within the caller's connection.
pub async fn read(db: &mut Db, language: Language) -> Result<Site> {
    let site: Option<Site> = settings::get(db, SETTING).await?;
    Ok(Site {
        language,
        words: text_overrides::read(db).await?,
        ..site.unwrap_or_default()
    })
}

/// The site's settings.
pub async fn load(cx: &Context) -> Result<Site> {
    read(&mut cx.store.read().await?, cx.config().language).await
}

/// Saves the site's settings.
pub async fn save(cx: &Context, by: &Actor, site: &Site) -> Result<()> {
    let mut db = cx.store.write().await?;
    save_within(cx, &mut db, by, site).await?;
    db.commit().await?;
    Ok(())
}

/// The same within the caller's transaction.
pub(super) async fn save_within(cx: &Context, db: &mut Db, by: &Actor, site: &Site) -> Result<()> {
    settings::set(db, SETTING, site).await?;
    let what = "name and appearance";
    audit::record(db, by, AuditAction::SiteSave, what, cx.clock.now()).await?;
    Ok(())
}
