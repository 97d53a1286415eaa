//! Notices whose words were made elsewhere: a campaign's test, mail that another
//! program asked for, an answer passed on.

use serde::{Deserialize, Serialize};

use super::letters::escape;
use crate::address::EmailAddress;
use crate::campaign::preview::TestList;
use crate::campaign::{CampaignError, branding, layouts};
use crate::content::site;
use crate::context::Context;
use crate::delivery::WriteError;
use crate::mail::Mailbox;
use crate::mail::layout::{FooterLink, LayoutContext, LayoutError};
use crate::mail::personalise::Rendered;
use crate::model::NoticeId;
use crate::model::line::SubjectLine;
use crate::model::notice::NoticeKind;
use crate::render::{self, Budget};
use crate::store::notices::{self, ClaimedNotice, NewNotice};
use crate::text::bounds::TooComplex;
use crate::text::links::Base;
use crate::text::locale::Language;
use crate::text::plain::Links;
use crate::text::{markdown, plain};

/// A mail whose every word is there.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ready {
    /// The sender; the configured one where there is none.
    pub from: Option<String>,
    /// Where answers go.
    #[serde(default)]
    pub reply_to: Option<String>,
    /// One line.
    pub subject: String,
    /// The HTML part.
    pub html: String,
    /// The plain text part.
    pub text: String,
    /// The language of both, where it is not the recipient's.
    #[serde(default)]
    pub language: Option<Language>,
    /// The list that it names in its headers, where it is a campaign's test.
    #[serde(default)]
    pub list: Option<TestList>,
}

/// An answer to be passed on.
#[derive(Debug, Deserialize)]
struct Forward {
    from: String,
    subject: String,
    text: String,
}

/// The mail of a notice whose words were made elsewhere; `None` for other kinds.
///
/// # Errors
/// [`WriteError`] where the notice is not of its kind's shape.
pub async fn of(cx: &Context, notice: &ClaimedNotice) -> Result<Option<Ready>, WriteError> {
    match notice.kind {
        NoticeKind::Test | NoticeKind::Transactional => {
            Ok(Some(serde_json::from_value(notice.payload.clone())?))
        }
        NoticeKind::Forward => {
            let answer: Forward = serde_json::from_value(notice.payload.clone())?;
            forward(cx, notice.language, &answer).await.map(Some)
        }
        _ => Ok(None),
    }
}

/// The answer under our own sender, since only its own domain may send as its
/// writer; `Reply-To` leads back to them.
async fn forward(cx: &Context, language: Language, answer: &Forward) -> Result<Ready, WriteError> {
    let subject = clean(&answer.subject, 180);
    let head = format!("{} wrote in answer to a mail of the list:", answer.from);
    let paragraphs: String = answer
        .text
        .split("\n\n")
        .map(|paragraph| format!("<p>{}</p>", escape(paragraph.trim()).replace('\n', "<br>")))
        .collect();
    let html = in_letter(cx, language, &head, &paragraphs).await?;
    Ok(Ready {
        from: None,
        reply_to: Some(answer.from.clone()),
        subject: format!("Fwd: {subject}"),
        html,
        text: format!("{head}\n\n{}\n", answer.text),
        language: None,
        list: None,
    })
}

/// A text as one line without what could end a header.
fn clean(text: &str, limit: usize) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .take(limit)
        .collect()
}

async fn in_letter(
    cx: &Context,
    language: Language,
    title: &str,
    body: &str,
) -> Result<String, WriteError> {
    let site_url = cx.config.public_url();
    let mut db = cx.store.read().await?;
    let site = site::read(&mut db).await.map_err(CampaignError::from)?;
    let layout = layouts::letter(&mut db).await?;
    let brand = branding::load(cx, &mut db, &site).await?;
    drop(db);
    let site_name = site.name(language).to_owned();
    let context = LayoutContext {
        language: language.tag().to_owned(),
        site_name: site_name.clone(),
        site_url: site_url.clone(),
        preheader: clean(title, 120),
        title: title.to_owned(),
        footer_links: vec![FooterLink {
            text: site_name,
            url: site_url.clone(),
        }],
        brand,
        ..LayoutContext::default()
    };
    let body = body.to_owned();
    let work = move || {
        let html = layout.render(&context, &body)?;
        Ok::<_, LayoutError>(Base::new(&site_url).resolve_all(&html))
    };
    Ok(render::run(Budget::Background, work).await??)
}

/// What another program asks to be sent to one person.
#[derive(Debug, Clone)]
pub struct Transactional {
    /// To whom.
    pub to: EmailAddress,
    /// The sender, where it is not the configured one.
    pub from: Option<Mailbox>,
    /// Where answers go.
    pub reply_to: Option<Mailbox>,
    /// The subject.
    pub subject: SubjectLine,
    /// What it says.
    pub body: TransactionalBody,
    /// The language of its frame.
    pub language: Language,
}

/// The words of transactional mail.
#[derive(Debug, Clone)]
pub enum TransactionalBody {
    /// Markdown, set in the letter layout.
    Markdown(String),
    /// Both parts as they are to be sent.
    Parts(Rendered),
}

/// Queues transactional mail.
///
/// # Errors
/// [`WriteError::NoSender`] where nobody can be its sender, [`WriteError`] where
/// it cannot be laid out or the database fails.
pub async fn queue(cx: &Context, mail: &Transactional) -> Result<NoticeId, WriteError> {
    if mail.from.is_none() && cx.config.from.is_none() {
        return Err(WriteError::NoSender);
    }
    let (html, text) = match &mail.body {
        TransactionalBody::Parts(parts) => (parts.html.clone(), parts.text.clone()),
        TransactionalBody::Markdown(source) => {
            let site_url = cx.config.public_url();
            let site = site::load(cx).await.map_err(CampaignError::from)?;
            let links_label = site.phrases(mail.language).translate("mail-text-links");
            let source = source.clone();
            let work = move || {
                let html = Base::new(&site_url).resolve_all(&markdown::to_html(&source)?);
                let text = plain::from_html(&html, Links::Listed(&links_label))?;
                Ok::<_, TooComplex>((html, text))
            };
            let (body, text) = render::run(Budget::Interactive, work).await??;
            let html = in_letter(cx, mail.language, mail.subject.as_str(), &body).await?;
            let address = site.postal_address.trim();
            match address.is_empty() {
                true => (html, text),
                false => (html, format!("{text}\n{address}\n")),
            }
        }
    };
    let ready = Ready {
        from: mail.from.as_ref().map(Mailbox::to_string),
        reply_to: mail.reply_to.as_ref().map(Mailbox::to_string),
        subject: mail.subject.to_string(),
        html,
        text,
        language: None,
        list: None,
    };
    let notice = NewNotice {
        kind: NoticeKind::Transactional,
        email: mail.to.clone(),
        language: mail.language,
        payload: serde_json::to_value(ready)?,
    };
    let mut db = cx.store.write().await?;
    let id = notices::insert(&mut db, &notice, cx.clock.now()).await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(id)
}
