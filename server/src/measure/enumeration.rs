//! What a stranger could read off a clock: the same request about what exists and about what does not, in turn.

use std::time::Instant;

use app::desk::{Answer, Browser, Desk as _};
use offer::id::{OfferId, PersonId};
use serde_json::{Value, json};

use super::{
    database,
    firm::{ABOVE_BAND, Firm},
    said,
};
use crate::{
    cli::CommandFault,
    fresh::{self, Token},
    identity::invitations,
    store::Change,
};

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
            let answer = identity.open_with_code(house, "not one", false, &browser).await;
            open.take(exists, begun);
            wrong(&answer)?;
        }
    }
    let offer = opened(&firm, requests).await?;
    let _ = std::fs::remove_dir_all(&folder);
    Ok(json!({ "open an offer": offer.json(), "sign-in": sign_in.json(), "ask for a code": ask.json(), "answer a code": open.json() }))
}

/// Somebody of the firm asks for an offer that is not theirs to see, and for one that never was.
async fn opened(firm: &Firm, requests: usize) -> Result<Pair, CommandFault> {
    let (opening, recruiter) = firm.opening().await?;
    let hidden = firm.drafted(&opening, &recruiter, 0).await?;
    firm.submitted(&hidden, &recruiter, &ABOVE_BAND).await?;
    let mut outsider = None;
    for viewer in firm.people.iter() {
        if matches!(firm.port.offer(viewer, &hidden).await, Answer::NotFound) {
            outsider = Some(viewer);
            break;
        }
    }
    let outsider = outsider.ok_or_else(|| said("everybody sees the offer"))?;
    let mut pair = Pair::default();
    // one answer says nothing: whoever would read off a clock whether an id is one asks for it again and again
    let missing = OfferId::new(fresh::id(firm.port.house.now()).map_err(said)?);
    for _ in 0..requests {
        for (exists, id) in [(true, &hidden), (false, &missing)] {
            let begun = Instant::now();
            let answer = firm.port.offer(outsider, id).await;
            pair.take(exists, begun);
            if !matches!(answer, Answer::NotFound) {
                return Err(said("an offer of others was shown"));
            }
        }
    }
    Ok(pair)
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
