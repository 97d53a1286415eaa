//! Notices: mail to one person that no campaign makes.

use super::string_enum::{UnknownValue, string_enum, unknown_value};

/// What a notice is about.
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
#[strum(parse_err_ty = UnknownValue, parse_err_fn = unknown_value::<NoticeKind>)]
pub enum NoticeKind {
    /// Please confirm that you want to join.
    Confirmation,
    /// You asked to join, and are on the list already.
    AlreadySubscribed,
    /// You are on the list now.
    Welcome,
    /// A one-time sign-in link.
    SignIn,
    /// Your password, codes or tokens were changed.
    AccountChanged,
    /// A link to see or erase what is kept of you.
    PersonalData,
    /// A campaign's mail, to see it before it is sent.
    Test,
    /// A person's answer, passed on to the owner of the lists.
    Forward,
    /// Mail that another program asked for.
    Transactional,
}
string_enum!(NoticeKind);
