//! `POST /api/tx`: email to one person or several, each on its own. Its text is a template that
//! the call fills in, or comes with the call (`data.body` and `data.html`) into the layout. Files
//! come with it in a form, whose part `data` is then the JSON.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::header;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::address::EmailAddress;
use crate::audience::{subscriber_pages, suppression};
use crate::content::media::Upload;
use crate::mail::Mailbox;
use crate::mail::personalise::Rendered;
use crate::model::scope::{Access, Resource};
use crate::model::subscription::SuppressionReason;
use crate::model::{EmailTemplateId, SubscriberId};
use crate::text::line::SubjectLine;
use crate::transactional::attachments::GivenFile;
use crate::transactional::email_templates::{self, EmailTemplate};
use crate::transactional::queue::{self, EmailBody, EmailRequest};
use crate::web::api::request::make_room;
use crate::web::api::transactional::{failure, files as files_of};
use crate::web::http::error::HttpError;
use crate::web::http::upload;
use crate::web::listmonk::client::Client;
use crate::web::listmonk::input::{Input, data, read};
use crate::web::listmonk::templates::TRANSACTIONAL;
use crate::web::state::Web;

/// Recipients that one call may have.
const MOST: usize = 500;

/// An email.
#[derive(Deserialize)]
pub struct Message {
    subscriber_email: Option<String>,
    subscriber_id: Option<i64>,
    #[serde(default)]
    subscriber_emails: Option<Vec<String>>,
    #[serde(default)]
    subscriber_ids: Option<Vec<i64>>,
    subscriber_mode: Option<String>,
    template_id: Option<i64>,
    from_email: Option<String>,
    subject: Option<String>,
    #[serde(default)]
    data: Option<Map<String, Value>>,
    #[serde(default)]
    headers: Option<Vec<BTreeMap<String, String>>>,
    messenger: Option<String>,
    content_type: Option<String>,
    altbody: Option<String>,
}

/// Whether the recipients must be subscribers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Subscribers,
    Anybody,
}

/// A call: JSON, or a form with JSON in the part `data` and any number of files.
pub struct Call {
    message: Message,
    files: Vec<GivenFile>,
}

impl FromRequest<Web> for Call {
    type Rejection = HttpError;

    async fn from_request(mut request: Request, web: &Web) -> Result<Self, HttpError> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let is_form = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
        if !is_form {
            let Input(message) = Input::from_request(request, web).await?;
            let files = Vec::new();
            return Ok(Self { message, files });
        }
        make_room(&mut request, web);
        let parts = Multipart::from_request(request, web).await;
        let parts = parts.map_err(|error| HttpError::BadRequest(error.body_text()))?;
        let (uploads, fields) = upload::read(parts).await?;
        let data = fields.iter().find(|(name, _)| name == "data");
        let (_, data) = data.ok_or_else(|| {
            HttpError::BadRequest("a form needs the part data, with the JSON of the call".into())
        })?;
        let value = serde_json::from_str(data)
            .map_err(|error| HttpError::BadRequest(format!("data: {error}")))?;
        let file = |upload: Upload| GivenFile {
            name: upload.file_name,
            media_type: None,
            content_id: None,
            content: upload.content,
        };
        Ok(Self {
            message: read(value)?,
            files: uploads.into_iter().map(file).collect(),
        })
    }
}

/// `POST /api/tx`.
pub async fn send(
    client: Client,
    State(web): State<Web>,
    Call { message, files }: Call,
) -> Result<Json<Value>, HttpError> {
    let mode = message.mode()?;
    let attachments = files_of(&web, files)?;
    let template = message.template(&web).await?;
    if !matches!(message.messenger.as_deref(), None | Some("" | "email")) {
        return Err(HttpError::field("messenger", &"must be email"));
    }
    let from = mailbox("from_email", message.from_email.as_deref())?;
    let reply_to = message.reply_to()?;
    let own = match template {
        Some(_) => None,
        None => Some(message.own_text()?),
    };
    if mode == Mode::Subscribers {
        // Otherwise a token that only sends would tell who is a subscriber.
        client.may(Resource::Subscribers, Access::Read)?;
    }
    let (recipients, mut failed) = message.recipients(&web, mode).await?;
    for to in recipients {
        // People who only unsubscribed still get what they ordered.
        let suppressed = suppression::of(&web.cx, &to).await?;
        if suppressed.is_some_and(|one| one.reason != SuppressionReason::UnsubscribedAll) {
            failed.push(format!("{to} is suppressed"));
            continue;
        }
        let (subject, body) = match (&template, &own) {
            (Some(template), _) => message.filled(&web, template, &to).await?,
            (None, Some(own)) => own.clone(),
            (None, None) => return Err(HttpError::Internal),
        };
        let language = template.as_ref().map(|template| template.language);
        let request = EmailRequest {
            to,
            from: from.clone(),
            reply_to: reply_to.clone(),
            subject,
            body,
            language: language.unwrap_or(web.cx.config().language),
            attachments: attachments.clone(),
            calendar: None,
        };
        let queued = queue::push(&web.cx, &client.0.actor(), &request).await;
        queued.map_err(failure)?;
    }
    // As in listmonk, all others have been sent to.
    if failed.is_empty() {
        Ok(data(true))
    } else {
        Err(HttpError::BadRequest(failed.join("; ")))
    }
}

fn mailbox(field: &str, text: Option<&str>) -> Result<Option<Mailbox>, HttpError> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    let parsed = text.map(|text| text.parse::<Mailbox>()).transpose();
    parsed.map_err(|error| HttpError::field(field, &error))
}

impl Message {
    fn mode(&self) -> Result<Mode, HttpError> {
        match self.subscriber_mode.as_deref() {
            None | Some("" | "default") => Ok(Mode::Subscribers),
            Some("fallback" | "external") => Ok(Mode::Anybody),
            Some(_) => {
                let what = "must be default, fallback or external";
                Err(HttpError::field("subscriber_mode", &what))
            }
        }
    }

    /// The template that the call fills in; `None` for the layout alone, whose text comes with
    /// the call.
    async fn template(&self, web: &Web) -> Result<Option<EmailTemplate>, HttpError> {
        let number = self.template_id.unwrap_or_default();
        if matches!(number, 1 | TRANSACTIONAL) {
            return Ok(None);
        }
        let found = email_templates::by_id(&web.cx, EmailTemplateId(number)).await?;
        found.map(Some).ok_or_else(|| {
            let what = format!(
                "template_id: there is no transactional template {number}; GET /api/templates names them"
            );
            HttpError::BadRequest(what)
        })
    }

    /// A template with the data of the call.
    async fn filled(
        &self,
        web: &Web,
        template: &EmailTemplate,
        to: &EmailAddress,
    ) -> Result<(SubjectLine, EmailBody), HttpError> {
        let subject = self.subject.as_deref();
        let subject = subject.filter(|text| !text.trim().is_empty());
        let data = self.data.clone().unwrap_or_default();
        let filled = email_templates::fill(&web.cx, template, subject, to, data).await?;
        let subject = SubjectLine::parse(&filled.subject)
            .map_err(|error| HttpError::field("subject", &error))?;
        Ok((subject, EmailBody::Parts(filled)))
    }

    /// The text that comes with the call.
    fn own_text(&self) -> Result<(SubjectLine, EmailBody), HttpError> {
        let subject = self.subject()?;
        let body = self.body(&subject)?;
        Ok((subject, body))
    }

    fn value(&self, name: &str) -> Option<&str> {
        let value = self.data.as_ref()?.get(name)?.as_str()?;
        Some(value).filter(|value| !value.trim().is_empty())
    }

    fn subject(&self) -> Result<SubjectLine, HttpError> {
        let given = self
            .subject
            .as_deref()
            .filter(|text| !text.trim().is_empty());
        let given = given.or(self.value("subject")).unwrap_or_default();
        SubjectLine::parse(given).map_err(|error| HttpError::field("subject", &error))
    }

    /// Only `Reply-To` can be set: other headers are ours.
    fn reply_to(&self) -> Result<Option<Mailbox>, HttpError> {
        let headers = self.headers.iter().flatten().flatten();
        let mut reply_to = None;
        for (name, value) in headers {
            if !name.eq_ignore_ascii_case("reply-to") {
                let what = format!("{name} cannot be set; only Reply-To can");
                return Err(HttpError::field("headers", &what));
            }
            reply_to = mailbox("headers", Some(value))?;
        }
        Ok(reply_to)
    }

    fn body(&self, subject: &SubjectLine) -> Result<EmailBody, HttpError> {
        let altbody = self
            .altbody
            .as_deref()
            .filter(|text| !text.trim().is_empty());
        let (text, html) = (self.value("body"), self.value("html"));
        match (html, text.or(altbody)) {
            (Some(html), Some(text)) => Ok(EmailBody::Parts(Rendered {
                subject: subject.to_string(),
                html: html.to_owned(),
                text: altbody.unwrap_or(text).to_owned(),
            })),
            // Markdown may hold HTML.
            (Some(html), None) => Ok(EmailBody::Markdown(html.to_owned())),
            (None, Some(text)) => Ok(EmailBody::Markdown(match self.content_type.as_deref() {
                Some("plain") => plain_as_markdown(text),
                _ => text.to_owned(),
            })),
            (None, None) => Err(HttpError::field(
                "data",
                &"must have the text of the email as body (Markdown, or plain by content_type), or html, or both",
            )),
        }
    }

    /// Whom it goes to, and whom it does not.
    async fn recipients(
        &self,
        web: &Web,
        mode: Mode,
    ) -> Result<(Vec<EmailAddress>, Vec<String>), HttpError> {
        let emails = self.subscriber_emails.iter().flatten();
        let emails: Vec<&String> = emails.chain(&self.subscriber_email).collect();
        let ids = self.subscriber_ids.iter().flatten();
        let ids: Vec<i64> = ids.chain(&self.subscriber_id).copied().collect();
        if emails.is_empty() == ids.is_empty() || mode == Mode::Anybody && emails.is_empty() {
            let what = "send subscriber_emails, or in the mode default subscriber_ids";
            return Err(HttpError::BadRequest(what.to_owned()));
        }
        if emails.len().max(ids.len()) > MOST {
            let what = format!("a call may have {MOST} recipients");
            return Err(HttpError::BadRequest(what));
        }
        let (mut found, mut missing) = (Vec::new(), Vec::new());
        for text in emails {
            let email = EmailAddress::parse(text);
            let email = email.map_err(|error| HttpError::field("subscriber_emails", &error))?;
            let is_known = mode == Mode::Anybody
                || subscriber_pages::by_email(&web.cx, &email).await?.is_some();
            if !is_known {
                missing.push(format!("Subscriber not found: {email}"));
            } else if !found.contains(&email) {
                found.push(email);
            }
        }
        for id in ids {
            match subscriber_pages::by_id(&web.cx, SubscriberId(id)).await? {
                Some(known) => found.push(known.subscriber.email),
                None => missing.push(format!("Subscriber not found: {id}")),
            }
        }
        Ok((found, missing))
    }
}

/// Plain text that Markdown shows as it is, line by line.
fn plain_as_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for line in text.trim_end().lines() {
        for c in line.trim().chars() {
            if c.is_ascii_punctuation() && !matches!(c, ',' | ':' | '/' | '?' | '=' | '%' | '@') {
                escaped.push('\\');
            }
            escaped.push(c);
        }
        // A line break stays one.
        escaped.push_str(if line.trim().is_empty() { "\n" } else { "  \n" });
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_no_markup() {
        assert_eq!(
            plain_as_markdown("a *b* [c](d)"),
            "a \\*b\\* \\[c\\]\\(d\\)  \n"
        );
        assert_eq!(plain_as_markdown("one\n\n  two"), "one  \n\ntwo  \n");
    }
}
