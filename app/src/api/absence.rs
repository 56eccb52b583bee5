//! When somebody is away, and who decides meanwhile.

use offer::id::PersonId;

use super::form::{answered, form, path_part};
use super::read::{self, Read};
use crate::desk::{Answer, Away};
use crate::viewer::{desk, viewer};

form!(
    /// Says that somebody will be away.
    go_away at "people/away" (person, from, until, stand_in);
    |sent| {
        let asked = || -> Read<Away> {
            Ok(Away {
                person: read::id(&person, PersonId::parse)?,
                from: read::day("from", &from)?,
                until: read::day("until", &until)?,
                stand_in: read::some_choice("stand_in", &stand_in, PersonId::parse)?,
            })
        };
        let answer = match (desk(), asked()) {
            (None, _) => Answer::Unavailable,
            (_, Err(answer)) => answer,
            (Some(desk), Ok(away)) => desk.go_away(&viewer(), away).await,
        };
        let page = page_of(&person);
        answered(answer, sent, &page, |()| page.clone()).await
    }
);

form!(
    /// Says that somebody is there after all.
    come_back at "people/back" (person);
    |sent| {
        let answer = match (desk(), read::id(&person, PersonId::parse)) {
            (None, _) => Answer::Unavailable,
            (_, Err(answer)) => answer,
            (Some(desk), Ok(person)) => desk.come_back(&viewer(), &person).await,
        };
        let page = page_of(&person);
        answered(answer, sent, &page, |()| page.clone()).await
    }
);

/// The page with the days of somebody.
fn page_of(person: &str) -> String {
    format!("/out-of-office?person={}", path_part(person))
}
