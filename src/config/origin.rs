//! Where a setting was given.

use std::fmt;

/// The source of a setting that takes precedence over the admin pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The configuration file.
    File(String),
    /// An environment variable.
    Variable(String),
    /// A flag of the command.
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(name) => write!(f, "set in {name}"),
            Self::Variable(name) | Self::Flag(name) => write!(f, "set by {name}"),
        }
    }
}
