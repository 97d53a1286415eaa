#![no_main]

use jarshy::clock::Timestamp;
use jarshy::content::post::BODY_LIMIT;
use jarshy::post_import::convert::convert;
use jarshy::post_import::read::read_now;

/// The middle of 2025.
const NOW: Timestamp = Timestamp::from_millis(1_750_000_000_000);

libfuzzer_sys::fuzz_target!(|content: &[u8]| {
    let Ok(found) = read_now(content, None, NOW) else {
        return;
    };
    for post in &found.posts {
        if let Ok(converted) = convert(post, None) {
            assert!(converted.markdown.len() <= BODY_LIMIT);
        }
    }
});
