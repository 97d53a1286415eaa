//! Campaigns that come again.

use super::string_enum::string_enum;

string_enum! {
    /// What came of one time of a recurring campaign.
    pub enum OccurrenceState {
        /// A campaign was made.
        Made,
        /// Its texts ask for what is new, and there was nothing.
        NothingNew,
        /// It was noticed more than a day late.
        Skipped,
        /// No campaign could be made.
        Failed,
    }
}
