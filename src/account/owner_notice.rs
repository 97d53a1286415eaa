//! Emails to the owners on what failed while nobody was watching.

use crate::clock::Timestamp;
use crate::model::transactional::{EmailContent, PreparedEmail};
use crate::model::user::Role;
use crate::store::transactional_emails::{self, NewEmail};
use crate::store::{Db, Result, users};
use crate::text::locale::Language;

/// What owners are told.
pub struct OwnerNotice {
    /// One line.
    pub subject: String,
    pub paragraphs: Vec<String>,
}

/// Queues the notice to every owner. It has no layout: that may be what is broken.
pub async fn queue(
    db: &mut Db,
    notice: &OwnerNotice,
    language: Language,
    now: Timestamp,
) -> Result<()> {
    let html: String = notice
        .paragraphs
        .iter()
        .map(|text| format!("<p>{}</p>", ammonia::clean_text(text)))
        .collect();
    let content = EmailContent::Transactional(PreparedEmail {
        from: None,
        reply_to: None,
        subject: notice.subject.clone(),
        html: format!("<!doctype html><html lang=\"en\"><body>{html}</body></html>"),
        text: notice.paragraphs.join("\n\n") + "\n",
        language: None,
        list: None,
    });
    for person in users::all(db).await? {
        if person.role != Role::Owner {
            continue;
        }
        let new_email = NewEmail {
            email: person.email,
            language,
            content: content.clone(),
        };
        transactional_emails::insert(db, &new_email, now).await?;
    }
    Ok(())
}
