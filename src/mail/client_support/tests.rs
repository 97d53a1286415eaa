use super::*;

fn found(html: &str) -> Vec<String> {
    check(html, "").into_iter().map(|one| one.feature).collect()
}

#[test]
fn what_programs_do_not_show_is_named_once_with_its_place() {
    let html = "<body><div style=\"display: flex; color: red\"><p>Join &amp; us today</p></div>\
        <div style=\"display:flex\">x</div><video src=\"a.mp4\"></video></body>";
    let source = "<style>\n.a { display : flex }\n</style>\n<video src=a.mp4>";
    let all = check(html, source);
    assert_eq!(all.len(), 2, "{all:?}");
    let flex = &all[0];
    assert_eq!(flex.feature, "display:flex");
    assert_eq!(flex.clients, [Client::OutlookWindows]);
    assert_eq!(
        (flex.element.as_str(), flex.near.as_str()),
        ("div", "Join & us today x")
    );
    assert_eq!((flex.count, flex.line), (2, Some(2)));
    assert_eq!(
        flex.url,
        "https://www.caniemail.com/features/css-display-flex/"
    );
    let video = &all[1];
    assert_eq!((video.feature.as_str(), video.line), ("<video>", Some(4)));
    assert!(video.clients.contains(&Client::Gmail) && !video.clients.contains(&Client::AppleMail));
}

#[test]
fn each_sort_of_feature_is_recognised() {
    for (html, expected) in [
        ("<p style=\"width:calc(100% - 2px)\">", "calc()"),
        ("<p style=\"MARGIN-INLINE: 4px\">", "margin-inline"),
        (
            "<p style=\"background:url(&quot;a.png&quot;)\">",
            "background-image",
        ),
        ("<input type=submit>", "<input type=\"submit\">"),
        ("<input>", "<input type=\"text\">"),
        ("<img src=\"https://a.kz/x.WEBP?y=1\">", ".webp"),
        ("<img src=\"data:image/png;base64,AA==\">", "data:"),
        ("<style>.a::before{content:'x'}</style>", "::before"),
        ("<style>@import url(x.css);</style>", "@import"),
        ("<p style=\"transform: rotate(3deg)\">", "transform"),
        ("<p style=\"color:var(--x)\">", "var()"),
    ] {
        assert_eq!(found(html), [expected], "{html}");
    }
}

#[test]
fn what_readers_do_not_miss_is_not_named() {
    for html in [
        "",
        "<p style=\"border-radius:4px;box-shadow:0 0 1px red\">",
        "<p style=\"transform:none;opacity:1;position:static;filter:none\">",
        "<div style=\"display:none;opacity:0;position:absolute\">preheader</div>",
        "<style>@media (max-width:480px){.a{display:flex}.b::before{content:'x'}}</style>",
        "<style>@import-not{} .x{color:red}</style>",
        "<!--[if !mso]><!--><div style=\"display:flex\">x</div><!--<![endif]-->",
        "<!--[if mso]><v:rect><v:fill src=\"a.png\"/></v:rect><![endif]-->\
         <div style=\"background:url(a.png)\">x</div>",
        "<p style=\"width:-webkit-calc-x\">display:flex &lt;video&gt;</p>",
    ] {
        assert_eq!(found(html), [] as [&str; 0], "{html}");
    }
}

#[test]
fn a_long_email_is_checked_in_one_pass() {
    let html = "<p style=\"color:red;display:flex\">x</p>".repeat(50_000);
    let all = check(&html, &html);
    assert_eq!(all.len(), 1);
    assert!(all[0].count > 10_000 && all[0].line == Some(1));
}
