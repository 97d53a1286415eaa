#![no_main]

use jarshy::mail::design::render_mjml;
use jarshy::mail::personalise::Placeholders;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let mut placeholders = Placeholders::default();
    if let Ok(protected) = placeholders.protect(text) {
        let _ = render_mjml(&protected, &placeholders);
    }
});
