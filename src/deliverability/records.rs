//! Parses SPF, DKIM and DMARC records. Pure functions, tested by tables of cases.

/// The problem with the SPF records of a domain, among its TXT records.
pub fn spf_fault(texts: &[String]) -> Option<&'static str> {
    let records: Vec<&String> = texts.iter().filter(|text| is_spf(text)).collect();
    match records.as_slice() {
        [] => Some("there is none"),
        [record] => {
            let lower = record.to_lowercase();
            let last = lower
                .split_whitespace()
                .rev()
                .find(|term| term.ends_with("all") || term.starts_with("redirect="));
            match last {
                Some("+all" | "all") => Some("it lets the whole world send as this domain"),
                None => Some("it does not end with -all or ~all"),
                Some(_) => None,
            }
        }
        // RFC 7208 §4.5.
        _ => Some("there are several, and so none counts"),
    }
}

/// Whether a TXT record is one of SPF.
pub fn is_spf(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower == "v=spf1" || lower.starts_with("v=spf1 ")
}

/// The value of a tag in a record of `tag=value;` pairs (DKIM, DMARC).
pub fn tag<'a>(record: &'a str, name: &str) -> Option<&'a str> {
    record.split(';').find_map(|pair| {
        let (tag, value) = pair.split_once('=')?;
        tag.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// Whether a published DKIM record has our key, however it is formatted.
pub fn is_same_key(published: &str, ours: &str) -> bool {
    let key = |record| {
        let key = tag(record, "p")?;
        Some(
            key.chars()
                .filter(|c| !c.is_whitespace())
                .collect::<String>(),
        )
    };
    key(published).is_some_and(|key| !key.is_empty()) && key(published) == key(ours)
}

/// The DMARC record among TXT records.
pub fn dmarc(texts: &[String]) -> Option<&String> {
    let mut records = texts.iter().filter(|text| {
        let version = tag(text, "v").unwrap_or_default();
        version == "DMARC1"
    });
    let first = records.next()?;
    // RFC 7489 §6.6.3: several are none.
    records.next().is_none().then_some(first)
}

/// Whether two domains are aligned for relaxed DMARC, as far as that can be said without a
/// public suffix list: one is below the other.
pub fn is_aligned(one: &str, other: &str) -> bool {
    let below = |lower: &str, upper: &str| {
        lower
            .strip_suffix(upper)
            .is_some_and(|rest| rest.ends_with('.'))
    };
    one == other || below(one, other) || below(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn faults_of_spf_are_named() {
        for (records, fault) in [
            (&["v=spf1 ip4:203.0.113.9 -all", "other"][..], None),
            (&["v=spf1 include:_spf.example.org ~all"], None),
            (&["v=spf1 redirect=_spf.example.org"], None),
            (&["v=spf10 -all"], Some("there is none")),
            (
                &["v=spf1 -all", "v=spf1 ~all"],
                Some("there are several, and so none counts"),
            ),
            (
                &["v=spf1 +all"],
                Some("it lets the whole world send as this domain"),
            ),
            (&["v=spf1 mx"], Some("it does not end with -all or ~all")),
        ] {
            assert_eq!(spf_fault(&texts(records)), fault, "{records:?}");
        }
    }

    #[test]
    fn keys_are_compared_and_not_their_spelling() {
        assert!(is_same_key(
            "k=rsa; p=AB CD ; t=s",
            "v=DKIM1; k=rsa; p=ABCD"
        ));
        assert!(!is_same_key("v=DKIM1; p=", "v=DKIM1; k=rsa; p=ABCD"));
        assert!(!is_same_key("v=DKIM1; p=", "v=DKIM1; p="));
    }

    #[test]
    fn dmarc_is_found_and_alignment_told() {
        assert_eq!(
            dmarc(&texts(&["x", "v=DMARC1; p=none"])).unwrap(),
            "v=DMARC1; p=none"
        );
        assert_eq!(
            dmarc(&texts(&["v=DMARC1; p=none", "v=DMARC1; p=reject"])),
            None
        );
        assert!(
            is_aligned("bounce.example.kz", "example.kz") && is_aligned("example.kz", "example.kz")
        );
        assert!(!is_aligned("example.kz", "notexample.kz") && !is_aligned("a.kz", "b.kz"));
    }
}
