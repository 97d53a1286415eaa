use super::*;

fn checked(html: &str) -> Result<(), TemplateError> {
    let mut placeholders = Placeholders::default();
    let text = placeholders.protect(html).unwrap();
    let html = mark(&placeholders, &text);
    let after = Html::parse_document(&html).html();
    verify(&placeholders, &html, &after)
}

#[test]
fn blocks_may_stand_wherever_an_element_or_text_may() {
    for html in [
        "<p>{% if name %}a{% else %}b{% endif %}</p>",
        "<table>{% for a in attributes.b %}<tr><td>{{ a }}</td></tr>{% endfor %}</table>",
        "<table><tr><th>x</th></tr>{% if name %}<tr><td>a</td></tr>{% endif %}</table>",
        "<table><tr>{% if name %}<td>a</td>{% else %}<td>b</td>{% endif %}</tr></table>",
        "<ul>{% for a in attributes.b %}<li>{{ a }}</li>{% endfor %}</ul>",
        "<div>{% if name %}<p>a</p>{% elif email %}<p>b</p>{% endif %}</div>",
        "<a class=\"{% if name %}a{% else %}b{% endif %}\">&eacute;t&eacute;</a>",
        "{% set x = 1 %}<p>{{ x }}</p>{% if name %}{% if email %}c{% endif %}{% endif %}",
        "<p>a<!--[if mso]>{% if name %}<b>x</b>{% endif %}<![endif]--></p>",
        "<table><!--[if mso]><tr><![endif]-->{% if name %}<!--[if mso]><td><![endif]--><!--[if mso]></td><![endif]-->{% endif %}<!--[if mso]></tr><![endif]--></table>",
    ] {
        assert_eq!(checked(html), Ok(()), "{html}");
    }
}

#[test]
fn markdown_keeps_blocks_within_cells_alone() {
    for (markdown, is_taken) in [
        (
            "a\n\n<table><tr><td>{% if name %}x{% endif %}</td></tr></table>",
            true,
        ),
        (
            "<table>{% if name %}<tr><td>x</td></tr>{% endif %}</table>",
            false,
        ),
        (
            "<table><tr><td>a</td>{% if name %}<td>x</td>{% endif %}</tr></table>",
            false,
        ),
        (
            "<table><tr><td>a</td></tr></table>\n\n{% if name %}x{% endif %}",
            true,
        ),
    ] {
        let mut placeholders = Placeholders::default();
        let text = placeholders.protect(markdown).unwrap();
        assert_eq!(
            none_between_rows(&placeholders, &text).is_ok(),
            is_taken,
            "{markdown}"
        );
    }
}

#[test]
fn blocks_that_would_be_moved_or_torn_are_refused_with_their_line() {
    for html in [
        "\n<table>{% if name %}text{% endif %}<tr><td>x</td></tr></table>",
        "\n<table>{% if name %}<img src=x>{% endif %}<tr><td>x</td></tr></table>",
        "\n<p>{% if name %}<b>a{% endif %}</b></p>",
        "\n<p>{% if name %}<div>a</div>{% endif %}</p>",
        "\n<ul>{% for a in attributes.b %}<li>{{ a }}{% endfor %}</ul>",
        "\n<p {% if name %}class=x{% endif %}>a</p>",
        "\n<p class=\"{% if name %}x\">a</p>{% endif %}",
        "\n{% if name %}<!--[if mso]><table><![endif]-->{% endif %}<!--[if mso]></table><![endif]-->{% if name %}<!--[if mso]><b><![endif]-->{% endif %}x{% if name %}<!--[if mso]></b><![endif]-->{% endif %}",
    ] {
        let error = checked(html).err().map(|error| error.to_string());
        let error = error.unwrap_or_else(|| panic!("{html} was taken"));
        assert!(error.starts_with("line 2: {% "), "{html}: {error}");
    }
}
