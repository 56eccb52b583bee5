//! Mails as messages: what they must hold, and when they are tried again.

use crate::outbox::{ATTEMPTS_MAX, Attachment, Courier, FolderCourier, Mail, MailFault, Mailbox, NotCarried, Part, retry_at};

const HOUR: i64 = 3_600_000_000;

pub(super) fn mail() -> Mail {
    let mailbox = |name: &str, address: &str| Mailbox { name: Some(name.into()), address: address.into() };
    Mail {
        from: mailbox("Northstar Staffing", "offers@northstar.example"),
        reply_to: Some(mailbox("Ada", "ada@northstar.example")),
        to: mailbox("Zoë Müller", "zoe@example.com"),
        subject: "Your offer – Nurse".into(),
        language: "en".into(),
        parts: vec![
            Part::Heading { text: "Your offer".into() },
            Part::Paragraph { text: "Dear Zoë,\nhere it is <b>.".into() },
            Part::Link { label: "Read the offer".into(), url: "https://offers.example/o/abc?x=1&y=2".into() },
            Part::Code { code: "123456".into() },
            Part::Facts { rows: vec![("Start".into(), "1 March 2027".into())] },
            Part::Footer { text: "Northstar".into() },
        ],
        attachments: Vec::new(),
    }
}

fn formatted(mail: &Mail) -> String {
    String::from_utf8(mail.message("0195aa", 1_800_000_000_000_000).unwrap().formatted()).unwrap()
}

#[test]
fn a_mail_has_both_texts_one_message_id_and_asks_robots_to_stay_silent() {
    let text = formatted(&mail());
    assert!(text.contains("Message-ID: <0195aa@northstar.example>"), "{text}");
    assert!(text.contains("Auto-Submitted: auto-generated"), "{text}");
    assert!(text.contains("Date: Fri, 15 Jan 2027 08:00:00 +0000"), "{text}");
    assert!(text.contains("Content-Type: text/plain") && text.contains("Content-Type: text/html"), "{text}");
    assert!(text.contains("Reply-To: ") && text.contains("<zoe@example.com>"), "{text}");
    assert!(text.contains("https://offers.example/o/abc?x=3D1&y=3D2") || text.contains("https://offers.example/o/abc?x=1&y=2"), "{text}");
}

#[test]
fn what_somebody_typed_is_text_in_the_html_too() {
    let html = formatted(&mail());
    assert!(html.contains("&lt;b&gt;") && html.contains("&amp;y="), "{html}");
}

#[test]
fn nobody_adds_a_header_of_their_own() {
    let attack = "x\r\nBcc: everybody@example.com";
    let subject = Mail { subject: attack.into(), ..mail() };
    let name = Mail { to: Mailbox { name: Some(attack.into()), address: "zoe@example.com".into() }, ..mail() };
    let address = Mail { to: Mailbox { name: None, address: format!("zoe@example.com{attack}") }, ..mail() };
    let reply = Mail { reply_to: Some(Mailbox { name: Some("a\nb".into()), address: "a@example.com".into() }), ..mail() };
    for attacked in [subject, name, address, reply] {
        assert_eq!(attacked.message("1", 0).unwrap_err(), MailFault::ControlCharacter);
    }
    assert_eq!(mail().message("1\r\nX: y", 0).unwrap_err(), MailFault::ControlCharacter);
}

#[test]
fn no_string_of_the_corpus_makes_a_header() {
    let names = |text: &str| {
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        let lines = head.lines().filter(|line| !line.starts_with([' ', '\t']));
        lines.map(|line| line.split(':').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let plain = names(&formatted(&Mail { reply_to: None, ..mail() }));
    let strings: Vec<String> = serde_json::from_str(include_str!("../../../../tests/hostile.json")).unwrap();
    let mut made = 0;
    for hostile in &strings {
        let to = Mailbox { name: Some(hostile.clone()), address: "zoe@example.com".into() };
        let facts = Part::Facts { rows: vec![(hostile.clone(), hostile.clone())] };
        let mail =
            Mail { to, reply_to: None, subject: hostile.clone(), parts: vec![Part::Paragraph { text: hostile.clone() }, facts], ..mail() };
        match mail.message("0195aa", 1_800_000_000_000_000) {
            Ok(message) => {
                assert_eq!(names(&String::from_utf8(message.formatted()).unwrap()), plain, "{hostile:?}");
                made += 1;
            }
            Err(fault) => assert_eq!((fault, hostile.chars().any(char::is_control)), (MailFault::ControlCharacter, true), "{hostile:?}"),
        }
    }
    assert!(made > 40, "{made}");
}

#[test]
fn a_link_leads_to_the_web_or_the_mail_is_refused() {
    for url in ["javascript:alert(1)", "data:text/html,x", "https://a.example/ b", "//a.example"] {
        let parts = vec![Part::Link { label: "Click".into(), url: url.into() }];
        assert_eq!(Mail { parts, ..mail() }.message("1", 0).unwrap_err(), MailFault::Link, "{url}");
    }
}

#[test]
fn an_attachment_goes_along_whole_and_is_not_queued() {
    let attachment =
        Attachment { name: "offer.pdf".into(), media_type: "application/pdf".into(), bytes: b"%PDF-1.7".to_vec(), digest: "ab".into() };
    let with = Mail { attachments: vec![attachment], ..mail() };
    let text = formatted(&with);
    assert!(text.contains("multipart/mixed") && text.contains("filename=\"offer.pdf\"") && text.contains("%PDF-1.7"), "{text}");
    let queued: Mail = serde_json::from_str(&serde_json::to_string(&with).unwrap()).unwrap();
    assert!(queued.attachments[0].bytes.is_empty());
    assert_eq!(queued.attachments[0].digest, "ab");
    assert_eq!(serde_json::from_str::<Mail>(&serde_json::to_string(&mail()).unwrap()).unwrap(), mail());
}

#[test]
fn retries_start_within_a_minute_slow_down_to_an_hour_and_outlast_a_day() {
    for chance in [0, 7_654_321, u32::MAX] {
        let mut now = 0;
        for attempt in 1..ATTEMPTS_MAX {
            let next = retry_at(attempt, now, chance);
            assert!(next > now && next - now <= HOUR + HOUR / 4, "attempt {attempt}");
            now = next;
        }
        assert!((20 * HOUR..48 * HOUR).contains(&now), "{now}");
    }
    assert!(retry_at(1, 0, u32::MAX) <= 60_000_000);
    assert_ne!(retry_at(5, 0, 1), retry_at(5, 0, 1_000_000), "what failed together does not come back together");
    let no_overflow = retry_at(i64::MAX, i64::MAX, u32::MAX);
    assert_eq!(no_overflow, i64::MAX);
}

#[tokio::test]
async fn the_folder_gets_one_whole_file_per_mail_named_by_time_and_id() {
    let folder = tempfile::tempdir().unwrap();
    let courier = FolderCourier::to(&folder.path().join("mail")).unwrap();
    let message = mail().message("0195aa", 0).unwrap();
    courier.carry("0195aa", &message, 20).await.unwrap();
    courier.carry("0195ab", &message, 3).await.unwrap();
    let mut names: Vec<_> =
        std::fs::read_dir(folder.path().join("mail")).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["00000000000000000003-0195ab.eml", "00000000000000000020-0195aa.eml"]);
    let outside = courier.carry("../../evil", &message, 3).await;
    assert!(matches!(outside, Err(NotCarried::Never(_))));
}
