use proptest::prelude::*;

use super::super::placeholders::Placeholders;
use super::*;

fn compile(html: &str) -> Result<MessageTemplate, TemplateError> {
    let mut placeholders = Placeholders::default();
    let html = placeholders.protect(html)?;
    MessageTemplate::compile(&Source {
        subject: placeholders.restore(&html),
        html: placeholders.restore(&html),
        text: placeholders.restore(&html),
    })
}

fn fields<'a>(name: &'a str, attributes: &'a serde_json::Value) -> Fields<'a> {
    Fields {
        name,
        email: "aigul@example.kz",
        language: Language::KK,
        attributes,
        site_name: "Embassy",
        unsubscribe_url: "https://example.kz/unsubscribe/t",
        preferences_url: "",
        archive_url: "",
        link_suffix: "",
        seen_picture: "",
    }
}

#[test]
fn names_and_expressions_are_filled_for_each_recipient() {
    let none = serde_json::json!({});
    let some = serde_json::json!({ "city": "Алматы" });
    let plain = compile("Dear {{ name }} of {{site_name}}").unwrap();
    assert_eq!(
        plain.fill(&fields("Aigul", &none)).unwrap().text,
        "Dear Aigul of Embassy"
    );
    let rich = compile(
        "{% if name %}Dear {{ name }}{% else %}Hello{% endif %}, {{ attributes.city | default(\"there\") }}",
    )
    .unwrap();
    assert_eq!(rich.fill(&fields("", &none)).unwrap().text, "Hello, there");
    assert_eq!(
        rich.fill(&fields("Aigul", &some)).unwrap().text,
        "Dear Aigul, Алматы"
    );
}

#[test]
fn unknown_names_are_found_before_anything_is_sent() {
    for (text, expected) in [
        ("Dear\n{{ nmae }}", "line 2: {{ nmae }}: nmae is unknown"),
        (
            "{% for tag in attributes.tags %}{{ tag }}{% endfor %}\n{{ tag }}",
            "line 2: {{ tag }}",
        ),
        (
            "a\n\n{{ name | shout }}",
            "line 3: {{ name | shout }}: filter shout is unknown",
        ),
        ("{% if name == %}x{% endif %}", "line 1: {% if name == %}"),
        ("\n{{ name", "line 2: \"{{ name\" is never closed"),
        (
            "{% if name %}\nx",
            "line 1: {% if name %}: it has no {% endif %}",
        ),
        ("x\n{% else %}", "line 2: {% else %}"),
        (
            "{% for a in attributes.b %}{% endif %}",
            "line 1: {% endif %}",
        ),
        ("{% raw %}x", "{% raw %}"),
    ] {
        let error = compile(text).err().map(|error| error.to_string());
        let error = error.unwrap_or_else(|| panic!("{text} was taken"));
        assert!(error.contains(expected), "{text}: {error}");
    }
    let long = format!("{{{{ '{}' | shout }}}}", "x".repeat(9_000));
    let error = compile(&long).err().unwrap().to_string();
    assert!(
        error.len() < 500 && error.contains("shout is unknown"),
        "{error}"
    );
    let endless = "{% for a in range(9) %}".repeat(9) + "{% endfor %}".repeat(9).as_str();
    assert!(compile(&endless).is_err());
}

#[test]
fn what_is_nothing_prints_nothing_and_has_a_default() {
    let text = "Dear {{ name | default(\"reader\") }} of {{ attributes.city }}\
        ({{ attributes.city | default(\"nowhere\") }}, {{ attributes.a.b ~ \"!\" }}).";
    let template = compile(text).unwrap();
    let city = |value: serde_json::Value| serde_json::json!({ "city": value });
    for (name, attributes, filled) in [
        ("", serde_json::json!({}), "Dear reader of (nowhere, !)."),
        (
            "N",
            city(serde_json::Value::Null),
            "Dear N of (nowhere, !).",
        ),
        (" ", city("".into()), "Dear reader of (nowhere, !)."),
        ("N", city("Oslo".into()), "Dear N of Oslo(Oslo, !)."),
        ("N", city(0.into()), "Dear N of 0(0, !)."),
        (
            "N",
            serde_json::json!({ "city": "x", "a": { "b": null } }),
            "Dear N of x(x, !).",
        ),
    ] {
        let fields = fields(name, &attributes);
        assert_eq!(template.fill(&fields).unwrap().text, filled);
    }
}

#[test]
fn values_are_encoded_within_addresses() {
    let html = "<a href=\"https://a.kz/?mail={{ email }}&amp;who={{ name }}\">{{ name }}</a>\
        <a href=\"{{ attributes.site }}\">x</a><a href='{{ unsubscribe_url }}'>y</a>";
    let mut placeholders = Placeholders::default();
    let html = placeholders.protect(html).unwrap();
    let text = placeholders
        .protect("https://a.kz/?m={{ email }}&who={{ name }} {{ name }}")
        .unwrap();
    let template = MessageTemplate::compile(&Source {
        subject: String::new(),
        html: placeholders.restore_html(&html),
        text: placeholders.restore(&text),
    })
    .unwrap();
    let attributes = serde_json::json!({ "site": "javascript:alert(1)" });
    let filled = template.fill(&fields("A & B #1", &attributes)).unwrap();
    assert_eq!(
        filled.html,
        "<a href=\"https://a.kz/?mail=aigul%40example.kz&amp;who=A%20%26%20B%20%231\">A &amp; B #1</a>\
        <a href=\"\">x</a><a href='https://example.kz/unsubscribe/t'>y</a>"
    );
    assert_eq!(
        filled.text,
        "https://a.kz/?m=aigul%40example.kz&who=A%20%26%20B%20%231 A & B #1"
    );
}

#[test]
fn braces_of_style_sheets_mean_nothing() {
    let source = Source {
        subject: "s".into(),
        html: "<style>@media x{#a{b:c}}</style>{# not a comment #}".into(),
        text: String::new(),
    };
    let template = MessageTemplate::compile(&source).unwrap();
    let none = serde_json::json!({});
    assert_eq!(template.fill(&fields("", &none)).unwrap().html, source.html);
}

#[test]
fn a_name_cannot_bring_markup_or_headers() {
    let template = compile("{{ name }}").unwrap();
    let none = serde_json::json!({});
    let filled = template.fill(&fields("<b>\r\nBcc: x", &none)).unwrap();
    assert_eq!(filled.html, "&lt;b&gt;\r\nBcc: x");
    assert_eq!(filled.subject, "<b>  Bcc: x");
}

/// Only for those who have the attribute: what is checked before anything is
/// sent knows nobody who has.
fn for_some(template: &str) -> String {
    format!("{{% if attributes.a %}}{template}{{% endif %}}")
}

#[test]
fn no_template_outlives_its_fuel_or_its_stack() {
    let kept = |set: &str| format!("{{% set x = {set} %}}").repeat(60);
    let nested = |set: &str| {
        format!(
            "{{% set n = namespace(x=[]) %}}{{% for i in range(90000) %}}\
             {{% set n.x = {set} %}}{{% endfor %}}{{{{ n.x }}}}"
        )
    };
    let mut bombs = Vec::new();
    for set in [
        "[x, x]",
        "(x, x)",
        "x, x",
        "{'a': x, 'b': x}",
        "x + x",
        "[x] + [x]",
        "x | chain(x)",
        "x | zip(x) | list",
        "dict(a=x, b=x)",
        "[x] * 99",
        "x * 99",
        "x ~ x",
        "[1, 2]",
        "range(99) | map('attr', 'z') | map('default', x) | list",
        "[1] | batch(99, x) | list",
        "[1] | slice(99, x) | list",
        "x | items | list",
        "[[[[[[[[[[x]]]]]]]]]]",
    ] {
        for shown in [
            "x",
            "x ~ ''",
            "x | upper",
            "x | length",
            "x == x",
            "x | tojson",
            "x | urlencode",
            "x | recipient",
            "x | address_only",
            "x | join",
            "x | string",
            "x | sort",
            "x | unique",
            "[x] | join(x)",
            "x in [x]",
            "x | default('a')",
            "x | replace(x, x)",
            "{x: 1}",
            "x | pprint",
            "x | list | length",
            "debug()",
        ] {
            bombs.push(for_some(&format!(
                "{{% set x = [1, 2] %}}{}{{{{ {shown} }}}}",
                kept(set)
            )));
        }
        bombs.push(for_some(&format!(
            "{{% set x = [1, 2] %}}{}<a href=\"https://a.example/{{{{ x }}}}\">x</a>",
            kept(set)
        )));
    }
    for set in [
        "[n.x]",
        "{'a': n.x}",
        "(n.x,)",
        "n.x | reverse",
        "n.x | map('upper')",
        "n.x | batch(1)",
        "n.x | chain([1])",
        "n.x + [1]",
        "n.x[0:]",
        "[n.x] * 2",
        "n",
    ] {
        bombs.push(for_some(&nested(set)));
    }
    for bomb in [
        "{% set x = [x] %}".repeat(1_500),
        "{% set x = x | batch(1) %}".repeat(1_500),
        format!("{{% set x = {}1{} %}}", "[".repeat(90), "]".repeat(90)).repeat(500),
        "{% for x in [[x, x]] %}".repeat(50) + "{{ x }}" + "{% endfor %}".repeat(50).as_str(),
        "{% with x = [x, x] %}".repeat(50) + "{{ x }}" + "{% endwith %}".repeat(50).as_str(),
        "{% for x in [1, 2] recursive %}{{ loop([1, 2]) }}{% endfor %}".to_owned(),
        "{% for x in [1] recursive %}{{ loop([[x, x]]) }}{{ x }}{% endfor %}".to_owned(),
        "{% include 'text' %}".to_owned(),
        "{% include 'message.html' ignore missing %}".to_owned(),
        "{% extends 'text' %}".to_owned(),
        "{% import 'text' as x %}".to_owned(),
        "{% block a %}{{ self.a() }}{% endblock %}".to_owned(),
        "{% macro f(x) %}{{ f([x]) }}{% endmacro %}{{ f(1) }}".to_owned(),
        "{{ range(10**9) }}".to_owned(),
        "{{ range(1000000000) | list }}".to_owned(),
        "{% for i in range(99999) %}{% for i in range(99999) %}{% endfor %}{% endfor %}".to_owned(),
        "{{ 'a\n' | indent(999999999) }}".to_owned(),
        "{{ [1] | slice(999999999) | list }}".to_owned(),
        "{{ [1] | batch(999999999, 'x') | list }}".to_owned(),
        "{{ [1] | tojson(indent=999999999) }}".to_owned(),
        "{{ '%999999999d' | format(1) }}".to_owned(),
        "{{ '%.999999999f' | format(1) }}".to_owned(),
        "{{ 1.5 | round(999999999) }}".to_owned(),
        "{{ 'a' * 99999 * 99999 }}".to_owned(),
        format!(
            "{{{{ 'aaaaaaaaaa'{} }}}}",
            "|replace('a', 'aaaaaaaaaa')".repeat(12)
        ),
        "{% set n = 99999 %}{% set n = n * n %}{% set a = [1] %}{{ (a * n) | length }}".to_owned(),
        "{{ 9 ** 9 ** 9 }}".to_owned(),
        "{% set n = 9 %}{{ n ** 99999 }}".to_owned(),
        "{% set a %}aaaaaaaaaaaaaaa{% endset %}".to_owned()
            + "{% set a %}{{ a }}{{ a }}{% endset %}".repeat(50).as_str()
            + "{{ a }}",
        "{% filter replace('a','aaaaaaaaaa') %}".repeat(50)
            + "aaaa"
            + "{% endfilter %}".repeat(50).as_str(),
        "{% set r = range(99999) | list %}{% for i in r %}{{ i in r }}{% endfor %}".to_owned(),
        format!("{{{{ {} }}}}", "9".repeat(50_000)),
        format!("{{{{ 1.{} }}}}", "9".repeat(50_000)),
        "{% for a in [1, 2] %}".repeat(50) + "x" + "{% endfor %}".repeat(50).as_str(),
    ] {
        bombs.push(for_some(&bomb));
        bombs.push(bomb);
    }
    for bomb in bombs {
        let (done, ended) = std::sync::mpsc::channel();
        let shown: String = bomb.chars().take(120).collect();
        // As small as the stack of whatever sends.
        let filling = std::thread::Builder::new()
            .stack_size(2 * 1024 * 1024)
            .spawn(move || {
                let some = serde_json::json!({ "a": 1, "tags": ["x", "y"] });
                let filled =
                    compile(&bomb).map(|template| template.fill(&fields("A", &some)).is_ok());
                let _ = done.send(filled.is_ok());
            });
        let patience = std::time::Duration::from_secs(60);
        assert!(ended.recv_timeout(patience).is_ok(), "{shown} does not end");
        filling.unwrap().join().unwrap();
    }
}

proptest! {
    #[test]
    fn filling_never_panics_and_always_escapes(name in "\\PC{0,40}") {
        let template = compile("{{ name }}").unwrap();
        let none = serde_json::json!({});
        let html = template.fill(&fields(&name, &none)).unwrap().html;
        let has_markup = html.contains(['<', '>', '"']);
        prop_assert!(!has_markup);
    }
}
