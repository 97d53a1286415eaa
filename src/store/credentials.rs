//! Queries on how people prove who they are: passwords, second steps, recovery
//! codes.

use super::accounts::Digest;
use super::{Db, Result, execute, run};
use crate::address::EmailAddress;
use crate::model::UserId;
use crate::model::user::Role;

/// What a person has to show.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Credentials {
    /// Whose.
    pub id: UserId,
    /// What they may do.
    pub role: Role,
    /// Argon2id; empty for none.
    pub password: String,
    /// The TOTP secret, encrypted; `None` for no second step.
    pub totp_secret: Option<Vec<u8>>,
    /// How many recovery codes are left.
    pub recovery_codes: i64,
}

/// Of a person who is not kept out.
pub async fn of_user(db: &mut Db, id: UserId) -> Result<Option<Credentials>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, role, password, totp_secret,
                (SELECT COUNT(*) FROM recovery_codes r WHERE r.user_id = u.id) AS recovery_codes
         FROM users u WHERE id = $1 AND disabled_by IS NULL",
    )
    .bind(id)
    .fetch_optional(c))
}

/// Of the person with this address, unless they are kept out.
pub async fn by_email(db: &mut Db, email: &EmailAddress) -> Result<Option<Credentials>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, role, password, totp_secret,
                (SELECT COUNT(*) FROM recovery_codes r WHERE r.user_id = u.id) AS recovery_codes
         FROM users u WHERE email_key = $1 AND disabled_by IS NULL",
    )
    .bind(email.lookup_key())
    .fetch_optional(c))
}

/// Sets a password's hash; empty for none.
pub async fn set_password(db: &mut Db, id: UserId, hash: &str) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE users SET password = $2 WHERE id = $1")
            .bind(id)
            .bind(hash)
    )?;
    Ok(())
}

/// Sets the second step, or with `None` asks for none any more. Recovery codes
/// are those given.
pub async fn set_totp(
    db: &mut Db,
    id: UserId,
    sealed: Option<&[u8]>,
    step: i64,
    codes: &[Digest],
) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE users SET totp_secret = $2, totp_step = $3 WHERE id = $1")
            .bind(id)
            .bind(sealed)
            .bind(step)
    )?;
    execute!(
        db,
        sqlx::query("DELETE FROM recovery_codes WHERE user_id = $1").bind(id)
    )?;
    for code in codes {
        execute!(
            db,
            sqlx::query("INSERT INTO recovery_codes (digest, user_id) VALUES ($1, $2)")
                .bind(code.as_slice())
                .bind(id)
        )?;
    }
    Ok(())
}

/// Uses the code of a time step up; `false` where it or a later one was used.
pub async fn use_step(db: &mut Db, id: UserId, step: i64) -> Result<bool> {
    let used = execute!(
        db,
        sqlx::query("UPDATE users SET totp_step = $2 WHERE id = $1 AND totp_step < $2")
            .bind(id)
            .bind(step)
    )?;
    Ok(used == 1)
}

/// Uses a recovery code up; `false` where there is no such code.
pub async fn use_recovery_code(db: &mut Db, id: UserId, code: &Digest) -> Result<bool> {
    let used = execute!(
        db,
        sqlx::query("DELETE FROM recovery_codes WHERE user_id = $1 AND digest = $2")
            .bind(id)
            .bind(code.as_slice())
    )?;
    Ok(used == 1)
}

/// Has every session look as if it was last used, and its holder last asked for
/// a proof, at a moment: for tests of what time does to them.
#[doc(hidden)]
pub async fn age_sessions(db: &mut Db, at: crate::clock::Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE sessions SET seen_at = $1, authenticated_at = $1").bind(at)
    )?;
    Ok(())
}

/// Drops the sign-in links that a person has not used yet.
pub async fn end_sign_in_links(db: &mut Db, id: UserId) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM sign_in_links WHERE user_id = $1").bind(id)
    )?;
    Ok(())
}

/// Ends all of a person's sessions but one.
pub async fn end_sessions(db: &mut Db, id: UserId, but: Option<&Digest>) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND digest <> $2")
            .bind(id)
            .bind(but.map_or(&[][..], Digest::as_slice))
    )?;
    Ok(())
}
