//! Prints what each returned mail of some folders says, a line a mail:
//! path, verdict, whether the message was given up, status, recipient, reason
//! and the other side's words, separated by tabs. `scripts/bounce-corpus` holds
//! the lines against what others expect of the same mails.

use std::path::{Path, PathBuf};

use jarshy::inbound::parse::read;

fn main() {
    let mut paths: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            let inside = std::fs::read_dir(&path).into_iter().flatten().flatten();
            paths.extend(inside.map(|entry| entry.path()));
        } else {
            print(&path);
        }
    }
}

fn print(path: &Path) {
    let Ok(octets) = std::fs::read(path) else {
        return eprintln!("{} cannot be read", path.display());
    };
    let reading = read(&octets, None);
    let recipient = reading.original.recipient.as_ref();
    println!(
        "{}\t{}\t{}\t{}\t{}\t{}\t{}",
        path.display(),
        reading.verdict,
        if reading.is_final { "final" } else { "passing" },
        reading.status,
        recipient.map_or("-", |address| address.as_str()),
        reading.reason,
        reading.detail,
    );
}
