//! What the string enums of the model share: each derives its text from the
//! names of its variants, the same in tables, answers and pages.

use strum::VariantArray;

/// Defines a string enum; `"kebab-case"` before it replaces snake case.
macro_rules! string_enum {
    ($(#[$attribute:meta])* pub enum $name:ident { $($variants:tt)* }) => {
        string_enum! { "snake_case" $(#[$attribute])* pub enum $name { $($variants)* } }
    };
    ($case:tt $(#[$attribute:meta])* pub enum $name:ident { $($variants:tt)* }) => {
        $(#[$attribute])*
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
        #[serde(rename_all = $case)]
        #[strum(serialize_all = $case)]
        #[strum(
            parse_err_ty = crate::model::string_enum::UnknownValue,
            parse_err_fn = crate::model::string_enum::unknown_value::<$name>
        )]
        pub enum $name { $($variants)* }

        impl $name {
            /// The text as stored, in answers and on pages.
            pub fn as_str(self) -> &'static str {
                self.into()
            }
        }
    };
}
pub(super) use string_enum;

/// A text that is the name of no variant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} is none of: {known}")]
pub struct UnknownValue {
    pub(super) given: String,
    pub(super) known: String,
}

impl UnknownValue {
    pub(super) fn new(given: &str, known: String) -> Self {
        Self {
            given: given.chars().take(40).collect(),
            known,
        }
    }
}

/// The error for a text that is the name of no variant of `T`.
pub(super) fn unknown_value<T>(given: &str) -> UnknownValue
where
    T: VariantArray + Copy + Into<&'static str>,
{
    let known: Vec<&str> = T::VARIANTS
        .iter()
        .map(|variant| (*variant).into())
        .collect();
    UnknownValue::new(given, known.join(" "))
}
