//! The places in which the join form stands.

use crate::store::lists::List;

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
