#![no_main]

use jarshy::mail::personalise::{MessageTemplate, Placeholders, Source};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let mut placeholders = Placeholders::default();
    let Ok(protected) = placeholders.protect(text) else {
        return;
    };
    let text = placeholders.restore(&protected);
    let _ = MessageTemplate::compile(&Source {
        subject: text.clone(),
        html: text.clone(),
        text,
    });
});
