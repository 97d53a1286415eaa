use std::time::Duration;

use proptest::prelude::*;

use super::*;

#[test]
fn many_placeholders_cost_no_more_than_their_number() {
    let most = 10_000;
    let raw = |inner: &str| format!("{{% raw %}}{}{{% endraw %}}", inner.repeat(200_000));
    for (shape, text) in [
        ("glued", "{{name}}".repeat(most)),
        ("lines", "{{name}}\n".repeat(most)),
        (
            "an address",
            format!("https://a.kz/{}", "{{name}}".repeat(most)),
        ),
        (
            "an attribute",
            format!("<a href=\"https://a.kz/{}\">", "{{name}}".repeat(most)),
        ),
        ("blocks", "{% set a = 1 %}".repeat(most)),
        ("raw expressions", raw("{{")),
        ("raw blocks", raw("{%")),
        (
            "closings",
            "#}".repeat(200_000) + "{{name}}".repeat(most).as_str(),
        ),
        (
            "openings",
            "{#".repeat(200_000) + "{{name}}".repeat(most).as_str(),
        ),
    ] {
        let began = time_on_processor();
        let mut placeholders = Placeholders::default();
        let lifted = placeholders.protect(&text).unwrap();
        let restored = placeholders.restore(&lifted);
        assert!(restored.len() > most, "{shape}");
        placeholders.restore_html(&placeholders.with_lists_joined(&lifted));
        // Each took minutes.
        let took = time_on_processor() - began;
        assert!(took < Duration::from_secs(10), "{shape}: {took:?}");
    }
}

/// For how long this thread has run, whatever else the machine does.
fn time_on_processor() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    let nanoseconds = text.split_whitespace().next().unwrap();
    Duration::from_nanos(nanoseconds.parse().unwrap())
}

#[test]
fn a_block_alone_in_a_paragraph_is_none() {
    let mut placeholders = Placeholders::default();
    let text = placeholders
        .protect("{% if name %}{{ name }}{% endif %}")
        .unwrap();
    let parts: Vec<_> = placeholders
        .within(&text)
        .map(|one| text[one.range].to_owned())
        .collect();
    let html = format!(
        "<p>{}</p>\n<p>a{}</p>\n<p>{}</p>\n",
        parts[0], parts[1], parts[2]
    );
    assert_eq!(
        placeholders.unwrap_blocks(&html),
        format!("{}<p>a{}</p>\n{}", parts[0], parts[1], parts[2])
    );
}

#[test]
fn an_expression_between_angle_brackets_is_a_link() {
    let mut placeholders = Placeholders::default();
    let text = placeholders
        .protect("Leave: <{{ unsubscribe_url }}>, 1 < {{ name }} > 0")
        .unwrap();
    assert_eq!(
        placeholders.as_written(&placeholders.with_autolinks(&text)),
        "Leave: [{{ unsubscribe_url }}]({{ unsubscribe_url }}), 1 < {{ name }} > 0"
    );
}

#[test]
fn remarks_are_left_out_and_keep_their_lines() {
    let mut placeholders = Placeholders::default();
    let text = placeholders
        .protect("a {# to\ndo #}b {#anchor} {# {{ x }} #}{{ name }}")
        .unwrap();
    assert_eq!(placeholders.as_written(&text), "a \nb {#anchor} {{ name }}");
    let text = placeholders
        .protect("{% raw %}{# shown #}{% endraw %}")
        .unwrap();
    assert_eq!(placeholders.restore(&text), "{# shown #}");
    let error = placeholders.protect("{# a\n#}\n{{ nmae }}").unwrap_err();
    assert!(error.to_string().starts_with("line 3"), "{error}");
}

#[test]
fn white_space_control_keeps_the_lines_of_a_text_part() {
    let restored = |source: &str| {
        let mut placeholders = Placeholders::default();
        let text = placeholders.protect(source).unwrap();
        let restored = placeholders.restore(&text);
        restored
            .replace(['\u{E000}', '\u{E002}'], "<")
            .replace(['\u{E001}', '\u{E003}'], ">")
    };
    assert_eq!(
        restored("Hi {%- if name -%} {{ name }} {%- endif %}\n\n{{- email -}}\nEnd"),
        "Hi< if name >< name >< endif >\n\n< email >\nEnd"
    );
    assert_eq!(
        restored("a <{{ attributes.site }}>"),
        "a < (attributes.site) | bracketed >"
    );
    assert_eq!(
        restored("a <{{ unsubscribe_url }}>"),
        "a << unsubscribe_url >>"
    );
}

#[test]
fn blocks_between_the_items_of_a_list_stand_in_it() {
    let mut placeholders = Placeholders::default();
    let source = "- a\n{% for tag in attributes.tags %}\n- b\n{% endfor %}\n- c\n\n```\n{% if name %}\n{% endif %}\n```\n";
    let text = placeholders.protect(source).unwrap();
    let apart = placeholders.with_blocks_apart(&text);
    assert_eq!(
        placeholders.as_written(&apart),
        "- a\n\n{% for tag in attributes.tags %}\n\n- b\n\n{% endfor %}\n\n- c\n\n```\n{% if name %}\n{% endif %}\n```\n"
    );
    let html = crate::text::markdown::to_html(&apart).unwrap();
    let joined = placeholders.with_lists_joined(&placeholders.unwrap_blocks(&html));
    let list = joined.split("<pre>").next().unwrap();
    assert_eq!(list.matches("<ul>").count(), 1, "{list}");
    assert_eq!(list.matches("<li>").count(), 3, "{list}");
    super::super::blocks::nested(&placeholders, &joined).unwrap();
}

#[test]
fn places_are_those_of_the_author() {
    let mut placeholders = Placeholders::default();
    let source = "a {{ name\n}} b\n{% if name %}!{% endif %}";
    let text = placeholders.protect(source).unwrap();
    assert_eq!(placeholders.as_written(&text), source);
    let at = text.find('!').unwrap();
    assert_eq!(placeholders.position(&text, at), (3, 14));
}

#[test]
fn braces_between_quotes_and_references_are_read_as_meant() {
    let mut placeholders = Placeholders::default();
    for (source, restored) in [
        (
            "{{ name | default(\"}}\") }}",
            "\u{E000} name | default(\"}}\") \u{E001}",
        ),
        (
            "{{ name | default(&quot;x&quot;) }}",
            "\u{E000} name | default(\"x\") \u{E001}",
        ),
        ("{{- name -}}", "\u{E000} name \u{E001}"),
        ("{% raw %}{{ x }}{% if %}{% endraw %}!", "{{ x }}{% if %}!"),
        ("{% raw %}{{ x{% endraw %}", "{{ x"),
    ] {
        let text = placeholders.protect(source).unwrap();
        assert_eq!(placeholders.restore(&text), restored, "{source}");
    }
}

proptest! {
    #[test]
    fn protecting_and_restoring_loses_nothing(text in "[a-z{}% <>\"]{0,60}") {
        let mut placeholders = Placeholders::default();
        if let Ok(protected) = placeholders.protect(&text) {
            let is_clean = !protected.contains("{{") && !protected.contains("{%");
            prop_assert!(is_clean);
            prop_assert_eq!(placeholders.as_written(&protected), text);
        }
    }
}
