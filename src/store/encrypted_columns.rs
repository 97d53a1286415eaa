//! The columns that hold encrypted secrets, so that all can be encrypted again under a new key.

use super::{Db, Result, execute, run};
use crate::token::Purpose;

/// A column of encrypted secrets: what they are for, and how to read and replace
/// one by its value.
pub struct Column {
    /// What its secrets are for.
    pub purpose: Purpose,
    read: &'static str,
    replace: &'static str,
}

/// Every column of encrypted secrets.
pub const COLUMNS: [Column; 6] = [
    Column {
        purpose: Purpose::DkimKey,
        read: "SELECT private_key FROM dkim_keys",
        replace: "UPDATE dkim_keys SET private_key = $2 WHERE private_key = $1",
    },
    Column {
        purpose: Purpose::SecondStep,
        read: "SELECT totp_secret FROM users WHERE totp_secret IS NOT NULL",
        replace: "UPDATE users SET totp_secret = $2 WHERE totp_secret = $1",
    },
    Column {
        purpose: Purpose::Webhook,
        read: "SELECT secret FROM webhooks",
        replace: "UPDATE webhooks SET secret = $2 WHERE secret = $1",
    },
    Column {
        purpose: Purpose::Setting,
        read: "SELECT value FROM configuration",
        replace: "UPDATE configuration SET value = $2 WHERE value = $1",
    },
    Column {
        purpose: Purpose::AcmeAccount,
        read: "SELECT credentials FROM acme_accounts",
        replace: "UPDATE acme_accounts SET credentials = $2 WHERE credentials = $1",
    },
    Column {
        purpose: Purpose::Certificate,
        read: "SELECT private_key FROM acme_certificates",
        replace: "UPDATE acme_certificates SET private_key = $2 WHERE private_key = $1",
    },
];

/// Every secret of a column.
pub async fn all(db: &mut Db, column: &Column) -> Result<Vec<Vec<u8>>> {
    run!(db, c => sqlx::query_scalar(column.read).fetch_all(c))
}

/// Replaces a secret by the same one, encrypted again.
pub async fn replace(db: &mut Db, column: &Column, old: &[u8], new: &[u8]) -> Result<()> {
    execute!(db, sqlx::query(column.replace).bind(old).bind(new))?;
    Ok(())
}
