//! The mail that asks whether a new address is the subscriber's.

use super::ready::{self, Transactional, TransactionalBody};
use crate::audience::address_change::AddressChange;
use crate::content::site;
use crate::context::Context;
use crate::delivery::WriteError;
use crate::model::NoticeId;
use crate::model::line::SubjectLine;
use crate::text::locale::Language;

/// Queues it.
///
/// # Errors
/// [`WriteError`] where it cannot be written.
pub async fn ask_for_address(
    cx: &Context,
    change: &AddressChange,
    language: Language,
) -> Result<NoticeId, WriteError> {
    let site = site::load(cx).await;
    let site = site.map_err(|error| WriteError::Campaign(error.into()))?;
    let phrases = site.phrases(language);
    let name = site.name(language);
    let token = cx.keys.sign(&change.token());
    let url = format!("{}/confirm/{token}", cx.config.public_url());
    let subject = phrases.translate_with("mail-address-subject", "site", name);
    let subject = SubjectLine::parse(&subject)
        .or_else(|_| SubjectLine::parse(&phrases.translate("mail-address-button")));
    let mail = Transactional {
        to: change.email.clone(),
        from: None,
        reply_to: None,
        // A site's name may be too long for a subject line, a button never is.
        subject: subject.map_err(|_| WriteError::NoSender)?,
        body: TransactionalBody::Markdown(format!(
            "{}\n\n[{}]({url})\n\n{}",
            phrases.translate("mail-address-body"),
            phrases.translate("mail-address-button"),
            phrases.translate("mail-address-ignore"),
        )),
        language,
    };
    ready::queue(cx, &mail).await
}
