//! What every public page needs: the visitor, texts and the site's name.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::content::site;
use crate::text::phrases::Phrases;
use crate::web::brand::Brand;
use crate::web::http::error::HttpError;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

pub struct PageContext {
    pub visitor: Visitor,
    pub phrases: Phrases,
    pub brand: Brand,
}

impl FromRequestParts<Web> for PageContext {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, HttpError> {
        let Ok(visitor) = Visitor::from_request_parts(parts, web).await;
        let site = site::load(&web.cx).await?;
        Ok(Self {
            phrases: site.phrases(visitor.language),
            brand: Brand::new(&site, visitor.language),
            visitor,
        })
    }
}

impl PageContext {
    /// The consent sentence of the join form.
    pub fn consent_wording(&self) -> String {
        self.phrases
            .translate_with("consent-wording", "site", &self.brand.name)
    }

    /// The sentence by which a reader agrees that opens and followed links are seen.
    pub fn engagement_wording(&self) -> String {
        self.phrases
            .translate_with("engagement-wording", "site", &self.brand.name)
    }
}
