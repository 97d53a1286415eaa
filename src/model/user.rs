//! Users of the admin.

pub use super::scope::{Scope, Scopes};
use super::string_enum::string_enum;

string_enum! {
    /// What a user may do.
    pub enum Role {
        /// Everything, users and keys included.
        Owner,
        /// Write, send, and see subscribers.
        Editor,
        /// Look, change nothing.
        Viewer,
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

string_enum! {
    /// Who keeps a user out.
    pub enum DisabledBy {
        /// An owner, until an owner lets them in again.
        Owner,
        /// The provider by which they sign in, until it gives them a role again.
        Provider,
    }
}

string_enum! {
    "kebab-case"
    /// A change of credentials, of which the user is notified by
    /// mail, since somebody else may have made it.
    pub enum CredentialChange {
        /// They have a password, or another one.
        PasswordSet,
        /// They have none any more.
        PasswordRemoved,
        /// They have one more passkey.
        PasskeyAdded,
        /// They have one less.
        PasskeyRemoved,
        /// They are asked for codes.
        SecondStepOn,
        /// They are not any more.
        SecondStepOff,
        /// They have one more API token.
        TokenMade,
        /// They can sign in by an account at the provider.
        ProviderLinked,
        /// They cannot any more.
        ProviderUnlinked,
        /// An owner or the operator has reset their credentials.
        Reset,
    }
}
