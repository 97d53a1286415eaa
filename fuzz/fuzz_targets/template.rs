#![no_main]

use jarshy::mail::personalise::{Holes, MessageTemplate, Source};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let mut holes = Holes::default();
    let Ok(protected) = holes.protect(text) else {
        return;
    };
    let text = holes.restore(&protected);
    let _ = MessageTemplate::compile(&Source {
        subject: text.clone(),
        html: text.clone(),
        text,
    });
});
