#![no_main]

use jarshy::text::markdown;
use jarshy::text::plain::{self, Links};

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(html) = markdown::to_html(text) {
        let _ = plain::from_html(&html, Links::Listed("Links"));
    }
});
