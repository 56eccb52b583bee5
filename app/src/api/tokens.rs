//! Tokens of programs: the forms of whoever runs people.

use offer::id::{PersonId, TokenId};

use super::form::{answered, form, path_part};
use super::people::person_path;
use crate::desk::{Answer, TokenTyped};
use crate::viewer::{browser, desk, viewer};

form!(
    /// Makes a token for a program.
    make_token at "people/make-token" (person, token_name, reads, lasts);
    |sent| {
        let typed = TokenTyped { name: token_name, reads, lasts };
        let answer = match desk() {
            Some(desk) => desk.make_token(&viewer(), &browser(), &PersonId::new(person.as_str()), &typed).await,
            None => Answer::Unavailable,
        };
        let page = person_path(&person);
        answered(answer, sent, &page, |made| format!("{page}?made={}#tokens", path_part(made))).await
    }
);

form!(
    /// The secret of a new token is copied.
    token_kept at "people/token-kept" (person, made);
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.token_kept(&viewer(), &made).await,
            None => Answer::Unavailable,
        };
        let page = person_path(&person);
        answered(answer, sent, &page, |()| format!("{page}#tokens")).await
    }
);

form!(
    /// Revokes a token of a program.
    revoke_token at "people/revoke-token" (person, token_id);
    |sent| {
        let answer = match (desk(), TokenId::parse(&token_id)) {
            (Some(desk), Some(token)) => desk.revoke_token(&viewer(), &PersonId::new(person.as_str()), &token).await,
            (Some(_), None) => Answer::NotFound,
            (None, _) => Answer::Unavailable,
        };
        let page = person_path(&person);
        answered(answer, sent, &page, |()| format!("{page}?done=revoked")).await
    }
);
