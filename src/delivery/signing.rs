//! Loads the DKIM keys of a domain for signing.

use crate::context::Context;
use crate::mail::dkim::{Algorithm, DkimError, PrivateKey, Signer};
use crate::model::signing_key::KeyState;
use crate::store::dkim_keys::{self, DkimKeyRow};
use crate::token::Purpose;

use super::WriteError;

/// A signer with every active key of `domain`; without keys it signs nothing.
///
/// # Errors
/// Where a key cannot be read: mail must not be sent unsigned then.
pub async fn signer(cx: &Context, domain: &str) -> Result<Signer, WriteError> {
    let mut signer = Signer::default();
    for row in dkim_keys::all(&mut cx.store.read().await?, Some(domain)).await? {
        if row.state == KeyState::Active {
            signer.add(&row.domain, &row.selector, &decrypt(cx, &row)?)?;
        }
    }
    Ok(signer)
}

/// Decrypts a key.
///
/// # Errors
/// Where it was encrypted under another secret key, or is not a key.
pub fn decrypt(cx: &Context, row: &DkimKeyRow) -> Result<PrivateKey, DkimError> {
    let pkcs8 = cx
        .keys
        .decrypt(Purpose::DkimKey, &row.private_key)
        .map_err(|_| {
            DkimError::new("a key in the database was encrypted under another JARSHY_SECRET_KEY")
        })?;
    let algorithm = Algorithm::parse(&row.algorithm)
        .ok_or_else(|| DkimError::new("a key in the database has an unknown algorithm"))?;
    Ok(PrivateKey { algorithm, pkcs8 })
}
