//! The files of transactional emails: checked when a program gives them, kept with the queued
//! email until it is sent.

use std::sync::Arc;

use crate::campaign::attachments::Loader;
use crate::campaign::{CampaignError, lifecycle};
use crate::config::AttachmentLimit;
use crate::context::Context;
use crate::delivery::WriteError;
use crate::mail::attachment::{Attachments, EncodedFile, is_content_id};
use crate::model::attachment::{
    AttachmentName, KindError, MOST, NameError, encoded_size, media_type,
};
use crate::model::transactional::{EmailKind, PreparedEmail};
use crate::store::transactional_attachments::{self, EmailAttachment};
use crate::store::transactional_emails::ClaimedEmail;
use crate::text::locale::Language;

/// A file as a program gives it.
#[derive(Debug, Clone)]
pub struct GivenFile {
    /// The name under which the recipient gets it.
    pub name: String,
    /// The media type that the program says it has.
    pub media_type: Option<String>,
    /// For a picture that the HTML shows as `cid:…`: what stands behind the colon.
    pub content_id: Option<String>,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// Why an email cannot have files.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// More than an email may carry.
    #[error("an email carries at most {MOST} files")]
    TooMany,
    /// Heavier than an email may be.
    #[error("the files weigh more than {} MB as they are sent", .0.megabytes())]
    TooLarge(AttachmentLimit),
    /// An invalid name.
    #[error(transparent)]
    Name(#[from] NameError),
    /// A file that is not sent.
    #[error(transparent)]
    Kind(#[from] KindError),
    /// An id that cannot stand in a header, or that two files have.
    #[error(
        "the content_id {0:?} must be of letters, digits and any of .-_@, and of one file only"
    )]
    ContentId(String),
    /// A file with an id that no HTML can show.
    #[error("{0} has a content_id, but is no picture")]
    NoPicture(AttachmentName),
}

/// The files as they are kept.
///
/// # Errors
/// [`FileError`] says which cannot be sent, and why.
pub fn checked(
    limit: AttachmentLimit,
    given: Vec<GivenFile>,
) -> Result<Vec<EmailAttachment>, FileError> {
    if given.len() > MOST {
        return Err(FileError::TooMany);
    }
    let sizes = given
        .iter()
        .map(|file| encoded_size(file.content.len() as u64));
    if sizes.sum::<u64>() > limit.bytes() {
        return Err(FileError::TooLarge(limit));
    }
    let mut files: Vec<EmailAttachment> = Vec::with_capacity(given.len());
    for file in given {
        let name = AttachmentName::parse(&file.name)?;
        let media_type = media_type(&name, file.media_type.as_deref(), &file.content)?;
        if let Some(id) = &file.content_id {
            if !is_content_id(id) || files.iter().any(|one| one.content_id.as_ref() == Some(id)) {
                return Err(FileError::ContentId(id.chars().take(100).collect()));
            }
            if !media_type.starts_with("image/") {
                return Err(FileError::NoPicture(name));
            }
        }
        files.push(EmailAttachment {
            name: name.into(),
            media_type: media_type.to_owned(),
            content_id: file.content_id,
            content: file.content,
        });
    }
    Ok(files)
}

/// The HTML of a queued email as it is sent, and its files. A test of a campaign carries those
/// of the campaign.
pub(super) async fn of_email(
    cx: &Context,
    email: &ClaimedEmail,
    prepared: &PreparedEmail,
    language: Language,
) -> Result<(String, Attachments), WriteError> {
    let html = prepared.html.clone();
    if let Some(id) = prepared.campaign {
        return match lifecycle::by_id(cx, id).await {
            Ok(campaign) => {
                let mut files = Loader::new(cx, &campaign).await?;
                Ok(files.load(cx, language, html).await?)
            }
            // It was deleted since.
            Err(CampaignError::NotFound) => Ok((html, Attachments::default())),
            Err(error) => Err(error.into()),
        };
    }
    let mut attachments = Attachments::default();
    // Only those that other programs queue have files.
    if email.kind != EmailKind::Transactional {
        return Ok((html, attachments));
    }
    let mut db = cx.store.read().await?;
    for file in transactional_attachments::of_email(&mut db, email.id).await? {
        let name = AttachmentName::parse(&file.name).map_err(CampaignError::from)?;
        match &file.content_id {
            Some(id) => attachments.inline.push(Arc::new(EncodedFile::inline(
                &name,
                &file.media_type,
                id,
                &file.content,
            ))),
            None => attachments.attached.push(Arc::new(EncodedFile::attached(
                &name,
                &file.media_type,
                &file.content,
            ))),
        }
    }
    Ok((html, attachments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_few_light_and_harmless() {
        let file = |name: &str, content_id: Option<&str>, content: &[u8]| GivenFile {
            name: name.to_owned(),
            media_type: None,
            content_id: content_id.map(str::to_owned),
            content: content.to_vec(),
        };
        let limit = AttachmentLimit::try_from(1).unwrap();
        let of = |files| checked(limit, files);
        let pdf = file("Шот.pdf", None, b"%PDF-");
        let logo = file("a.png", Some("logo"), b"\x89PNG\r\n\x1a\n");
        let kept = of(vec![pdf.clone(), logo.clone()]).unwrap();
        assert_eq!(kept[0].media_type, "application/pdf");
        assert_eq!(kept[1].content_id.as_deref(), Some("logo"));
        assert_eq!(of(vec![pdf.clone(); 11]), Err(FileError::TooMany));
        let heavy = file("a.txt", None, &vec![b'x'; 800_000]);
        assert_eq!(of(vec![heavy]), Err(FileError::TooLarge(limit)));
        for (refused, named) in [
            (vec![file("a.exe", None, b"MZ")], "cannot be attached"),
            (vec![file("a/b.pdf", None, b"%PDF-")], "control characters"),
            (vec![file("a.pdf", Some("x"), b"%PDF-")], "no picture"),
            (
                vec![file("a.png", Some("x>"), b"\x89PNG\r\n\x1a\n")],
                "content_id",
            ),
            (vec![logo.clone(), logo], "one file only"),
        ] {
            let error = of(refused).unwrap_err().to_string();
            assert!(error.contains(named), "{named}: {error}");
        }
    }
}
