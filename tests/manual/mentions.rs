//! What pages name exists: commands with their flags, variables, keys of the
//! configuration file, calls of the API.

use std::collections::BTreeSet;

use clap::Command;
use serde_json::Value;

use crate::{commands, pages, settings};

/// Code of a page: what the text quotes, and whole blocks with their language.
fn code(page: &str) -> Vec<(Option<&str>, String)> {
    let mut found = Vec::new();
    let mut in_block = false;
    for line in page.lines() {
        let trimmed = line.trim();
        if let Some(language) = trimmed.strip_prefix("```") {
            in_block = !in_block;
            if in_block {
                found.push((Some(language), String::new()));
            }
        } else if let Some((_, block)) = found.last_mut().filter(|_| in_block) {
            block.push_str(trimmed);
            block.push('\n');
        } else {
            let inline = line.split('`').skip(1).step_by(2);
            found.extend(inline.map(|text| (None, text.to_owned())));
        }
    }
    found
}

/// The same, each line by itself.
fn code_lines(page: &str) -> Vec<String> {
    let code = code(page).into_iter();
    code.flat_map(|(_, text)| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// Why the program would not take such a command, as far as names go.
fn command_fault(program: &Command, words: &[&str]) -> Option<String> {
    let mut command = program;
    let mut words = words.iter().peekable();
    while let Some(child) = words.peek().and_then(|word| command.find_subcommand(word)) {
        command = child;
        words.next();
    }
    let is_group = command
        .get_subcommands()
        .any(|child| child.get_name() != "help");
    if let Some(word) = words.peek()
        && is_group
        && command.get_name() != "help"
        && !word.starts_with('-')
    {
        return Some(format!("{} has no command {word}", command.get_name()));
    }
    let flags = words.filter_map(|word| word.strip_prefix("--"));
    let known = |flag: &str| {
        let name = flag.split('=').next().unwrap_or_default();
        matches!(name, "help" | "version" | "")
            || command
                .get_arguments()
                .any(|arg| arg.get_long() == Some(name))
    };
    flags
        .map(|flag| flag.trim_end_matches([']', ')', ',', '`']))
        .find(|flag| !known(flag))
        .map(|flag| format!("{} has no flag --{flag}", command.get_name()))
}

#[test]
fn commands_named_in_the_manual_exist() {
    let program = commands::program();
    let (mut faults, mut seen) = (Vec::new(), 0);
    for (path, text) in pages() {
        for line in code_lines(&text) {
            for start in line.match_indices("jarshy ").map(|(start, _)| start) {
                let is_command = matches!(&line[..start], "" | "sudo " | "sudo -u jarshy ")
                    || line[..start].ends_with("$(")
                    || line[..start].ends_with("bin/");
                if !is_command {
                    continue;
                }
                let words = line[start..].split_whitespace().skip(1);
                let end = |word: &&str| !matches!(*word, "|" | ">" | "<" | "#" | "&&" | ";");
                let words: Vec<_> = words.take_while(end).collect();
                seen += 1;
                if let Some(fault) = command_fault(&program, &words) {
                    faults.push(format!("{}: {line}: {fault}", path.display()));
                }
            }
        }
    }
    assert!(seen > 20, "{seen} commands were found");
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn variables_named_in_the_manual_exist() {
    let settings = settings::all();
    let known: BTreeSet<_> = settings
        .iter()
        .flat_map(|setting| {
            let name = format!("JARSHY_{}", setting.key.to_uppercase());
            [
                Some(name.clone()),
                setting.is_secret.then(|| name + "_FILE"),
            ]
        })
        .flatten()
        .collect();
    let mut faults = Vec::new();
    for (path, text) in pages() {
        let names = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        // Those of tests and benchmarks are no settings; `JARSHY_PORT` is one
        // that Kubernetes sets.
        let names = names.filter(|name| {
            name.strip_prefix("JARSHY_").is_some_and(|rest| {
                !["", "PORT"].contains(&rest)
                    && !["TEST_", "SOAK_", "BENCH_"]
                        .iter()
                        .any(|prefix| rest.starts_with(prefix))
            })
        });
        let unknown = names.filter(|name| !known.contains(*name));
        faults.extend(unknown.map(|name| format!("{}: {name}", path.display())));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn keys_of_configuration_files_exist() {
    let settings = settings::all();
    let is_known = |key: &str| {
        settings.iter().any(|setting| {
            setting.key == key || setting.is_secret && key == format!("{}_file", setting.key)
        })
    };
    let mut seen = 0;
    for (path, text) in pages() {
        let blocks = code(&text).into_iter();
        for (_, block) in blocks.filter(|(language, _)| *language == Some("toml")) {
            let table: toml::Table = toml::from_str(&block).unwrap();
            seen += table.len();
            for key in table.keys() {
                assert!(is_known(key), "{}: {key} is no setting", path.display());
            }
        }
    }
    assert!(seen > 5, "{seen} keys were found");
}

#[test]
fn api_calls_named_in_the_manual_exist() {
    let document: Value = serde_json::from_str(&jarshy::web::api::openapi()).unwrap();
    let described = document["paths"].as_object().unwrap();
    let fits = |path: &str, method: &str| {
        described.iter().any(|(template, calls)| {
            let template = template.trim_start_matches("/api/v1");
            let mut parts = template.split('/');
            let same = path.split('/').all(|part| {
                parts
                    .next()
                    .is_some_and(|of| of == part || of.starts_with('{'))
            });
            same && parts.next().is_none() && !calls[method].is_null()
        })
    };
    let mut faults = Vec::new();
    for (path, text) in pages() {
        for line in code_lines(&text) {
            let Some((method, call)) = line.split_once(" /api/v1") else {
                continue;
            };
            let methods = ["get", "post", "put", "patch", "delete"];
            let method = method.to_lowercase();
            let call = call.split(['?', ' ', '`']).next().unwrap_or_default();
            if methods.contains(&method.as_str()) && !fits(call, &method) {
                faults.push(format!("{}: {line}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
