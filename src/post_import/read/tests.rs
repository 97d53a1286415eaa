use std::io::{Cursor, Write};

use super::*;
use crate::model::post_import::DraftReason;
use crate::post_import::found::{Body, FoundPost, FoundState};

const NOW: Timestamp = Timestamp::from_millis(1_750_000_000_000);

fn corpus(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/corpus/posts/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).unwrap()
}

/// The files of a folder of the corpus as an archive, below a folder of its own.
fn zipped(folder: &str, files: &[&str]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in files {
        let options = zip::write::SimpleFileOptions::default();
        archive
            .start_file(format!("export/{name}"), options)
            .unwrap();
        let content = corpus(&format!("{folder}/{name}"));
        archive.write_all(&content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn by_slug<'a>(found: &'a Found, slug: &str) -> &'a FoundPost {
    let mut posts = found.posts.iter();
    posts.find(|post| post.slug == slug).unwrap()
}

fn of(content: &[u8]) -> Found {
    read_now(content, None, NOW).unwrap()
}

#[test]
fn an_archive_of_substack_is_read() {
    let found = of(&zipped(
        "substack",
        &[
            "posts.csv",
            "posts/101.first-letter.html",
            "posts/102.for-friends.html",
            "posts/103.unfinished.html",
        ],
    ));
    assert_eq!(found.system, PostSystem::Substack);
    assert_eq!(found.passed_over["thread"], 1);
    let first = by_slug(&found, "first-letter");
    assert_eq!(first.id, "101");
    assert_eq!(first.title, "The first letter – of many");
    assert_eq!(first.state, FoundState::Public);
    assert_eq!(first.paths, ["/p/first-letter"]);
    assert_eq!(first.summary, "With a picture, and a note");
    let Body::Html(html) = &first.body else {
        panic!("no HTML")
    };
    assert!(html.contains("captioned-image-container"));
    let limited = FoundState::Limited(DraftReason::Restricted);
    assert_eq!(by_slug(&found, "for-friends").state, limited);
    assert_eq!(by_slug(&found, "unfinished").state, FoundState::Draft);
    let lost = by_slug(&found, "lost-text");
    assert!(matches!(lost.body, Body::Unreadable(_)));
}

#[test]
fn an_archive_of_buttondown_is_read() {
    let found = of(&zipped(
        "buttondown",
        &[
            "emails.csv",
            "emails/autumn-fair.md",
            "emails/paid-extra.md",
            "emails/not-yet.md",
        ],
    ));
    assert_eq!(found.system, PostSystem::Buttondown);
    let fair = by_slug(&found, "autumn-fair");
    assert_eq!(fair.state, FoundState::Public);
    assert_eq!(fair.paths, ["/archive/autumn-fair"]);
    let Body::MarkdownTemplate(text) = &fair.body else {
        panic!("no Markdown")
    };
    assert!(text.starts_with("# Autumn fair"), "{text}");
    let limited = FoundState::Limited(DraftReason::Restricted);
    assert_eq!(by_slug(&found, "paid-extra").state, limited);
    assert_eq!(by_slug(&found, "not-yet").state, FoundState::Draft);
}

#[test]
fn the_emails_of_buttondowns_api_are_read() {
    let found = of(&corpus("buttondown/emails.json"));
    assert_eq!(found.posts.len(), 2);
    let post = by_slug(&found, "by-api");
    assert_eq!(post.paths, ["/archive/by-api", "/fair/archive/by-api/"]);
    assert_eq!(post.tags, ["Fairs", "Autumn"]);
    assert!(matches!(&post.body, Body::HtmlTemplate(_)));
}

#[test]
fn a_table_of_beehiiv_is_read() {
    let found = of(&corpus("beehiiv.csv"));
    assert_eq!(found.system, PostSystem::Beehiiv);
    let bees = by_slug(&found, "busy-bees");
    assert_eq!(bees.state, FoundState::Public);
    assert_eq!(bees.paths, ["/p/busy-bees"]);
    assert_eq!(bees.tags, ["Honey", "Hives"]);
    assert_eq!(bees.summary, "What happens in a hive");
    let at = bees.published_at.unwrap();
    assert_eq!(at.rfc3339(), "2024-05-06T07:08:09Z");
    for (slug, state) in [
        ("royal-jelly", FoundState::Limited(DraftReason::Restricted)),
        ("both", FoundState::Limited(DraftReason::MixedAudience)),
        ("sketch", FoundState::Draft),
    ] {
        assert_eq!(by_slug(&found, slug).state, state, "{slug}");
    }
}

#[test]
fn what_is_no_file_of_posts_says_so() {
    let unknown = |content: &[u8]| read_now(content, None, NOW).unwrap_err().to_string();
    for content in [
        &b""[..],
        b"email,name\na@b.kz,A\n",
        b"hello",
        b"\x89PNG\r\n",
    ] {
        let error = read_now(content, None, NOW).unwrap_err();
        assert!(matches!(error, PostImportError::Unknown), "{content:?}");
    }
    assert!(unknown(b"post_id,post_date,audience,title\n1,,,\n").contains("ZIP archive"));
    assert!(unknown(b"id,subject,publish_date\n1,A,2024-01-01\n").contains("ZIP archive"));
    let other = read_now(&corpus("ghost.json"), Some(PostSystem::Substack), NOW);
    assert_eq!(
        other.unwrap_err().to_string(),
        "this is a file of Ghost, not of Substack"
    );
    let listmonk = read_now(b"x", Some(PostSystem::Listmonk), NOW);
    assert!(matches!(listmonk, Err(PostImportError::ListmonkFile)));
}

#[test]
fn too_many_posts_and_endless_nesting_are_refused() {
    let mut table = "web_title,content_html\n".to_owned();
    table.push_str(&"a,b\n".repeat(20_001));
    let error = read_now(table.as_bytes(), None, NOW).unwrap_err();
    assert!(matches!(error, PostImportError::TooMany));
    for deep in ["[".repeat(200_000), "{\"db\":[".repeat(100_000)] {
        assert!(read_now(deep.as_bytes(), None, NOW).is_err());
    }
}
