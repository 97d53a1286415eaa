#![no_main]

use jarshy::text::plain::{self, Links};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = plain::from_html(text, Links::Inline);
});
