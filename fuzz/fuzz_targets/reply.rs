//! The parser of a relay's replies, and the rules that classify them.
#![no_main]

use jarshy::inbound::parse::diagnose;
use jarshy::mail::smtp::parse_reply;
use jarshy::model::feedback::Verdict;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    parse_reply(octets);
    let text = String::from_utf8_lossy(octets);
    let diagnosis = diagnose(None, &text);
    if text.trim_start().starts_with('4')
        && text.trim_start().get(1..4).is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit())
                && rest[1..].starts_with(|c: char| c.is_ascii_digit())
                && rest.ends_with(' ')
        })
    {
        assert_eq!(diagnosis.verdict, Verdict::Soft, "another try may do");
    }
});
