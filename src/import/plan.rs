//! What holds for all rows of an import.

use std::collections::HashMap;

use super::mapping::Mapping;
use super::record::Record;
use crate::model::import::Standing;
use crate::model::{ImportId, ListId};

/// What holds for all rows of an import.
pub(super) struct Plan<'a> {
    pub mapping: &'a Mapping,
    /// The import, and the piece of its file.
    pub import: ImportId,
    pub piece: i64,
    /// The list of the import.
    pub list: ListId,
    /// Lists by slug and by name in lower case.
    pub lists: &'a HashMap<String, ListId>,
    /// What the evidence says of the import.
    pub origin: &'a str,
    /// Whether each new subscription is a webhook event.
    pub announces_each: bool,
}

impl Plan<'_> {
    /// The lists that a row puts its person on.
    ///
    /// # Errors
    /// Why the row is rejected: it names a list that there is not, or says that its person is on
    /// none, so that there is nothing that they consented to.
    pub(super) fn lists_of(&self, record: &Record) -> Result<Vec<ListId>, String> {
        // What phpList writes for a person on none.
        let is_none = |name: &String| name.eq_ignore_ascii_case("no lists");
        let is_on_none = !record.lists.is_empty() && record.lists.iter().all(is_none);
        if is_on_none && matches!(record.standing, Standing::Confirmed | Standing::Pending) {
            return Err(format!("{}: is on no list there", record.email));
        }
        let mut lists = vec![self.list];
        for name in record.lists.iter().filter(|name| !is_none(name)) {
            let list = self.lists.get(&name.to_lowercase());
            let list = list.ok_or_else(|| {
                format!(
                    "{}: there is no list {name:?}; create it first",
                    record.email
                )
            })?;
            if !lists.contains(list) {
                lists.push(*list);
            }
        }
        Ok(lists)
    }
}
