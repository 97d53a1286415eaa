#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = jarshy::text::markdown::to_html(text);
});
