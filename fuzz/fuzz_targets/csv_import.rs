#![no_main]

use std::io::{Seek, Write};

use jarshy::tabular::{self, Stopped, Visitor};

/// Rows have as many cells as there are columns, and lines do not go back.
#[derive(Default)]
struct Checked {
    width: usize,
    line: u64,
}

impl Visitor for Checked {
    fn table(&mut self, _name: &str, columns: &[String]) -> Result<(), Stopped> {
        (self.width, self.line) = (columns.len(), 0);
        Ok(())
    }

    fn row(&mut self, line: u64, cells: Vec<String>) -> Result<(), Stopped> {
        assert_eq!(cells.len(), self.width);
        assert!(line > self.line);
        self.line = line;
        Ok(())
    }

    fn unreadable(&mut self, _line: u64, _reason: &str) -> Result<(), Stopped> {
        Ok(())
    }

    fn passed_over(&mut self, _name: &str) {}
}

libfuzzer_sys::fuzz_target!(|content: &[u8]| {
    let mut file = tempfile::tempfile().expect("a temporary file");
    file.write_all(content).expect("room for it");
    file.rewind().expect("a file");
    let _ = tabular::read(&file, "f", None, &mut Checked::default());
});
