use super::*;

fn post(body: Body) -> FoundPost {
    FoundPost {
        body,
        ..FoundPost::default()
    }
}

fn of(html: &str) -> Converted {
    convert(&post(Body::Html(html.to_owned())), None).unwrap()
}

#[test]
fn an_article_keeps_what_it_says() {
    let html = "<h1>Top</h1><p>Some <b>bold</b>, <i>slanted</i> and <s>gone</s> words, \
        x<sup>2</sup>.</p><ul><li>one</li><li>two<ul><li>inner</li></ul></li></ul>\
        <ol start=\"3\"><li>three</li></ol><blockquote><p>said</p></blockquote><hr>\
        <pre><code class=\"language-rust\">let a = &quot;{{ b }}&quot;;\n\nfn x() {}</code></pre>\
        <p><a href=\"https://a.example/x?a=1&amp;b=2\">a link</a></p>\
        <table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>";
    let markdown = of(html).markdown;
    for part in [
        "## Top",
        "**bold**",
        "*slanted*",
        "~~gone~~",
        "x<sup>2</sup>",
        "- one",
        "- two",
        "  - inner",
        "3. three",
        "> said",
        "```rust\nlet a = \"{% raw %}{{{% endraw %} b }}\";\n\nfn x() {}\n```",
        "[a link](https://a.example/x?a=1&b=2)",
        "| A",
    ] {
        assert!(markdown.contains(part), "{part}:\n{markdown}");
    }
}

#[test]
fn what_looks_like_markdown_stays_text() {
    let html = "<p># no heading</p><p>1. no list</p><p>*no emphasis* [no](link)</p>";
    let rendered = markdown::to_html(&of(html).markdown).unwrap();
    assert!(!rendered.contains("<h1") && !rendered.contains("<em") && !rendered.contains("<a "));
    assert!(!rendered.contains("<ol"), "{rendered}");
}

#[test]
fn footnotes_become_those_of_markdown() {
    let html = "<p>Word<a class=\"footnote-anchor\" id=\"footnote-anchor-1\" \
        href=\"#footnote-1\">1</a> and<a class=\"footnote-anchor\" href=\"#footnote-2\">2</a></p>\
        <div class=\"footnote\"><a class=\"footnote-number\" href=\"#footnote-anchor-1\">1</a>\
        <div class=\"footnote-content\"><p>The note.</p><p>More.</p></div></div>";
    let markdown = of(html).markdown;
    assert!(markdown.contains("Word[^1] and(2)"), "{markdown}");
    assert!(markdown.contains("[^1]: The note. More."), "{markdown}");
}

#[test]
fn hostile_nesting_is_refused_and_not_walked() {
    for html in [
        "<div>".repeat(100_000),
        "<blockquote>".repeat(5_000),
        "<ul><li>".repeat(2_000),
        "<table><tr><td>".repeat(2_000),
    ] {
        let refused = convert(&post(Body::Html(html)), None);
        assert!(refused.is_err());
    }
    let many = "<p>x</p>".repeat(70_000);
    assert!(convert(&post(Body::Html(many)), None).is_err());
    let long = "a".repeat(POST_LIMIT + 1);
    assert!(convert(&post(Body::Html(long)), None).is_err());
}

#[test]
fn pictures_are_listed_once_and_the_one_above_is_not_doubled() {
    let html = "<p><img src=\"https://a.example/a.png\"><img src=\"https://a.example/b.png\">\
        <img src=\"https://a.example/a.png\"></p>";
    let mut found = post(Body::Html(html.to_owned()));
    found.picture = Some(("https://a.example/b.png".to_owned(), String::new()));
    let converted = convert(&found, None).unwrap();
    assert_eq!(
        converted.pictures,
        ["https://a.example/a.png", "https://a.example/b.png"]
    );
    found.picture = Some(("https://a.example/top.png".to_owned(), "A gate".to_owned()));
    let converted = convert(&found, None).unwrap();
    let first = "![A gate](https://a.example/top.png)\n\n";
    assert!(
        converted.markdown.starts_with(first),
        "{}",
        converted.markdown
    );
}

#[test]
fn templates_lose_their_tags_in_every_form() {
    let html = "<p>Dear {{ .Subscriber.Name }},</p><p><a href=\"{{ UnsubscribeURL }}\">Leave</a> \
        <a href=\"https://a.example/x@TrackLink\">Read</a></p>{{ TrackView }}";
    let converted = convert(&post(Body::HtmlTemplate(html.to_owned())), None).unwrap();
    assert!(
        converted.markdown.contains("Dear,"),
        "{}",
        converted.markdown
    );
    assert!(converted.markdown.contains("[Read](https://a.example/x)"));
    assert!(!converted.markdown.contains("Leave") && !converted.markdown.contains("{{"));
    assert!(converted.tags >= 4 && !converted.is_mixed);

    let text = "Hi {{ subscriber.email }}!\n\n{% if subscriber.is_paid %}Secret{% endif %}";
    let converted = convert(&post(Body::MarkdownTemplate(text.to_owned())), None).unwrap();
    assert_eq!(converted.markdown, "Hi!\n\nSecret");
    assert!(converted.is_mixed);

    let plain = "One\ntwo\n\n# three";
    let converted = convert(&post(Body::PlainTemplate(plain.to_owned())), None).unwrap();
    assert!(
        converted.markdown.contains("\\# three"),
        "{}",
        converted.markdown
    );
}
