//! Why somebody cannot sign in by the provider.

use crate::store::StoreError;

/// Why a person whom the provider vouches for is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::Display)]
#[strum(serialize_all = "kebab-case")]
pub enum Refusal {
    /// The provider does not say that the address is theirs.
    Unverified,
    /// The address is of none of the domains that may sign in.
    Domain,
    /// None of their groups gives a role.
    NoRole,
    /// They are in too many groups for the provider to name them.
    ManyGroups,
    /// Nobody has invited them.
    NotInvited,
    /// A user has their address, and has not linked this account.
    NotLinked,
    /// The user with their address has linked another account at this provider.
    OtherAccount,
    /// Another user has linked this account.
    Taken,
    /// An owner keeps them out.
    Disabled,
}

/// What goes wrong on the way to the provider and back.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    #[error("no provider is configured")]
    NotConfigured,
    /// It was used before, took too long, or comes from another browser.
    #[error("the sign-in is not known, or has expired")]
    Expired,
    #[error("the provider cannot be used: {0}")]
    Unavailable(String),
    /// In the provider's words.
    #[error("the provider refuses: {0}")]
    Declined(String),
    #[error("what the provider sent cannot be trusted: {0}")]
    Invalid(String),
    #[error("not let in: {0}")]
    Refused(Refusal),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ProviderError {
    /// A word for it, for the page that explains it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::NotConfigured => "not-configured",
            Self::Expired => "expired",
            Self::Unavailable(_) | Self::Store(_) => "unavailable",
            Self::Declined(_) => "declined",
            Self::Invalid(_) => "invalid",
            Self::Refused(refusal) => (*refusal).into(),
        }
    }
}

/// An error with its causes on one line of bounded length: it can hold what the provider wrote.
pub(super) fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    one_line(&text)
}

/// Text of others on one line of bounded length.
pub(super) fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = line.chars().filter(|c| !c.is_control());
    plain.take(400).collect()
}
