//! Users of the admin.

pub use super::scope::{Scope, Scopes};
use super::string_enum::{UnknownValue, string_enum, unknown_value};

/// What a user may do.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[strum(parse_err_ty = UnknownValue, parse_err_fn = unknown_value::<Role>)]
pub enum Role {
    /// Everything, users and keys included.
    Owner,
    /// Write, send, and see subscribers.
    Editor,
    /// Look, change nothing.
    Viewer,
}
string_enum!(Role);

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

/// A change of credentials, of which the user is notified by
/// mail, since somebody else may have made it.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[strum(parse_err_ty = UnknownValue, parse_err_fn = unknown_value::<CredentialChange>)]
pub enum CredentialChange {
    /// They have a password, or another one.
    PasswordSet,
    /// They have none any more.
    PasswordRemoved,
    /// They are asked for codes.
    SecondStepOn,
    /// They are not any more.
    SecondStepOff,
    /// They have one more API token.
    TokenMade,
    /// An owner or the operator has reset their credentials.
    Reset,
}
string_enum!(CredentialChange);
