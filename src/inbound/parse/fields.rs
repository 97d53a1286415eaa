//! Header-like fields, as in reports and returned headers.

/// Fields in order, names in lower case, values unfolded.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of a field; `name` in lower case.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(one, _)| one == name);
        found.map(|(_, value)| value.as_str())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The groups of fields that are separated by blank lines (RFC 3464 §2.1).
pub fn groups(bytes: &[u8]) -> Vec<Fields> {
    let text = String::from_utf8_lossy(bytes);
    let mut groups = vec![Fields::default()];
    for line in text.lines() {
        if line.trim().is_empty() {
            groups.push(Fields::default());
        } else if let Some(Fields(fields)) = groups.last_mut() {
            add_line(fields, line);
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// The header of a message.
pub fn header_of(bytes: &[u8]) -> Fields {
    let text = String::from_utf8_lossy(bytes);
    let mut fields = Vec::new();
    let lines = text.lines().skip_while(|line| line.trim().is_empty());
    for line in lines.take_while(|line| !line.trim().is_empty()) {
        add_line(&mut fields, line);
    }
    Fields(fields)
}

fn add_line(fields: &mut Vec<(String, String)>, line: &str) {
    if line.starts_with([' ', '\t']) {
        if let Some((_, value)) = fields.last_mut() {
            value.push(' ');
            value.push_str(line.trim());
        }
    } else if let Some((name, value)) = line.split_once(':') {
        fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_parted_by_blank_lines_and_fields_unfolded() {
        let groups = groups(b"Reporting-MTA: dns; a\r\n\r\n\r\nAction: failed\r\nDiagnostic-Code: smtp;\r\n\t550 no\r\n");
        assert_eq!(groups.len(), 2);
        assert_eq!(groups[1].get("diagnostic-code"), Some("smtp; 550 no"));
        assert_eq!(groups[1].get("status"), None);
    }
}
