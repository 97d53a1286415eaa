//! What stands around every page: who reads it, in which words, on which site.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::content::site::{self, MenuLink, Site};
use crate::text::locale::Language;
use crate::text::phrases::Phrases;
use crate::web::{Failure, Visitor, Web};

/// The site as its masthead names it, in the reader's language.
#[derive(Debug, Clone, Default)]
pub struct Brand {
    /// The site's name; empty where it cannot be asked for, as on a page for
    /// when the database is away.
    pub name: String,
    /// The sentence under it; may be empty.
    pub tagline: String,
    /// The path of its emblem; empty for the shipped one.
    pub logo: String,
    /// The address of the style sheet with its colour; empty for the shipped one.
    pub theme: String,
    /// Its own links in the menu: what each says and where it leads.
    pub menu: Vec<(String, String)>,
    /// The line at the foot of every page; may be empty.
    pub foot: String,
}

impl Brand {
    /// The site as readers of `language` see it.
    pub fn new(site: &Site, language: Language) -> Self {
        let link = |link: &MenuLink| (link.label(language).to_owned(), link.url.clone());
        Self {
            name: site.name(language).to_owned(),
            tagline: site.tagline(language).to_owned(),
            logo: site
                .logo
                .as_ref()
                .map_or_else(String::new, |name| format!("/media/{name}")),
            // The colour in the address lets browsers keep the sheet.
            theme: site.accent.map_or_else(String::new, |accent| {
                format!("/theme.css?{}", accent.to_string().trim_start_matches('#'))
            }),
            menu: site.menu.iter().map(link).collect(),
            foot: site.foot(language).to_owned(),
        }
    }
}

/// What every page's context begins with.
pub struct Frame {
    pub visitor: Visitor,
    pub phrases: Phrases,
    pub brand: Brand,
}

impl FromRequestParts<Web> for Frame {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Failure> {
        let Ok(visitor) = Visitor::from_request_parts(parts, web).await;
        let site = site::look(&web.cx).await?;
        Ok(Self {
            phrases: site.phrases(visitor.language),
            brand: Brand::new(&site, visitor.language),
            visitor,
        })
    }
}

impl Frame {
    /// The sentence that one agrees to by joining, as this reader sees it.
    pub fn consent_wording(&self) -> String {
        self.phrases
            .say1("consent-wording", "site", &self.brand.name)
    }
}
