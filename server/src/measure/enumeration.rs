//! What a stranger could read off a clock: the same request about what exists and about what does not, in turn.

use std::time::Instant;

use app::desk::{Answer, Browser};
use offer::id::PersonId;
use serde_json::{Value, json};

use super::{database, firm::Firm, said};
use crate::{cli::CommandFault, fresh::Token, identity::invitations, store::Change};

const PASSWORD: &str = "seven lanterns over the harbor";

/// Milliseconds of each kind of request, by whether what it is about exists.
pub(super) async fn times(requests: usize) -> Result<Value, CommandFault> {
    let folder = std::env::temp_dir().join(format!("countersign-enumeration-{}", std::process::id()));
    let firm = Firm::found(&database(&folder, None), &folder).await?;
    let (house, identity) = (&firm.port.house, &firm.port.identity);
    let people: Vec<(PersonId, String)> = house
        .people()
        .await
        .map_err(said)?
        .iter()
        .filter_map(|listed| Some((listed.id.clone(), listed.person.email()?.to_owned())))
        .filter(|(_, email)| email.ends_with("@harborpine.example"))
        .collect();
    for (person, _) in &people {
        let credential = identity.credential(person.as_str(), PASSWORD).await.map_err(said)?;
        house.store.change(house.firm(), vec![Change::Credential(credential)]).await.map_err(said)?;
    }

    let (mut sign_in, mut ask, mut open) = (Pair::default(), Pair::default(), Pair::default());
    for (number, (person, email)) in (0..requests).zip(people.iter().cycle()) {
        for exists in [true, false] {
            // nobody waits for the pauses: every request comes from a network of its own
            let mut browser = stranger(number * 2 + usize::from(exists))?;
            let begun = Instant::now();
            let address = if exists { email.clone() } else { format!("nobody.{number}@harborpine.example") };
            let answer = identity.sign_in(house, &address, "not the password", &browser).await;
            sign_in.take(exists, begun);
            wrong(&answer)?;

            let invitation = invitations::invite_client(person, email, house.now()).map_err(said)?;
            let token = Token::new().map_err(said)?;
            let mut link = format!("/c/i/{}", token.text());
            if exists {
                link.clone_from(&invitation.path);
                house.store.change(house.firm(), invitation.changes).await.map_err(said)?;
            }
            let begun = Instant::now();
            let answer = identity.request_code(house, link.rsplit('/').next().unwrap_or_default(), &browser).await;
            ask.take(exists, begun);
            let Answer::Done(cookie) = answer else { return Err(said("no code was made")) };
            let code = cookie.set.split_once('=').and_then(|(_, rest)| rest.split_once(';'));
            browser.code = code.map(|(id, _)| id.to_owned()).unwrap_or_default();

            let begun = Instant::now();
            let answer = identity.open_with_code(house, "not one", &browser).await;
            open.take(exists, begun);
            wrong(&answer)?;
        }
    }
    let _ = std::fs::remove_dir_all(&folder);
    Ok(json!({ "sign-in": sign_in.json(), "ask for a code": ask.json(), "answer a code": open.json() }))
}

/// Milliseconds of what exists, and of what does not.
#[derive(Default)]
struct Pair {
    known: Vec<f64>,
    unknown: Vec<f64>,
}

impl Pair {
    fn take(&mut self, exists: bool, begun: Instant) {
        let times = if exists { &mut self.known } else { &mut self.unknown };
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }

    fn json(&self) -> Value {
        json!({ "known": self.known, "unknown": self.unknown })
    }
}

/// A browser of a network of its own.
fn stranger(number: usize) -> Result<Browser, CommandFault> {
    let [_, high, middle, low] = u32::try_from(number).map_err(said)?.to_be_bytes();
    let tie = Token::new().map_err(said)?.text().to_owned();
    Ok(Browser { tie, address: format!("10.{high}.{middle}.{low}"), ..Browser::default() })
}

fn wrong<T>(answer: &Answer<T>) -> Result<(), CommandFault> {
    if matches!(answer, Answer::SignIn) { Ok(()) } else { Err(said("what is wrong was not refused")) }
}
