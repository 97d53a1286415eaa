//! What is wrong with a form, by field.
//!
//! The page shows each error twice: beside its field, by [`FormErrors::at`], and above the
//! form, where the macro `error_summary` of `templates/macros.html` lists all of them as links
//! to their fields.

use std::fmt::Display;

use crate::web::admin::wording::sentence;

/// The field of what is wrong with a form as a whole: it has no element to lead to.
pub const WHOLE: &str = "";

/// The errors of a form, in the order in which they were found. A field is named by the id of
/// its element on the page.
#[derive(Debug, Default)]
pub struct FormErrors(Vec<(String, String)>);

impl FormErrors {
    /// One error; none if the message is empty.
    pub fn one(field: &str, error: &str) -> Self {
        let mut errors = Self::default();
        errors.add(field, error);
        errors.0.retain(|(_, error)| !error.is_empty());
        errors
    }

    /// Whether the form is valid.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The error of a field, or an empty text.
    pub fn at(&self, field: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| name == field);
        found.map_or("", |(_, error)| error)
    }

    /// Every field with its error, for the summary above the form.
    pub fn faults(&self) -> Vec<(&str, &str)> {
        self.0
            .iter()
            .map(|(field, error)| (field.as_str(), error.as_str()))
            .collect()
    }

    /// Adds an error.
    pub fn add(&mut self, field: &str, error: impl Display) {
        self.0
            .push((field.to_owned(), sentence(&error.to_string())));
    }

    /// The value, or `None` after adding its error.
    pub fn take<T, E: Display>(&mut self, field: &str, read: Result<T, E>) -> Option<T> {
        read.map_err(|error| self.add(field, error)).ok()
    }
}

impl<F: Into<String>> FromIterator<(F, String)> for FormErrors {
    fn from_iter<I: IntoIterator<Item = (F, String)>>(errors: I) -> Self {
        let pairs = errors.into_iter();
        Self(pairs.map(|(field, error)| (field.into(), error)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_lists_every_error_in_order() {
        let mut errors = FormErrors::default();
        assert!(errors.is_empty() && errors.faults().is_empty());
        errors.add("email", "there is no such address");
        errors.add(WHOLE, "try again");
        let none: Option<u8> = errors.take("days", "x".parse::<u8>());
        assert_eq!((none, errors.count()), (None, 3));
        let fields: Vec<&str> = errors.faults().iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["email", "", "days"]);
        assert_eq!(errors.at("email"), "There is no such address.");
        assert_eq!(errors.at("name"), "");
    }

    #[test]
    fn an_empty_message_is_no_error() {
        assert!(FormErrors::one("limits", "").is_empty());
        assert_eq!(FormErrors::one("limits", "too few").count(), 1);
    }
}
