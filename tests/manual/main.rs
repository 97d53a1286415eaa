//! The manual says what the program does: reference pages are written from the
//! code, and commands, settings and API calls that any page names exist.
//!
//! `UPDATE_DOCS=1` writes the generated pages anew.

mod commands;
mod mentions;
mod settings;

use std::path::{Path, PathBuf};

/// What stands above it is written by hand.
const MARK: &str = "<!-- generated -->\n";

/// The folder of the crate.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Holds the part of a page below the mark against what the code says.
fn hold_page(name: &str, generated: &str) {
    let path = root().join("docs").join(name);
    let page = std::fs::read_to_string(&path).unwrap();
    let (by_hand, shown) = page.split_once(MARK).unwrap();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, format!("{by_hand}{MARK}{generated}")).unwrap();
    } else {
        assert!(
            shown == generated,
            "docs/{name} is older than the code: UPDATE_DOCS=1 scripts/test --test manual"
        );
    }
}

#[test]
fn the_files_for_web_servers_are_those_that_are_tested() {
    let page = std::fs::read_to_string(root().join("docs/tls.md")).unwrap();
    for name in ["packaging/caddy/Caddyfile", "packaging/nginx/jarshy.conf"] {
        let file = std::fs::read_to_string(root().join(name)).unwrap();
        let block = format!("\n{}\n```\n", file.trim_end());
        assert!(page.contains(&block), "docs/tls.md differs from {name}");
    }
}

/// Every page written in Markdown that a reader may meet.
fn pages() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().to_owned(), root().join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && folder.starts_with(root().join("docs")) {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(root()).unwrap().to_owned(), text));
            }
        }
    }
    found.sort();
    found
}
