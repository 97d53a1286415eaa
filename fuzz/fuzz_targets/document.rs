#![no_main]

use jarshy::document::{read, write};

// What is read and written again is the same document.
libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(document) = read(text) {
        let again = read(&write(&document));
        assert!(again.is_ok_and(|again| again == document));
    }
});
