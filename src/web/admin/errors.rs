//! What is wrong with a form, by field.

use super::frame::sentence;

/// The faults of a form's fields; empty where all can be taken.
#[derive(Debug, Default)]
pub struct Errors(Vec<(String, String)>);

impl Errors {
    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wrong with a field, or nothing.
    pub fn at(&self, field: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| name == field);
        found.map_or("", |(_, fault)| fault)
    }

    /// Adds a fault.
    pub fn add(&mut self, field: &str, fault: impl std::fmt::Display) {
        self.0
            .push((field.to_owned(), sentence(&fault.to_string())));
    }

    /// The value that was read, or its fault noted.
    pub fn take<T, E: std::fmt::Display>(&mut self, field: &str, read: Result<T, E>) -> Option<T> {
        read.map_err(|fault| self.add(field, fault)).ok()
    }
}
