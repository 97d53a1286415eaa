#![no_main]

use std::sync::LazyLock;

use jarshy::token::KeyRing;

static KEYS: LazyLock<KeyRing> =
    LazyLock::new(|| KeyRing::parse(&KeyRing::generate()).expect("a fresh key"));

libfuzzer_sys::fuzz_target!(|text: &str| {
    // Nobody guesses one.
    assert!(KEYS.open(text).is_err());
    assert!(KEYS.open_envelope(text).is_err());
    let _ = KeyRing::parse(text);
});
