//! The mail programs that are checked.

/// A mail program.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Client {
    OutlookWindows,
    OutlookCom,
    Gmail,
    AppleMail,
    Yahoo,
}

impl Client {
    /// In the order of the table's letters.
    pub const ALL: [Self; 5] = [
        Self::OutlookWindows,
        Self::OutlookCom,
        Self::Gmail,
        Self::AppleMail,
        Self::Yahoo,
    ];

    /// Its name, the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Self::OutlookWindows => "Outlook on Windows",
            Self::OutlookCom => "Outlook.com",
            Self::Gmail => "Gmail",
            Self::AppleMail => "Apple Mail",
            Self::Yahoo => "Yahoo Mail",
        }
    }
}
