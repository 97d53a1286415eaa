//! Times how long hostile mails hold the reader of returned mail, and how long
//! the LMTP session takes for hostile lines: the slowest first.
//!
//! ```text
//! cargo run --release --example hostile_mails
//! ```

use std::sync::Arc;
use std::time::{Duration, Instant};

use jarshy::inbound::parse::read_bounded;
use jarshy::mail::receive::{Action, Budget, Session};

/// Bytes of each mail: what the listener takes at most.
const SIZE: usize = 25 * 1024 * 1024;

fn main() {
    let mut mails: Vec<(Duration, &str)> = mails()
        .into_iter()
        .map(|(shape, mail)| (fastest_of_three(|| drop(read_bounded(&mail, None))), shape))
        .collect();
    print("mails of 25 MiB, read", &mut mails);
    let mut sessions: Vec<(Duration, &str)> = sessions()
        .into_iter()
        .map(|(shape, octets, piece)| (fastest_of_three(|| receive(&octets, piece)), shape))
        .collect();
    print("LMTP sessions of 25 MiB, received", &mut sessions);
}

fn print(what: &str, timed: &mut [(Duration, &str)]) {
    timed.sort_by_key(|(took, _)| std::cmp::Reverse(*took));
    println!("{what}:");
    for (took, shape) in timed {
        println!("{:>8.1} ms  {shape}", took.as_secs_f64() * 1000.0);
    }
}

fn fastest_of_three(mut run: impl FnMut()) -> Duration {
    let mut time = || {
        let began = Instant::now();
        run();
        began.elapsed()
    };
    let first = time();
    if first > Duration::from_secs(1) {
        return first;
    }
    first.min(time()).min(time())
}

/// `head`, then `again` until the mail is full.
fn filled(head: &str, again: &str) -> Vec<u8> {
    let times = (SIZE - head.len()) / again.len();
    [head.as_bytes(), again.repeat(times).as_bytes()].concat()
}

/// The same with a number in each repetition.
fn counted(head: &str, again: impl Fn(usize) -> String) -> Vec<u8> {
    let mut mail = head.to_owned();
    for number in 0.. {
        if mail.len() >= SIZE {
            break;
        }
        mail.push_str(&again(number));
    }
    mail.into_bytes()
}

fn mails() -> Vec<(&'static str, Vec<u8>)> {
    let mixed = "Content-Type: multipart/mixed; boundary=b\n\n";
    let report = "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n";
    let status = format!("{report}--b\nContent-Type: message/delivery-status\n\n");
    let text = "From: mailer-daemon@a.example\nSubject: Undeliverable\n\n";
    let encoded = |encoding: &str| {
        format!("Content-Type: text/html\nContent-Transfer-Encoding: {encoding}\n\n")
    };
    let html = "From: mailer-daemon@a.example\nContent-Type: text/html\n\n";
    vec![
        (
            "parameter continuations",
            counted("Content-Type: text/plain", |n| format!(";\n a*{n}=b")),
        ),
        (
            "encoded continuations",
            counted("Content-Type: text/plain", |n| format!(";\n a*{n}*=%41")),
        ),
        ("addresses", filled("From: ", "a@b.example, ")),
        ("folded addresses", filled("From:", "\n\ta@b.example,")),
        ("comments in an address", filled("From: ", "(")),
        ("encoded words", filled("Subject:", "\n =?utf-8?q?=41?=")),
        ("fields", filled("", "X-A: b\n")),
        (
            "received fields",
            filled(
                "",
                "Received: from a by b; Mon, 1 Jan 2024 00:00:00 +0000\n",
            ),
        ),
        ("one line", filled(text, "a")),
        (
            "one line of replies",
            filled(text, "550 5.1.1 user unknown "),
        ),
        (
            "lines of replies",
            filled(text, "550 5.1.1 <a@b.example>: user unknown\n"),
        ),
        ("lines of addresses", filled(text, "a@b.example\n")),
        ("blank lines", filled(text, "\n")),
        ("carriage returns", filled("Subject: x", "\r")),
        ("NUL", filled(text, "\0")),
        ("quoted lines", filled(text, "> ")),
        ("parts", filled(mixed, "--b\n\nx\n")),
        ("dashes", filled(&mixed.replace("=b", "=-"), "-")),
        ("levels", filled("", &format!("{mixed}--b\n"))),
        (
            "messages in messages",
            filled("", "Content-Type: message/rfc822\n\n"),
        ),
        (
            "digest",
            filled(&mixed.replace("mixed", "digest"), "--b\n\nFrom: x\n\n"),
        ),
        (
            "recipients of a report",
            filled(
                &status,
                "Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n\n",
            ),
        ),
        ("fields of a report", filled(&status, "a: b\n")),
        (
            "diagnostics of a report",
            filled(
                &format!("{status}Diagnostic-Code: smtp;"),
                " 550 mailbox full",
            ),
        ),
        ("elements", filled(html, "<b>")),
        ("attributes", filled(&format!("{html}<a "), "b=c ")),
        ("character references", filled(html, "&amp;")),
        ("angle brackets", filled(html, "<")),
        ("base64", filled(&encoded("base64"), "PGI+PGI+\n")),
        (
            "quoted-printable",
            filled(&encoded("quoted-printable"), "=41=\n"),
        ),
    ]
}

/// Octets of a session, and in how large pieces they come.
fn sessions() -> Vec<(&'static str, Vec<u8>, usize)> {
    let head = "LHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n";
    vec![
        (
            "lines of 70",
            filled(head, &format!("{}\r\n", "a".repeat(70))),
            16_384,
        ),
        ("empty lines", filled(head, "\r\n"), 16_384),
        ("one line", filled(head, "a"), 16_384),
        ("one line in single bytes", filled(head, "a"), 1),
        ("line feeds alone", filled(head, "\n"), 16_384),
        ("carriage returns alone", filled(head, "\r"), 16_384),
        ("dots", filled(head, "..\r\n"), 16_384),
        ("a command without end", filled("", "a"), 16_384),
        ("unknown commands", filled("", "a\r\n"), 16_384),
        (
            "recipients",
            filled("LHLO a\r\nMAIL FROM:<>\r\n", "RCPT TO:<a@b.example>\r\n"),
            16_384,
        ),
        ("resets", filled("LHLO a\r\n", "RSET\r\n"), 16_384),
    ]
}

fn receive(octets: &[u8], piece: usize) {
    let accepts = Arc::new(|_: &str| Ok(()));
    let mut session = Session::new("a.example LMTP", accepts, Budget::new(96 * 1024 * 1024));
    for piece in octets.chunks(piece) {
        if session.feed(piece).last() == Some(&Action::Close) {
            return;
        }
    }
}
