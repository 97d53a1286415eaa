//! The elements of MJML 4, and where each is allowed.

/// An element of MJML.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its tag.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
}

/// What an element of MJML holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Elements of MJML, by their tags.
    Elements(&'static [&'static str]),
    /// Elements of MJML whose attributes are defaults.
    Defaults,
    /// HTML or text, which MJML passes on as it is.
    Content,
    /// Nothing.
    Nothing,
}

/// What is allowed in the body and its containers. MJML expects sections in the body, columns
/// in sections and blocks in columns, and renders other orders too, as far as possible.
const BODY: &[&str] = &[
    "mj-accordion",
    "mj-button",
    "mj-carousel",
    "mj-column",
    "mj-divider",
    "mj-group",
    "mj-hero",
    "mj-image",
    "mj-navbar",
    "mj-raw",
    "mj-section",
    "mj-social",
    "mj-spacer",
    "mj-table",
    "mj-text",
    "mj-wrapper",
];

const HEAD: &[&str] = &[
    "mj-attributes",
    "mj-breakpoint",
    "mj-font",
    "mj-html-attributes",
    "mj-preview",
    "mj-raw",
    "mj-style",
    "mj-title",
];

const KINDS: &[Kind] = &[
    elements("mjml", &["mj-head", "mj-body", "mj-raw"]),
    elements("mj-head", HEAD),
    elements("mj-body", BODY),
    elements("mj-wrapper", BODY),
    elements("mj-section", BODY),
    elements("mj-group", BODY),
    elements("mj-column", BODY),
    elements("mj-hero", BODY),
    elements("mj-social", &["mj-social-element", "mj-raw"]),
    elements("mj-navbar", &["mj-navbar-link", "mj-raw"]),
    elements("mj-accordion", &["mj-accordion-element", "mj-raw"]),
    elements(
        "mj-accordion-element",
        &["mj-accordion-title", "mj-accordion-text"],
    ),
    elements("mj-carousel", &["mj-carousel-image"]),
    elements("mj-html-attributes", &["mj-selector"]),
    elements("mj-selector", &["mj-html-attribute"]),
    defaults("mj-attributes"),
    defaults("mj-class"),
    content("mj-accordion-text"),
    content("mj-accordion-title"),
    content("mj-button"),
    content("mj-html-attribute"),
    content("mj-navbar-link"),
    content("mj-preview"),
    content("mj-raw"),
    content("mj-social-element"),
    content("mj-style"),
    content("mj-table"),
    content("mj-text"),
    content("mj-title"),
    nothing("mj-all"),
    nothing("mj-breakpoint"),
    nothing("mj-carousel-image"),
    nothing("mj-divider"),
    nothing("mj-font"),
    nothing("mj-image"),
    nothing("mj-spacer"),
];

const fn elements(name: &'static str, inner: &'static [&'static str]) -> Kind {
    Kind {
        name,
        holds: Holds::Elements(inner),
    }
}

const fn defaults(name: &'static str) -> Kind {
    Kind {
        name,
        holds: Holds::Defaults,
    }
}

const fn content(name: &'static str) -> Kind {
    Kind {
        name,
        holds: Holds::Content,
    }
}

const fn nothing(name: &'static str) -> Kind {
    Kind {
        name,
        holds: Holds::Nothing,
    }
}

/// The element of this tag, in any case.
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS
        .iter()
        .find(|kind| kind.name.eq_ignore_ascii_case(name))
}

impl Kind {
    /// Whether `mj-raw`, and so a comment or a block of merge tags, is allowed in it.
    pub fn takes_raw(&self) -> bool {
        matches!(self.holds, Holds::Elements(inner) if inner.contains(&"mj-raw"))
    }
}

/// The attributes with which MJML computes widths. Values that differ between recipients cannot
/// be used there.
pub fn is_measure(attribute: &str) -> bool {
    attribute == "width" || attribute.contains("padding")
}

/// The attributes that contain text or URLs; all others contain CSS or names.
pub fn is_wording(attribute: &str) -> bool {
    matches!(
        attribute,
        "alt" | "title" | "href" | "src" | "srcset" | "name" | "rel" | "target" | "path"
    ) || attribute.ends_with("-url")
        || attribute.ends_with("-alt")
        || attribute.ends_with("-href")
        || attribute.starts_with("ico-open")
        || attribute.starts_with("ico-close")
        || attribute.starts_with("aria-")
        || attribute.starts_with("data-")
}
