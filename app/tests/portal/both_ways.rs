//! What the browser says before a form is sent is what the server says after it: every standing with every filling of every form.

use app::desk::{Answer, Asked};
use app::islands::portal::answer::{CandidateForm, NotTaken, not_taken};
use offer::acceptance::{self, Signature, Standing};
use offer::id::ContingencyKind;
use offer::ledger::Digest;
use offer::lifecycle::{Command, Refusal, Status};
use offer::moment::Moment;

use crate::candidate::{page, site};

type Filling = Vec<(&'static str, String)>;

fn standings() -> Vec<Standing> {
    let open = page().standing;
    let mut all: Vec<Standing> = Status::ALL.into_iter().map(|status| Standing { status, ..open.clone() }).collect();
    all.extend([
        Standing { held: true, ..open.clone() },
        Standing { version: 3, ..open.clone() },
        Standing { letter_digest: None, ..open.clone() },
        Standing { letter_digest: Some(Digest::of(b"another")), ..open.clone() },
        Standing { before_acceptance: vec![ContingencyKind::new("background_check")], ..open.clone() },
        Standing { consent: 4, ..open.clone() },
        Standing { accept_by: None, ..open.clone() },
        Standing { accept_by: Moment::parse("2027-01-10T19:59:59Z"), ..open.clone() },
        Standing { accept_by: Moment::parse("2027-01-10T20:00:00Z"), ..open },
    ]);
    all
}

fn fillings(form: CandidateForm) -> Vec<Filling> {
    let texts = [
        "",
        " \n",
        ".",
        "M",
        "Maya Lindqvist",
        "李 小龙",
        "</textarea>",
        &"x".repeat(200),
        &"x".repeat(201),
        &"é".repeat(4_000),
        &"x".repeat(4_001),
    ]
    .map(str::to_owned);
    let text = |name: &'static str| texts.iter().map(|text| vec![(name, text.clone())]).collect();
    match form {
        CandidateForm::Ask => text("text"),
        CandidateForm::Change => text("why"),
        CandidateForm::Decline => {
            let with =
                |reason: &str| texts.iter().map(|note| vec![("primary", reason.to_owned()), ("note", note.clone())]).collect::<Vec<_>>();
            ["", "nonsense", "comp", "unknown"].into_iter().flat_map(with).collect()
        }
        CandidateForm::Accept => {
            let letter = page().letter.unwrap().digest.to_string();
            let mut all = Vec::new();
            for (letter, consent_version) in [(letter.as_str(), "3"), (letter.as_str(), "2"), (letter.as_str(), ""), ("", "3"), ("0f", "3")]
            {
                for consent in ["", "yes", "on"] {
                    for name in &texts {
                        let given = [
                            ("version", "2"),
                            ("letter", letter),
                            ("consent_version", consent_version),
                            ("consent", consent),
                            ("typed_name", name),
                        ];
                        all.push(given.map(|(name, value)| (name, value.to_owned())).to_vec());
                    }
                }
            }
            all
        }
    }
}

/// As `decide` decides what the candidate asks.
fn decided(standing: &Standing, now: Moment, asked: &Asked) -> Result<(), Refusal> {
    match asked {
        Asked::Accept(signed) => {
            let signature =
                Signature { version: signed.version, letter: &signed.letter, typed_name: &signed.typed_name, consent: signed.consent };
            acceptance::accept(standing, now, signature)
        }
        Asked::Command(Command::Decline(decline)) => acceptance::decline(standing, &decline.note),
        Asked::Command(Command::Ask { text }) => acceptance::ask(standing, text),
        Asked::Command(Command::RequestChange { why }) => acceptance::request_change(standing, now, why),
        other => unreachable!("{other:?}"),
    }
}

#[tokio::test]
async fn the_browser_refuses_what_the_server_refuses_and_nothing_else() {
    let (mut taken, mut refused) = (0, 0);
    for form in CandidateForm::ALL {
        for standing in standings() {
            let mut shown = page();
            shown.standing = standing.clone();
            let (now, site) = (shown.now, site(shown));
            for filling in fillings(form) {
                let typed = |name: &str| filling.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()).unwrap_or_default();
                let in_browser = not_taken(form, &standing, now, typed);

                let mut sent: Vec<(&str, &str)> = vec![("form", form.key())];
                sent.extend(filling.iter().map(|(name, value)| (*name, value.as_str())));
                let address = format!("/api/candidate/{}", form.key());
                site.desk.acts.lock().unwrap().clear();
                *site.desk.answer.lock().unwrap() = Answer::Done(());
                let reply = site.post(&address, &sent).await;
                let asked = site.desk.acts.lock().unwrap().first().map(|act| act.asked.clone());
                let on_server = match asked.map(|asked| decided(&standing, now, &asked)) {
                    Some(Ok(())) => None,
                    Some(Err(refusal)) => Some(NotTaken::Refused(refusal)),
                    None if form == CandidateForm::Decline => Some(NotTaken::NothingChosen),
                    // a form that names no letter never reaches the desk
                    None => Some(NotTaken::Refused(Refusal::LetterDiffers)),
                };
                assert_eq!(in_browser, on_server, "{form:?} {standing:?} {filling:?} {reply:?}");
                if on_server.is_some() { refused += 1 } else { taken += 1 }
            }
        }
    }
    assert!(taken > 300 && refused > 3_000, "{taken} taken, {refused} refused");
}

#[tokio::test]
async fn both_say_it_in_the_same_words_at_the_same_place() {
    let standing = page().standing;
    for form in CandidateForm::ALL {
        for filling in fillings(form) {
            let site = site(page());
            let typed = |name: &str| filling.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()).unwrap_or_default();
            let Some(why) = not_taken(form, &standing, page().now, typed) else { continue };
            if let NotTaken::Refused(refusal) = &why {
                *site.desk.answer.lock().unwrap() = Answer::Refused(refusal.clone());
            }
            let mut sent: Vec<(&str, &str)> = vec![("form", form.key())];
            sent.extend(filling.iter().map(|(name, value)| (*name, value.as_str())));
            let reply = site.post_and_follow(&format!("/api/candidate/{}", form.key()), &sent).await;
            reply.says(&why.text());
            if let Some(field) = why.field(form) {
                reply.says(&format!(r#"id="field-{}-{field}-problem""#, form.key()));
            }
        }
    }
}
