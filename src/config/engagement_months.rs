//! How long what was seen of readers is kept.

use serde::{Deserialize, Serialize};

/// Months, from one to ten years of them: to keep it for ever is not what readers agree to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct EngagementMonths(u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "must be a whole number from {} to {}",
    EngagementMonths::LEAST,
    EngagementMonths::MOST
)]
pub struct OutOfBounds;

impl EngagementMonths {
    pub const LEAST: u32 = 1;
    pub const MOST: u32 = 120;

    pub fn get(self) -> u32 {
        self.0
    }
}

impl Default for EngagementMonths {
    fn default() -> Self {
        Self(24)
    }
}

impl TryFrom<u64> for EngagementMonths {
    type Error = OutOfBounds;

    fn try_from(months: u64) -> Result<Self, OutOfBounds> {
        let months = u32::try_from(months).map_err(|_| OutOfBounds)?;
        if !(Self::LEAST..=Self::MOST).contains(&months) {
            return Err(OutOfBounds);
        }
        Ok(Self(months))
    }
}

impl From<EngagementMonths> for u64 {
    fn from(months: EngagementMonths) -> u64 {
        months.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_out_of_bounds_is_refused_with_the_bounds() {
        let months = |months: u64| EngagementMonths::try_from(months).map(EngagementMonths::get);
        assert_eq!((months(1), months(120)), (Ok(1), Ok(120)));
        for wrong in [0, 121, 99_999, u64::MAX] {
            assert_eq!(months(wrong), Err(OutOfBounds), "{wrong}");
        }
        let said = OutOfBounds.to_string();
        assert_eq!(said, "must be a whole number from 1 to 120");
    }
}
