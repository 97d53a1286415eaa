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

words! {
    /// A change of how somebody proves who they are, which they are told of by
    /// mail: whoever made it may not have been them.
    CredentialChange {
        /// They have a password, or another one.
        PasswordSet = "password-set",
        /// They have none any more.
        PasswordRemoved = "password-removed",
        /// They are asked for codes.
        SecondStepOn = "second-step-on",
        /// They are not any more.
        SecondStepOff = "second-step-off",
        /// They have one more API token.
        TokenMade = "token-made",
        /// An owner, or whoever runs the server, has let them in again.
        Reset = "reset",
    }
}
