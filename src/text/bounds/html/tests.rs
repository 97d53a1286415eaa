use super::*;

#[test]
fn the_tree_matches_a_browsers() {
    let shape = measure("<p>a<p>b<ul><li>c<li>d</ul>", &ARTICLE).unwrap();
    // Document, html, head, body, p, p, ul, li, li.
    assert_eq!(
        shape,
        Shape {
            nodes: 9,
            depth: 4,
            siblings: 3
        }
    );
    for fine in [
        "<p>x".repeat(5_000),
        "<li>x".repeat(5_000),
        "<br>".repeat(5_000),
        "<tr><td>x<td>y".repeat(5_000),
        format!("<table>{}</table>", "<tr><td>x<td>y".repeat(5_000)),
        "<p>a < b and c > d</p>".repeat(900),
    ] {
        assert!(measure(&fine, &ARTICLE).is_ok(), "{}", &fine[..20]);
    }
}

#[test]
fn depth_numbers_and_attributes_are_bounded() {
    for (bomb, says) in [
        ("<b>".repeat(6_000), "in each other"),
        ("<div>".repeat(80_000), "in each other"),
        ("<svg>".repeat(6_000), "in each other"),
        ("<table><tr><td>".repeat(6_000), "in each other"),
        ("<template>".repeat(6_000), "in each other"),
        ("<ul><li>".repeat(6_000), "in each other"),
        ("<a><div>".repeat(6_000), "in each other"),
        ("<br>".repeat(80_000), "elements"),
        ("<!---->".repeat(80_000), "elements"),
        // Each paragraph opens all formatting elements again.
        (
            "<p>".to_owned()
                + (0..90)
                    .map(|n| format!("<b id={n}>"))
                    .collect::<String>()
                    .as_str()
                + "<p>x".repeat(2_000).as_str(),
            "elements",
        ),
        (format!("<b {}>", "a=1 ".repeat(60_000)), "attributes"),
        (format!("<b {}>", "a='1'".repeat(60_000)), "attributes"),
        (format!("<b {}", "a/".repeat(60_000)), "attributes"),
        (format!("</b {}", "a ".repeat(60_000)), "attributes"),
        ("x".repeat(5_000_000), "longer"),
    ] {
        let error = measure(&bomb, &ARTICLE).unwrap_err();
        assert!(error.reason.contains(says), "{}: {error}", &bomb[..20]);
    }
    let late = format!("a\nb\n{}", "<i>".repeat(500));
    assert_eq!(measure(&late, &ARTICLE).unwrap_err().line, Some(3));
}

#[test]
fn misnested_markup_is_measured_and_never_panics() {
    for odd in [
        "<b><p></b></p>".repeat(50),
        "<a><table><a>".repeat(20),
        "<table><b><tr><i>".repeat(20),
        "<template><tr></template><select><table>".repeat(9),
        "<frameset><frame><body>".to_owned(),
        "<html><body><html a=1><body b=2></html>".to_owned(),
        "<?pi ?><!doctype html><!doctype x><svg><foreignObject><p>".to_owned(),
        "<math><annotation-xml encoding='text/html'><p>".repeat(9),
    ] {
        let _ = measure(&odd, &ARTICLE);
    }
}
