//! What the string enums of the model share: each derives its text from the
//! names of its variants, the same in tables, answers and pages.

use strum::VariantArray;

/// Gives a string enum its text as a method.
macro_rules! string_enum {
    ($name:ident) => {
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
