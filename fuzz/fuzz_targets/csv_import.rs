#![no_main]

use jarshy::audience::import::{Columns, read_row};

libfuzzer_sys::fuzz_target!(|file: &[u8]| {
    let list = "news".parse().expect("a slug");
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(file);
    let Ok(headers) = reader.headers().cloned() else {
        return;
    };
    for row in reader.records().map_while(Result::ok) {
        let values = headers.iter().zip(row.iter()).collect();
        let _ = read_row(&values, &list, &Columns::default());
    }
});
