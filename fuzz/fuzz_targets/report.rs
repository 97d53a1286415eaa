//! The readers of DSN (RFC 3464), ARF (RFC 5965) and MDN (RFC 8098): any bytes
//! as the part that only they read.
#![no_main]

use jarshy::inbound::parse::read_bounded;
use jarshy::model::feedback::Verdict;
use libfuzzer_sys::fuzz_target;

const KINDS: [(&str, &str); 3] = [
    ("delivery-status", "delivery-status"),
    ("feedback-report", "feedback-report"),
    ("disposition-notification", "disposition-notification"),
];

fuzz_target!(|octets: &[u8]| {
    let Some((first, rest)) = octets.split_first() else {
        return;
    };
    let (kind, part) = KINDS[usize::from(*first) % KINDS.len()];
    let head = format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@example.org\r\nSubject: Report\r\n\
         Content-Type: multipart/report; report-type={kind}; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nReport.\r\n\
         --b\r\nContent-Type: message/{part}\r\n\r\n"
    );
    let mail = [head.as_bytes(), rest, b"\r\n--b--\r\n"].concat();
    let read = read_bounded(&mail, None).expect("it has a header");
    assert_ne!(read.reading.verdict, Verdict::Reply, "nobody wrote it");
});
