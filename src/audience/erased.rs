//! Addresses whose owners had their data erased: nobody but themselves may bring them back,
//! so each is remembered by a keyed digest, which cannot be read.

use super::Result;
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::store::{Db, erased_addresses};

/// Remembers an address.
pub(super) async fn remember(
    cx: &Context,
    db: &mut Db,
    email: &EmailAddress,
    now: Timestamp,
) -> Result<()> {
    let digest = cx.keys.digest(email.lookup_key().as_bytes());
    Ok(erased_addresses::insert(db, &digest, now).await?)
}

/// Forgets an address whose owner has come back.
pub async fn forget(cx: &Context, db: &mut Db, email: &EmailAddress) -> Result<()> {
    for digest in cx.keys.digests(email.lookup_key().as_bytes()) {
        erased_addresses::delete(db, &digest).await?;
    }
    Ok(())
}

/// Those of `keys` that were erased: addresses in lower case.
pub async fn among(cx: &Context, db: &mut Db, keys: &[String]) -> Result<Vec<String>> {
    // Most installations have none, and each digest takes its time.
    if erased_addresses::is_empty(db).await? {
        return Ok(Vec::new());
    }
    let mut digests = Vec::with_capacity(keys.len());
    let mut owners = std::collections::HashMap::with_capacity(keys.len());
    for key in keys {
        for digest in cx.keys.digests(key.as_bytes()) {
            digests.push(digest);
            owners.insert(digest, key);
        }
    }
    let found = erased_addresses::among(db, &digests).await?;
    let found = found.iter().filter_map(|digest| owners.get(digest));
    Ok(found.map(|key| (*key).clone()).collect())
}

/// Whether an address was erased.
pub(super) async fn is_erased(cx: &Context, db: &mut Db, email: &EmailAddress) -> Result<bool> {
    let key = email.lookup_key();
    Ok(!among(cx, db, std::slice::from_ref(&key)).await?.is_empty())
}
