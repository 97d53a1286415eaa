//! `jarshy check-domain` against a DNS server of the test's own.

mod support;

use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::process::Output;

use hickory_resolver::proto::op::{Message, MessageType, OpCode, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, MX, PTR, TXT};
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use support::{Folder, jarshy, printed};

type Zone = Vec<(String, RData)>;

fn text(text: &str) -> RData {
    let pieces = text
        .as_bytes()
        .chunks(200)
        .map(|piece| String::from_utf8(piece.to_vec()).unwrap());
    RData::TXT(TXT::new(pieces.collect()))
}

fn name(text: &str) -> Name {
    Name::from_ascii(format!("{text}.")).unwrap()
}

/// Answers questions out of `zone` for as long as the test lives.
fn serve(zone: Zone) -> SocketAddr {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = socket.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok((read, from)) = socket.recv_from(&mut buffer) {
            let asked = Message::from_vec(&buffer[..read]).unwrap();
            let question = asked.queries[0].clone();
            let asked_name = question.name().to_lowercase().to_ascii();
            let mut answer = Message::new(asked.metadata.id, MessageType::Response, OpCode::Query);
            answer.metadata.recursion_available = true;
            answer.metadata.authoritative = true;
            let mut is_known = false;
            for (owner, data) in &zone {
                if format!("{owner}.") == asked_name {
                    is_known = true;
                    if data.record_type() == question.query_type() {
                        answer.add_answer(Record::from_rdata(
                            question.name().clone(),
                            60,
                            data.clone(),
                        ));
                    }
                }
            }
            answer.metadata.response_code = if is_known {
                ResponseCode::NoError
            } else {
                ResponseCode::NXDomain
            };
            answer.add_query(question);
            socket.send_to(&answer.to_vec().unwrap(), from).unwrap();
        }
    });
    let _ = RecordType::A;
    address
}

fn check(folder: &Folder, dns: SocketAddr) -> Output {
    jarshy(&folder.0)
        .env("JARSHY_FROM", "News <news@example.kz>")
        .env("JARSHY_BOUNCE_DOMAIN", "bounce.example.kz")
        .env("JARSHY_PUBLIC_URL", "https://news.example.kz")
        .env("JARSHY_SMTP_URL", "smtp://relay.example.kz?tls=required")
        .args(["check-domain", "example.kz", "--dns", &dns.to_string()])
        .output()
        .unwrap()
}

/// The names and texts of the keys that Jarshy creates for a domain.
fn keys(folder: &Folder) -> Vec<(String, String)> {
    keys_of(folder, "s1")
}

fn keys_of(folder: &Folder, selector: &str) -> Vec<(String, String)> {
    let made = printed(
        &folder.0,
        &["dkim-key", "--selector", selector, "--domain", "example.kz"],
    );
    made.lines()
        .filter_map(|line| line.split_once(". IN TXT "))
        .map(|(name, strings)| {
            (
                name.to_owned(),
                strings.split('"').filter(|part| *part != " ").collect(),
            )
        })
        .collect()
}

fn good_zone(keys: &[(String, String)]) -> Zone {
    let address: Ipv4Addr = "93.184.216.34".parse().unwrap();
    let mut zone: Zone = vec![
        ("relay.example.kz".into(), RData::A(A(address))),
        (
            "34.216.184.93.in-addr.arpa".into(),
            RData::PTR(PTR(name("relay.example.kz"))),
        ),
        (
            "bounce.example.kz".into(),
            text("v=spf1 ip4:93.184.216.34 -all"),
        ),
        (
            "bounce.example.kz".into(),
            RData::MX(MX::new(10, name("relay.example.kz"))),
        ),
        (
            "_dmarc.example.kz".into(),
            text("v=DMARC1; p=none; rua=mailto:p@example.kz"),
        ),
        ("example.kz".into(), text("something=else")),
    ];
    zone.extend(
        keys.iter()
            .map(|(name, record)| (name.clone(), text(record))),
    );
    zone
}

#[test]
fn a_domain_with_everything_published_is_good() {
    let folder = Folder::new();
    let output = check(&folder, serve(good_zone(&keys(&folder))));
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{out}{err}");
    assert!(!out.contains("wrong"), "{out}");
    for found in [
        "93.184.216.34 may send for bounce.example.kz",
        "s1._domainkey.example.kz holds our key",
        "s1-ed25519._domainkey.example.kz holds our key",
        "v=DMARC1; p=none",
        "93.184.216.34 is relay.example.kz, and back",
        "takes mail at relay.example.kz",
    ] {
        assert!(out.contains(found), "{found}: {out}");
    }
}

#[test]
fn what_is_wrong_is_named_with_the_record_to_publish() {
    let folder = Folder::new();
    let keys = keys(&folder);
    let mut zone = good_zone(&keys);
    zone.retain(|(name, data)| !name.starts_with("_dmarc") && data.record_type() != RecordType::MX);
    for (name, data) in &mut zone {
        match name.as_str() {
            "bounce.example.kz" => *data = text("v=spf1 ip4:198.51.100.1 -all"),
            "s1._domainkey.example.kz" => *data = text("v=DKIM1; k=rsa; p=AAAA"),
            "relay.example.kz" => *data = RData::A(A("93.184.216.34".parse().unwrap())),
            "34.216.184.93.in-addr.arpa" => *data = RData::PTR(PTR(name_of_nobody())),
            _ => {}
        }
    }
    let output = check(&folder, serve(zone));
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert_eq!(output.status.code(), Some(1), "{out}");
    assert_eq!(err, "jarshy: example.kz: 5 problems to fix\n", "{out}");
    for found in [
        "93.184.216.34 may not send for bounce.example.kz",
        "s1._domainkey.example.kz holds another key than ours",
        "_dmarc.example.kz is not published",
        "bounce.example.kz takes no mail",
        "does not lead back",
        "bounce.example.kz. IN TXT \"v=spf1 ip4:93.184.216.34 ip4:198.51.100.1 -all\"",
        "_dmarc.example.kz. IN TXT \"v=DMARC1; p=none; rua=mailto:postmaster@example.kz\"",
        "bounce.example.kz. IN MX 10",
    ] {
        assert!(out.contains(found), "{found}: {out}");
    }
    let (_, record) = &keys[0];
    assert!(
        out.replace("\" \"", "").contains(record.as_str()),
        "our key is shown: {out}"
    );
}

/// Runs `jarshy dkim-key` on a selector; what it printed where, and how it ended.
fn rotate(folder: &Folder, dns: SocketAddr, flags: &[&str]) -> (bool, String) {
    let output = jarshy(&folder.0)
        .args(["dkim-key", "--domain", "example.kz", "--dns"])
        .arg(dns.to_string())
        .args(flags)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[test]
fn keys_are_rotated_without_a_mail_that_nobody_can_check() {
    let folder = Folder::new();
    let first = keys(&folder);
    let second = keys_of(&folder, "s2");
    let old = serve(good_zone(&first));
    let both = serve(good_zone(&[first.clone(), second.clone()].concat()));
    let new = serve(good_zone(&second));
    let checked = |dns| {
        let output = check(&folder, dns);
        let out = String::from_utf8(output.stdout).unwrap();
        (output.status.success(), out.replace("\" \"", ""))
    };

    // The first pair signs until the second is activated, and that is not done
    // before the second is published.
    let (good, out) = checked(old);
    assert!(
        good && out.contains("s1._domainkey.example.kz holds our key"),
        "{out}"
    );
    assert!(
        out.contains("s2._domainkey.example.kz is not published"),
        "{out}"
    );
    assert!(out.contains(&second[0].1), "the record to publish: {out}");
    let (done, said) = rotate(&folder, old, &["--selector", "s2", "--activate"]);
    assert!(
        !done && said.contains("s2._domainkey.example.kz does not hold our key yet"),
        "{said}"
    );
    let (done, said) = rotate(&folder, both, &["--selector", "s2", "--activate"]);
    assert!(
        done && said.contains("Keep the records of s1 published until"),
        "{said}"
    );
    let (_, said) = rotate(&folder, both, &["--list"]);
    assert!(
        said.contains("s2 is active") && said.contains("s1 is retiring"),
        "{said}"
    );

    // The first stays published for a week more.
    let (good, out) = checked(new);
    assert!(
        good && out.contains("s2._domainkey.example.kz holds our key"),
        "{out}"
    );
    assert!(out.contains("publish it again"), "{out}");
    let (good, out) = checked(both);
    assert!(good && out.contains("then retire s1"), "{out}");
    let (done, said) = rotate(&folder, both, &["--selector", "s2", "--retire"]);
    assert!(
        !done && said.contains("s2: it signs; activate another key first"),
        "{said}"
    );
    let (done, said) = rotate(&folder, both, &["--selector", "s1", "--retire"]);
    assert!(
        !done && said.contains("email signed with s1 may be in transit until"),
        "{said}"
    );
    let (done, said) = rotate(&folder, both, &["--selector", "s1", "--retire", "--now"]);
    assert!(
        done && said.contains("s1-ed25519._domainkey.example.kz."),
        "{said}"
    );

    // Then its record goes, and its name is not used again.
    let (good, out) = checked(both);
    assert!(
        good && out.contains("s1._domainkey.example.kz is published, and signs no more"),
        "{out}"
    );
    let (good, out) = checked(new);
    assert!(good && !out.contains("s1."), "{out}");
    for flags in [
        &["--selector", "s1"][..],
        &["--selector", "s1", "--activate"],
    ] {
        let (done, said) = rotate(&folder, both, flags);
        assert!(!done, "{said}");
    }
    let (done, said) = rotate(&folder, both, &["--selector", "s3", "--retire"]);
    assert!(
        !done && said.contains("has no keys under the selector s3"),
        "{said}"
    );
}

fn name_of_nobody() -> Name {
    name("nobody.example.kz")
}

#[test]
fn a_silent_dns_is_said_and_is_no_good_sign() {
    let folder = Folder::new();
    let nobody = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))
        .unwrap()
        .local_addr()
        .unwrap();
    let output = check(&folder, nobody);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("the DNS does not answer"));
}
