//! Which lists a user reaches.

use super::list::ListSlug;
use super::{ListId, UserId};

/// The lists that a user reaches, and with them subscribers, campaigns and reports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ListAccess {
    /// Every list.
    #[default]
    All,
    /// Some lists, or none: those of this user.
    Only(UserId, Vec<(ListId, ListSlug)>),
}

impl ListAccess {
    pub fn is_limited(&self) -> bool {
        matches!(self, Self::Only(..))
    }

    pub fn has(&self, list: ListId) -> bool {
        match self {
            Self::All => true,
            Self::Only(_, lists) => lists.iter().any(|(id, _)| *id == list),
        }
    }

    pub fn has_slug(&self, slug: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(_, lists) => lists.iter().any(|(_, one)| one.as_str() == slug),
        }
    }

    /// The user to whose lists a query is limited; 0 for none.
    pub fn limited_user(&self) -> UserId {
        match self {
            Self::All => UserId(0),
            Self::Only(user, _) => *user,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limited_user_without_lists_reaches_none() {
        let slug: ListSlug = "press".parse().unwrap();
        let none = ListAccess::Only(UserId(3), Vec::new());
        let press = ListAccess::Only(UserId(3), vec![(ListId(7), slug)]);
        assert!(ListAccess::All.has(ListId(7)) && ListAccess::All.has_slug("anything"));
        assert!(press.has(ListId(7)) && press.has_slug("press"));
        assert!(!press.has(ListId(8)) && !press.has_slug("news") && !press.has_slug(""));
        assert!(!none.has(ListId(7)) && !none.has_slug("press"));
        assert_eq!(none.limited_user(), UserId(3));
    }
}
