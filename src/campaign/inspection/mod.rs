//! What an email is to those who get it: its line in an inbox, its size, what mail programs do not
//! show of it, and its header. Previews show it beside the email, whatever the email is: a
//! campaign, a post, an email from a template, a welcome email.

use super::attachments;
use super::filled::{NOBODY, PreviewReader};
use super::piece::{Body, Piece};
use crate::address::EmailAddress;
use crate::context::Context;
use crate::document::pieces::Notation;
use crate::mail::Mailbox;
use crate::mail::attachment::Attachments;
use crate::mail::client_support::{self, Unsupported};
use crate::mail::icalendar::CalendarParts;
use crate::mail::message::{self, Draft, ListLines};
use crate::mail::personalise::Rendered;
use crate::model::CampaignId;
use crate::model::calendar::CalendarPart;
use crate::model::transactional::TestList;
use crate::render::{self, Budget};
use crate::store::StoreError;
use crate::text::line::PersonName;
use crate::text::locale::Language;
use crate::token::Token;

use inbox::InboxLine;
use size::EmailSize;

pub mod inbox;
pub mod size;

/// Whose email is inspected, and how it is sent.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// `None` where no sender is configured yet.
    pub from: Option<Mailbox>,
    /// The recipient's name and address.
    pub to: (String, String),
    /// The language of the email.
    pub language: Language,
    /// The list that a campaign names.
    pub list: Option<TestList>,
    /// The campaign whose files it carries.
    pub campaign: Option<CampaignId>,
    /// What it brings to the recipient's calendar.
    pub calendar: Option<CalendarPart>,
}

impl Envelope {
    /// An email from the configured sender to a person, or to nobody.
    pub fn of(cx: &Context, language: Language, reader: Option<&PreviewReader>) -> Self {
        let nobody = || (String::new(), NOBODY.to_owned());
        Self {
            from: cx.sender(),
            to: reader.map_or_else(nobody, |reader| (reader.name.clone(), reader.email.clone())),
            language,
            list: None,
            campaign: None,
            calendar: None,
        }
    }
}

/// An email as somebody gets it.
#[derive(Debug, Clone)]
pub struct Preview {
    pub mail: Rendered,
    /// How it is sent.
    pub envelope: Envelope,
    pub source: Source,
}

/// What the author of an email wrote, to name places in it.
#[derive(Debug, Clone, Default)]
pub enum Source {
    /// Several texts, or none.
    #[default]
    Unknown,
    /// A text of blocks.
    Markdown(String),
    /// MJML or HTML.
    Design(String),
}

impl Source {
    /// What the author of a part of a campaign wrote.
    pub fn of(piece: &Piece) -> Self {
        match &piece.body {
            Body::Markdown(text) => Self::Markdown(text.clone()),
            Body::Mjml(text) | Body::Html(text) => Self::Design(text.clone()),
            Body::Sections(_) => Self::Unknown,
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Unknown => "",
            Self::Markdown(text) | Self::Design(text) => text,
        }
    }

    /// What mail programs do not show of an email that was made of this, with its place in it.
    pub fn check(&self, html: &str) -> Vec<Unsupported> {
        let mut found = client_support::check(html, self.text());
        if let (Self::Markdown(text), false) = (self, found.is_empty()) {
            let blocks = Notation::Markdown.split(text);
            for one in &mut found {
                one.block = blocks.iter().position(|block| one.is_in(block));
            }
        }
        found
    }
}

/// What an email is to those who get it.
#[derive(Debug, Clone)]
pub struct Inspection {
    pub inbox: InboxLine,
    pub size: EmailSize,
    /// What some mail programs do not show.
    pub unsupported: Vec<Unsupported>,
    /// The header of the message as it would be sent, without signatures.
    pub header: String,
}

/// Inspects an email as it is filled in.
///
/// # Errors
/// That the database failed, or nothing could be done in time.
pub async fn of(cx: &Context, preview: &Preview) -> Result<Inspection, InspectionError> {
    let (html, envelope) = (&preview.mail.html, &preview.envelope);
    let pictures = size::pictures(cx, html).await?;
    let files = match envelope.campaign {
        Some(id) => attachments::weight_of(cx, id, envelope.language, html).await?,
        None => None,
    };
    let files = files.map_or(0, |files| {
        usize::try_from(files.total()).unwrap_or(usize::MAX)
    });
    let (cx, preview) = (cx.clone(), preview.clone());
    let work = move || {
        let Preview {
            mail,
            envelope,
            source,
        } = preview;
        let (message, calendar) = written(&cx, &mail, &envelope);
        let header = message.split("\r\n\r\n").next().unwrap_or_default();
        Inspection {
            inbox: InboxLine::of(envelope.from.as_ref(), &mail),
            size: EmailSize {
                html: mail.html.len(),
                text: mail.text.len(),
                files,
                calendar,
                message: message.len().saturating_add(files),
                pictures,
            },
            unsupported: source.check(&mail.html),
            header: header.replace("\r\n", "\n"),
        }
    };
    Ok(render::run(Budget::Interactive, work).await?)
}

/// Why an email was not inspected.
#[derive(Debug, thiserror::Error)]
pub enum InspectionError {
    /// It took too long.
    #[error(transparent)]
    Render(#[from] render::RenderError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The whole message, empty where it cannot be written, and the bytes in it that are for a
/// calendar.
fn written(cx: &Context, mail: &Rendered, envelope: &Envelope) -> (String, usize) {
    let nobody = || EmailAddress::parse(NOBODY).ok();
    let (name, address) = &envelope.to;
    let address = EmailAddress::parse(address).ok().or_else(nobody);
    let from = envelope.from.clone();
    let from = from.or_else(|| {
        nobody().map(|address| Mailbox {
            name: PersonName::default(),
            address,
        })
    });
    let (Some(address), Some(from)) = (address, from) else {
        return (String::new(), 0);
    };
    let name = PersonName::parse(name).unwrap_or_default();
    let to = Mailbox { name, address };
    let domain = from.address.domain();
    let token = cx.keys.sign(&Token::Sample);
    let bounces = cx.config().bounces_of(domain);
    let list = envelope.list.as_ref();
    let list = list.map(|list| ListLines::new(list, domain, &bounces, "campaign"));
    let draft = Draft {
        from: &from,
        to: &to,
        reply_to: None,
        subject: &mail.subject,
        date: cx.clock.now(),
        message_id: &format!("<{token}@{domain}>"),
        language: envelope.language,
        html: &mail.html,
        text: &mail.text,
        attachments: &Attachments::default(),
        calendar: envelope.calendar.as_ref(),
        list: list.as_ref().map(ListLines::headers),
    };
    let bytes = message::compose(&draft).unwrap_or_default();
    let calendar = envelope.calendar.as_ref();
    let calendar = calendar.map(|part| CalendarParts::of(part, &from, &to, draft.date).size());
    let message = String::from_utf8_lossy(&bytes).into_owned();
    (message, calendar.unwrap_or(0))
}
