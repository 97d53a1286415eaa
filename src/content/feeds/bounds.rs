//! What a feed may cost to read. The reader of feeds goes down into elements by recursion, and
//! reads every item before the first is looked at.

use quick_xml::Reader;
use quick_xml::encoding::DecodingReader;
use quick_xml::events::Event;

/// Far more than feeds have, with XHTML in their texts.
const DEPTH: usize = 200;
/// Feeds with a whole archive have some thousands.
const ITEMS: usize = 20_000;

/// Checks a feed before it is read. What is not well-formed is left to the reader.
///
/// # Errors
/// Why it is not read, in English.
pub fn check(content: &[u8]) -> Result<(), String> {
    // As the reader tells XML from JSON, which bounds its depth by itself.
    let first = content.iter().find(|byte| matches!(byte, b'<' | b'{'));
    if first != Some(&b'<') {
        return Ok(());
    }
    let mut reader = Reader::from_reader(DecodingReader::new(content));
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.trim_markup_names_in_closing_tags = true;
    let mut buffer = Vec::new();
    let (mut depth, mut items) = (0_usize, 0_usize);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Decl(decl)) => {
                if let Some(encoding) = decl.encoder() {
                    reader.get_mut().set_encoding(encoding);
                }
            }
            Ok(Event::Start(tag)) => {
                depth += 1;
                if depth > DEPTH {
                    return Err(format!("its elements are nested more than {DEPTH} deep"));
                }
                let name = tag.local_name();
                if matches!(name.as_ref(), "item" | "entry") {
                    items += 1;
                }
                if items > ITEMS {
                    return Err(format!("it has more than {ITEMS} items"));
                }
            }
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(depth: usize) -> String {
        format!(
            "<rss version=\"2.0\" xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><item>{}{}\
             </item></channel></rss>",
            "<media:group>".repeat(depth),
            "</media:group>".repeat(depth)
        )
    }

    #[test]
    fn depth_is_bounded_in_each_encoding() {
        assert_eq!(check(group(100).as_bytes()), Ok(()));
        let declared = |encoding: &str, text: &str| {
            format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>{text}")
        };
        let of_utf_16 = |text: &str| {
            let units = text.encode_utf16().flat_map(u16::to_le_bytes);
            [0xff, 0xfe].into_iter().chain(units).collect::<Vec<u8>>()
        };
        for deep in [
            group(100_000).into_bytes(),
            "<a>".repeat(100_000).into_bytes(),
            declared("windows-1251", &group(1_000)).into_bytes(),
            of_utf_16(&declared("utf-16", &group(1_000))),
        ] {
            let refused = check(&deep).unwrap_err();
            assert!(refused.contains("nested"), "{refused}");
        }
    }

    #[test]
    fn items_are_counted_and_json_is_left_to_its_reader() {
        let feed =
            |items: usize| format!("<rss><channel>{}</channel></rss>", "<item/>".repeat(items));
        assert_eq!(check(feed(ITEMS).as_bytes()), Ok(()));
        assert!(check(feed(ITEMS + 1).as_bytes()).is_err());
        let json = format!("{{\"title\": \"{}\"}}", "<br>".repeat(1_000));
        assert_eq!(check(json.as_bytes()), Ok(()));
        assert_eq!(check(b"no feed"), Ok(()));
    }
}
