//! The port of the pages, for the tokens of programs. Who may make and revoke them is decided by the model; each is told in the program's history.

use app::desk::{Answer, Browser, TokenLine, TokenTyped, Viewer};
use offer::{
    access::{Actor, TokenReads},
    field::{FieldKey, Gate},
    id::{PersonId, TokenId},
    intake::{Fault, Problem},
    moment::Moment,
    person::{MakeToken, PersonCommand, TokenLasts},
};

use super::{
    DeskFault, Port,
    fault::answer,
    people::Roster,
    personnel::{proven_runner, runner},
};
use crate::{
    fresh::{self, ApiSecret},
    identity::Unreachable,
    security_log::{self, What, Who},
    store::{ApiTokenRow, Change},
};

/// The longest name of a token.
const NAME_CHARACTERS_MAX: i64 = 60;

impl Port {
    pub(super) async fn token_made(&self, viewer: &Viewer, browser: &Browser, id: &PersonId, typed: &TokenTyped) -> Answer<String> {
        answer(self.make_token(viewer, browser, id, typed).await)
    }

    pub(super) async fn token_revoked(&self, viewer: &Viewer, id: &PersonId, token: &TokenId) -> Answer<()> {
        answer(self.revoke_token(viewer, id, token).await)
    }

    pub(super) async fn token_shown(&self, viewer: &Viewer, browser: &Browser, id: &PersonId, made: &str) -> Answer<String> {
        let maker = match runner(viewer) {
            Ok(member) => &member.id,
            Err(fault) => return answer(Err(fault)),
        };
        self.identity.kept_secret(&self.house, browser, (maker, id), made).await.map_or(Answer::NotFound, Answer::Done)
    }

    pub(super) async fn token_copied(&self, viewer: &Viewer, made: &str) -> Answer<()> {
        match runner(viewer) {
            Ok(_) => answer(self.identity.secret_copied(made).await.map_err(out_of_reach)),
            Err(fault) => answer(Err(fault)),
        }
    }

    async fn make_token(&self, viewer: &Viewer, browser: &Browser, id: &PersonId, typed: &TokenTyped) -> Result<String, DeskFault> {
        let by = proven_runner(viewer)?;
        let Actor::Member(maker) = &by else { return Err(DeskFault::NotFound) };
        let (name, reads, lasts) = read(typed)?;
        let now = self.house.now();
        let (token, secret) = (TokenId::new(fresh::id(now)?), ApiSecret::new()?);
        let row = ApiTokenRow {
            token: token.as_str().to_owned(),
            person: id.as_str().to_owned(),
            secret_hash: secret.digest().0.to_vec(),
            name: name.clone(),
            reads: reads.code().to_owned(),
            made_by: maker.id.as_str().to_owned(),
            made_at: now.micros(),
            expires_at: lasts.from(now).micros(),
            used_at: None,
        };
        let living = self.living_tokens(id).await?;
        // first the note that shows it: a token whose secret nobody can read would be there for nothing
        let made = self.identity.keep_secret(&self.house, browser, (&maker.id, id), &secret).await.map_err(out_of_reach)?;
        let make = MakeToken { token: token.clone(), name: name.into(), reads, lasts, now, living };
        self.house.decide_about(&by, id, &PersonCommand::MakeToken(make), vec![Change::ApiToken(row)]).await?;
        security_log::done(What::TokenMade, Who::of(&by), token.as_str());
        Ok(made)
    }

    async fn revoke_token(&self, viewer: &Viewer, id: &PersonId, token: &TokenId) -> Result<(), DeskFault> {
        let by = proven_runner(viewer)?;
        let command = PersonCommand::RevokeToken { token: token.clone(), living: self.living_tokens(id).await? };
        let revoke = Change::ApiTokenRevoke { person: id.as_str().to_owned(), token: token.as_str().to_owned() };
        self.house.decide_about(&by, id, &command, vec![revoke]).await?;
        security_log::done(What::TokenRevoked, Who::of(&by), token.as_str());
        Ok(())
    }

    async fn living_tokens(&self, id: &PersonId) -> Result<Vec<TokenId>, DeskFault> {
        let now = self.house.now().micros();
        let rows = self.identity.tokens_of(id).await.map_err(out_of_reach)?;
        Ok(rows.into_iter().filter(|row| row.expires_at > now).map(|row| TokenId::new(row.token)).collect())
    }

    /// The tokens of a program as its page lists them.
    pub(super) async fn token_lines(&self, id: &PersonId, roster: &Roster) -> Result<Vec<TokenLine>, DeskFault> {
        let rows = self.identity.tokens_of(id).await.map_err(out_of_reach)?;
        rows.into_iter().map(|row| line(row, roster)).collect()
    }
}

fn line(row: ApiTokenRow, roster: &Roster) -> Result<TokenLine, DeskFault> {
    let damaged = || DeskFault::damaged("a token does not read", &row.token);
    Ok(TokenLine {
        reads: TokenReads::parse(&row.reads).ok_or_else(damaged)?,
        made_by: roster.name(&PersonId::new(&row.made_by)),
        made_at: Moment::from_micros(row.made_at).ok_or_else(damaged)?,
        expires_at: Moment::from_micros(row.expires_at).ok_or_else(damaged)?,
        used_at: row.used_at.and_then(Moment::from_micros),
        id: TokenId::new(&row.token),
        name: row.name,
    })
}

/// A token as typed, or everything that does not read.
fn read(typed: &TokenTyped) -> Result<(String, TokenReads, TokenLasts), DeskFault> {
    let mut problems = Vec::new();
    let mut problem = |field: &'static str, fault: Fault| problems.push(Problem { field: FieldKey::named(field), fault });
    let name = typed.name.trim();
    if name.is_empty() {
        problem("token_name", Fault::Missing { gate: Gate::Submit });
    } else if name.chars().any(char::is_control) {
        problem("token_name", Fault::ForbiddenCharacter);
    } else if i64::try_from(name.chars().count()).unwrap_or(i64::MAX) > NAME_CHARACTERS_MAX {
        problem("token_name", Fault::TooLong { characters_max: NAME_CHARACTERS_MAX });
    }
    let (reads, lasts) = (TokenReads::parse(&typed.reads), TokenLasts::parse(&typed.lasts));
    if reads.is_none() {
        problem("reads", Fault::NotAChoice);
    }
    if lasts.is_none() {
        problem("lasts", Fault::NotAChoice);
    }
    match (reads, lasts, problems.is_empty()) {
        (Some(reads), Some(lasts), true) => Ok((name.to_owned(), reads, lasts)),
        _ => Err(DeskFault::Problems(problems)),
    }
}

fn out_of_reach(_: Unreachable) -> DeskFault {
    DeskFault::OutOfReach
}
