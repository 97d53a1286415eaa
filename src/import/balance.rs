//! The balance sheet of an import: how many people of each standing in the file meet which
//! outcome.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use strum::VariantArray as _;

use crate::model::import::{Outcome, Standing};

/// Counts of people. Each row of the file is counted once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Balance {
    /// By standing in the file, then by outcome.
    #[schema(value_type = BTreeMap<String, BTreeMap<String, i64>>)]
    pub people: BTreeMap<String, BTreeMap<String, i64>>,
    /// Rows that cannot be read.
    pub rejected: i64,
    /// Rows with a language that is not offered; such people get the installation's.
    pub other_languages: i64,
    /// People who are new and pending and are asked by email to confirm.
    pub asked: i64,
}

impl Balance {
    /// Counts one person.
    pub fn count(&mut self, standing: Standing, outcome: Outcome) {
        let row = self.people.get_mut(standing.as_str());
        if let Some(count) = row.and_then(|row| row.get_mut(outcome.as_str())) {
            *count += 1;
            return;
        }
        let row = self.people.entry(standing.as_str().to_owned()).or_default();
        row.insert(outcome.as_str().to_owned(), 1);
    }

    /// Adds what another sheet counted.
    pub fn add(&mut self, other: &Balance) {
        for (standing, outcomes) in &other.people {
            let row = self.people.entry(standing.clone()).or_default();
            for (outcome, count) in outcomes {
                *row.entry(outcome.clone()).or_default() += count;
            }
        }
        self.rejected += other.rejected;
        self.other_languages += other.other_languages;
        self.asked += other.asked;
    }

    /// The people of one standing with one outcome.
    pub fn get(&self, standing: Standing, outcome: Outcome) -> i64 {
        let row = self.people.get(standing.as_str());
        let count = row.and_then(|row| row.get(outcome.as_str()));
        count.copied().unwrap_or_default()
    }

    /// The people with one outcome.
    pub fn total(&self, outcome: Outcome) -> i64 {
        if outcome == Outcome::Rejected {
            return self.rejected;
        }
        let all = Standing::VARIANTS.iter();
        all.map(|standing| self.get(*standing, outcome)).sum()
    }

    /// The people of one standing.
    pub fn in_file(&self, standing: Standing) -> i64 {
        let row = self.people.get(standing.as_str());
        row.map_or(0, |row| row.values().sum())
    }

    /// People who are new and pending, and whom nobody asks to confirm: they are erased when the
    /// time to do so has passed.
    pub fn unasked(&self) -> i64 {
        (self.get(Standing::Pending, Outcome::Added) - self.asked).max(0)
    }

    /// All rows.
    pub fn rows(&self) -> i64 {
        let people = self.people.values().flat_map(BTreeMap::values);
        people.sum::<i64>() + self.rejected
    }

    /// People who stay without mail although the file has them as recipients.
    pub fn kept(&self) -> i64 {
        let kept = [
            Outcome::Left,
            Outcome::Blocked,
            Outcome::Bounced,
            Outcome::Complained,
            Outcome::Erased,
        ];
        kept.into_iter().map(|outcome| self.total(outcome)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_counted_once() {
        let mut sheet = Balance::default();
        sheet.count(Standing::Confirmed, Outcome::Added);
        sheet.count(Standing::Confirmed, Outcome::Left);
        sheet.count(Standing::Bounced, Outcome::Added);
        sheet.count(Standing::Pending, Outcome::Added);
        sheet.count(Standing::Pending, Outcome::Added);
        sheet.asked += 1;
        sheet.rejected += 1;
        let mut both = sheet.clone();
        both.add(&sheet);
        assert_eq!((both.rows(), both.kept()), (12, 2));
        assert_eq!(both.in_file(Standing::Confirmed), 4);
        assert_eq!(both.total(Outcome::Added), 8);
        assert_eq!((both.asked, both.unasked()), (2, 2));
        assert_eq!(both.total(Outcome::Rejected), 2);
    }
}
