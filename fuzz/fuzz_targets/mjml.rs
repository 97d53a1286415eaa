#![no_main]

use jarshy::mail::design::render_mjml;
use jarshy::mail::personalise::Holes;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let mut holes = Holes::default();
    if let Ok(protected) = holes.protect(text) {
        let _ = render_mjml(&protected, &holes);
    }
});
