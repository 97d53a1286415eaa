//! The source of an admin's changes, for consent records.

use crate::audience::ConsentSource;
use crate::web::visitor::Visitor;

/// How many characters a reason may have.
const REASON_LIMIT: usize = 300;

/// The source of an admin's change, with their reason.
pub fn origin(visitor: &Visitor, reason: &str) -> ConsentSource {
    ConsentSource {
        reason: reason.trim().chars().take(REASON_LIMIT).collect(),
        ..visitor.consent_source()
    }
}
