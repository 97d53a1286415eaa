//! Who gets which variant: a keyed digest of campaign and reader decides, so that it is the same
//! whenever it is asked for, depends on nothing that is known of the reader, and cannot be foreseen
//! by anybody outside.

use crate::model::ab_test::AbVariant;
use crate::model::{CampaignId, ListId, SubscriberId};
use crate::token::KeyRing;

/// The attribute under which the part of a reader is filled into links. Others do not have it.
pub const ATTRIBUTE: &str = "jarshy_test_part";
/// Readers that a part of a variant has at least: clicks of fewer could be somebody's.
const PART_READERS: i64 = 25;
/// Fewer parts say too little of how much chance does.
const LEAST_PARTS: i64 = 4;
/// Readers of a variant below which its clicks do not decide.
pub const LEAST_FOR_CLICKS: i64 = PART_READERS * LEAST_PARTS;
const MOST_PARTS: i64 = 10;
/// Lists by which clicks are counted.
const MOST_LISTS: usize = 20;
/// The share is drawn in hundredths of a percent.
const DRAW: u64 = 10_000;

/// A number from a keyed digest: one of a few independent ones.
fn number(digest: &[u8; 32], which: usize) -> u64 {
    let bytes = digest.iter().skip(which * 8).take(8);
    bytes.fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
}

/// The variant of a reader, of the first `count`; `None` for those whom the test leaves out.
pub fn variant_of(
    keys: &KeyRing,
    campaign: CampaignId,
    reader: SubscriberId,
    share: i64,
    count: usize,
) -> Option<AbVariant> {
    let digest = keys.ab_digest(campaign.0, reader.0);
    let share = u64::try_from(share).unwrap_or(0) * (DRAW / 100);
    if number(&digest, 0) % DRAW >= share {
        return None;
    }
    let at = number(&digest, 1) % (count.max(1) as u64);
    AbVariant::first(count).nth(usize::try_from(at).unwrap_or(0))
}

/// How many of so many readers each of `count` variants is expected to reach.
pub fn expected(reached: i64, share: i64, count: usize) -> i64 {
    let of_variant = i128::from(reached) * i128::from(share) / 100 / (count.max(1) as i128);
    i64::try_from(of_variant).unwrap_or(i64::MAX)
}

/// The part of a variant in which a reader's clicks are counted.
pub fn part_of(keys: &KeyRing, campaign: CampaignId, reader: SubscriberId, parts: i64) -> i64 {
    let digest = keys.ab_digest(campaign.0, reader.0);
    let part = number(&digest, 2) % u64::try_from(parts.max(1)).unwrap_or(1);
    i64::try_from(part).unwrap_or(0)
}

/// By which lists clicks are counted, and in how many parts of each variant of each list; no part
/// where a part would be too small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClickPlan {
    pub lists: Vec<i64>,
    pub parts: i64,
}

impl ClickPlan {
    /// `readers` are those of each list that a variant is expected to reach, in the order of the
    /// lists.
    pub fn of(readers: &[(i64, i64)]) -> Self {
        let mut large: Vec<(i64, i64)> = readers.to_vec();
        large.retain(|(_, readers)| *readers >= LEAST_FOR_CLICKS);
        large.truncate(MOST_LISTS);
        let smallest = match large.iter().map(|(_, readers)| *readers).min() {
            Some(smallest) => smallest,
            None => readers.iter().map(|(_, readers)| *readers).sum(),
        };
        let parts = match smallest / PART_READERS {
            few if few < LEAST_PARTS => 0,
            enough => enough.min(MOST_PARTS),
        };
        Self {
            lists: large.into_iter().map(|(list, _)| list).collect(),
            parts,
        }
    }

    /// The list with which a reader's clicks are counted: the last one has also those of lists that
    /// are too small.
    pub fn list_of(&self, list: ListId) -> i64 {
        if self.lists.contains(&list.0) {
            return list.0;
        }
        self.lists.last().copied().unwrap_or(0)
    }
}

/// What a link says of its reader: a variant, a list and a part, each of many readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub variant: AbVariant,
    pub list: i64,
    pub part: i64,
}

impl Part {
    /// As it stands at the end of a link.
    pub fn code(self) -> String {
        format!("~{}{}-{}", self.variant, self.list, self.part)
    }

    /// A link's token, and the part if it names one.
    pub fn split(text: &str) -> (&str, Option<Self>) {
        let Some((token, code)) = text.split_once('~') else {
            return (text, None);
        };
        let read = || {
            let variant = code.get(..1)?.parse().ok()?;
            let (list, part) = code.get(1..)?.split_once('-')?;
            Some(Self {
                variant,
                list: list.parse().ok()?,
                part: part.parse().ok()?,
            })
        };
        (token, read())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn keys() -> KeyRing {
        KeyRing::parse("0123456789abcdef0123456789abcdef").unwrap()
    }

    #[test]
    fn a_tenth_takes_part_in_equal_variants_and_another_campaign_draws_anew() {
        let keys = keys();
        let of =
            |campaign, reader| variant_of(&keys, CampaignId(campaign), SubscriberId(reader), 10, 3);
        let mut counts: BTreeMap<Option<AbVariant>, i64> = BTreeMap::new();
        let mut in_both = 0;
        for reader in 1..=30_000 {
            *counts.entry(of(7, reader)).or_default() += 1;
            assert_eq!(of(7, reader), of(7, reader));
            in_both += i64::from(of(7, reader).is_some() && of(8, reader).is_some());
        }
        // Binomial: 1,000 each, with a standard deviation of 31; 300 with one of 17.
        for variant in AbVariant::first(3) {
            let count = counts[&Some(variant)];
            assert!((880..=1120).contains(&count), "{counts:?}");
        }
        assert!((230..=370).contains(&in_both), "{in_both}");
        assert!(!counts.contains_key(&Some(AbVariant::D)));
        for reader in 1..=500 {
            let all = variant_of(&keys, CampaignId(1), SubscriberId(reader), 100, 2);
            assert!(all.is_some());
            let part = part_of(&keys, CampaignId(1), SubscriberId(reader), 7);
            assert!((0..7).contains(&part));
        }
    }

    #[test]
    fn a_new_key_in_front_moves_nobody() {
        let old = keys();
        let text = "fedcba9876543210fedcba9876543210,0123456789abcdef0123456789abcdef";
        let new = KeyRing::parse(text).unwrap();
        for reader in 1..=50 {
            let of = |keys| variant_of(keys, CampaignId(1), SubscriberId(reader), 50, 4);
            assert_eq!(of(&old), of(&new));
        }
    }

    #[test]
    fn no_part_is_small_enough_to_be_somebodys() {
        let plan = |readers: &[(i64, i64)]| ClickPlan::of(readers);
        let of = |lists: &[i64], parts| ClickPlan {
            lists: lists.to_vec(),
            parts,
        };
        assert_eq!(plan(&[(1, 99)]), of(&[], 0));
        assert_eq!(plan(&[(1, 60), (2, 60)]), of(&[], 4));
        assert_eq!(plan(&[(1, 125), (2, 60)]), of(&[1], 5));
        assert_eq!(plan(&[(1, 5_000), (2, 60), (3, 150)]), of(&[1, 3], 6));
        assert_eq!(plan(&[(1, 5_000), (2, 9_000)]), of(&[1, 2], 10));
        let mixed = plan(&[(1, 125), (2, 60)]);
        assert_eq!(mixed.list_of(ListId(1)), 1);
        assert_eq!(mixed.list_of(ListId(2)), 1);
        assert_eq!(of(&[], 4).list_of(ListId(2)), 0);
    }

    #[test]
    fn a_link_names_a_part_and_nobody() {
        let part = Part {
            variant: AbVariant::B,
            list: 12,
            part: 7,
        };
        assert_eq!(part.code(), "~b12-7");
        assert_eq!(Part::split("abc_-9~b12-7"), ("abc_-9", Some(part)));
        assert_eq!(Part::split("abc"), ("abc", None));
        for broken in [
            "abc~",
            "abc~b",
            "abc~x1-1",
            "abc~b1",
            "abc~b-1-",
            "abc~жb1-1",
        ] {
            assert_eq!(Part::split(broken), ("abc", None), "{broken}");
        }
    }
}
