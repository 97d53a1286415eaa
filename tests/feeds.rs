//! The demo's feeds, read by programs that are not ours.

mod support;

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use support::Demo;

/// Reads feeds from standard input and prints what independent parsers made of
/// them.
const READ: &str = r#"
import sys, json, feedparser, icalendar
given = json.load(sys.stdin)
feed = feedparser.parse(given["atom"].encode())
calendar = icalendar.Calendar.from_ical(given["ics"])
one = icalendar.Calendar.from_ical(given["one"])
text = lambda value: str(value)
print(json.dumps({
    "bozo": bool(feed.bozo), "version": feed.version, "language": feed.feed.get("language"),
    "links": {link["rel"]: link["href"] for link in feed.feed.links},
    "entries": [{"id": e.id, "title": e.title, "link": e.link, "author": e.author,
                 "published": e.published, "updated": e.updated,
                 "content": e.content[0].value} for e in feed.entries],
    "events": [{"uid": text(e["UID"]), "summary": text(e["SUMMARY"]), "place": text(e.get("LOCATION", "")),
                "start": e.decoded("DTSTART").isoformat(), "end": e.decoded("DTEND").isoformat(),
                "url": text(e["URL"]), "errors": [list(map(str, x)) for x in e.errors]}
               for e in calendar.walk("VEVENT")],
    "product": text(calendar["PRODID"]), "version_ics": text(calendar["VERSION"]),
    "one": [text(e["UID"]) for e in one.walk("VEVENT")],
}))
"#;

fn read(feeds: &Value) -> Value {
    let python = std::env::var("JARSHY_TEST_PYTHON").expect("run scripts/test, which installs it");
    let mut child = Command::new(python)
        .args(["-c", READ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let input = serde_json::to_vec(feeds).unwrap();
    child.stdin.take().unwrap().write_all(&input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn independent_parsers_read_every_feed_in_every_language() {
    let demo = Demo::start(None);
    let get = async |path: &str| {
        let answer = reqwest::get(format!("{}{path}", demo.url)).await.unwrap();
        assert!(answer.status().is_success(), "{path}");
        answer.text().await.unwrap()
    };
    for (language, title) in [("kk", "Отан"), ("ru", "Отан"), ("en", "Nur Otan")] {
        let feeds = json!({
            "atom": get(&format!("/{language}/feed.atom")).await,
            "ics": get(&format!("/{language}/events.ics")).await,
            "one": get(&format!("/{language}/events/open-lesson.ics")).await,
        });
        let read = read(&feeds);
        assert_eq!(read["bozo"], false, "{read}");
        assert_eq!(read["version"], "atom10");
        assert_eq!(
            read["links"]["self"],
            format!("{}/{language}/feed.atom", demo.url)
        );
        let entries = read["entries"].as_array().unwrap();
        assert_eq!(entries.len(), 5, "{read}");
        let first = &entries[0];
        assert!(first["title"].as_str().unwrap().contains(title), "{first}");
        assert_eq!(
            first["id"],
            format!("{}/posts/elections-2007", demo.url),
            "one id in every language"
        );
        assert_eq!(
            first["link"],
            format!("{}/{language}/posts/elections-2007", demo.url)
        );
        assert_eq!(first["published"], "2007-08-21T09:00:00+00:00");
        assert!(first["content"].as_str().unwrap().contains("<table>"));

        let events = read["events"].as_array().unwrap();
        assert!(events.len() >= 5, "{read}");
        for event in events {
            assert_eq!(event["errors"], json!([]), "{event}");
            let (start, end) = (
                event["start"].as_str().unwrap(),
                event["end"].as_str().unwrap(),
            );
            assert!(start < end, "{event}");
            assert!(event["uid"].as_str().unwrap().contains('@'));
        }
        assert!(
            events
                .iter()
                .any(|event| event["start"].as_str().unwrap().len() == 10),
            "a day without hours: {read}"
        );
        assert_eq!(read["version_ics"], "2.0");
        assert_eq!(read["one"].as_array().unwrap().len(), 1);
        let json: Value =
            serde_json::from_str(&get(&format!("/{language}/feed.json")).await).unwrap();
        assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(json["items"].as_array().unwrap().len(), 5);
    }
}
