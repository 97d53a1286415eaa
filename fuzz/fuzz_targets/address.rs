#![no_main]

use jarshy::address::{EmailAddress, sender_domain};
use jarshy::mail::Mailbox;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = sender_domain(text);
    let _ = text.parse::<Mailbox>();
    if let Ok(address) = EmailAddress::parse(text) {
        let again = EmailAddress::parse(address.as_str()).expect("an address stays one");
        assert_eq!(again.lookup_key(), address.lookup_key());
    }
});
