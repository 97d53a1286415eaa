//! Stand-ins for what must reach the email unchanged.
//!
//! mrml writes attributes with the escapes of Rust strings (`\n`, `\"`, `\u{a0}`) and parses
//! content as XML. Only letters, digits and plain signs pass through it; everything else is
//! kept here.

const STAND_IN: &str = "jarshykept";

/// What is kept until the end of the rendering.
#[derive(Debug, Default)]
pub struct Vault {
    kept: Vec<String>,
}

impl Vault {
    /// The stand-in of a text; the same for the same text.
    pub fn keep(&mut self, text: &str) -> String {
        let known = self.kept.iter().position(|kept| kept == text);
        let number = known.unwrap_or_else(|| {
            self.kept.push(text.to_owned());
            self.kept.len() - 1
        });
        format!("{STAND_IN}{number}x")
    }

    /// The value of an attribute, unchanged if mrml does no harm to it.
    pub fn attribute(&mut self, value: &str) -> String {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || " #%.,:;/_()+-?=!*@~'".contains(c);
        if value.chars().all(is_plain) {
            value.to_owned()
        } else {
            self.keep(value)
        }
    }

    /// Replaces the stand-ins. Inside tags, quotes become references; a comment that is only a
    /// stand-in becomes its text.
    pub fn open(&self, html: &str) -> String {
        let mut out = String::with_capacity(html.len() * 2);
        let mut rest = html;
        let mut is_in_tag = false;
        while let Some((before, after)) = rest.split_once(STAND_IN) {
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            let number: Option<usize> = after[..digits].parse().ok();
            let kept = number.and_then(|number| self.kept.get(number));
            is_in_tag = match (before.rfind('<'), before.rfind('>')) {
                (Some(open), Some(close)) => open > close,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => is_in_tag,
            };
            let mut tail = after.get(digits + 1..).unwrap_or_default();
            let Some(kept) = kept else {
                out.push_str(before);
                out.push_str(STAND_IN);
                rest = after;
                continue;
            };
            match (before.strip_suffix("<!--"), tail.strip_prefix("-->")) {
                (Some(before), Some(after)) => {
                    out.push_str(before);
                    out.push_str(kept);
                    is_in_tag = false;
                    tail = after;
                }
                _ => {
                    out.push_str(before);
                    if is_in_tag {
                        out.push_str(&kept.replace('"', "&quot;"))
                    } else {
                        out.push_str(kept)
                    }
                }
            }
            rest = tail;
        }
        out.push_str(rest);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_comes_back_as_it_was() {
        let mut vault = Vault::default();
        let quoted = vault.attribute("The \"Herald\" \\ ж");
        let content = vault.keep("1 < 2 \"b\" <br>");
        let again = vault.keep("1 < 2 \"b\" <br>");
        let html = format!("<img alt=\"{quoted}\"><p>{content}</p><!--{again}-->{quoted}");
        assert_eq!(
            vault.open(&html),
            "<img alt=\"The &quot;Herald&quot; \\ ж\"><p>1 < 2 \"b\" <br></p>1 < 2 \"b\" <br>The \"Herald\" \\ ж"
        );
        assert_eq!(vault.attribute("10px 25px"), "10px 25px");
    }
}
