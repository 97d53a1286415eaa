//! Workbooks of spreadsheet programs: each sheet that is not empty is a table.

use std::io::{Read, Seek};

use calamine::{Data, DataRef, DataType, Ods, Reader, Xlsx};
use zip::ZipArchive;

use super::header::FirstRow;
use super::{COLUMN_LIMIT, ROW_LIMIT, ReadError, Visitor};
use crate::text::spreadsheet_cell::undefused;

/// The most sheets that are read.
const SHEETS: usize = 100;

/// A format of workbooks.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// Office Open XML.
    Xlsx,
    /// OpenDocument.
    Ods,
}

impl Kind {
    /// The kind of an archive; `None` for one that is no workbook.
    pub(super) fn of<R: Read + Seek>(archive: &ZipArchive<R>) -> Option<Self> {
        let mut names = archive.file_names();
        names.find_map(|name| match name.ok()?.as_ref() {
            "xl/workbook.xml" => Some(Kind::Xlsx),
            "content.xml" => Some(Kind::Ods),
            _ => None,
        })
    }
}

pub(super) fn read<R: Read + Seek>(
    kind: Kind,
    file: R,
    visitor: &mut impl Visitor,
) -> Result<(), ReadError> {
    let found = match kind {
        Kind::Xlsx => xlsx(file, visitor)?,
        Kind::Ods => ods(file, visitor)?,
    };
    if found { Ok(()) } else { Err(ReadError::Empty) }
}

fn xlsx<R: Read + Seek>(file: R, visitor: &mut impl Visitor) -> Result<bool, ReadError> {
    let wrong = |error: calamine::XlsxError| ReadError::Workbook(error.to_string());
    let mut book = Xlsx::new(file).map_err(wrong)?;
    let mut found = false;
    for name in book.sheet_names().into_iter().take(SHEETS) {
        // Charts have no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else {
            continue;
        };
        let mut sheet = Sheet::new(&name, visitor);
        let (mut row, mut number) = (Vec::new(), 0);
        while let Some(cell) = cells.next_cell().map_err(wrong)? {
            let (at, column) = cell.get_position();
            if at != number && !row.is_empty() {
                sheet.row(number, std::mem::take(&mut row))?;
            }
            number = at;
            let column = column as usize;
            if column < COLUMN_LIMIT {
                row.resize(row.len().max(column + 1), String::new());
                row[column] = shared_text(cell.get_value());
            }
        }
        if !row.is_empty() {
            sheet.row(number, row)?;
        }
        found |= sheet.width.is_some();
    }
    Ok(found)
}

fn ods<R: Read + Seek>(file: R, visitor: &mut impl Visitor) -> Result<bool, ReadError> {
    let wrong = |error: calamine::OdsError| ReadError::Workbook(error.to_string());
    let mut book = Ods::new(file).map_err(wrong)?;
    let mut found = false;
    for name in book.sheet_names().into_iter().take(SHEETS) {
        let range = book.worksheet_range(&name).map_err(wrong)?;
        let first = range.start().map_or(0, |(row, _)| row);
        let mut sheet = Sheet::new(&name, visitor);
        for (row, number) in range.rows().zip(first..) {
            let cells = row.iter().take(COLUMN_LIMIT).map(text).collect();
            sheet.row(number, cells)?;
        }
        found |= sheet.width.is_some();
    }
    Ok(found)
}

/// The rows of a sheet: the first with text is the header.
struct Sheet<'a, V> {
    name: &'a str,
    visitor: &'a mut V,
    width: Option<usize>,
}

impl<'a, V: Visitor> Sheet<'a, V> {
    fn new(name: &'a str, visitor: &'a mut V) -> Self {
        Self {
            name,
            visitor,
            width: None,
        }
    }

    fn row(&mut self, number: u32, mut cells: Vec<String>) -> Result<(), ReadError> {
        if cells.iter().all(String::is_empty) {
            return Ok(());
        }
        let line = u64::from(number) + 1;
        let Some(width) = self.width else {
            let FirstRow { names, is_person } = FirstRow::of(&cells);
            self.width = Some(names.len());
            self.visitor.table(self.name, &names)?;
            if is_person {
                self.visitor.row(line, cells)?;
            }
            return Ok(());
        };
        if cells.iter().map(String::len).sum::<usize>() > ROW_LIMIT {
            self.visitor
                .unreadable(line, "the row is longer than a row may be (64 KiB)")?;
            return Ok(());
        }
        for cell in &mut cells {
            // An export of ours that went through a spreadsheet program.
            *cell = undefused(cell).to_owned();
        }
        // What stands beside the table is a note.
        cells.resize(width, String::new());
        Ok(self.visitor.row(line, cells)?)
    }
}

fn shared_text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::SharedString(text) => text.trim().to_owned(),
        other => text(&Data::from(other.clone())),
    }
}

/// A cell as a person would type it: whole numbers without a fraction, dates by ISO 8601.
fn text(value: &Data) -> String {
    match value {
        Data::Empty | Data::Error(_) => String::new(),
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            match (hour, minute, second) {
                (0, 0, 0) => date,
                _ => format!("{date} {hour:02}:{minute:02}:{second:02}"),
            }
        }
        Data::DateTime(span) => span.as_f64().to_string(),
        Data::DateTimeIso(text) => text.replacen('T', " ", 1),
        Data::DurationIso(text) => text.clone(),
        Data::Bool(is) => is.to_string(),
        other => other.as_string().unwrap_or_default().trim().to_owned(),
    }
}
