//! How often a subscriber gets campaigns' mail, and for how long none.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::string_enum::string_enum;

string_enum! {
    /// How often a subscriber wants mail.
    pub enum Frequency {
        /// Each campaign by itself.
        Each,
        /// What a week has brought, in one mail.
        Weekly,
    }
}

string_enum! {
    /// For how long mail may be paused by one press.
    pub enum PauseSpan {
        /// 14 days.
        #[serde(rename = "2w")]
        #[strum(serialize = "2w")]
        TwoWeeks,
        /// To the same day of the next month.
        #[serde(rename = "1m")]
        #[strum(serialize = "1m")]
        OneMonth,
        /// Of three months on.
        #[serde(rename = "3m")]
        #[strum(serialize = "3m")]
        ThreeMonths,
        /// Of six months on.
        #[serde(rename = "6m")]
        #[strum(serialize = "6m")]
        SixMonths,
    }
}

impl PauseSpan {
    fn span(self) -> Span {
        match self {
            PauseSpan::TwoWeeks => 14.days(),
            PauseSpan::OneMonth => 1.month(),
            PauseSpan::ThreeMonths => 3.months(),
            PauseSpan::SixMonths => 6.months(),
        }
    }
}

/// How long a pause may be asked to last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PauseRequest {
    /// So long from today on.
    For(PauseSpan),
    /// Up to this day.
    Until(Date),
}

/// A day at which a pause cannot end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PauseError {
    /// It has come already.
    #[error("choose a day after today")]
    Past,
    /// It is too far away.
    #[error("a pause lasts a year at most")]
    TooLong,
}

impl PauseRequest {
    /// The day from which on mail comes again.
    ///
    /// # Errors
    /// [`PauseError`] where it is not within a year after `today`.
    pub fn last_day(self, today: Date) -> Result<Date, PauseError> {
        let (day, limit) = match self {
            PauseRequest::For(span) => (today.saturating_add(span.span()), Date::MAX),
            PauseRequest::Until(day) => (day, today.saturating_add(1.year())),
        };
        match day {
            day if day <= today => Err(PauseError::Past),
            day if day > limit => Err(PauseError::TooLong),
            day => Ok(day),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_pause_ends_on_a_day_within_a_year() {
        let today = date(2027, 1, 31);
        let ends = |wish: PauseRequest| wish.last_day(today);
        assert_eq!(
            ends(PauseRequest::For(PauseSpan::TwoWeeks)),
            Ok(date(2027, 2, 14))
        );
        // There is no 31 February.
        assert_eq!(
            ends(PauseRequest::For(PauseSpan::OneMonth)),
            Ok(date(2027, 2, 28))
        );
        let until = |year, month, day| ends(PauseRequest::Until(date(year, month, day)));
        assert_eq!(until(2027, 2, 1), Ok(date(2027, 2, 1)));
        assert_eq!(until(2028, 1, 31), Ok(date(2028, 1, 31)));
        assert_eq!(until(2028, 2, 1), Err(PauseError::TooLong));
        assert_eq!(until(2027, 1, 31), Err(PauseError::Past));
        assert_eq!(until(1970, 1, 1), Err(PauseError::Past));
    }
}
