//! The DKIM keys of a domain, from where they rest to where they sign.

use crate::context::Context;
use crate::mail::dkim::{Algorithm, DkimError, PrivateKey, Signer};
use crate::store::Db;
use crate::store::settings::{self, DkimKeyRow};

use super::WriteError;

/// A signer with every key of `domain`; one without keys signs nothing.
///
/// # Errors
/// Where a key cannot be read: mail is rather not sent than sent unsigned.
pub async fn signer(cx: &Context, domain: &str) -> Result<Signer, WriteError> {
    let mut signer = Signer::default();
    for row in settings::dkim_keys(&mut cx.store.read().await?, domain).await? {
        let key = open(cx, &row)?;
        signer.add(&row.domain, &row.selector, &key)?;
    }
    Ok(signer)
}

fn open(cx: &Context, row: &DkimKeyRow) -> Result<PrivateKey, DkimError> {
    let pkcs8 = cx.keys.unseal(&row.private_key).map_err(|_| {
        DkimError::new("a key in the database was sealed under another JARSHY_SECRET_KEY")
    })?;
    let algorithm = Algorithm::parse(&row.algorithm)
        .ok_or_else(|| DkimError::new("a key in the database has an unknown algorithm"))?;
    Ok(PrivateKey { algorithm, pkcs8 })
}

/// A new key and where its public half must be published.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// The name of the TXT record.
    pub record_name: String,
    /// The text of the TXT record.
    pub record: String,
}

/// Makes a pair of keys for a domain, RSA under `selector` and Ed25519 under
/// `selector` with `-ed25519` behind it, and keeps them sealed.
///
/// # Errors
/// Where the domain has such keys already, or the database fails.
pub async fn make_keys(
    cx: &Context,
    domain: &str,
    selector: &str,
) -> Result<Vec<NewKey>, WriteError> {
    let mut db = cx.store.write().await?;
    let rsa = insert(cx, &mut db, domain, selector, Algorithm::Rsa).await?;
    let selector = format!("{selector}-ed25519");
    let ed25519 = insert(cx, &mut db, domain, &selector, Algorithm::Ed25519).await?;
    db.commit().await?;
    Ok(vec![rsa, ed25519])
}

/// Makes one key for a domain and keeps it sealed.
///
/// # Errors
/// Where the domain has such a key already, or the database fails.
pub async fn make_key(
    cx: &Context,
    domain: &str,
    selector: &str,
    algorithm: Algorithm,
) -> Result<NewKey, WriteError> {
    let mut db = cx.store.write().await?;
    let made = insert(cx, &mut db, domain, selector, algorithm).await?;
    db.commit().await?;
    Ok(made)
}

async fn insert(
    cx: &Context,
    db: &mut Db,
    domain: &str,
    selector: &str,
    algorithm: Algorithm,
) -> Result<NewKey, WriteError> {
    let key = PrivateKey::generate(algorithm)?;
    let row = DkimKeyRow {
        domain: domain.to_owned(),
        selector: selector.to_owned(),
        algorithm: algorithm.as_str().to_owned(),
        private_key: cx.keys.seal(&key.pkcs8),
    };
    settings::insert_dkim_key(db, &row, cx.clock.now()).await?;
    Ok(NewKey {
        record_name: format!("{selector}._domainkey.{domain}"),
        record: key.dns_record()?,
    })
}

/// The records of the keys that a domain has.
///
/// # Errors
/// Where a key cannot be read or the database fails.
pub async fn records(cx: &Context, domain: &str) -> Result<Vec<NewKey>, WriteError> {
    let rows = settings::dkim_keys(&mut cx.store.read().await?, domain).await?;
    rows.iter()
        .map(|row| {
            Ok(NewKey {
                record_name: format!("{}._domainkey.{domain}", row.selector),
                record: open(cx, row)?.dns_record()?,
            })
        })
        .collect()
}
