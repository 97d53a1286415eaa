//! The promise, held against what the relay knows.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::installation::Delivery;
use crate::relay::{Taken, TestRelay};

/// How many recipients stand where.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub sent: usize,
    pub uncertain: usize,
    /// Of the uncertain, those whose mail the relay did take.
    pub uncertain_taken: usize,
    pub failed: usize,
    pub deferred: usize,
    pub skipped: usize,
    pub queued: usize,
    pub sending: usize,
}

/// Holds a ledger against the relay's memory, and tells how it stands.
///
/// Panics where the promise is broken: a recipient who is in the ledger not at
/// all, a second copy, a `sent` that the relay knows nothing of or whose reply
/// belongs to another, a message taken from a recipient who stands otherwise.
pub fn audit(
    relay: &TestRelay,
    ledger: &BTreeMap<String, Delivery>,
    recipient_addresses: &[String],
) -> Totals {
    let violations = relay.violations();
    assert!(violations.is_empty(), "SMTP broken: {violations:?}");
    let mut copies: HashMap<String, Vec<Taken>> = HashMap::new();
    for taken in relay.taken() {
        copies
            .entry(taken.recipient.clone())
            .or_default()
            .push(taken);
    }
    let mut totals = Totals::default();
    let mut ids = HashSet::new();
    let mut broken = Vec::new();
    assert_eq!(
        ledger.len(),
        recipient_addresses.len(),
        "rows of the ledger"
    );
    for person in recipient_addresses {
        let Some(row) = ledger.get(person) else {
            broken.push(format!("{person} is not in the ledger"));
            continue;
        };
        let copies = copies.get(person).map_or(&[][..], Vec::as_slice);
        if copies.len() > 1 {
            broken.push(format!(
                "{person} got {} copies: {row:?} {copies:?}",
                copies.len()
            ));
        }
        for copy in copies {
            if copy.message_id.is_empty() || !ids.insert(copy.message_id.clone()) {
                broken.push(format!("{person}: Message-ID {:?}", copy.message_id));
            }
        }
        match row.state.as_str() {
            "sent" => {
                totals.sent += 1;
                match copies {
                    [copy] if is_reply(&row.reply, copy) => {}
                    _ => broken.push(format!("{person} stands sent: {row:?}, but {copies:?}")),
                }
            }
            "uncertain" => {
                totals.uncertain += 1;
                totals.uncertain_taken += copies.len();
            }
            state => {
                match state {
                    "failed" => totals.failed += 1,
                    "deferred" => totals.deferred += 1,
                    "skipped" => totals.skipped += 1,
                    "queued" => totals.queued += 1,
                    "sending" => totals.sending += 1,
                    _ => broken.push(format!("{person} stands {state}")),
                }
                if state != "sending" && !copies.is_empty() {
                    broken.push(format!("{person} was taken but stands {row:?}: {copies:?}"));
                }
            }
        }
    }
    assert!(
        broken.is_empty(),
        "{} broken promises, of {}: {:#?}",
        broken.len(),
        recipient_addresses.len(),
        &broken[..broken.len().min(10)]
    );
    totals
}

/// Whether the ledger holds the reply to this very copy.
fn is_reply(reply: &str, copy: &Taken) -> bool {
    copy.is_answered && reply.starts_with("250") && reply.ends_with(&copy.queued_as)
}
