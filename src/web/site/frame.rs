//! What stands around every page: who reads it, in which words, on which site.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::content::site;
use crate::text::phrase::Phrases;
use crate::web::{Failure, Visitor, Web};

/// The site as its masthead names it, in the reader's language.
#[derive(Debug, Clone, Default)]
pub struct Brand {
    /// The site's name; empty where it cannot be asked for, as on a page for
    /// when the database is away.
    pub name: String,
    /// The sentence under it; may be empty.
    pub tagline: String,
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
        let brand = Brand {
            name: site.name(visitor.language).to_owned(),
            tagline: site.tagline(visitor.language).to_owned(),
        };
        Ok(Self {
            phrases: site.phrases(visitor.language),
            visitor,
            brand,
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
