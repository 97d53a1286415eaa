//! The site's name and look, as page headers show them.

use crate::content::site::{MenuLink, Site};
use crate::text::locale::Language;
use crate::web::theme;

/// The site's name and look in one language.
#[derive(Debug, Clone, Default)]
pub struct Brand {
    /// Empty on error pages: the database may be down.
    pub name: String,
    /// The line under the name; may be empty.
    pub tagline: String,
    /// The path of the logo; empty for the default one.
    pub logo: String,
    /// The path of the style sheet with its colours and fonts; empty for the default one.
    pub theme: String,
    /// Links in the menu: label and address.
    pub menu: Vec<(String, String)>,
    /// The footer; may be empty.
    pub foot: String,
}

/// The picture that stands for links to a site without a logo.
const SHIPPED_PICTURE: &str = "/assets/img/share.png";

impl Brand {
    /// The path of the picture that stands for links to a page without one.
    pub fn picture(&self) -> &str {
        match self.logo.as_str() {
            "" => SHIPPED_PICTURE,
            logo => logo,
        }
    }

    /// The path of the icon in tabs and bookmarks.
    pub fn icon(&self) -> &str {
        match self.logo.as_str() {
            "" => "/assets/img/favicon.svg",
            logo => logo,
        }
    }

    pub fn new(site: &Site, language: Language) -> Self {
        let reader = site.reader(language);
        let link = |link: &MenuLink| (link.label(reader).to_owned(), link.url.clone());
        Self {
            name: site.name(language).to_owned(),
            tagline: site.tagline(language).to_owned(),
            logo: site
                .logo
                .as_ref()
                .map_or_else(String::new, |name| format!("/media/{name}")),
            theme: theme::path(site),
            menu: site.menu.iter().map(link).collect(),
            foot: site.foot(language).to_owned(),
        }
    }
}
