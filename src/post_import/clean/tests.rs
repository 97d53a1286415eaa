use super::*;

fn cleaned(html: &str) -> String {
    clean(html, &Addresses::default()).html
}

#[test]
fn what_runs_asks_or_counts_goes() {
    for html in [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        "<form><p>Subscribe</p><input></form>",
        "<img src=\"https://t.example/o.gif\" width=\"1\" height=\"1\">",
        "<img src=\"https://t.example/o.gif\" style=\"width: 1px\">",
        "<div class=\"subscription-widget-wrap-editor\"><p>Thanks for reading!</p></div>",
        "<p class=\"button-wrapper\"><a href=\"https://a.substack.com/subscribe?\">Go</a></p>",
        "<p class=\"button-wrapper\"><a href=\"%%share_url%%\">Share</a></p>",
        "<div style=\"display: none\">preview</div>",
        "<img src=\"data:image/png;base64,AAAA\">",
    ] {
        let cleaned = cleaned(html);
        let text = cleaned.replace("<div>", "").replace("</div>", "");
        assert_eq!(text, "", "{html}");
    }
}

#[test]
fn pictures_lose_their_wrappers_and_keep_their_captions() {
    let html = "<div class=\"captioned-image-container\"><figure><a class=\"image-link image2\" \
        href=\"https://substackcdn.com/x\"><div class=\"image2-inset\"><picture><source \
        srcset=\"https://a.example/w\"><img src=\"https://a.example/a.png\" alt=\"A [b]\" \
        width=\"1456\"></picture><div class=\"image-link-expand\"><svg></svg></div></div></a>\
        <figcaption class=\"image-caption\">The <b>gate</b></figcaption></figure></div>";
    let cleaned = cleaned(html);
    assert!(cleaned.contains("<img src=\"https://a.example/a.png\" alt=\"A b\">"));
    assert!(cleaned.contains("<p><em>The <strong>gate</strong></em></p>"));
    assert!(
        !cleaned.contains("<a ") && !cleaned.contains("svg"),
        "{cleaned}"
    );
}

#[test]
fn parts_for_some_readers_are_noticed() {
    for html in [
        "<div class=\"paywall-jump\"></div><p>x</p>",
        "<div class=\"dynamic-content-block\" data-dynamic-audiences=\"paid\"><p>x</p></div>",
        "<!--kg-gated-block:begin nonMember:false memberSegment:\"status:-free\" --><p>x</p>",
    ] {
        assert!(clean(html, &Addresses::default()).is_mixed, "{html}");
    }
    let open = "<!--kg-gated-block:begin nonMember:true memberSegment:\"\" --><p>x</p>";
    assert!(!clean(open, &Addresses::default()).is_mixed);
}

#[test]
fn a_table_of_data_stays_one_and_a_table_for_the_layout_does_not() {
    let data = cleaned("<table><tr><th>A</th></tr><tr><td><p>1</p></td></tr></table>");
    assert!(
        data.contains("<table><thead><tr><th>A</th></tr></thead>"),
        "{data}"
    );
    let layout = cleaned("<table><tr><td><p>1</p></td></tr></table>");
    assert!(
        !layout.contains("table") && layout.contains("<p>1</p>"),
        "{layout}"
    );
}
