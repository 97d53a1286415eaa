//! Sharing out the rows of a piece among transactions that are written at once.
//!
//! PostgreSQL works for one connection on one core, and the most of an import is its work. So the
//! rows of a piece go over two connections, by address: those about one person are in one lane, in
//! the order of the file. A piece is done when all its lanes are. SQLite has one writer, who takes
//! all lanes in one transaction.

use std::collections::HashMap;

use super::ahead::ReadRow;
use super::balance::Balance;
use crate::model::import::Standing;
use crate::model::tag::Tag;

/// How many lanes there are. An interrupted import goes on by them, so where this changes, none may
/// be running.
const LANES: u8 = 2;

/// A set of lanes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Lanes(u8);

impl Lanes {
    const NONE: Self = Self(0);
    const ALL: Self = Self((1 << LANES) - 1);

    /// As it is stored: the sum of 2ⁿ for each lane n.
    pub(super) fn from_stored(bits: i64) -> Self {
        u8::try_from(bits).map_or(Self::NONE, Self)
    }

    pub(super) fn to_stored(self) -> i64 {
        i64::from(self.0)
    }

    /// The lane of a person.
    fn of(key: &str) -> Self {
        // Written out, since it has to be the same in the next release.
        let hash = |hash: u8, byte: u8| hash.wrapping_mul(31).wrapping_add(byte);
        Self(1 << (key.bytes().fold(0, hash) % LANES))
    }

    fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn are_all(self) -> bool {
        self.has(Self::ALL)
    }

    fn except(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    fn each(self) -> impl Iterator<Item = Self> {
        (0..LANES)
            .map(|lane| Self(1 << lane))
            .filter(move |lane| self.has(*lane))
    }
}

/// What one transaction writes of a piece.
#[derive(Default)]
pub(super) struct Part {
    pub lanes: Lanes,
    pub rows: Vec<ReadRow>,
    /// Further people of it, who have been looked at in an earlier piece, by their standing.
    pub repeated: Vec<Standing>,
}

/// The parts of a piece that are left where the lanes of `done` are done: one for each, or one for
/// all of them.
pub(super) fn parts(rows: Vec<ReadRow>, done: Lanes, for_each: bool) -> Vec<Part> {
    let left = Lanes::ALL.except(done);
    let mut parts: Vec<Part> = if for_each {
        left.each().map(Part::of).collect()
    } else {
        vec![Part::of(left)]
    };
    for row in rows {
        let key = row.record.as_ref().map_or("", |one| one.key.as_str());
        let lane = Lanes::of(key);
        // None where it is done.
        if let Some(part) = parts.iter_mut().find(|part| part.lanes.has(lane)) {
            part.rows.push(row);
        }
    }
    parts
}

impl Part {
    fn of(lanes: Lanes) -> Self {
        Self {
            lanes,
            ..Self::default()
        }
    }
}

/// How far a pass is.
pub(super) struct Done {
    pub pieces: i64,
    /// The lanes of the next piece that are done.
    pub lanes: Lanes,
    /// What came of it.
    pub balance: Balance,
}

impl Done {
    /// With further lanes of the next piece.
    pub(super) fn with(&self, lanes: Lanes, balance: &Balance) -> Self {
        let lanes = self.lanes.and(lanes);
        let is_piece_done = lanes.are_all();
        let mut next = Self {
            pieces: self.pieces + i64::from(is_piece_done),
            lanes: if is_piece_done { Lanes::NONE } else { lanes },
            balance: self.balance.clone(),
        };
        next.balance.add(balance);
        next
    }
}

/// Gives each tag the spelling of its first row: the lanes of a piece do not see each other's.
pub(super) fn spell_alike(rows: &mut [ReadRow]) {
    let mut spellings: HashMap<String, Tag> = HashMap::new();
    let records = rows.iter_mut().filter_map(|row| row.record.as_mut().ok());
    for tag in records.flat_map(|record| &mut record.tags) {
        let first = spellings.entry(tag.key()).or_insert_with(|| tag.clone());
        first.clone_into(tag);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::ahead::Place;

    fn unreadable(line: u64) -> ReadRow {
        ReadRow {
            at: Place { number: 0, line },
            record: Err(String::new()),
        }
    }

    #[test]
    fn a_person_stays_in_one_lane_and_both_lanes_have_people() {
        let lanes: Vec<i64> = (0..1_000)
            .map(|n| Lanes::of(&format!("reader{n}@x.example")).to_stored())
            .collect();
        let first = lanes.iter().filter(|lane| **lane == 1).count();
        assert!((400..=600).contains(&first), "{first} of 1,000");
        assert_eq!(
            first + lanes.iter().filter(|lane| **lane == 2).count(),
            1_000
        );
        // What an import goes by that the release before has begun.
        assert_eq!(lanes[..8], [2, 1, 2, 1, 2, 1, 2, 1]);
    }

    #[test]
    fn what_is_done_is_in_no_part() {
        // What cannot be read has no address, and so one lane.
        let lane = Lanes::of("");
        let other = Lanes::ALL.except(lane);
        for for_each in [true, false] {
            let counts = |done| -> Vec<usize> {
                let parts = parts((0..3).map(unreadable).collect(), done, for_each);
                parts.iter().map(|part| part.rows.len()).collect()
            };
            assert_eq!(counts(Lanes::NONE).iter().sum::<usize>(), 3);
            assert_eq!(counts(lane), [0]);
            assert_eq!(counts(other), [3]);
        }
        assert!(lane.and(other).are_all());
        assert!(!lane.are_all());
        assert_eq!(Lanes::from_stored(other.to_stored()), other);
    }
}
