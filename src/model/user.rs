//! The people at the desk.

pub use super::scope::{Scope, Scopes};
use super::word::words;

words! {
    /// What a user may do.
    Role {
        /// Everything, users and keys included.
        Owner = "owner",
        /// Write, send, and see subscribers.
        Editor = "editor",
        /// Look, change nothing.
        Viewer = "viewer",
    }
}

impl Role {
    /// Whether the role may change content, campaigns and subscribers.
    pub fn may_edit(self) -> bool {
        matches!(self, Role::Owner | Role::Editor)
    }

    /// Whether the role may manage users, tokens and keys.
    pub fn may_administer(self) -> bool {
        matches!(self, Role::Owner)
    }
}
