//! What servers send that is no report by the standards: qmail's notices, the
//! letters of Exchange, Yahoo, Mail.ru and Yandex, Exim's and old sendmail's.
//!
//! They are known by who writes them and how they begin, and read by the reply
//! that they quote.

use mail_parser::{HeaderName, Message};

use super::{Reading, address_in, diagnose};
use crate::model::feedback::Verdict;

/// Local parts, in lower case, that only mail systems write from.
const SENDERS: [&str; 8] = [
    "mailer-daemon",
    "postmaster",
    "mail-daemon",
    "mailerdaemon",
    "mdaemon",
    "mailer_daemon",
    "bounce",
    "bounces",
];

/// What such letters say of themselves, in lower case.
const OPENINGS: &[&str] = &[
    "qmail-send program",
    "this message was created automatically by mail delivery software",
    "your message did not reach some or all of the intended recipients",
    "your message wasn't delivered",
    "delivery has failed to these recipients",
    "unable to deliver your message to the following",
    "unable to deliver message to the following",
    "could not be delivered to",
    "couldn't be delivered",
    "could not deliver the following message",
    "undeliverable message",
    "undelivered mail",
    "returned mail",
    "the following addresses had permanent fatal errors",
    "the following addresses had delivery problems",
    "was not delivered to",
    "delivery to the following recipient",
    "message delivery has failed",
    "это письмо создано автоматически",
    "это письмо отправлено почтовым сервером",
    "не может быть доставлено",
    "не может быть отправлено",
    "не удалось доставить",
    "недоставленное сообщение",
    "жеткізілмеді",
    "failure notice",
    "delivery failure",
    "delivery status notification (failure)",
    "mail delivery failed",
    "undeliverable:",
    "не доставлено:",
];

/// What letters about a delay say, in lower case.
const DELAYS: &[&str] = &[
    "will continue to try",
    "will keep trying",
    "still being retried",
    "you do not need to resend",
    "no action is required on your part",
    "warning: message delayed",
    "delivery delayed",
    "delayed mail",
    "has not yet been delivered",
    "будут продолжены",
    "будет предпринята",
];

/// Where the copy of the original begins.
const COPIES: &[&str] = &[
    "--- below this line is a copy of the message",
    "------ this is a copy of the message",
    "----- original message -----",
    "--- original message follows",
    "----- message header follows -----",
    "original message headers:",
    "------ this is a copy of your message",
    "*** исходное сообщение",
    "заголовки исходного письма",
];

/// Reads a letter of a mail system.
pub fn read(message: &Message<'_>, text: &str) -> Option<Reading> {
    let lower = text.to_lowercase();
    let subject = message.subject().unwrap_or_default().to_lowercase();
    let failed_recipients = message.header_raw(HeaderName::Other("X-Failed-Recipients".into()));
    let says_so = |known: &[&str]| {
        known
            .iter()
            .any(|words| lower.contains(words) || subject.contains(words))
    };
    let is_letter = failed_recipients.is_some()
        || (is_from_system(message) && (says_so(OPENINGS) || says_so(DELAYS)));
    if !is_letter {
        return None;
    }
    let report = before_copy(text, &lower);
    let words = reply_in(report).unwrap_or_default();
    let mut reading = Reading::diagnosed(diagnose(None, &words), &words);
    if reading.detail.is_empty() || reading.status.is_empty() {
        // The quoted reply may say nothing by itself: ask the whole letter.
        let whole = Reading::diagnosed(diagnose(None, report), &words);
        if diagnose(None, &words).reason == diagnose(None, "").reason {
            reading = whole;
        }
    }
    if says_so(DELAYS) {
        reading.verdict = Verdict::Soft;
        reading.is_final = false;
    }
    reading.original.recipient = failed_recipients
        .and_then(|list| list.split(',').next().and_then(address_in))
        .or_else(|| addresses_in(report).next());
    Some(reading)
}

/// The original's header and body, where a letter ends with them.
pub fn returned_copy(text: &str) -> Option<&str> {
    let at = copy_at(&text.to_lowercase(), text)?;
    let rest = &text[at..];
    rest.split_once('\n').map(|(_, copy)| copy)
}

fn before_copy<'a>(text: &'a str, lower: &str) -> &'a str {
    copy_at(lower, text).map_or(text, |at| &text[..at])
}

/// Where the line that announces the copy begins. Lower case may be longer or
/// shorter than the text, so a place in it is only believed on a boundary.
fn copy_at(lower: &str, text: &str) -> Option<usize> {
    let found = COPIES.iter().filter_map(|words| lower.find(words)).min()?;
    text.is_char_boundary(found).then_some(found)
}

fn is_from_system(message: &Message<'_>) -> bool {
    let from = message.from().and_then(|from| from.first());
    let is_system = from.is_some_and(|one| {
        let local = one.address().and_then(|address| address.split('@').next());
        let name = one.name().unwrap_or_default().to_lowercase();
        local.is_some_and(|local| {
            let local = local.to_ascii_lowercase();
            SENDERS
                .iter()
                .any(|sender| local == *sender || local.starts_with("microsoftexchange"))
        }) || name.contains("mail delivery")
            || name.contains("mailer-daemon")
            || name.contains("system administrator")
    });
    let return_path = message.header_raw(HeaderName::ReturnPath);
    // RFC 5321 §4.5.5 keeps the null sender for such letters.
    is_system || return_path.is_some_and(|path| path.trim() == "<>")
}

/// The line with the other side's reply, and what follows it to the next blank.
fn reply_in(report: &str) -> Option<String> {
    let is_reply = |line: &str| {
        let line = line.to_lowercase();
        crate::mail::refusal::status::reply_code(&line).is_some()
            || line.contains("said:")
            || line.split_whitespace().any(|word| {
                let word = word.trim_matches(['#', '(', ')', '<', '>', ',', ';', ':', '\'', '"']);
                crate::mail::refusal::status::is_status(word) && !word.starts_with('2')
            })
    };
    let lines: Vec<&str> = report.lines().collect();
    let at = lines.iter().position(|line| is_reply(line))?;
    let paragraph = lines[at..]
        .iter()
        .take_while(|line| !line.trim().is_empty());
    Some(paragraph.copied().collect::<Vec<_>>().join(" "))
}

fn addresses_in(report: &str) -> impl Iterator<Item = crate::address::EmailAddress> {
    report
        .split(|c: char| c.is_whitespace() || "<>()[]:;,\"'".contains(c))
        .filter(|word| word.contains('@'))
        .filter_map(|word| crate::address::EmailAddress::parse(word.trim_end_matches('.')).ok())
}
