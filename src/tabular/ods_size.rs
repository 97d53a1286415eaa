//! How many cells an OpenDocument sheet unfolds to. A cell and a row may say that they stand
//! for a million, so that a small file would fill the memory.

use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::ReadError;

/// The most cells of a sheet, counted as a rectangle.
const CELL_LIMIT: u64 = 20_000_000;

/// Checks a `content.xml`.
///
/// # Errors
/// [`ReadError::Workbook`] where a sheet has too many cells, or is not XML.
pub(super) fn check(content: impl Read) -> Result<(), ReadError> {
    let mut reader = Reader::from_reader(BufReader::new(content));
    let mut buffer = Vec::new();
    let mut sheet = Sheet::default();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        match event.map_err(|error| ReadError::Workbook(error.to_string()))? {
            Event::Start(tag) | Event::Empty(tag) => sheet.take(&tag)?,
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The extent of the cells with a value so far.
#[derive(Default)]
struct Sheet {
    rows: u64,
    row_repeats: u64,
    /// Columns of this row, before and up to the last with a value.
    columns: u64,
    last_row: u64,
    last_column: u64,
}

impl Sheet {
    fn take(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadError> {
        match tag.name().as_ref() {
            "table:table" => *self = Self::default(),
            "table:table-row" => {
                self.rows = self.rows.saturating_add(self.row_repeats);
                self.row_repeats = repeats(tag, "table:number-rows-repeated");
                self.columns = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let count = repeats(tag, "table:number-columns-repeated");
                self.columns = self.columns.saturating_add(count);
                if tag
                    .try_get_attribute("office:value-type")
                    .ok()
                    .flatten()
                    .is_some()
                {
                    self.last_column = self.last_column.max(self.columns);
                    self.last_row = self.rows.saturating_add(self.row_repeats);
                }
                if self.last_row.saturating_mul(self.last_column) > CELL_LIMIT {
                    return Err(ReadError::Workbook("a sheet has too many cells".to_owned()));
                }
            }
            _ => {}
        }
        Ok(())
    }
}

fn repeats(tag: &BytesStart<'_>, attribute: &str) -> u64 {
    let value = tag.try_get_attribute(attribute).ok().flatten();
    let value = value.and_then(|value| value.value.trim().parse().ok());
    value.unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(row: &str, cell: &str) -> String {
        format!(
            "<office:spreadsheet><table:table><table:table-row {row}><table:table-cell {cell}/>\
             </table:table-row></table:table></office:spreadsheet>"
        )
    }

    #[test]
    fn repeated_values_are_counted_and_empty_ones_are_not() {
        let rows = r#"table:number-rows-repeated="1048576""#;
        let cells = r#"table:number-columns-repeated="16384""#;
        let value = format!(r#"office:value-type="float" {cells}"#);
        assert!(check(sheet(rows, cells).as_bytes()).is_ok());
        assert!(check(sheet("", &value).as_bytes()).is_ok());
        let error = check(sheet(rows, &value).as_bytes()).unwrap_err();
        assert!(error.to_string().contains("too many cells"), "{error}");
    }
}
