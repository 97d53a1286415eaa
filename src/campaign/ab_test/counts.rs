//! What a test has counted: totals by variant and list, of people who are known to have done
//! something anyway, and of clicks by parts of many readers.

use serde::{Deserialize, Serialize};

use super::placing::ClickPlan;
use super::plan::AbTest;
use super::statistics::Cell;
use crate::model::ListId;
use crate::model::ab_test::{AbVariant, Measure};
use crate::store::ab_tests::counts;
use crate::store::{Db, Result, lists, reports};

/// The numbers of one variant, of one list or of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    /// Emails that a relay accepted and that did not come back.
    pub sent: i64,
    pub left: i64,
    pub complaints: i64,
    pub replies: i64,
}

/// A list, with the numbers of each variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListNumbers {
    pub list: i64,
    /// Empty for a list that was deleted.
    pub name: String,
    pub variants: Vec<Numbers>,
}

/// Lists that are counted together, with the emails and the clicks of each variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClickNumbers {
    pub list: i64,
    pub sent: Vec<i64>,
    /// By variant and part.
    pub parts: Vec<Vec<i64>>,
}

/// All numbers of a test.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// A reader of several lists counts with the first.
    pub lists: Vec<ListNumbers>,
    /// `None` where clicks are not counted.
    pub clicks: Option<Vec<ClickNumbers>>,
}

impl Counts {
    /// The numbers of a test: those at its end, where its deliveries are no longer known.
    pub async fn load(db: &mut Db, test: &AbTest, is_folded: bool) -> Result<Self> {
        if is_folded {
            return Ok(serde_json::from_str(&test.row.counts).unwrap_or_default());
        }
        let id = test.row.campaign_id;
        let variants = test.variant_count();
        let mut found: Vec<ListNumbers> = Vec::new();
        for row in counts::reached(db, id).await? {
            if let Some(own) = numbers(&mut found, variants, (row.variant, row.list_id)) {
                own.sent += row.sent;
                own.complaints += row.complaints;
            }
        }
        for row in counts::left(db, id).await? {
            if let Some(own) = numbers(&mut found, variants, (row.variant, row.list_id)) {
                own.left += row.count;
            }
        }
        for row in counts::replies(db, id).await? {
            if let Some(own) = numbers(&mut found, variants, (row.variant, row.list_id)) {
                own.replies += row.count;
            }
        }
        found.sort_by_key(|one| one.list);
        for list in lists::all(db).await? {
            let own = found.iter_mut().find(|one| one.list == list.id.0);
            if let Some(own) = own {
                own.name = list.name;
            }
        }
        let clicks = match reports::clicks(db, id).await? {
            Some(_) => Some(clicks(db, test, &found).await?),
            None => None,
        };
        Ok(Self {
            lists: found,
            clicks,
        })
    }

    /// A variant's numbers over all lists.
    pub fn total(&self, variant: usize) -> Numbers {
        let mut sum = Numbers::default();
        for one in self
            .lists
            .iter()
            .filter_map(|one| one.variants.get(variant))
        {
            sum.sent += one.sent;
            sum.left += one.left;
            sum.complaints += one.complaints;
            sum.replies += one.replies;
        }
        sum
    }

    /// A variant's clicks; `None` where they are not counted.
    pub fn total_clicks(&self, variant: usize) -> Option<i64> {
        let all = self.clicks.as_ref()?.iter();
        let own = all.filter_map(|one| one.parts.get(variant));
        Some(own.flatten().sum())
    }

    /// A and another variant in each stratum of a measure.
    pub fn strata(&self, measure: Measure, variant: usize) -> Vec<(Cell, Cell)> {
        let people = |count: fn(&Numbers) -> i64| {
            let cell = |numbers: &Numbers| Cell {
                sent: numbers.sent,
                count: count(numbers),
                parts: Vec::new(),
            };
            let both = self.lists.iter().filter_map(|one| {
                let (a, other) = (one.variants.first()?, one.variants.get(variant)?);
                Some((cell(a), cell(other)))
            });
            both.collect()
        };
        match measure {
            Measure::Left => people(|one| one.left),
            Measure::Complaints => people(|one| one.complaints),
            Measure::Replies => people(|one| one.replies),
            Measure::Person => Vec::new(),
            Measure::Clicks => {
                let all = self.clicks.iter().flatten();
                let cell = |one: &ClickNumbers, variant: usize| {
                    let parts = one.parts.get(variant)?.clone();
                    Some(Cell {
                        sent: *one.sent.get(variant)?,
                        count: parts.iter().sum(),
                        parts,
                    })
                };
                all.filter_map(|one| Some((cell(one, 0)?, cell(one, variant)?)))
                    .collect()
            }
        }
    }
}

/// The numbers of a variant on a list, which is added if it is new; `None` for a variant that the
/// test does not have.
fn numbers(
    found: &mut Vec<ListNumbers>,
    variants: usize,
    (variant, list): (AbVariant, i64),
) -> Option<&mut Numbers> {
    let at = match found.iter().position(|one| one.list == list) {
        Some(at) => at,
        None => {
            found.push(ListNumbers {
                list,
                name: String::new(),
                variants: vec![Numbers::default(); variants],
            });
            found.len() - 1
        }
    };
    found[at].variants.get_mut(variant.index())
}

async fn clicks(db: &mut Db, test: &AbTest, lists: &[ListNumbers]) -> Result<Vec<ClickNumbers>> {
    let (plan, variants) = (test.click_plan(), test.variant_count());
    let parts = usize::try_from(plan.parts.max(1)).unwrap_or(1);
    let mut found: Vec<ClickNumbers> = Vec::new();
    for one in lists {
        let at = position(&mut found, plan.list_of(ListId(one.list)), variants, parts);
        for (sum, numbers) in found[at].sent.iter_mut().zip(&one.variants) {
            *sum += numbers.sent;
        }
    }
    for row in counts::clicks(db, test.row.campaign_id).await? {
        let at = position(&mut found, row.list_id, variants, parts);
        let part = usize::try_from(row.part).unwrap_or(usize::MAX);
        let own = found[at].parts.get_mut(row.variant.index());
        if let Some(count) = own.and_then(|parts| parts.get_mut(part)) {
            *count += row.clicks;
        }
    }
    Ok(found)
}

/// The place of a list among those found, where it is added if it is new.
fn position(found: &mut Vec<ClickNumbers>, list: i64, variants: usize, parts: usize) -> usize {
    if let Some(at) = found.iter().position(|one| one.list == list) {
        return at;
    }
    found.push(ClickNumbers {
        list,
        sent: vec![0; variants],
        parts: vec![vec![0; parts]; variants],
    });
    found.len() - 1
}

/// Whether a part that a link names is one of a test: anybody can write links.
pub fn has_part(plan: &ClickPlan, list: i64, part: i64) -> bool {
    let is_list = plan.lists.contains(&list) || (plan.lists.is_empty() && list == 0);
    is_list && (0..plan.parts.max(1)).contains(&part)
}
