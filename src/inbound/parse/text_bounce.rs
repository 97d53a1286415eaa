//! Bounces that follow no standard: those of qmail, Exchange, Yahoo, Mail.ru, Yandex, Exim and
//! old sendmail.
//!
//! They are recognised by their author and their first words, and classified by the reply that
//! they quote. What they quote of our own message is ignored, and so is what a scanner adds to
//! every email.

use super::mail::Mail;
use super::phrases::{self, says};
use super::{Diagnosis, Reading, ServerReply, address_in, classify};
use crate::address::EmailAddress;
use crate::mail::rejection::status::{is_status, reply_code};
use crate::model::feedback::{Party, Verdict};

/// Within so many characters an email that could be from a person must say that it is a bounce.
const HEAD: usize = 400;

/// Parses such a bounce.
pub fn read(mail: &Mail<'_>) -> Option<Reading> {
    let subject = mail.subject.to_lowercase();
    let report = report_in(&mail.text);
    let lower = report.to_lowercase();
    let failed_recipients = mail.header.get("x-failed-recipients");
    if failed_recipients.is_none() && !is_letter(mail, &subject, &lower) {
        return None;
    }
    let recipient = failed_recipients
        .and_then(|list| list.split(',').next().and_then(address_in))
        .or_else(|| addresses_in(&report).next());
    let diagnosis = diagnose(None, &mail.text, recipient.as_ref());
    let mut reading = Reading::diagnosed(diagnosis, &words(&report));
    if says(&lower, phrases::DELAYS) || says(&subject, phrases::DELAYS) {
        reading.verdict = Verdict::Soft;
        reading.is_final = false;
    }
    reading.original.recipient = recipient;
    Some(reading)
}

fn is_letter(mail: &Mail<'_>, subject: &str, report: &str) -> bool {
    let announces = |text: &str| says(text, phrases::OPENINGS) || says(text, phrases::DELAYS);
    if mail.is_from_system() {
        return announces(report) || announces(subject) || is_imail(mail, subject);
    }
    // From anyone else it must be nothing but that: not a reply to someone, and its first words
    // and its subject agree.
    let is_answer = mail.header.get("in-reply-to").is_some()
        || ["re:", "fw:", "fwd:"]
            .iter()
            .any(|start| subject.starts_with(start));
    let head: String = report.chars().take(HEAD).collect();
    mail.perhaps_names_system() && !is_answer && announces(subject) && announces(&head)
}

/// Bounces of IMail begin with the error itself.
fn is_imail(mail: &Mail<'_>, subject: &str) -> bool {
    subject.starts_with("undeliverable mail")
        && mail
            .field("x-mailer")
            .is_some_and(|mailer| mailer.contains("smtp32"))
}

/// Classifies a bounce: by the reply that it quotes, or, if that is unclear, by all of its
/// text.
pub fn diagnose(status: Option<&str>, text: &str, recipient: Option<&EmailAddress>) -> Diagnosis {
    let report = report_in(text);
    let of = |text: &str| {
        classify(&ServerReply {
            text,
            status,
            stage: None,
            recipient,
        })
    };
    let by_reply = of(&words(&report));
    match by_reply.party {
        Party::Unclear => of(&report),
        _ => by_reply,
    }
}

/// Removes the copy of the original, quoted subjects and footers.
pub fn report_in(text: &str) -> String {
    let lower = text.to_lowercase();
    let own = copy_at(&lower, text).map_or(text, |at| &text[..at]);
    let mut report = String::with_capacity(own.len());
    for line in own.lines() {
        let start = line
            .trim_start_matches([' ', '\t', '*', '-', '|'])
            .to_lowercase();
        if says_at_start(&start, phrases::FOOTERS) || start.starts_with("mime-version:") {
            break;
        }
        let is_subject = start
            .split_once(':')
            .is_some_and(|(name, _)| phrases::SUBJECT_LINES.contains(&name.trim()));
        let is_of_original = [">", "received:", "from:", "date:", "sent:", "message-id:"]
            .iter()
            .any(|field| start.starts_with(field));
        if !is_subject && !is_of_original {
            report.push_str(line);
            report.push('\n');
        }
    }
    report
}

fn says_at_start(line: &str, phrases: &[&str]) -> bool {
    let head: String = line.chars().take(60).collect();
    says(&head, phrases)
}

/// The header and body of the original, where a bounce ends with them.
pub fn returned_copy(text: &str) -> Option<&str> {
    let at = copy_at(&text.to_lowercase(), text)?;
    let rest = &text[at..];
    if is_header_line(rest) {
        Some(rest)
    } else {
        rest.split_once('\n').map(|(_, copy)| copy)
    }
}

/// Where the copy begins, or the line that announces it. Lower case may be longer or shorter
/// than the text, so a position in it counts only on a boundary.
fn copy_at(lower: &str, text: &str) -> Option<usize> {
    let announced = phrases::COPIES
        .iter()
        .filter_map(|words| lower.find(words))
        .min();
    let announced = announced.filter(|at| text.is_char_boundary(*at));
    let mut at = 0;
    let mut bare = None;
    for line in text.split_inclusive('\n') {
        if is_header_line(line) {
            bare = Some(at);
            break;
        }
        at += line.len();
    }
    [announced, bare].into_iter().flatten().min()
}

/// Whether a line is a field that can begin the header of a message.
fn is_header_line(line: &str) -> bool {
    [
        "Received: ",
        "Return-Path: ",
        "Return-path: ",
        "DKIM-Signature: ",
        "X-Received: ",
    ]
    .iter()
    .any(|start| line.starts_with(start))
}

/// The reply that a bounce quotes, from its code to the next blank line or the next reply, and
/// its stage if the line before names it.
fn words(report: &str) -> String {
    let lines: Vec<&str> = report.lines().collect();
    let begins = |line: &&str| reply_at(line).is_some();
    let found = lines.iter().position(begins);
    let Some(at) = found.or_else(|| lines.iter().position(|line| holds_reply(line))) else {
        return String::new();
    };
    let start = reply_at(lines[at]).unwrap_or(0);
    let code = code_of(&lines[at][start..]);
    let step = at.checked_sub(1).and_then(|before| {
        let before = lines[before];
        before.find(" after ").map(|step| &before[step..])
    });
    let rest = lines[at + 1..].iter().copied().take_while(|line| {
        let other = reply_at(line).and_then(|at| code_of(&line[at..]));
        !line.trim().is_empty() && (other.is_none() || other == code)
    });
    let reply = step.into_iter().chain([&lines[at][start..]]).chain(rest);
    reply.collect::<Vec<_>>().join(" ")
}

fn code_of(reply: &str) -> Option<&str> {
    reply.trim_start().get(..3)
}

/// Where in this line the reply of a server begins: `550 …`, `said: 550-…`, `(reason: 550 …)`,
/// `<<< 550 …`.
fn reply_at(line: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = line[from..].find(|c: char| c.is_ascii_digit()) {
        let at = from + found;
        let number = &line[at..];
        let end = number
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(number.len());
        let is_followed = number[end..].is_empty() || number[end..].starts_with([' ', '-', ':']);
        let is_code = end == 3 && number.starts_with(['4', '5']);
        let before = line[..at].trim_end().chars().next_back();
        if is_code && is_followed && before.is_none_or(|before| ":(<>\"'[=|".contains(before)) {
            return Some(at);
        }
        from = at + end;
    }
    None
}

fn holds_reply(line: &str) -> bool {
    let lower = line.to_lowercase();
    reply_code(&lower).is_some()
        || lower.contains("said:")
        || lower.split_whitespace().any(|word| {
            let word = word.trim_matches(['#', '(', ')', '<', '>', ',', ';', ':', '\'', '"']);
            is_status(word) && !word.starts_with('2')
        })
}

fn addresses_in(report: &str) -> impl Iterator<Item = EmailAddress> {
    report
        .split(|c: char| c.is_whitespace() || "<>()[]:;,\"'".contains(c))
        .filter(|word| word.contains('@'))
        .filter_map(|word| EmailAddress::parse(word.trim_end_matches('.')).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reply_is_found_among_other_numbers() {
        let text = "Your message of 512 bytes to port 587 failed\n\n\
            <a@b.kz>: host mx.b.kz[192.0.2.1] said: 550-no\n such user\n\nBye 450";
        assert_eq!(words(text), "550-no  such user");
        let transcript = "<<< 553-5.1.1 no\n<<< 553 5.1.1 body\n421 later\n";
        assert_eq!(words(transcript), "553-5.1.1 no <<< 553 5.1.1 body");
        let exim = "SMTP error from remote mail server after MAIL FROM:<a@b.kz>:\n 553 x\n";
        assert_eq!(words(exim), " after MAIL FROM:<a@b.kz>: 553 x");
        for line in [
            "550 5.1.1 no",
            "  550-no",
            "(reason: 553 5.3.0 x)",
            "<<< 550 x",
            "a@b.kz: 550 5.1.1 x",
        ] {
            assert!(reply_at(line).is_some(), "{line}");
        }
        for line in [
            "at 12:31:03 -0500",
            "+1 555 1234",
            "8.12.6/8.12.6",
            "port 587 is",
        ] {
            assert_eq!(reply_at(line), None, "{line}");
        }
    }

    #[test]
    fn neither_our_subject_nor_a_footer_nor_the_copy_is_part_of_the_report() {
        let text = "Not delivered\n  Subject: a virus\n> quoted\nUnknown user\n\
            ______________\nscanned for spam\n";
        assert_eq!(report_in(text), "Not delivered\nUnknown user\n");
        let text = "No\nReceived: by x (8.12.6)\nSubject: y\n";
        assert_eq!(report_in(text), "No\n");
        assert!(returned_copy(text).unwrap().starts_with("Received"));
        let text = "No\n--- Below this line is a copy of the message.\n\nSubject: y\n";
        assert_eq!(returned_copy(text).unwrap(), "\nSubject: y\n");
    }
}
