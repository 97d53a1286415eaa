//! vCards (RFC 6350, and the older versions): the contacts of a mail program.

use std::io::{BufRead, BufReader, Read};

use calcard::vcard::{VCard, VCardProperty, VCardValue};

use super::{ROW_LIMIT, ReadError, Reopen, Visitor};

const COLUMNS: [&str; 5] = ["email", "name", "language", "categories", "organization"];
/// Cards may hold photographs.
const CARD_LIMIT: usize = 4 * 1024 * 1024;
const LINE_LIMIT: u64 = CARD_LIMIT as u64;

pub(super) fn read(
    file: &mut dyn Reopen,
    name: &str,
    visitor: &mut impl Visitor,
) -> Result<(), ReadError> {
    visitor.table(name, &COLUMNS.map(str::to_owned))?;
    let mut content = BufReader::with_capacity(64 * 1024, file.reopen()?);
    let (mut card, mut begins, mut number) = (Vec::new(), 0, 0);
    let mut is_too_long = false;
    let mut line = Vec::new();
    loop {
        line.clear();
        number += 1;
        let count = (&mut content).take(LINE_LIMIT).read_until(b'\n', &mut line);
        let is_end_of_file = count.map_err(ReadError::from_io)? == 0;
        let text = line.trim_ascii();
        if text.eq_ignore_ascii_case(b"BEGIN:VCARD") {
            card.clear();
            begins = number;
            is_too_long = false;
        }
        if card.len() + line.len() > CARD_LIMIT {
            is_too_long = true;
        } else {
            card.extend_from_slice(&line);
        }
        let is_end = text.eq_ignore_ascii_case(b"END:VCARD");
        if begins > 0 && (is_end || is_end_of_file) {
            if is_too_long {
                visitor.unreadable(begins, "the card is larger than 4 MiB")?
            } else {
                hand_over(&card, begins, visitor)?
            }
            begins = 0;
        }
        if is_end_of_file {
            return Ok(());
        }
    }
}

fn hand_over(card: &[u8], line: u64, visitor: &mut impl Visitor) -> Result<(), ReadError> {
    let text = String::from_utf8_lossy(card);
    let Ok(card) = VCard::parse(text.as_ref()) else {
        visitor.unreadable(line, "the card cannot be read")?;
        return Ok(());
    };
    let all = |wanted: &VCardProperty| -> Vec<String> {
        let entries = card.entries.iter().filter(|entry| entry.name == *wanted);
        let texts = entries.flat_map(|entry| &entry.values).filter_map(text_of);
        texts.filter(|text| !text.is_empty()).collect()
    };
    let first = |wanted| all(wanted).into_iter().next().unwrap_or_default();
    let cells = vec![
        first(&VCardProperty::Email),
        first(&VCardProperty::Fn),
        first(&VCardProperty::Lang),
        all(&VCardProperty::Categories).join(", "),
        first(&VCardProperty::Org),
    ];
    if cells.iter().map(String::len).sum::<usize>() > ROW_LIMIT {
        visitor.unreadable(line, "the card's texts are longer than 64 KiB")?;
    } else {
        visitor.row(line, cells)?;
    }
    Ok(())
}

fn text_of(value: &VCardValue) -> Option<String> {
    match value {
        VCardValue::Text(text) => Some(text.trim().to_owned()),
        VCardValue::Component(parts) => Some(parts.join(" ").trim().to_owned()),
        _ => None,
    }
}
