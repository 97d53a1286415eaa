//! Asks whether a new address belongs to the subscriber.

use super::queue::{self, EmailBody, EmailRequest};
use crate::audience::address_change::AddressChange;
use crate::content::site;
use crate::context::Context;
use crate::delivery::WriteError;
use crate::model::EmailId;
use crate::text::line::SubjectLine;
use crate::text::locale::Language;

/// Queues the email that asks.
pub async fn ask_for_address(
    cx: &Context,
    change: &AddressChange,
    language: Language,
) -> Result<EmailId, WriteError> {
    let site = site::load(cx).await;
    let site = site.map_err(|error| WriteError::Campaign(error.into()))?;
    let phrases = site.phrases(language);
    let name = site.name(language);
    let token = cx.keys.sign(&change.token());
    let url = format!("{}/confirm/{token}", cx.config().public_url());
    let subject = phrases.translate_with("mail-address-subject", "site", name);
    let subject = SubjectLine::parse(&subject)
        .or_else(|_| SubjectLine::parse(&phrases.translate("mail-address-button")));
    let mail = EmailRequest {
        to: change.email.clone(),
        from: None,
        reply_to: None,
        // A site's name may be too long for a subject line, a button never is.
        subject: subject.map_err(|_| WriteError::NoSender)?,
        body: EmailBody::Markdown(format!(
            "{}\n\n[{}]({url})\n\n{}",
            phrases.translate("mail-address-body"),
            phrases.translate("mail-address-button"),
            phrases.translate("mail-address-ignore"),
        )),
        language,
    };
    queue::push(cx, &mail).await
}
