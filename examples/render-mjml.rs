//! Renders MJML files as Jarshy does, before styles are inlined: each `FILE.mjml`
//! named on the command line to `OUT/NUMBER.html`. For `scripts/compare-mjml`.

use std::path::PathBuf;

use jarshy::mail::mjml;
use jarshy::mail::personalise::Placeholders;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let out = PathBuf::from(arguments.next().unwrap_or_default());
    for (number, file) in arguments.enumerate() {
        let source = std::fs::read_to_string(&file)?;
        // Templates of other tools have braces of their own, which mean nothing
        // to MJML.
        match mjml::render(&source, &Placeholders::default()) {
            Ok(rendered) => {
                std::fs::write(out.join(format!("{number}.html")), rendered.html)?;
                std::fs::write(out.join(format!("{number}.css")), rendered.inline_css)?;
            }
            Err(error) => std::fs::write(out.join(format!("{number}.error")), error.to_string())?,
        }
    }
    Ok(())
}
