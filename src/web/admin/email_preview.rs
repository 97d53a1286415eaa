//! Previews of emails, in a sandboxed frame: as a computer, a phone or a dark screen shows them,
//! the text part, the header, and what else is to be known of them.

use std::convert::Infallible;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Response};

use crate::campaign::CampaignError;
use crate::campaign::filled::PreviewReader;
use crate::campaign::inspection::inbox::InboxWarning;
use crate::campaign::inspection::{self, Inspection, Preview};
use crate::campaign::preview_reader::{self, ReaderError};
use crate::campaign::test_email::{MOST_ADDRESSES, TestAddressError, TestAddresses};
use crate::mail::client_support::{Client, Unsupported};
use crate::mail::dark::{Scheme, in_scheme};
use crate::text::escape::escape_html;
use crate::text::locale::Language;
use crate::text::phrases::Phrases;
use crate::web::admin::viewer::Viewer;
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::http::security_headers::MAIL_POLICY;
use crate::web::state::Web;

/// The field with the subscriber whose email a preview or a test shows.
pub const READER: &str = "preview_as";
/// The field with the addresses of a test.
pub const TEST_TO: &str = "test_to";

/// The merge tag for the recipient's name, with a fallback in that language.
pub fn name_tag(language: &Language) -> String {
    let reader = Phrases::shipped(*language).translate("mail-reader");
    format!("{{{{ name | default(\"{reader}\") }}}}")
}

/// An email, or the message that says why it cannot be rendered.
pub type EmailPreview = Result<Preview, String>;

/// Errors of rendering are shown to the author, except errors of the database.
pub fn email_preview(mail: Result<Preview, CampaignError>) -> Result<EmailPreview, HttpError> {
    match mail {
        Ok(mail) => Ok(Ok(mail)),
        Err(CampaignError::Store(error)) => Err(error.into()),
        Err(error) => Ok(Err(error.to_string())),
    }
}

/// What to show of an email: `?part=`, or for `Accept: text/plain` the plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Html,
    /// The same as with a dark screen.
    Dark,
    Text,
    /// The header of the message.
    Header,
    /// Its line in an inbox, its size, and what mail programs do not show.
    Report,
}

impl<S: Sync> FromRequestParts<S> for Part {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        let mut query = url::form_urlencoded::parse(query.as_bytes());
        let wanted = query.find(|(name, _)| name == "part");
        let accept = parts.headers.get(header::ACCEPT);
        let is_plain = accept.is_some_and(|accept| accept.as_bytes().starts_with(b"text/plain"));
        Ok(match wanted.as_ref().map(|(_, value)| value.as_ref()) {
            Some("text") => Self::Text,
            Some("header") => Self::Header,
            Some("dark") => Self::Dark,
            Some("report") => Self::Report,
            _ if is_plain => Self::Text,
            _ => Self::Html,
        })
    }
}

/// The subscriber whose email is to be shown, by what the user entered, or why there is none.
pub async fn preview_reader(
    web: &Web,
    viewer: &Viewer,
    text: &str,
) -> Result<Result<Option<PreviewReader>, String>, HttpError> {
    match preview_reader::find(&web.cx, &viewer.access, text).await {
        Ok(found) => Ok(Ok(found)),
        Err(ReaderError::Nobody(text)) => {
            let nobody = viewer.say("admin-preview-nobody");
            Ok(Err(nobody.text("text", text).into()))
        }
        Err(ReaderError::Several(addresses)) => {
            let several = viewer.say("admin-preview-several");
            Ok(Err(several.text("addresses", addresses.join(", ")).into()))
        }
        Err(ReaderError::Store(error)) => Err(error.into()),
    }
}

/// Where a test goes, and as whose email.
pub struct TestOrder {
    pub to: TestAddresses,
    pub reader: Option<PreviewReader>,
}

/// The addresses of a test in words, or what is wrong with them.
pub fn test_addresses(wording: &Wording, text: &str) -> Result<TestAddresses, String> {
    TestAddresses::parse(text).map_err(|error| match error {
        TestAddressError::Invalid(part) => {
            let fault = wording.say("admin-campaign-test-invalid");
            fault.text("text", part).into()
        }
        TestAddressError::Missing => wording.t("admin-campaign-test-nobody"),
        TestAddressError::TooMany => {
            let fault = wording.say("admin-campaign-test-too-many");
            fault.number("count", MOST_ADDRESSES).into()
        }
    })
}

/// The test that a form asks for: to the user, where it names nobody.
pub async fn test_order(
    web: &Web,
    viewer: &Viewer,
    form: &Form,
) -> Result<Result<TestOrder, String>, HttpError> {
    let to = match form.trimmed(TEST_TO) {
        "" => viewer.user.email.as_str(),
        entered => entered,
    };
    let to = match test_addresses(viewer, to) {
        Ok(to) => to,
        Err(why) => return Ok(Err(why)),
    };
    let reader = preview_reader(web, viewer, form.trimmed(READER)).await?;
    Ok(reader.map(|reader| TestOrder { to, reader }))
}

/// Why a test was not sent, for its page: a suppressed address, or too many of them. What else went
/// wrong is none of the user's.
pub fn test_refusal(viewer: &Viewer, error: CampaignError) -> Result<String, HttpError> {
    match error {
        CampaignError::TestSuppressed(_) | CampaignError::TestLimit { .. } => {
            Ok(viewer.explain(error))
        }
        error => Err(error.into()),
    }
}

/// The response for a preview's frame.
pub async fn preview_response(
    web: &Web,
    wording: &Wording,
    mail: EmailPreview,
    part: Part,
) -> Result<Response, HttpError> {
    let preview = match mail {
        Ok(preview) => preview,
        Err(why) if matches!(part, Part::Text | Part::Header) => {
            return Ok(wording.explain(why).into_response());
        }
        Err(_) if part == Part::Report => {
            let page = ReportPage {
                viewer: wording,
                report: None,
            };
            return Ok(render_page(&page)?.into_response());
        }
        Err(why) => return Ok(in_frame(no_preview(wording, &why))),
    };
    let scheme = match part {
        Part::Text => return Ok(preview.mail.text.into_response()),
        Part::Header => {
            return Ok(inspection::of(&web.cx, &preview)
                .await?
                .header
                .into_response());
        }
        Part::Report => {
            let report = EmailReport::of(web, &preview).await?;
            let page = ReportPage {
                viewer: wording,
                report: Some(report),
            };
            return Ok(render_page(&page)?.into_response());
        }
        Part::Html => Scheme::Light,
        Part::Dark => Scheme::Dark,
    };
    let html = preview.mail.html;
    let html = html.replacen("<head>", "<head><base target=\"_blank\">", 1);
    Ok(in_frame(in_scheme(&html, scheme)))
}

fn in_frame(html: String) -> Response {
    ([(header::CONTENT_SECURITY_POLICY, MAIL_POLICY)], Html(html)).into_response()
}

#[derive(Template)]
#[template(path = "admin/email_report_page.html")]
struct ReportPage<'a> {
    viewer: &'a Wording,
    report: Option<EmailReport>,
}

/// What is to be known of an email beside how it looks.
pub struct EmailReport {
    pub inspection: Inspection,
    /// Of the email.
    language: Language,
}

impl EmailReport {
    pub async fn of(web: &Web, preview: &Preview) -> Result<Self, HttpError> {
        Ok(Self {
            inspection: inspection::of(&web.cx, preview).await?,
            language: preview.envelope.language,
        })
    }

    /// What readers may stumble over in an inbox, in words.
    pub fn inbox_warnings(&self, wording: &Wording) -> Vec<String> {
        let key = |one: &InboxWarning| match one {
            InboxWarning::SubjectCut => "admin-preview-inbox-subject-cut",
            InboxWarning::NoPreheader => "admin-preview-inbox-no-preheader",
            InboxWarning::PreheaderRepeatsSubject => {
                "admin-preview-inbox-preheader-repeats-subject"
            }
            InboxWarning::PreheaderShort => "admin-preview-inbox-preheader-short",
        };
        let warnings = self.inspection.inbox.warnings.iter();
        warnings.map(|one| wording.t(key(one))).collect()
    }

    pub fn calendar_size(&self, wording: &Wording) -> String {
        size(wording, self.inspection.size.calendar)
    }

    pub fn text_size(&self, wording: &Wording) -> String {
        size(wording, self.inspection.size.text)
    }

    pub fn files_size(&self, wording: &Wording) -> String {
        size(wording, self.inspection.size.files)
    }

    pub fn message_size(&self, wording: &Wording) -> String {
        size(wording, self.inspection.size.message)
    }

    pub fn language(&self) -> &'static str {
        self.language.tag()
    }

    pub fn html_size(&self, wording: &Wording) -> String {
        let line = wording.say("admin-preview-size-html");
        let line = line.text("size", size(wording, self.inspection.size.html));
        line.number("percent", self.inspection.size.percent())
            .into()
    }

    pub fn pictures(&self, wording: &Wording) -> String {
        let pictures = self.inspection.size.pictures;
        let own = pictures.count - pictures.elsewhere;
        let mut parts: Vec<String> = Vec::new();
        if own > 0 {
            let bytes = usize::try_from(pictures.bytes).unwrap_or_default();
            let line = wording.say("admin-preview-size-pictures-own");
            let line = line.number("count", own);
            parts.push(line.text("size", size(wording, bytes)).into());
        }
        if pictures.elsewhere > 0 {
            let line = wording.say("admin-preview-size-pictures-elsewhere");
            parts.push(line.number("count", pictures.elsewhere).into());
        }
        if parts.is_empty() {
            return wording.t("admin-preview-size-pictures-none");
        }
        parts.join("; ")
    }

    /// What mail programs do not show, in words.
    pub fn unsupported(&self, wording: &Wording) -> Vec<UnsupportedLine> {
        let line = |one: &Unsupported| {
            let clients: Vec<&str> = one
                .clients
                .iter()
                .map(|client| Client::name(*client))
                .collect();
            let text = wording.say("admin-preview-unsupported");
            let text = text.text("clients", clients.join(", "));
            UnsupportedLine {
                text: text.text("feature", &one.feature).into(),
                place: place(wording, one),
                url: one.url.clone(),
                block: one.block,
            }
        };
        self.inspection.unsupported.iter().map(line).collect()
    }
}

/// One thing that mail programs do not show.
pub struct UnsupportedLine {
    pub text: String,
    /// Where it is; may be empty.
    pub place: String,
    /// What caniemail.com says of it.
    pub url: String,
    /// The block of the author's text, from 0, that the editor marks.
    pub block: Option<usize>,
}

/// Bytes in words.
fn size(wording: &Wording, bytes: usize) -> String {
    let kib = bytes.div_ceil(1024);
    wording.say("admin-preview-kb").number("kb", kib).into()
}

/// Where something is in an email.
fn place(wording: &Wording, one: &Unsupported) -> String {
    let mut parts = Vec::new();
    if let Some(block) = one.block {
        let text = wording.say("admin-preview-block");
        parts.push(text.number("block", block + 1).into());
    }
    if let Some(line) = one.line {
        let text = wording.say("admin-preview-line");
        parts.push(text.number("line", line).into());
    }
    if !one.element.is_empty() {
        let element = format!("<{}>", one.element);
        parts.push(if one.near.is_empty() {
            element
        } else {
            let text = wording.say("admin-preview-near").text("element", element);
            text.text("near", &one.near).into()
        });
    }
    if one.count > 1 {
        let text = wording.say("admin-preview-times");
        parts.push(text.number("count", one.count).into());
    }
    parts.join(" · ")
}

/// What the frame shows instead of an email.
fn no_preview(wording: &Wording, why: &str) -> String {
    let language = wording.language();
    let direction = language.direction();
    let title = escape_html(&wording.t("admin-campaign-preview-title"));
    let none = escape_html(&wording.t("admin-campaign-preview-none"));
    let why = escape_html(&wording.explain(why));
    format!(
        "<!doctype html><html lang=\"{language}\" dir=\"{direction}\"><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title}</title></head><body style=\"font: 16px/1.5 sans-serif; margin: 2rem\">\
         <p><strong>{none}</strong></p><p>{why}</p></body></html>"
    )
}
