use super::*;

fn read(text: &str) -> (String, String, Option<String>) {
    let settings = Settings::parse(text).unwrap();
    let options = settings.options;
    let user = options.get_username().to_owned();
    (
        settings.place,
        user,
        options.get_database().map(str::to_owned),
    )
}

#[test]
fn a_database_is_reached_by_address_or_by_socket() {
    let at = |place: &str, user: &str| (place.to_owned(), user.to_owned(), Some("news".to_owned()));
    for (url, expected) in [
        (
            "postgres://me:pw@db.example:5433/news",
            at("db.example:5433", "me"),
        ),
        ("postgres://me@[::1]/news", at("[::1]:5432", "me")),
        ("postgres://me:@h/news", at("h:5432", "me")),
        (
            "postgres://me:pw@[fe80::1%25eth0]:5433/news",
            at("[fe80::1%eth0]:5433", "me"),
        ),
        (
            "postgres://me@[fe80::1%eth0]/news",
            at("[fe80::1%eth0]:5432", "me"),
        ),
        (
            "postgres://me@/news?host=fe80::1%25eth0",
            at("[fe80::1%eth0]:5432", "me"),
        ),
        ("postgres://m%26e:pa&ss@h/news", at("h:5432", "m&e")),
        ("postgres://m&e:p+w@h/news", at("h:5432", "m&e")),
        ("postgres://me@/news?host=/run/pg", at("/run/pg", "me")),
        (
            "postgres://me:p@:5433/news?host=/run/pg",
            at("/run/pg", "me"),
        ),
        (
            "postgres://me@localhost/news?host=/run/pg",
            at("/run/pg", "me"),
        ),
        (
            "postgresql:///news?host=/run/p+g&user=me",
            at("/run/p+g", "me"),
        ),
        ("postgres://me@%2Frun%2Fpg/news", at("/run/pg", "me")),
    ] {
        assert_eq!(read(url), expected, "{url}");
    }
}

#[test]
fn a_pooler_may_be_named() {
    let shared =
        |query: &str| Settings::parse(&format!("postgres://u:p@h/d{query}")).map(|s| s.is_shared);
    assert_eq!(shared("").unwrap(), None);
    assert_eq!(
        shared("?pgbouncer=true&sslmode=disable").unwrap(),
        Some(true)
    );
    assert_eq!(shared("?pgbouncer=false").unwrap(), Some(false));
    assert!(shared("?pgbouncer=yes").is_err());
    assert!(shared("?sslmode=perhaps").is_err());
}

#[test]
fn a_wrong_url_is_told_without_its_password() {
    let error = Settings::parse("postgres://me:pa#ss@h/d")
        .err()
        .unwrap()
        .to_string();
    assert!(error.contains("%23") && !error.contains("ss@"), "{error}");
    let error = Settings::parse("postgres://me:pass@[fe80::1%25]/d").err();
    let error = error.unwrap().to_string();
    assert!(error.contains("zone") && !error.contains("pass"), "{error}");
}
