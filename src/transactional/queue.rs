//! Queues the emails that other programs request.

use crate::account::audit;
use crate::address::EmailAddress;
use crate::campaign::CampaignError;
use crate::content::site;
use crate::context::Context;
use crate::delivery::WriteError;
use crate::mail::Mailbox;
use crate::mail::personalise::Rendered;
use crate::model::EmailId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::calendar::CalendarPart;
use crate::model::transactional::{EmailContent, PreparedEmail};
use crate::render::{self, Budget};
use crate::store::transactional_attachments::{self, EmailAttachment};
use crate::store::transactional_emails::{self, NewEmail};
use crate::text::bounds::TooComplex;
use crate::text::line::SubjectLine;
use crate::text::links::Base;
use crate::text::locale::Language;
use crate::text::plain::Links;
use crate::text::{markdown, plain};

use super::frame::{in_layout, with_footer};

/// An email to one person.
#[derive(Debug, Clone)]
pub struct EmailRequest {
    /// The recipient.
    pub to: EmailAddress,
    /// `None` for the configured sender.
    pub from: Option<Mailbox>,
    /// Where replies go, if not to the sender.
    pub reply_to: Option<Mailbox>,
    pub subject: SubjectLine,
    pub body: EmailBody,
    /// The language of the layout.
    pub language: Language,
    /// Files, checked by [`super::attachments`].
    pub attachments: Vec<EmailAttachment>,
    /// What it brings to the recipient's calendar.
    pub calendar: Option<CalendarPart>,
}

#[derive(Debug, Clone)]
pub enum EmailBody {
    /// Rendered in the layout for transactional email.
    Markdown(String),
    /// Both parts, sent unchanged.
    Parts(Rendered),
}

/// Queues an email that a program requests.
pub async fn push(cx: &Context, by: &Actor, mail: &EmailRequest) -> Result<EmailId, WriteError> {
    let new = prepare(cx, mail).await?;
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let id = transactional_emails::insert(&mut db, &new, now).await?;
    transactional_attachments::insert(&mut db, id, &mail.attachments).await?;
    audit::record(&mut db, by, AuditAction::TransactionalSend, id, now).await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(id)
}

/// Renders an email for the queue.
pub(super) async fn prepare(cx: &Context, mail: &EmailRequest) -> Result<NewEmail, WriteError> {
    if mail.from.is_none() && cx.config().from.is_none() {
        return Err(WriteError::NoSender);
    }
    let (html, text) = match &mail.body {
        EmailBody::Parts(parts) => (parts.html.clone(), parts.text.clone()),
        EmailBody::Markdown(source) => {
            let site_url = cx.config().public_url();
            let site = site::load(cx).await.map_err(CampaignError::from)?;
            let links_label = site.phrases(mail.language).translate("mail-text-links");
            let source = source.clone();
            let work = move || {
                let html = Base::new(&site_url).resolve_all(&markdown::to_html(&source)?);
                let text = plain::from_html(&html, Links::Listed(&links_label))?;
                Ok::<_, TooComplex>((html, text))
            };
            let (body, text) = render::run(Budget::Interactive, work).await??;
            let laid_out = in_layout(cx, mail.language, mail.subject.as_str(), &body);
            let (html, brand) = laid_out.await?;
            (html, with_footer(text, &brand))
        }
    };
    let prepared = PreparedEmail {
        from: mail.from.as_ref().map(Mailbox::to_string),
        reply_to: mail.reply_to.as_ref().map(Mailbox::to_string),
        subject: mail.subject.to_string(),
        html,
        text,
        language: None,
        list: None,
        campaign: None,
        calendar: mail.calendar.clone(),
    };
    Ok(NewEmail {
        email: mail.to.clone(),
        language: mail.language,
        content: EmailContent::Transactional(prepared),
    })
}
