#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = jarshy::mail::layout::render_design(text);
});
