//! Where the join form is placed.

use axum::extract::{FromRequestParts, MatchedPath, Path};
use axum::http::request::Parts;

use crate::audience::join::public_list;
use crate::store::lists::List;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// The route of an embedded form.
pub const EMBED_ROUTE: &str = "/join/{list}/embed";
/// The route of what it leads to.
pub const EMBED_SENT_ROUTE: &str = "/join/{list}/embed/sent";

/// Where a form is placed.
pub enum Placement {
    /// On `/join`, for all public lists.
    Site,
    /// On the page of one list.
    Hosted(Box<List>),
    /// In a frame on another site.
    Embedded(Box<List>),
}

impl Placement {
    /// The one list of the form.
    pub fn list(&self) -> Option<&List> {
        match self {
            Placement::Site => None,
            Placement::Hosted(list) | Placement::Embedded(list) => Some(list),
        }
    }

    /// The path that the form is sent to.
    pub fn path(&self) -> String {
        match self {
            Placement::Site => "/join".to_owned(),
            Placement::Hosted(list) => format!("/join/{}", list.slug),
            Placement::Embedded(list) => format!("/join/{}/embed", list.slug),
        }
    }
}

impl Placement {
    /// The path of the page that the form leads to.
    pub fn sent_path(&self) -> String {
        match self {
            Placement::Site | Placement::Hosted(_) => "/check-inbox".to_owned(),
            Placement::Embedded(_) => format!("{}/sent", self.path()),
        }
    }
}

impl FromRequestParts<Web> for Placement {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, HttpError> {
        let Ok(Path(slug)) = Path::<String>::from_request_parts(parts, web).await else {
            return Ok(Placement::Site);
        };
        let list = public_list(&web.cx, &slug).await?;
        let list = Box::new(list.ok_or(HttpError::NotFound)?);
        let route = parts.extensions.get::<MatchedPath>();
        let is_embedded =
            |route: &MatchedPath| matches!(route.as_str(), EMBED_ROUTE | EMBED_SENT_ROUTE);
        if route.is_some_and(is_embedded) {
            Ok(Placement::Embedded(list))
        } else {
            Ok(Placement::Hosted(list))
        }
    }
}
