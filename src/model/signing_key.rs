//! Signing keys: their rotation without an email whose signature
//! cannot be verified (RFC 6376 §3.1, §6.1.2).

use std::time::Duration;

use super::string_enum::string_enum;

/// How long the public half of a key stays published after it last signed: mail
/// may wait in queues for five days (RFC 5321 §4.5.4.1), and be looked at later.
pub const KEPT_PUBLISHED: Duration = Duration::from_secs(7 * 24 * 3600);

string_enum! {
    /// The state of a signing key.
    pub enum KeyState {
        /// Made, and to be published before it signs.
        New,
        /// It signs.
        Active,
        /// It signs no more; mail that it signed is still under way.
        Retiring,
        /// Its private half is deleted, and its record may be removed.
        Retired,
    }
}

/// A step in the life of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyStep {
    /// Sign with it.
    Activate,
    /// Another signs in its place.
    Supersede,
    /// It is needed no more.
    Retire,
}

/// A step that a key in this state cannot take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ForbiddenStep {
    /// It signs already.
    #[error("it signs already")]
    SignsAlready,
    /// Mail would leave unsigned.
    #[error("it signs; activate another key first")]
    Signs,
    /// Nothing is left of it.
    #[error("it is retired and its private key is deleted; create a new one")]
    Retired,
}

/// The state of a key after a step.
///
/// # Errors
/// [`ForbiddenStep`] where the state does not permit it.
pub fn next(state: KeyState, step: KeyStep) -> Result<KeyState, ForbiddenStep> {
    use KeyState::*;
    use KeyStep::*;
    match (state, step) {
        // Back to the last one, where the new one turns out to be no good.
        (New | Retiring, Activate) => Ok(Active),
        (Active, Activate) => Err(ForbiddenStep::SignsAlready),
        (Active, Supersede) => Ok(Retiring),
        (New | Retiring, Supersede) => Ok(state),
        (New | Retiring, Retire) => Ok(Retired),
        (Active, Retire) => Err(ForbiddenStep::Signs),
        (Retired, _) => Err(ForbiddenStep::Retired),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_signs_before_it_retires_or_never() {
        use KeyState::*;
        assert_eq!(next(New, KeyStep::Activate), Ok(Active));
        assert_eq!(next(Active, KeyStep::Supersede), Ok(Retiring));
        assert_eq!(next(Retiring, KeyStep::Activate), Ok(Active));
        assert_eq!(next(Retiring, KeyStep::Retire), Ok(Retired));
        assert_eq!(next(New, KeyStep::Retire), Ok(Retired));
        assert_eq!(next(Active, KeyStep::Retire), Err(ForbiddenStep::Signs));
        for step in [KeyStep::Activate, KeyStep::Supersede, KeyStep::Retire] {
            assert_eq!(next(Retired, step), Err(ForbiddenStep::Retired));
        }
    }
}
