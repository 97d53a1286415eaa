//! How a file is imported: what its columns mean, and what is done with the people in it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::field::Field;
use super::system;
use crate::model::import::{Existing, Kept, Standing, System};

/// A table of a file, as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The name of its file in an archive, or of its sheet.
    pub name: String,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// How many rows it has, those that cannot be read among them.
    pub rows: u64,
}

/// The choices of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mapping {
    /// Whose file it is.
    pub system: System,
    /// What each column means, by its name. A column that is not here is an attribute of
    /// its own name.
    pub columns: BTreeMap<String, Field>,
    /// How the people are taken, where the file does not say something stronger.
    pub standing: Standing,
    /// What is done with the details of those who are known.
    pub existing: Existing,
    /// Those who are subscribed although they left, bounced, …
    pub resubscribe: Vec<Kept>,
    /// Whether people who are new and pending are asked by email to confirm.
    pub asks_to_confirm: bool,
    /// Why people are subscribed again, or asked; kept with the evidence of their consent.
    pub reason: String,
}

impl Default for Mapping {
    fn default() -> Self {
        Self {
            system: System::Other,
            columns: BTreeMap::new(),
            standing: Standing::Confirmed,
            existing: Existing::Update,
            resubscribe: Vec::new(),
            asks_to_confirm: false,
            reason: String::new(),
        }
    }
}

/// Why the choices of an import cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// No column has the addresses.
    #[error("choose the column with the addresses; the file has: {0}")]
    NoAddress(String),
    /// A column that the file does not have.
    #[error("the file has no column {column:?}; it has: {present}")]
    NoColumn {
        /// The name.
        column: String,
        /// Those there are.
        present: String,
    },
    /// Two columns for what a person has once.
    #[error("the columns {0:?} and {1:?} cannot both be {2}")]
    Twice(String, String, Field),
    /// People are to be subscribed again for no reason.
    #[error(
        "say why people who left are subscribed again, such as how they asked for it; the reason is kept with their consent"
    )]
    NoReason,
    /// People are to be asked by email for no reason.
    #[error(
        "say why these people are asked to confirm, such as where they signed up; the reason is kept with their consent"
    )]
    NoReasonToAsk,
}

impl Mapping {
    /// What the columns of a file suggest.
    pub fn suggested(tables: &[Table]) -> Self {
        let system = tables
            .iter()
            .map(|table| system::recognised(&table.columns))
            .find(|system| *system != System::Other);
        Self::for_system(system.unwrap_or(System::Other), tables)
    }

    /// The same, where somebody says whose file it is.
    pub fn for_system(system: System, tables: &[Table]) -> Self {
        let mut mapping = Mapping {
            system,
            ..Self::default()
        };
        // What is known by its place alone comes after what has a name.
        let by_place = |column: Option<&String>, field: Field| Some((column?.clone(), field));
        for column in tables.iter().flat_map(|table| &table.columns) {
            let known = system::meaning(system, column).or_else(|| Field::suggested(column));
            let Some(field) = known else { continue };
            let is_taken = field.is_single() && mapping.has(&field);
            if !is_taken {
                mapping.columns.insert(column.clone(), field);
            }
        }
        for columns in tables.iter().map(|table| &table.columns) {
            let places = [
                by_place(system::address_column(system, columns), Field::Email),
                by_place(system::lists_column(system, columns), Field::Lists),
            ];
            for (column, field) in places.into_iter().flatten() {
                if !mapping.has(&field) {
                    mapping.columns.entry(column).or_insert(field);
                }
            }
        }
        mapping
    }

    fn has(&self, field: &Field) -> bool {
        self.columns.values().any(|one| one == field)
    }

    /// Gives a column a meaning. Another column that had it becomes an attribute, where a
    /// person has it once.
    pub fn set(&mut self, column: &str, field: Field) {
        if field.is_single() {
            self.columns.retain(|_, one| *one != field);
        }
        self.columns.insert(column.to_owned(), field);
    }

    /// The meaning of a column.
    pub fn field(&self, column: &str) -> Field {
        let named = self.columns.get(column).cloned();
        named.unwrap_or_else(|| Field::Attribute(column.to_owned()))
    }

    /// Checks the choices against a file.
    ///
    /// # Errors
    /// [`MappingError`], the first one.
    pub fn check(&self, tables: &[Table]) -> Result<(), MappingError> {
        let present = || {
            let names: Vec<&str> = tables
                .iter()
                .flat_map(|table| table.columns.iter().map(String::as_str))
                .take(100)
                .collect();
            names.join(", ")
        };
        let has = |name: &String| tables.iter().any(|table| table.columns.contains(name));
        if let Some(column) = self.columns.keys().find(|name| !has(name)) {
            return Err(MappingError::NoColumn {
                column: column.clone(),
                present: present(),
            });
        }
        let is_address = |column: &String| self.columns.get(column) == Some(&Field::Email);
        if !tables
            .iter()
            .any(|table| table.columns.iter().any(is_address))
        {
            return Err(MappingError::NoAddress(present()));
        }
        for table in tables {
            let mut seen: Vec<(&String, &Field)> = Vec::new();
            for column in &table.columns {
                let Some(field) = self.columns.get(column).filter(|field| field.is_single()) else {
                    continue;
                };
                if let Some((before, _)) = seen.iter().find(|(_, one)| *one == field) {
                    let before = (*before).clone();
                    return Err(MappingError::Twice(before, column.clone(), field.clone()));
                }
                seen.push((column, field));
            }
        }
        if !self.resubscribe.is_empty() && self.reason.trim().is_empty() {
            return Err(MappingError::NoReason);
        }
        if self.asks_to_confirm && self.reason.trim().is_empty() {
            return Err(MappingError::NoReasonToAsk);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(columns: &[&str]) -> Vec<Table> {
        vec![Table {
            name: "f.csv".to_owned(),
            columns: columns.iter().map(|&name| name.to_owned()).collect(),
            rows: 0,
        }]
    }

    #[test]
    fn columns_are_mapped_by_system_and_by_name() {
        let tables = table(&["E-Mail", "Vorname", "Nachname", "Stadt", "Mail"]);
        let mapping = Mapping::suggested(&tables);
        assert_eq!(mapping.field("E-Mail"), Field::Email);
        assert_eq!(mapping.field("Nachname"), Field::LastName);
        assert_eq!(mapping.field("Stadt"), Field::Attribute("Stadt".to_owned()));
        assert_eq!(mapping.field("Mail"), Field::Attribute("Mail".to_owned()));
        assert_eq!(mapping.check(&tables), Ok(()));

        let substack =
            Mapping::suggested(&table(&["email", "active_subscription", "email_disabled"]));
        assert_eq!(substack.system, System::Substack);
        let flag = Field::If(Standing::Unsubscribed);
        assert_eq!(substack.field("email_disabled"), flag);

        let labels = table(&["Poststelle", "MEMBER_RATING", "OPTIN_TIME"]);
        let mapping = Mapping::for_system(System::Mailchimp, &labels);
        assert_eq!(mapping.field("Poststelle"), Field::Email);
    }

    #[test]
    fn choices_that_cannot_be_followed_are_named() {
        let tables = table(&["email", "other"]);
        let with = |columns: &[(&str, Field)]| Mapping {
            columns: columns
                .iter()
                .map(|(name, field)| ((*name).to_owned(), field.clone()))
                .collect(),
            ..Mapping::default()
        };
        let none = with(&[]).check(&tables);
        assert!(matches!(none, Err(MappingError::NoAddress(_))));
        let missing = with(&[("Email", Field::Email)]).check(&tables);
        assert!(matches!(missing, Err(MappingError::NoColumn { .. })));
        let twice = with(&[("email", Field::Email), ("other", Field::Email)]).check(&tables);
        assert!(matches!(twice, Err(MappingError::Twice(..))));
        let again = Mapping {
            resubscribe: vec![Kept::Left],
            ..with(&[("email", Field::Email)])
        };
        assert_eq!(again.check(&tables), Err(MappingError::NoReason));
        let asks = Mapping {
            asks_to_confirm: true,
            ..with(&[("email", Field::Email)])
        };
        assert_eq!(asks.check(&tables), Err(MappingError::NoReasonToAsk));
    }
}
