//! Templates of transactional email: texts that admins write and other programs fill in.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use super::article::article;
use super::{frame, templates};
use crate::account::audit;
use crate::address::EmailAddress;
use crate::campaign::CampaignError;
use crate::campaign::filled::PreviewReader;
use crate::campaign::inspection::{self, Envelope, Preview};
use crate::campaign::layouts;
use crate::campaign::pictures::Pictures;
use crate::campaign::subjects::PREHEADER_LIMIT;
use crate::campaign::test_email::{self, TestAddresses};
use crate::context::Context;
use crate::delivery::WriteError;
use crate::mail::personalise::{
    Names, Placeholders, Rendered, RequestFields, RequestTemplate, Source, TemplateError,
};
use crate::model::EmailTemplateId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::list::Slug;
use crate::render::{self, Budget};
use crate::store::StoreError;
use crate::store::email_templates;
use crate::text::line::SubjectLine;

pub use crate::store::email_templates::{EmailTemplate, TemplateText};

/// Bytes of Markdown that a template may have.
pub const BODY_LIMIT: usize = 64 * 1024;
/// Bytes of JSON that fill it in.
pub const DATA_LIMIT: usize = 64 * 1024;

/// Why a template cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum EmailTemplateError {
    /// A field of it, or of what fills it in.
    #[error("{error}")]
    Field {
        /// `subject`, `preheader`, `body`, `sample` or `data`.
        field: &'static str,
        /// What is wrong.
        error: String,
    },
    /// It cannot be rendered.
    #[error(transparent)]
    Write(WriteError),
    /// A test of it that is not sent.
    #[error(transparent)]
    Test(#[from] CampaignError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A result of this module.
pub type Result<T> = std::result::Result<T, EmailTemplateError>;

fn wrong<T>(field: &'static str, error: impl std::fmt::Display) -> Result<T> {
    let error = error.to_string();
    Err(EmailTemplateError::Field { field, error })
}

/// Every template, by name.
pub async fn all(cx: &Context) -> Result<Vec<EmailTemplate>> {
    Ok(email_templates::all(&mut cx.store.read().await?).await?)
}

/// The template of this name.
pub async fn by_name(cx: &Context, name: &str) -> Result<Option<EmailTemplate>> {
    Ok(email_templates::by_name(&mut cx.store.read().await?, name).await?)
}

/// The template of this number.
pub async fn by_id(cx: &Context, id: EmailTemplateId) -> Result<Option<EmailTemplate>> {
    Ok(email_templates::by_id(&mut cx.store.read().await?, id).await?)
}

/// Makes a template, or changes the one of this name; gives its number. Its sample must fill it
/// in.
///
/// # Errors
/// [`EmailTemplateError::Field`] says what is wrong with it.
pub async fn save(
    cx: &Context,
    by: &Actor,
    name: &Slug,
    text: TemplateText,
) -> Result<EmailTemplateId> {
    let text = with_own_tags(&text);
    sample(cx, &text, None).await?;
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let id = email_templates::set(&mut db, name.as_str(), &text, by.as_str(), now).await?;
    audit::record(&mut db, by, AuditAction::EmailTemplateSave, name, now).await?;
    db.commit().await?;
    Ok(id)
}

/// Deletes a template; `false` where there is none of this name.
pub async fn delete(cx: &Context, by: &Actor, name: &str) -> Result<bool> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    if !email_templates::delete(&mut db, name).await? {
        return Ok(false);
    }
    audit::record(&mut db, by, AuditAction::EmailTemplateDelete, name, now).await?;
    db.commit().await?;
    Ok(true)
}

/// The email of a template with its own sample, to a person or to nobody.
///
/// # Errors
/// [`EmailTemplateError::Field`] says what is wrong with the template or the sample.
pub async fn sample(
    cx: &Context,
    text: &TemplateText,
    reader: Option<&PreviewReader>,
) -> Result<Preview> {
    let text = &with_own_tags(text);
    if let Err(error) = SubjectLine::parse(&text.subject) {
        return wrong("subject", error);
    }
    if text.preheader.chars().count() > PREHEADER_LIMIT {
        return wrong("preheader", "has more than 300 characters");
    }
    if text.body.trim().is_empty() {
        return wrong("body", "must not be empty");
    }
    if text.body.len() > BODY_LIMIT {
        return wrong("body", format!("is longer than {} KiB", BODY_LIMIT / 1024));
    }
    let data = match text.sample.trim() {
        "" => Map::new(),
        json => match serde_json::from_str(json) {
            Ok(data) => data,
            Err(error) => return wrong("sample", format!("is no JSON object: {error}")),
        },
    };
    let envelope = Envelope::of(cx, text.language, reader);
    let filled = write(cx, text, &envelope.to.1, data, Budget::Interactive).await;
    match filled {
        Ok(mail) => Ok(Preview {
            mail,
            envelope,
            source: inspection::Source::Markdown(text.body.clone()),
        }),
        Err(EmailTemplateError::Write(WriteError::Template(error @ TemplateError::Missing(_)))) => {
            wrong("sample", error)
        }
        Err(EmailTemplateError::Field {
            field: "data",
            error,
        }) => wrong("sample", error),
        Err(EmailTemplateError::Write(error)) if !error.is_temporary() => wrong("body", error),
        Err(error) => Err(error),
    }
}

/// The email of a template for a recipient, filled with what a program gives. `subject` takes
/// the place of its own.
///
/// # Errors
/// [`EmailTemplateError::Field`] says what is wrong with the data.
pub async fn fill(
    cx: &Context,
    template: &EmailTemplate,
    subject: Option<&str>,
    to: &EmailAddress,
    data: Map<String, Value>,
) -> Result<Rendered> {
    let text = TemplateText {
        language: template.language,
        subject: subject.unwrap_or(&template.subject).to_owned(),
        preheader: template.preheader.clone(),
        body: template.body.clone(),
        sample: String::new(),
    };
    match write(cx, &text, to.as_str(), data, Budget::Interactive).await {
        Err(EmailTemplateError::Write(WriteError::Template(
            error @ (TemplateError::Missing(_) | TemplateError::TooLong(_)),
        ))) => wrong("data", error),
        filled => filled,
    }
}

/// Queues a test of a template, which the audit log names so.
///
/// # Errors
/// As [`sample`], and [`EmailTemplateError::Test`].
pub async fn send_test(
    cx: &Context,
    by: &Actor,
    (name, text): (&str, &TemplateText),
    to: &TestAddresses,
    reader: Option<&PreviewReader>,
) -> Result<()> {
    let preview = sample(cx, text, reader).await?;
    let what = (AuditAction::EmailTest, PreviewReader::subject(reader, name));
    Ok(test_email::queue(cx, by, what, to, vec![preview]).await?)
}

async fn write(
    cx: &Context,
    text: &TemplateText,
    email: &str,
    data: Map<String, Value>,
    budget: Budget,
) -> Result<Rendered> {
    let data = Value::Object(data);
    if data.to_string().len() > DATA_LIMIT {
        return wrong("data", format!("is longer than {} KiB", DATA_LIMIT / 1024));
    }
    let written = render(cx, text, email, data, budget).await;
    written.map_err(|error| match error {
        WriteError::Store(error) => error.into(),
        error => EmailTemplateError::Write(error),
    })
}

async fn render(
    cx: &Context,
    text: &TemplateText,
    email: &str,
    data: Value,
    budget: Budget,
) -> std::result::Result<Rendered, WriteError> {
    let site = templates::read_site(cx).await?;
    let site_url = cx.config().public_url();
    let mut db = cx.store.read().await?;
    let layout = layouts::transactional(&mut db).await?;
    let pictures = Pictures::load(&mut db, std::iter::once(text.body.as_str())).await?;
    drop(db);
    let language = text.language;
    let (subject, body) = (text.subject.clone(), text.body.clone());
    let preheader = text.preheader.clone();
    let links = site.phrases(language).translate("mail-text-links");
    let work = move || {
        let placeholders = Placeholders::with_names(Names::Request);
        let mut article = article(
            placeholders,
            (&subject, &preheader),
            &body,
            &site_url,
            &links,
        )?;
        article.html = pictures.fit(&article.html, &site_url, &layout);
        Ok::<_, WriteError>(article)
    };
    let article = render::run(budget, work).await??;
    // A cut one could end in the middle of a merge tag.
    let preheader = match article.preheader.as_str() {
        "" => article.subject.clone(),
        own => own.to_owned(),
    };
    let laid_out = frame::in_layout_with(cx, language, &article.subject, preheader, &article.html);
    let (html, brand) = laid_out.await?;
    let plain = frame::with_footer(article.text.clone(), &brand);
    let fields = RequestFields {
        data,
        email: email.to_owned(),
        language,
        site_name: site.name(language).to_owned(),
    };
    let work = move || {
        let placeholders = &article.placeholders;
        let template = RequestTemplate::compile(&Source {
            subject: placeholders.restore(&article.subject),
            html: placeholders.restore_html(&html),
            text: placeholders.restore(&plain),
        })?;
        template.fill(&fields)
    };
    Ok(render::run(budget, work).await??)
}

/// Tags as templates of listmonk have them, and ours for them.
static FORMER_TAGS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\{\{-?\s*\.(Tx\.Data\.([A-Za-z0-9_.]+)|Subscriber\.Email)\s*-?\}\}").ok()
});

/// A template as it is kept.
fn with_own_tags(text: &TemplateText) -> TemplateText {
    TemplateText {
        language: text.language,
        subject: translated(text.subject.trim()),
        preheader: translated(&one_line(&text.preheader)),
        body: translated(&text.body.replace("\r\n", "\n")),
        sample: text.sample.clone(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text whose tags of listmonk are ours.
fn translated(text: &str) -> String {
    let Some(tags) = FORMER_TAGS.as_ref() else {
        return text.to_owned();
    };
    let ours = |found: &regex::Captures<'_>| match found.get(2) {
        Some(path) => format!("{{{{ data.{} }}}}", path.as_str()),
        None => "{{ email }}".to_owned(),
    };
    tags.replace_all(text, ours).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_listmonk_become_ours() {
        for (theirs, ours) in [
            ("Order {{ .Tx.Data.order_id }}", "Order {{ data.order_id }}"),
            (
                "{{.Tx.Data.a.b}} to {{ .Subscriber.Email }}",
                "{{ data.a.b }} to {{ email }}",
            ),
            ("{{ data.x }} .Tx.Data.x", "{{ data.x }} .Tx.Data.x"),
        ] {
            assert_eq!(translated(theirs), ours);
        }
    }
}
