//! Transactional email, requested by other programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::address::EmailAddress;
use crate::audience::suppression;
use crate::delivery::WriteError;
use crate::mail::Mailbox;
use crate::mail::personalise::Rendered;
use crate::model::EmailId;
use crate::model::calendar::{CalendarMethod, CalendarPart};
use crate::model::subscription::SuppressionReason;
use crate::store::transactional_attachments::EmailAttachment;
use crate::text::line::SubjectLine;
use crate::text::locale::Language;
use crate::transactional::attachments::{self, GivenFile};
use crate::transactional::calendar::{self, GivenEvent};
use crate::transactional::email_templates;
use crate::transactional::queue::{self, EmailBody, EmailRequest};
use crate::web::api::bearer::Caller;
use crate::web::api::request::{BodyWithFiles, field, offered, offered_or_usual};
use crate::web::http::error::HttpError;
use crate::web::http::problem::ProblemType;
use crate::web::state::Web;

/// An email to send.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewMail {
    /// One address.
    to: String,
    /// Required, unless a template has one.
    subject: Option<String>,
    /// The name of a template, in the place of a text.
    template: Option<String>,
    /// What fills the template in.
    #[schema(value_type = Option<Object>)]
    data: Option<Map<String, Value>>,
    /// The text as Markdown, rendered in the layout `letter`; or give `html`
    /// and `text`.
    body_markdown: Option<String>,
    html: Option<String>,
    text: Option<String>,
    /// `Name <address>`. Default: the configured sender.
    from: Option<String>,
    reply_to: Option<String>,
    language: Option<Language>,
    /// Files, at most 10.
    #[serde(default)]
    attachments: Vec<NewAttachment>,
    /// An event for the recipient's calendar.
    calendar: Option<NewEvent>,
}

/// An event that an email brings to its recipient's calendar.
#[derive(Deserialize, utoipa::ToSchema)]
#[schema(as = NewCalendarEvent)]
pub struct NewEvent {
    /// `request` invites, `cancel` takes the event out again, `publish` attaches it as a file.
    method: CalendarMethod,
    /// The same in every email about the event, such as `visit-17@embassy.example`.
    #[schema(max_length = 255)]
    uid: String,
    /// Higher in each email about the event.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    sequence: i64,
    #[schema(max_length = 255)]
    summary: String,
    /// RFC 3339, a local time of `zone` such as `2026-03-01T18:00`, or a day such as
    /// `2026-03-01`.
    start: String,
    /// The same. Of days, the last one.
    end: String,
    /// An IANA name such as `Asia/Almaty`. Default: the site's.
    zone: Option<String>,
    #[serde(default)]
    #[schema(max_length = 255)]
    location: String,
    #[serde(default)]
    #[schema(max_length = 2000)]
    description: String,
    #[serde(default)]
    #[schema(max_length = 1000)]
    url: String,
    /// `Name <address>`: who invites. Default: the sender.
    organizer: Option<String>,
}

impl NewEvent {
    fn read(self, web: &Web) -> Result<CalendarPart, HttpError> {
        let given = GivenEvent {
            method: self.method,
            uid: self.uid,
            sequence: self.sequence,
            summary: self.summary,
            start: self.start,
            end: self.end,
            zone: self.zone,
            location: self.location,
            description: self.description,
            url: self.url,
            organizer: self.organizer,
        };
        let read = calendar::checked(given, web.cx.config().time_zone.name());
        read.map_err(|error| HttpError::field(format!("calendar.{}", error.field), &error))
    }
}

/// A file of an email: a document, a picture or audio. What runs, has macros or is a page is
/// refused.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewAttachment {
    /// Its name with the ending, such as `Invoice 17.pdf`.
    name: String,
    /// Its bytes in base64.
    content: String,
    /// Its media type. Default: that of its ending.
    content_type: Option<String>,
    /// For a picture that `html` shows as `cid:…`: what stands behind the colon.
    content_id: Option<String>,
}

impl NewAttachment {
    fn read(self, at: usize) -> Result<GivenFile, HttpError> {
        // Line breaks, as many encoders write them.
        let text: String = self.content.split_ascii_whitespace().collect();
        let content = BASE64.decode(text.as_bytes());
        let wrong = |error| HttpError::field(format!("attachments[{at}].content"), &error);
        Ok(GivenFile {
            name: self.name,
            media_type: self.content_type,
            content_id: self.content_id,
            content: content.map_err(wrong)?,
        })
    }
}

/// A queued email.
#[derive(Serialize, utoipa::ToSchema)]
pub struct QueuedMail {
    id: EmailId,
    to: String,
    state: &'static str,
}

/// Send an email to one person
///
/// Give an `Idempotency-Key`, so that a repeated call sends nothing twice.
#[utoipa::path(post, path = "/transactional", tag = "transactional", security(("bearer" = [])),
    request_body = NewMail,
    responses((status = 202, body = QueuedMail), (status = 422),
              (status = 409, description = "The address bounced or complained before")))]
pub async fn send(
    caller: Caller,
    State(web): State<Web>,
    BodyWithFiles(mut new): BodyWithFiles<NewMail>,
) -> Result<(StatusCode, Json<QueuedMail>), HttpError> {
    let to = EmailAddress::parse(&new.to).map_err(|error| field("to")(&error))?;
    let mailbox = |name: &'static str, text: Option<String>| {
        let parsed = text.map(|text| text.parse::<Mailbox>()).transpose();
        parsed.map_err(|error| field(name)(&error))
    };
    let given = std::mem::take(&mut new.attachments).into_iter().enumerate();
    let given = given.map(|(at, file)| file.read(at));
    let attachments = files(&web, given.collect::<Result<_, _>>()?)?;
    let calendar = new.calendar.take().map(|event| event.read(&web));
    let calendar = calendar.transpose()?;
    let (subject, language, body) = text(&web, &to, &mut new).await?;
    // People who only unsubscribed still get what they ordered.
    let suppressed = suppression::of(&web.cx, &to).await?;
    if suppressed.is_some_and(|one| one.reason != SuppressionReason::UnsubscribedAll) {
        return Err(HttpError::problem(
            ProblemType::AddressSuppressed,
            format!("{to} is suppressed"),
        ));
    }
    let mail = EmailRequest {
        from: mailbox("from", new.from)?,
        reply_to: mailbox("reply_to", new.reply_to)?,
        language,
        to,
        subject,
        body,
        attachments,
        calendar,
    };
    let id = queue::push(&web.cx, &caller.actor(), &mail)
        .await
        .map_err(failure)?;
    let body = QueuedMail {
        id,
        to: mail.to.to_string(),
        state: "queued",
    };
    Ok((StatusCode::ACCEPTED, Json(body)))
}

/// Subject, language and text of an email: those of the call, or a template that it fills in.
async fn text(
    web: &Web,
    to: &EmailAddress,
    new: &mut NewMail,
) -> Result<(SubjectLine, Language, EmailBody), HttpError> {
    let line = |text: &str| SubjectLine::parse(text).map_err(|error| field("subject")(&error));
    let texts = (new.body_markdown.take(), new.html.take(), new.text.take());
    let language = new.language;
    if let Some(name) = new.template.take() {
        if !matches!(texts, (None, None, None)) {
            let what = "give either template, or body_markdown, or html and text";
            return Err(HttpError::Unprocessable(what.to_owned()));
        }
        let template = email_templates::by_name(&web.cx, &name).await?;
        let unknown = || HttpError::field("template", &format!("there is no template {name:?}"));
        let mut template = template.ok_or_else(unknown)?;
        if let Some(language) = language {
            template.language = offered(web, "language", language)?;
        }
        let subject = new.subject.as_deref();
        let data = new.data.take().unwrap_or_default();
        let filled = email_templates::fill(&web.cx, &template, subject, to, data).await?;
        let subject = line(&filled.subject)?;
        return Ok((subject, template.language, EmailBody::Parts(filled)));
    }
    if new.data.is_some() {
        let what = "data fills in a template; give its name as template";
        return Err(HttpError::Unprocessable(what.to_owned()));
    }
    let subject = line(new.subject.as_deref().unwrap_or_default())?;
    let body = match texts {
        (Some(markdown), None, None) if !markdown.trim().is_empty() => {
            EmailBody::Markdown(markdown)
        }
        (None, Some(html), Some(text)) => EmailBody::Parts(Rendered {
            subject: subject.to_string(),
            html,
            text,
        }),
        _ => {
            let what = "give either body_markdown, or html and text, or template";
            return Err(HttpError::Unprocessable(what.to_owned()));
        }
    };
    Ok((subject, offered_or_usual(web, language)?, body))
}

/// Files as they are kept.
pub(in crate::web) fn files(
    web: &Web,
    given: Vec<GivenFile>,
) -> Result<Vec<EmailAttachment>, HttpError> {
    let limit = web.cx.config().attachment_limit;
    attachments::checked(limit, given).map_err(|error| HttpError::field("attachments", &error))
}

pub(in crate::web) fn failure(error: WriteError) -> HttpError {
    match error {
        WriteError::Store(error) => error.into(),
        error => HttpError::Unprocessable(error.to_string()),
    }
}
