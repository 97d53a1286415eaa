//! The command-line reference, from the definitions that clap reads.

use std::fmt::Write as _;

use clap::{Arg, ArgAction, Command};

use crate::hold_page;

/// The program's commands, with all that is inherited filled in.
pub fn program() -> Command {
    let mut program = jarshy::cli::command();
    program.build();
    program
}

fn is_shown(arg: &Arg) -> bool {
    let is_builtin = matches!(arg.get_action(), ArgAction::Help | ArgAction::Version)
        || matches!(arg.get_action(), ArgAction::HelpShort | ArgAction::HelpLong);
    !arg.is_hide_set() && !is_builtin
}

/// How the argument is written: `--list <SLUG>`, `<FILE>`.
fn written(arg: &Arg) -> String {
    let names = arg.get_value_names().unwrap_or_default();
    let takes_value = arg.get_action().takes_values();
    let value: Vec<_> = names.iter().map(|name| format!("<{name}>")).collect();
    match (arg.get_long(), takes_value) {
        (Some(long), true) => format!("--{long} {}", value.join(" ")),
        (Some(long), false) => format!("--{long}"),
        (None, _) => value.join(" "),
    }
}

fn meaning(arg: &Arg) -> String {
    let mut text = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let values: Vec<_> = arg
        .get_possible_values()
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(|value| format!("`{}`", value.get_name()))
        .collect();
    if arg.get_action().takes_values() && !values.is_empty() {
        write!(text, ": {}", values.join(", ")).unwrap();
    }
    let defaults: Vec<_> = arg
        .get_default_values()
        .iter()
        .map(|value| value.to_string_lossy())
        .filter(|value| !value.is_empty())
        .collect();
    if arg.get_action().takes_values() && !defaults.is_empty() {
        write!(text, " [default: {}]", defaults.join(", ")).unwrap();
    }
    if arg.is_required_set() && arg.get_long().is_some() {
        text.push_str(" (required)");
    }
    text.replace('|', "\\|").replace('\n', " ")
}

fn table<'a>(page: &mut String, args: impl Iterator<Item = &'a Arg>) {
    let rows: Vec<_> = args
        .map(|arg| format!("| `{}` | {} |", written(arg), meaning(arg)))
        .collect();
    if !rows.is_empty() {
        writeln!(
            page,
            "\n| argument | meaning |\n| --- | --- |\n{}",
            rows.join("\n")
        )
        .unwrap();
    }
}

fn section(page: &mut String, command: &mut Command, name: &str) {
    let children: Vec<_> = command
        .get_subcommands()
        .filter(|child| child.get_name() != "help" && !child.is_hide_set())
        .map(|child| child.get_name().to_owned())
        .collect();
    if children.is_empty() {
        let usage = command.render_usage().to_string();
        let usage = usage
            .trim_start_matches("Usage: ")
            .replace("\n       ", "\n");
        let about = command.get_about().map(ToString::to_string);
        let about = about.unwrap_or_default();
        write!(page, "\n## {name}\n\n{about}.\n\n```text\n{usage}\n```\n").unwrap();
        table(
            page,
            command
                .get_arguments()
                .filter(|arg| is_shown(arg) && !arg.is_global_set()),
        );
        return;
    }
    for child in children {
        let child = command.find_subcommand_mut(&child).unwrap();
        let name = format!("{name} {}", child.get_name());
        section(page, child, &name);
    }
}

fn page() -> String {
    let mut program = program();
    let mut page = String::from("\n## Every command\n");
    table(
        &mut page,
        program.get_arguments().filter(|arg| is_shown(arg)),
    );
    section(&mut page, &mut program, "jarshy");
    page
}

#[test]
fn the_command_line_reference_lists_every_command() {
    hold_page("command-line.md", &page());
}
