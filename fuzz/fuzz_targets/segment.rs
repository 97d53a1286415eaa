#![no_main]

use jarshy::model::segment::Rule;

libfuzzer_sys::fuzz_target!(|json: &[u8]| {
    if let Ok(rule) = serde_json::from_slice::<Rule>(json) {
        let again = serde_json::to_string(&rule).expect("what was read can be written");
        let again: Rule = serde_json::from_str(&again).expect("and read again");
        assert_eq!(again, rule);
    }
});
