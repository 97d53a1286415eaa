//! Changing the site's name, texts and appearance: the form and the API end here.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::site::{self, MenuLink, Site};
use super::{Result, media};
use crate::context::Context;
use crate::model::audit::Actor;
use crate::model::brand_kit::{Font, ProfileError, SocialProfile};
use crate::model::content::MediaKind;
use crate::text::colour::{Colour, ColourError};
use crate::text::line::{LineError, Title};
use crate::text::locale::Language;

/// Characters that a postal address may have.
const POSTAL_LIMIT: usize = 400;
/// Characters of the footer of emails in a language.
const MAIL_FOOT_LIMIT: usize = 1_000;
/// Links that the menu may have.
pub const LINKS: usize = 5;

/// Texts by language, as entered.
pub type Texts = BTreeMap<Language, String>;

/// What is to be changed, as entered. `None`, and a language that is not there, leave a part as it
/// is; an empty text takes it away.
#[derive(Debug, Clone, Default)]
pub struct SiteChange {
    pub name: Texts,
    pub tagline: Texts,
    /// The footer of pages.
    pub foot: Texts,
    /// The footer of emails.
    pub mail_foot: Texts,
    pub postal_address: Option<String>,
    /// A file name.
    pub logo: Option<String>,
    pub accent: Option<String>,
    pub heading: Option<String>,
    pub font: Option<String>,
    pub heading_font: Option<String>,
    pub profiles: Option<std::result::Result<Vec<SocialProfile>, ProfileError>>,
    /// Links without label and address are skipped.
    pub menu: Option<Vec<MenuLink>>,
}

/// What is wrong with a part of the site's settings.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SiteError {
    #[error("enter a name in at least one language")]
    NoName,
    #[error(transparent)]
    Line(#[from] LineError),
    #[error("must have at most {0} characters, and no control characters")]
    Lines(usize),
    #[error(transparent)]
    Colour(#[from] ColourError),
    #[error(transparent)]
    Font(#[from] <Font as FromStr>::Err),
    #[error(transparent)]
    Profile(#[from] ProfileError),
    #[error("choose one of the pictures")]
    Picture,
    #[error("enter the address of the link")]
    NoAddress,
    #[error("enter the text of the link in at least one language")]
    NoText,
    #[error("give a path such as /posts/about, or an address such as https://example.org/")]
    Address,
    #[error("at most {LINKS} links fit into the menu")]
    TooManyLinks,
}

/// An error and where it is: the name of a part, with `-` and the language or the number of the
/// entry in it, from 0.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteFault {
    pub field: String,
    pub error: SiteError,
}

/// Saves what is to be changed, unless something of it is wrong: then nothing is. Gives the site
/// as it is afterwards, or every fault.
///
/// # Errors
/// The database.
pub async fn change(
    cx: &Context,
    by: &Actor,
    change: SiteChange,
) -> Result<std::result::Result<Site, Vec<SiteFault>>> {
    let pictures = pictures_for(cx, &change).await?;
    // Read within the writing, so that two changes of different parts are both kept.
    let mut db = cx.store.write().await?;
    let mut site = site::read(&mut db, cx.config().language).await?;
    let mut faults = Faults::default();
    faults.apply(&mut site, change, &pictures);
    if !faults.0.is_empty() {
        return Ok(Err(faults.0));
    }
    site::save_within(cx, &mut db, by, &site).await?;
    db.commit().await?;
    Ok(Ok(site))
}

/// What is wrong with a change; saves nothing.
///
/// # Errors
/// The database.
pub async fn faults(cx: &Context, change: SiteChange) -> Result<Vec<SiteFault>> {
    let pictures = pictures_for(cx, &change).await?;
    let mut faults = Faults::default();
    faults.apply(&mut site::load(cx).await?, change, &pictures);
    Ok(faults.0)
}

async fn pictures_for(cx: &Context, change: &SiteChange) -> Result<Vec<String>> {
    match &change.logo {
        Some(logo) if !logo.trim().is_empty() => pictures(cx).await,
        _ => Ok(Vec::new()),
    }
}

/// The file names of the media that can be a logo.
///
/// # Errors
/// The database.
pub async fn pictures(cx: &Context) -> Result<Vec<String>> {
    let media = media::all(cx).await?.into_iter();
    let pictures = media.filter(|medium| medium.kind == MediaKind::Picture);
    Ok(pictures.map(|medium| medium.file_name).collect())
}

#[derive(Default)]
struct Faults(Vec<SiteFault>);

impl Faults {
    fn take<T, E: Into<SiteError>>(
        &mut self,
        field: impl Into<String>,
        read: std::result::Result<T, E>,
    ) -> Option<T> {
        let fault = |error: E| {
            self.0.push(SiteFault {
                field: field.into(),
                error: error.into(),
            });
        };
        read.map_err(fault).ok()
    }

    fn apply(&mut self, site: &mut Site, change: SiteChange, pictures: &[String]) {
        let names = !change.name.is_empty();
        let lines = [
            ("name", change.name, &mut site.name),
            ("tagline", change.tagline, &mut site.tagline),
            ("foot", change.foot, &mut site.foot),
        ];
        for (field, texts, kept) in lines {
            self.texts(field, texts, kept, line);
        }
        if names && site.name.is_empty() && self.0.is_empty() {
            self.take::<(), _>("name-en", Err(SiteError::NoName));
        }
        let read = |text: &str| lines_of(text, MAIL_FOOT_LIMIT);
        self.texts("mail_foot", change.mail_foot, &mut site.mail_foot, read);
        if let Some(text) = change.postal_address {
            let read = lines_of(&text, POSTAL_LIMIT);
            site.postal_address = self.take("postal_address", read).unwrap_or_default();
        }
        if let Some(name) = change.logo.as_deref().map(str::trim) {
            site.logo = Some(name.to_owned()).filter(|name| !name.is_empty());
            if !name.is_empty() && !pictures.iter().any(|picture| picture == name) {
                self.take::<(), _>("logo", Err(SiteError::Picture));
            }
        }
        let colours = [
            ("accent", change.accent, &mut site.accent),
            ("heading", change.heading, &mut site.heading),
        ];
        for (field, text, kept) in colours {
            if let Some(text) = text {
                *kept = self.take(field, optional(&text, readable)).flatten();
            }
        }
        let fonts = [
            ("font", change.font, &mut site.font),
            ("heading_font", change.heading_font, &mut site.heading_font),
        ];
        for (field, text, kept) in fonts {
            if let Some(text) = text {
                let read = optional(&text, |text| text.parse::<Font>());
                *kept = self.take(field, read).flatten();
            }
        }
        if let Some(profiles) = change.profiles {
            let read = profiles.and_then(SocialProfile::check_count);
            site.profiles = self.take("profiles", read).unwrap_or_default();
        }
        if let Some(menu) = change.menu {
            site.menu = self.menu(menu);
        }
    }

    fn texts(
        &mut self,
        field: &str,
        texts: Texts,
        kept: &mut BTreeMap<String, String>,
        read: impl Fn(&str) -> std::result::Result<String, SiteError>,
    ) {
        for (language, text) in texts {
            let tag = language.tag();
            kept.remove(tag);
            let text = self.take(format!("{field}-{tag}"), read(&text));
            let text = text.filter(|text| !text.is_empty());
            kept.extend(text.map(|text| (tag.to_owned(), text)));
        }
    }

    fn menu(&mut self, links: Vec<MenuLink>) -> Vec<MenuLink> {
        let mut menu = Vec::new();
        for (at, mut link) in links.into_iter().enumerate() {
            let field = format!("link-{at}");
            link.url = link.url.trim().to_owned();
            let mut label = BTreeMap::new();
            for (tag, text) in link.label {
                let text = self.take(format!("{field}-{tag}"), line(&text));
                label.extend(text.filter(|text| !text.is_empty()).map(|text| (tag, text)));
            }
            link.label = label;
            let fault = match (link.url.is_empty(), link.label.is_empty()) {
                (true, true) => continue,
                (true, false) => SiteError::NoAddress,
                (false, true) => SiteError::NoText,
                (false, false) if !site::is_address(&link.url) => SiteError::Address,
                (false, false) if menu.len() == LINKS => SiteError::TooManyLinks,
                (false, false) => {
                    menu.push(link);
                    continue;
                }
            };
            self.take::<(), _>(field, Err(fault));
        }
        menu
    }
}

/// A line that may be empty: it ends up in headers and footers.
fn line(text: &str) -> std::result::Result<String, SiteError> {
    match Title::parse(text) {
        Ok(line) => Ok(line.to_string()),
        Err(LineError::Missing) => Ok(String::new()),
        Err(error) => Err(error.into()),
    }
}

fn lines_of(text: &str, limit: usize) -> std::result::Result<String, SiteError> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    let is_plain = |c: char| c == '\n' || !c.is_control();
    if text.chars().all(is_plain) && text.chars().count() <= limit {
        Ok(text)
    } else {
        Err(SiteError::Lines(limit))
    }
}

fn optional<T, E>(
    text: &str,
    read: impl Fn(&str) -> std::result::Result<T, E>,
) -> std::result::Result<Option<T>, E> {
    match text.trim() {
        "" => Ok(None),
        text => read(text).map(Some),
    }
}

fn readable(text: &str) -> std::result::Result<Colour, ColourError> {
    let colour = text.parse::<Colour>()?;
    colour.check()?;
    Ok(colour)
}
