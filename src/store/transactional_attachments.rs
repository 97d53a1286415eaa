//! Queries on the files of transactional emails, which are kept until these are sent.

use super::{Db, Result, execute, run};
use crate::model::EmailId;

/// A file of a queued email.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct EmailAttachment {
    /// The name under which the recipient gets it.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// What the HTML names it by; `None`: a file to open.
    pub content_id: Option<String>,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// Keeps the files of an email.
pub async fn insert(db: &mut Db, id: EmailId, attachments: &[EmailAttachment]) -> Result<()> {
    for (position, attachment) in (0_i64..).zip(attachments) {
        execute!(
            db,
            sqlx::query(
                "INSERT INTO transactional_attachments
                     (email_id, position, name, media_type, content_id, content)
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(id)
            .bind(position)
            .bind(&attachment.name)
            .bind(&attachment.media_type)
            .bind(attachment.content_id.as_deref())
            .bind(attachment.content.as_slice())
        )?;
    }
    Ok(())
}

/// The files of an email, in their order.
pub async fn of_email(db: &mut Db, id: EmailId) -> Result<Vec<EmailAttachment>> {
    run!(db, c => sqlx::query_as(
        "SELECT name, media_type, content_id, content FROM transactional_attachments
         WHERE email_id = $1 ORDER BY position",
    )
    .bind(id)
    .fetch_all(c))
}

/// Deletes the files of an email that has ended.
pub async fn forget(db: &mut Db, id: EmailId) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM transactional_attachments WHERE email_id = $1").bind(id)
    )?;
    Ok(())
}
