//! Errors of a form, by field.

use crate::web::admin::wording::sentence;

/// The errors of a form's fields.
#[derive(Debug, Default)]
pub struct FormErrors(Vec<(String, String)>);

impl FormErrors {
    /// Whether the form is valid.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The error of a field, or an empty text.
    pub fn at(&self, field: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| name == field);
        found.map_or("", |(_, error)| error)
    }

    /// Adds an error.
    pub fn add(&mut self, field: &str, error: impl std::fmt::Display) {
        self.0
            .push((field.to_owned(), sentence(&error.to_string())));
    }

    /// The value, or `None` after adding its error.
    pub fn take<T, E: std::fmt::Display>(&mut self, field: &str, read: Result<T, E>) -> Option<T> {
        read.map_err(|error| self.add(field, error)).ok()
    }
}
