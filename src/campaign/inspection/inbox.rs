//! The line of an email in an inbox: sender, subject and the first words.

use serde::Serialize;

use crate::mail::Mailbox;
use crate::mail::personalise::Rendered;
use crate::text::html;
use crate::text::markup::{self, Kind};

/// Characters of a subject that a phone shows.
pub const SUBJECT_SHOWN: usize = 40;
/// Characters of the first words that a phone shows.
pub const PREVIEW_SHOWN: usize = 90;
/// Characters of a preheader below which inboxes go on with what follows it.
const PREVIEW_LEAST: usize = 35;
/// Characters of the email that are read for it.
const READ: usize = 400;

/// What a phone shows of an email in its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxLine {
    /// The sender's name, or the address without one.
    pub from: String,
    /// The whole subject.
    pub subject: String,
    /// What follows the subject: the preheader, and after it the email's first words.
    pub preview: String,
    pub warnings: Vec<InboxWarning>,
}

/// What readers may stumble over in an inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InboxWarning {
    /// A phone cuts the subject off.
    SubjectCut,
    /// The email has no preheader, so inboxes show its first words.
    NoPreheader,
    /// The preheader says what the subject says.
    PreheaderRepeatsSubject,
    /// Inboxes show the email's first words after the preheader.
    PreheaderShort,
}

impl InboxLine {
    pub(super) fn of(from: Option<&Mailbox>, mail: &Rendered) -> Self {
        let name = from.map_or_else(String::new, |from| match from.name.as_str() {
            "" => from.address.to_string(),
            name => name.to_owned(),
        });
        let first = FirstWords::of(&mail.html);
        Self {
            from: name,
            subject: mail.subject.trim().to_owned(),
            warnings: warnings(&mail.subject, &first),
            preview: first.together(),
        }
    }

    /// The subject as a phone shows it.
    pub fn subject_shown(&self) -> String {
        cut(&self.subject, SUBJECT_SHOWN)
    }

    /// The first words as a phone shows them.
    pub fn preview_shown(&self) -> String {
        cut(&self.preview, PREVIEW_SHOWN)
    }
}

fn warnings(subject: &str, first: &FirstWords) -> Vec<InboxWarning> {
    let length = |text: &str| text.chars().count();
    let same = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words: Vec<String> = words
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        words.join(" ")
    };
    let mut warnings = Vec::new();
    if length(subject.trim()) > SUBJECT_SHOWN {
        warnings.push(InboxWarning::SubjectCut);
    }
    if first.hidden.is_empty() {
        warnings.push(InboxWarning::NoPreheader);
    } else if same(&first.hidden) == same(subject) {
        warnings.push(InboxWarning::PreheaderRepeatsSubject);
    } else if length(&first.hidden) < PREVIEW_LEAST {
        warnings.push(InboxWarning::PreheaderShort);
    }
    warnings
}

/// A text of at most so many characters, with an ellipsis where it is cut.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// The first words of an email.
#[derive(Debug, Default, PartialEq, Eq)]
struct FirstWords {
    /// In an element that the email itself does not show: the preheader.
    hidden: String,
    /// What is shown.
    shown: String,
}

impl FirstWords {
    fn of(html: &str) -> Self {
        let body = html.find("<body").unwrap_or(0);
        let (mut hidden, mut shown) = (String::new(), String::new());
        // The open elements from the outermost hidden one on.
        let mut inside: Vec<&str> = Vec::new();
        let mut raw: Option<&str> = None;
        for token in markup::tokens(&html[body..]) {
            match &token.kind {
                Kind::Open(tag) => {
                    raw = markup::is_raw_text(tag.name).then_some(tag.name);
                    let is_empty = markup::is_void(tag.name) || tag.is_self_closing;
                    if !is_empty && (!inside.is_empty() || tag.is_hidden()) {
                        inside.push(tag.name);
                    }
                }
                Kind::Close(name) => {
                    raw = None;
                    let same = |open: &&str| open.eq_ignore_ascii_case(name);
                    if let Some(at) = inside.iter().rposition(same) {
                        inside.truncate(at);
                    }
                }
                Kind::Text if raw.is_none() && inside.is_empty() => {
                    shown.push_str(token.raw);
                    shown.push(' ');
                }
                Kind::Text if raw.is_none() && shown.trim().is_empty() => {
                    hidden.push_str(token.raw);
                }
                _ => {}
            }
            if shown.len() > READ * 4 {
                break;
            }
        }
        Self {
            hidden: tidy(&hidden),
            shown: tidy(&shown),
        }
    }

    /// As inboxes show them.
    fn together(&self) -> String {
        let all = format!("{} {}", self.hidden, self.shown);
        all.trim().chars().take(READ).collect()
    }
}

/// One line without the invisible characters that fill up preheaders.
fn tidy(text: &str) -> String {
    let text = html::plain_text(text);
    let is_filler = |c: char| {
        matches!(
            c,
            '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{034F}' | '\u{AD}' | '\u{2007}' | '\u{2060}'
        )
    };
    let text: String = text.chars().filter(|c| !is_filler(*c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(subject: &str, html: &str) -> InboxLine {
        let mail = Rendered {
            subject: subject.to_owned(),
            html: html.to_owned(),
            text: String::new(),
        };
        InboxLine::of(
            Some(&"The Embassy <news@example.kz>".parse().unwrap()),
            &mail,
        )
    }

    #[test]
    fn an_inbox_shows_the_preheader_and_then_the_first_words() {
        let html = "<head><title>No</title><style>p{}</style></head><body>\
            <div style=\"display: none; max-height:0\">What is new &amp; <b>why</b> it matters to all of you&#8203;&zwnj;&nbsp;</div>\
            <table><tr><td>The Embassy</td></tr></table><p>Dear reader</p></body>";
        let line = line("News", html);
        assert_eq!(line.from, "The Embassy");
        assert_eq!(
            line.preview_shown(),
            "What is new & why it matters to all of you The Embassy Dear reader"
        );
        assert_eq!(line.warnings, []);
    }

    #[test]
    fn what_readers_may_stumble_over_is_named() {
        use InboxWarning::{NoPreheader, PreheaderRepeatsSubject, PreheaderShort, SubjectCut};
        let with = |preheader: &str| {
            format!("<body><div style=\"display:none\">{preheader}</div><p>Dear reader</p></body>")
        };
        let long = "A subject that is longer than what a phone shows of it";
        for (subject, html, expected) in [
            ("News", with(""), vec![NoPreheader]),
            ("News", "<p>Dear reader</p>".to_owned(), vec![NoPreheader]),
            (
                "Spring news!",
                with("spring  News"),
                vec![PreheaderRepeatsSubject],
            ),
            ("News", with("Short"), vec![PreheaderShort]),
            (long, with(&"long ".repeat(10)), vec![SubjectCut]),
        ] {
            assert_eq!(line(subject, &html).warnings, expected, "{subject}: {html}");
        }
        assert_eq!(
            line(long, "<p>x").subject_shown(),
            "A subject that is longer than what a pho…"
        );
    }
}
