use std::io::{Seek, Write};

use super::*;

/// What a visitor is handed, as lines of text.
#[derive(Default)]
struct Notes(Vec<String>);

impl Visitor for Notes {
    fn table(&mut self, name: &str, columns: &[String]) -> Result<(), Stopped> {
        self.0.push(format!("{name}: {}", columns.join("|")));
        Ok(())
    }

    fn row(&mut self, line: u64, cells: Vec<String>) -> Result<(), Stopped> {
        self.0.push(format!("{line} {}", cells.join("|")));
        Ok(())
    }

    fn unreadable(&mut self, line: u64, reason: &str) -> Result<(), Stopped> {
        self.0.push(format!("{line} ! {reason}"));
        Ok(())
    }

    fn passed_over(&mut self, name: &str) {
        self.0.push(format!("- {name}"));
    }
}

fn try_read(name: &str, content: &[u8]) -> Result<Vec<String>, ReadError> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(content).unwrap();
    file.rewind().unwrap();
    let mut notes = Notes::default();
    read(&file, name, None, &mut notes)?;
    Ok(notes.0)
}

fn read_all(name: &str, content: &[u8]) -> Vec<String> {
    try_read(name, content).unwrap()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(*name, options).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_pickle_of_something_else_is_named() {
    for (content, reason) in [
        (&b"\x80\x02}q\x01."[..], "no config.pck of Mailman 2.1"),
        (
            b"}q\x01(U\x07membersK\x01u.",
            "no config.pck of Mailman 2.1",
        ),
        (b"}q\x01(U\x07mem", "it breaks off"),
        (b"\x80\x02cos\nsystem\n(S'echo'\ntR.", "no config.pck"),
        (b"\x80\x04N.", "it is damaged"),
    ] {
        let error = try_read("config.pck", content).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
}

#[test]
fn lines_of_mailboxes_are_read_whole() {
    let text = "\"Nurlan, A\" <a@x.org>\n\nb@x.org\nC D <c@x.org>\n";
    let expected = ["f.txt: email", "1 \"Nurlan, A\" <a@x.org>", "3 b@x.org"];
    let found = read_all("f.txt", text.as_bytes());
    assert_eq!(found[..3], expected);
    assert_eq!(found[3], "4 C D <c@x.org>");
}

#[test]
fn any_separator_is_found() {
    for separator in [",", ";", "\t", "|"] {
        let text = format!("Email{separator}Name\na@x.org{separator}\"A{separator}B\"\n");
        let expected = [
            "f.csv: Email|Name".to_owned(),
            format!("2 a@x.org|A{separator}B"),
        ];
        assert_eq!(read_all("f.csv", text.as_bytes()), expected);
    }
    let stated = read_all("f.csv", b"sep=|\r\nemail|name\r\na@x.org|A;B;C\r\n");
    assert_eq!(stated, ["f.csv: email|name", "3 a@x.org|A;B;C"]);
    // A comma in each name, and fewer of them than separators.
    let names = read_all("f.csv", b"email;name\na@x.org;B, A\nb@x.org;C, D\n");
    assert_eq!(names[1], "2 a@x.org|B, A");
}

#[test]
fn encodings_are_told_from_the_text() {
    let text = "email;имя;город\na@x.org;Иван Петров;Алматы\nb@x.org;Айгүл;Көкшетау\n";
    let expected = ["email|имя|город", "a@x.org|Иван Петров|Алматы"];
    let check = |content: &[u8]| {
        let found = read_all("f.csv", content);
        assert!(found[0].ends_with(expected[0]), "{found:?}");
        assert!(found[1].ends_with(expected[1]), "{found:?}");
    };
    check(text.as_bytes());
    check(format!("\u{feff}{text}").as_bytes());
    let wide = |mark: bool, order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let units = mark
            .then_some(0xfeff)
            .into_iter()
            .chain(text.encode_utf16());
        units.flat_map(order).collect()
    };
    check(&wide(true, u16::to_le_bytes));
    check(&wide(true, u16::to_be_bytes));
    let cyrillic = text.lines().take(2).collect::<Vec<_>>().join("\n");
    let (windows, _, _) = encoding_rs::WINDOWS_1251.encode(&cyrillic);
    check(&windows);
    let (german, _, _) = encoding_rs::WINDOWS_1252.encode("email,name\na@x.org,Jürgen Größe\n");
    assert_eq!(read_all("f.csv", &german)[1], "2 a@x.org|Jürgen Größe");
}

#[test]
fn utf16_without_a_mark_is_told_by_its_zero_bytes() {
    let text = "email\tname\nu@example.org\tUlan\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read_all("f.txt", &bytes)[1], "2 u@example.org|Ulan");
}

#[test]
fn one_broken_character_spoils_its_own_row() {
    let mut text = b"email,name\n".to_vec();
    for _ in 0..50 {
        text.extend_from_slice("a@x.org,Зарина\n".as_bytes());
    }
    text.extend_from_slice(b"b@x.org,\xd0\nc@x.org,C\n");
    let found = read_all("f.csv", &text);
    assert!(found[51].starts_with("52 ! the row has bytes"), "{found:?}");
    assert_eq!(found[52], "53 c@x.org|C");
    assert_eq!(found[1], "2 a@x.org|Зарина");
}

#[test]
fn columns_have_unique_names() {
    let found = read_all("f.csv", b"Email,Note,note,,x,\na@x.org,1,2,3,4,\n");
    assert_eq!(found[0], "f.csv: Email|Note|note (2)|column 4|x");
    assert_eq!(found[1], "2 a@x.org|1|2|3|4");
}

#[test]
fn a_table_without_a_header_begins_with_a_person() {
    let found = read_all("f.txt", b"Aigul <a@x.org>\nb@x.org\n");
    assert_eq!(found, ["f.txt: email", "1 Aigul <a@x.org>", "2 b@x.org"]);
    let found = read_all("f.csv", b"Aigul,a@x.org\nBolat,b@x.org\n");
    assert_eq!(found[0], "f.csv: column 1|email");
}

#[test]
fn rows_of_another_width_are_filled_or_refused() {
    let found = read_all(
        "f.csv",
        b"email,name,city\na@x.org\nb@x.org,B,C,,\nc@x.org,C, D,E\n",
    );
    assert_eq!(found[1], "2 a@x.org||");
    assert_eq!(found[2], "3 b@x.org|B|C");
    assert!(found[3].starts_with("4 ! the row has more values"));
}

#[test]
fn json_lines_have_the_columns_of_all_their_keys() {
    let text = br#"{"email":"a@x.org","tags":["x","y"]}

{"email":"b@x.org","attributes":{"age":42},"name":null}
[1]
{"email":"c@x.org""#;
    let found = read_all("f.jsonl", text);
    assert_eq!(found[0], "f.jsonl: email|tags|attributes|name");
    assert_eq!(found[1], "1 a@x.org|x, y||");
    assert_eq!(found[2], "3 b@x.org||{\"age\":42}|");
    assert_eq!(found[3], "4 ! the line is no JSON object");
    assert!(found[4].starts_with("5 ! the line is not valid JSON"));
}

#[test]
fn vcards_are_rows() {
    let text = b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Nurlan;Aigul;;;\r\nFN:Aigul Nurlan\r\nEMAIL;TYPE=INTERNET:a@x.org\r\nCATEGORIES:press,vip\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=D0=98=D0=B2=D0=B0=D0=BD\r\nEMAIL:b@x.org\r\nEND:VCARD\r\n";
    let found = read_all("f.vcf", text);
    assert_eq!(found[1], "1 a@x.org|Aigul Nurlan||press, vip|");
    assert!(found[2].starts_with("8 b@x.org|Иван"), "{found:?}");
}

#[test]
fn archives_hold_several_tables() {
    let archive = zipped(&[
        ("a/subscribed.csv", b"email\na@x.org\n"),
        ("a/notes.html", b"<p>"),
        ("__MACOSX/a/._subscribed.csv", b"\0"),
        ("cleaned.csv", b"email\nb@x.org\n"),
        ("empty.csv", b""),
    ]);
    let found = read_all("export.zip", &archive);
    let expected = [
        "subscribed.csv: email",
        "2 a@x.org",
        "- notes.html",
        "cleaned.csv: email",
        "2 b@x.org",
        "- empty.csv",
    ];
    assert_eq!(found, expected);
    let none = zipped(&[("readme.html", b"x")]);
    assert!(matches!(try_read("a.zip", &none), Err(ReadError::NoTable)));
}

#[test]
fn gzip_is_unpacked() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(b"email\na@x.org\n").unwrap();
    let found = read_all("f.csv.gz", &packed.finish().unwrap());
    assert_eq!(found, ["f.csv: email", "2 a@x.org"]);
}

#[test]
fn workbooks_of_spreadsheet_programs_are_read() {
    for name in ["people.xlsx", "people.ods"] {
        let path = format!("{}/tests/tables/{name}", env!("CARGO_MANIFEST_DIR"));
        let found = read_all(name, &std::fs::read(path).unwrap());
        let expected = [
            "People: Email|Name|Joined|Points",
            "2 aigul@example.org|Айгүл|2024-03-05|42",
            "4 bolat@example.org|Bolat|2023-12-31 18:30:00|1.5",
        ];
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn what_is_no_table_is_named() {
    for (content, what) in [
        (&b"%PDF-1.7\n"[..], "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"<!DOCTYPE html><p>", "web page"),
        (b"[{\"email\":\"a@x.org\"}]", "JSON array"),
    ] {
        let error = try_read("f", content).unwrap_err().to_string();
        assert!(error.contains(what), "{error}");
    }
    assert!(matches!(try_read("f.csv", b" \n\n"), Err(ReadError::Empty)));
}
