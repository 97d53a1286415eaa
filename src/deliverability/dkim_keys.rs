//! Creates, rotates and retires DKIM keys.
//!
//! Keys come in pairs that share a selector: RSA under the selector itself and Ed25519 under it
//! with the suffix `-ed25519`. Their states change together.

use crate::account::audit;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::delivery::WriteError;
use crate::delivery::signing::decrypt;
use crate::mail::dkim::{Algorithm, DkimError, PrivateKey, zone_line};
use crate::model::audit::{Actor, AuditAction};
use crate::model::signing_key::{ForbiddenStep, KEPT_PUBLISHED, KeyState, KeyStep, next};
use crate::store::dkim_keys::{self, DkimKeyRow};
use crate::store::{Db, StoreError};
use crate::token::Purpose;

/// The suffix of the selector of an Ed25519 key.
const ED25519_SUFFIX: &str = "-ed25519";
/// A DNS label has at most 63 bytes (RFC 1035 §2.3.4).
const SELECTOR_LIMIT: usize = 63 - ED25519_SUFFIX.len();

/// A DNS record by which receivers verify signatures.
#[derive(Debug, Clone)]
pub struct KeyRecord {
    /// The name of the TXT record.
    pub name: String,
    /// Its text; empty after the key was retired.
    pub text: String,
}

impl KeyRecord {
    /// The record for a zone file.
    pub fn zone_line(&self) -> String {
        zone_line(&self.name, &self.text)
    }
}

#[derive(Debug, Clone)]
pub struct KeyPair {
    /// The `d=` of their signatures.
    pub domain: String,
    /// The `s=` of the RSA signatures.
    pub selector: String,
    pub state: KeyState,
    /// When they were made.
    pub made_at: Timestamp,
    /// When the state last changed.
    pub changed_at: Timestamp,
    /// A record for each key.
    pub records: Vec<KeyRecord>,
}

impl KeyPair {
    /// When no email that they signed is in transit any more.
    pub fn needed_until(&self) -> Timestamp {
        self.changed_at.after(KEPT_PUBLISHED)
    }

    /// Whether email that they signed may be in transit.
    pub fn is_needed(&self, now: Timestamp) -> bool {
        self.state == KeyState::Retiring && self.needed_until() > now
    }
}

/// Why a change is refused.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The domain has, or had, this selector.
    #[error("{0} has or had keys under the selector {1}; choose another selector to rotate them")]
    Taken(String, String),
    /// Not a valid selector.
    #[error(
        "a selector has at most {SELECTOR_LIMIT} characters and does not end with {ED25519_SUFFIX}"
    )]
    Selector,
    /// The domain has no such keys.
    #[error("{0} has no keys under the selector {1}")]
    Unknown(String, String),
    /// Their state does not allow it.
    #[error("{0}: {1}")]
    Forbidden(String, #[source] ForbiddenStep),
    /// Email that they signed may not have been verified yet.
    #[error("email signed with {0} may be in transit until {until}", until = .1.rfc3339())]
    StillNeeded(String, Timestamp),
    /// A key cannot be made or read, or the database fails.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl From<StoreError> for KeyError {
    fn from(error: StoreError) -> Self {
        KeyError::Write(error.into())
    }
}

/// Creates a pair of keys for a domain and stores them encrypted. The first pair of a domain
/// signs at once; a second one waits until it is activated.
///
/// # Errors
/// [`KeyError::Selector`], [`KeyError::Taken`].
pub async fn make(
    cx: &Context,
    by: &Actor,
    domain: &str,
    selector: &str,
) -> Result<KeyPair, KeyError> {
    if selector.len() > SELECTOR_LIMIT || selector.ends_with(ED25519_SUFFIX) {
        return Err(KeyError::Selector);
    }
    let second = format!("{selector}{ED25519_SUFFIX}");
    // Generated before the write transaction, which must not wait for RSA.
    let made = [
        (selector, generate(Algorithm::Rsa).await?),
        (second.as_str(), generate(Algorithm::Ed25519).await?),
    ];
    let mut db = cx.store.write().await?;
    dkim_keys::lock(&mut db, domain).await?;
    let known = dkim_keys::all(&mut db, Some(domain)).await?;
    let is_signed = known.iter().any(|key| key.state == KeyState::Active);
    let state = if is_signed {
        KeyState::New
    } else {
        KeyState::Active
    };
    let now = cx.clock.now();
    let mut rows = Vec::new();
    for (selector, key) in made {
        let made = insert(cx, &mut db, (domain, selector), &key, state, now).await;
        rows.push(made.map_err(|error| match error {
            WriteError::Store(StoreError::Exists) => {
                KeyError::Taken(domain.to_owned(), selector.to_owned())
            }
            other => other.into(),
        })?);
    }
    let name = called(domain, selector);
    audit::record(&mut db, by, AuditAction::DkimKeyCreate, name, now).await?;
    db.commit().await?;
    let made = pairs_of(cx, &rows)?.pop();
    made.ok_or_else(|| unknown(domain, selector))
}

/// Creates one key for a domain, which signs at once.
pub async fn make_one(
    cx: &Context,
    by: &Actor,
    domain: &str,
    selector: &str,
    algorithm: Algorithm,
) -> Result<(), WriteError> {
    let key = generate(algorithm).await?;
    let mut db = cx.store.write().await?;
    let now = cx.clock.now();
    insert(cx, &mut db, (domain, selector), &key, KeyState::Active, now).await?;
    let name = called(domain, selector);
    audit::record(&mut db, by, AuditAction::DkimKeyCreate, name, now).await?;
    Ok(db.commit().await?)
}

/// Generates a key off the executor's threads: RSA takes seconds.
async fn generate(algorithm: Algorithm) -> Result<PrivateKey, WriteError> {
    let generated = tokio::task::spawn_blocking(move || PrivateKey::generate(algorithm));
    let generated = generated
        .await
        .map_err(|error| DkimError::new(&error.to_string()))?;
    Ok(generated?)
}

async fn insert(
    cx: &Context,
    db: &mut Db,
    (domain, selector): (&str, &str),
    key: &PrivateKey,
    state: KeyState,
    now: Timestamp,
) -> Result<DkimKeyRow, WriteError> {
    let row = DkimKeyRow {
        domain: domain.to_owned(),
        selector: selector.to_owned(),
        algorithm: key.algorithm.as_str().to_owned(),
        private_key: cx.keys.encrypt(Purpose::DkimKey, &key.pkcs8),
        state,
        created_at: now,
        changed_at: now,
    };
    dkim_keys::insert(db, &row).await?;
    Ok(row)
}

/// The keys of a domain, or of all; the newest first.
pub async fn pairs(cx: &Context, domain: Option<&str>) -> Result<Vec<KeyPair>, WriteError> {
    pairs_of(
        cx,
        &dkim_keys::all(&mut cx.store.read().await?, domain).await?,
    )
}

/// The keys of one selector.
///
/// # Errors
/// [`KeyError::Unknown`].
pub async fn pair(cx: &Context, domain: &str, selector: &str) -> Result<KeyPair, KeyError> {
    let mut found = pairs(cx, Some(domain)).await?.into_iter();
    let found = found.find(|pair| pair.selector == selector);
    found.ok_or_else(|| unknown(domain, selector))
}

fn unknown(domain: &str, selector: &str) -> KeyError {
    KeyError::Unknown(domain.to_owned(), selector.to_owned())
}

fn pairs_of(cx: &Context, rows: &[DkimKeyRow]) -> Result<Vec<KeyPair>, WriteError> {
    let mut pairs: Vec<KeyPair> = Vec::new();
    for row in rows {
        let record = KeyRecord {
            name: format!("{}._domainkey.{}", row.selector, row.domain),
            text: match row.state {
                KeyState::Retired => String::new(),
                _ => decrypt(cx, row)?.dns_record()?,
            },
        };
        let selector = base(&row.selector);
        let known = pairs
            .iter_mut()
            .find(|pair| pair.domain == row.domain && pair.selector == selector);
        match known {
            Some(pair) => pair.records.push(record),
            None => pairs.push(KeyPair {
                domain: row.domain.clone(),
                selector: selector.to_owned(),
                state: row.state,
                made_at: row.created_at,
                changed_at: row.changed_at,
                records: vec![record],
            }),
        }
    }
    Ok(pairs)
}

/// A pair as the audit log names it.
fn called(domain: &str, selector: &str) -> String {
    format!("{selector} of {domain}")
}

/// The selector of a pair.
fn base(selector: &str) -> &str {
    selector.strip_suffix(ED25519_SUFFIX).unwrap_or(selector)
}

/// Activates a pair in place of the active one; returns the selectors that were superseded.
/// Campaigns that are being sent change over within a minute.
///
/// # Errors
/// [`KeyError::Unknown`], [`KeyError::Forbidden`].
pub async fn activate(
    cx: &Context,
    by: &Actor,
    domain: &str,
    selector: &str,
) -> Result<Vec<String>, KeyError> {
    let mut db = cx.store.write().await?;
    dkim_keys::lock(&mut db, domain).await?;
    let rows = dkim_keys::all(&mut db, Some(domain)).await?;
    let (wanted, others): (Vec<_>, Vec<_>) =
        rows.iter().partition(|row| base(&row.selector) == selector);
    if wanted.is_empty() {
        return Err(unknown(domain, selector));
    }
    for row in wanted {
        step(cx, &mut db, row, KeyStep::Activate).await?;
    }
    let mut superseded = Vec::new();
    for row in others {
        if row.state == KeyState::Active {
            step(cx, &mut db, row, KeyStep::Supersede).await?;
            superseded.push(base(&row.selector).to_owned());
        }
    }
    superseded.dedup();
    let (name, now) = (called(domain, selector), cx.clock.now());
    audit::record(&mut db, by, AuditAction::DkimKeyActivate, name, now).await?;
    db.commit().await?;
    Ok(superseded)
}

/// Deletes the private keys of a pair that no longer signs. `at_once` does so while email that
/// it signed may be in transit.
///
/// # Errors
/// [`KeyError::Unknown`], [`KeyError::Forbidden`], [`KeyError::StillNeeded`].
pub async fn retire(
    cx: &Context,
    by: &Actor,
    domain: &str,
    selector: &str,
    at_once: bool,
) -> Result<KeyPair, KeyError> {
    let mut db = cx.store.write().await?;
    dkim_keys::lock(&mut db, domain).await?;
    let mut rows = dkim_keys::all(&mut db, Some(domain)).await?;
    rows.retain(|row| base(&row.selector) == selector);
    let Some(pair) = pairs_of(cx, &rows)?.pop() else {
        return Err(unknown(domain, selector));
    };
    for row in &rows {
        step(cx, &mut db, row, KeyStep::Retire).await?;
    }
    if pair.is_needed(cx.clock.now()) && !at_once {
        return Err(KeyError::StillNeeded(
            pair.selector.clone(),
            pair.needed_until(),
        ));
    }
    let (name, now) = (called(domain, selector), cx.clock.now());
    audit::record(&mut db, by, AuditAction::DkimKeyRetire, name, now).await?;
    db.commit().await?;
    Ok(pair)
}

async fn step(cx: &Context, db: &mut Db, row: &DkimKeyRow, step: KeyStep) -> Result<(), KeyError> {
    let to = next(row.state, step)
        .map_err(|forbidden| KeyError::Forbidden(base(&row.selector).to_owned(), forbidden))?;
    Ok(dkim_keys::set_state(db, row, to, cx.clock.now()).await?)
}
