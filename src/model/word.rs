//! Enums whose words stand in the database, the API and the pages alike.

/// Defines an enum of words, each with the one text that stands for it.
macro_rules! words {
    (
        $(#[$doc:meta])*
        $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $text)] $variant),+
        }

        // By hand: the derive does not see through a macro's `rename` and would
        // describe the names of the variants.
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                crate::model::word::schema(&[$($text),+])
            }
        }

        impl utoipa::ToSchema for $name {}

        impl $name {
            /// Every word, in its order of definition.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word as it stands in tables, answers and pages.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::model::word::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok($name::$variant),)+
                    _ => Err(crate::model::word::UnknownWord {
                        given: text.chars().take(40).collect(),
                        known: concat!($($text, " "),+).trim_end(),
                    }),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = crate::model::word::UnknownWord;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }
    };
}

pub(crate) use words;

/// The OpenAPI schema of an enum of these words.
pub(crate) fn schema(words: &[&str]) -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
    use utoipa::openapi::schema::{ObjectBuilder, Type};
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(words.iter().copied()))
        .into()
}

/// A word that is none of those an enum knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} is none of: {known}")]
pub struct UnknownWord {
    pub(crate) given: String,
    pub(crate) known: &'static str,
}
