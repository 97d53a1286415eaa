//! Encoded words in header fields (RFC 2047).

/// The value of a field, with encoded words and the charsets of old mail servers decoded.
pub fn decoded(value: &str) -> String {
    if value.contains('\x1b') {
        let decode = mail_parser::decoders::charsets::map::charset_decoder(b"iso-2022-jp");
        return decode.map_or_else(|| value.to_owned(), |decode| decode(value.as_bytes()));
    }
    let bytes = format!("{value}\r\n");
    let mut stream = mail_parser::parsers::MessageStream::new(bytes.as_bytes());
    match stream.parse_unstructured() {
        mail_parser::HeaderValue::Text(text) => text.into_owned(),
        _ => String::new(),
    }
}
