//! The places in which the join form stands.

use axum::extract::{FromRequestParts, MatchedPath, Path};
use axum::http::request::Parts;

use crate::audience::join::public_list;
use crate::store::lists::List;
use crate::web::{Failure, Web};

/// The route of a form in a frame.
pub const FRAMED: &str = "/join/{list}/embed";

/// Where a form stands.
pub enum Place {
    /// On the page for every list.
    Site,
    /// On the page of one list.
    Hosted(Box<List>),
    /// In a frame on another site.
    Embedded(Box<List>),
}

impl Place {
    /// The list that it is for alone.
    pub fn list(&self) -> Option<&List> {
        match self {
            Place::Site => None,
            Place::Hosted(list) | Place::Embedded(list) => Some(list),
        }
    }

    /// Where the form is sent.
    pub fn path(&self) -> String {
        match self {
            Place::Site => "/join".to_owned(),
            Place::Hosted(list) => format!("/join/{}", list.slug),
            Place::Embedded(list) => format!("/join/{}/embed", list.slug),
        }
    }
}

impl FromRequestParts<Web> for Place {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Failure> {
        let Ok(Path(slug)) = Path::<String>::from_request_parts(parts, web).await else {
            return Ok(Place::Site);
        };
        let list = public_list(&web.cx, &slug).await?;
        let list = Box::new(list.ok_or(Failure::NotFound)?);
        let route = parts.extensions.get::<MatchedPath>();
        match route.is_some_and(|route| route.as_str() == FRAMED) {
            true => Ok(Place::Embedded(list)),
            false => Ok(Place::Hosted(list)),
        }
    }
}
