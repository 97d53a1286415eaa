//! UUIDs beside numbers, as listmonk has them. Ours are made from the number, so that none
//! is stored and each leads back; they open nothing, since anybody can make them.

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What has a UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    List,
    Subscriber,
    Campaign,
}

/// The bits of a UUID's second half that are free (RFC 9562 §5.8).
const FREE: u64 = u64::MAX >> 2;

/// The UUID of a number.
pub fn uuid(kind: Kind, id: i64) -> Uuid {
    let digest = Sha256::digest(format!("{kind:?} {id}"));
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&digest[..8]);
    bytes[8..].copy_from_slice(&id.to_be_bytes());
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The number of a UUID that [`uuid`] made.
pub fn number(kind: Kind, text: &str) -> Option<i64> {
    let given: Uuid = text.trim().parse().ok()?;
    let (_, half) = given.as_u64_pair();
    let id = i64::try_from(half & FREE).ok()?;
    (uuid(kind, id) == given).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_leads_back_to_its_number_and_kind() {
        for id in [1, 7, 1_000_000, i64::MAX >> 2] {
            let text = uuid(Kind::List, id).to_string();
            assert_eq!(number(Kind::List, &text), Some(id));
            assert_eq!(number(Kind::Subscriber, &text), None);
        }
        for other in ["", "7", "7f0e3d7c-9d3c-4c53-8a7e-000000000007"] {
            assert_eq!(number(Kind::List, other), None, "{other}");
        }
    }
}
