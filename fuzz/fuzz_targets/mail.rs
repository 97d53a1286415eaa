//! The reader of returned mail: any bytes.
#![no_main]

use jarshy::inbound::parse::{read_all, read_bounded};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    // Where a fault would be caught, and where it would be seen.
    let to = octets
        .len()
        .is_multiple_of(2)
        .then_some("unsubscribe+token@example.org");
    if let Some(read) = read_bounded(octets, to) {
        assert!(read.reading.detail.chars().count() <= 500);
        assert!(!read.text.contains('\0') && !read.subject.contains('\n'));
        assert_eq!(read.reading, read_all(octets, to).unwrap().reading);
    }
});
