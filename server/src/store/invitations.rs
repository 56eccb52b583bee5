//! Invitations and the one-time codes that open them.

use super::{
    Store, StoreError,
    cell::rows,
    query::{Step, Work, queries},
    trouble::{AppendError, Unique},
};

/// An invitation is found by the hash of the token in its link; an offer's are changed together. A code belongs to one invitation and one browser.
pub(super) const TABLES: &str = r"
CREATE TABLE invitation (
    firm TEXT NOT NULL,
    token_hash BLOB NOT NULL,
    offer TEXT NOT NULL,
    kind TEXT NOT NULL,
    person TEXT NOT NULL,
    address TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    details TEXT NOT NULL,
    PRIMARY KEY (firm, token_hash)
);
CREATE INDEX invitation_of_offer ON invitation (firm, offer, kind);
CREATE TABLE code (
    firm TEXT NOT NULL,
    id TEXT NOT NULL,
    invitation BLOB NOT NULL,
    browser_hash BLOB NOT NULL,
    code_hash BLOB NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (firm, id)
);
CREATE INDEX code_of_invitation ON code (firm, invitation, made_at);
CREATE INDEX code_by_expiry ON code (firm, expires_at);
";

rows! {
    /// A link that was mailed.
    pub(crate) struct InvitationRow {
        /// The hash of the token in the link.
        token_hash: bytes,
        /// The offer's id.
        offer: text,
        /// `candidate`, `client`, `approver`.
        kind: text,
        /// The invited person's id.
        person: text,
        /// Where it was mailed to, and where its codes go.
        address: text,
        /// The version of the terms it was made for.
        version: number,
        /// `open`, `replaced`, `revoked`, as the desk names it.
        state: text,
        /// Until when it opens, microseconds UTC.
        expires_at: number,
        /// Whatever else the desk keeps with it (the step, the contact), as JSON.
        details: text,
    }

    /// A one-time code, by its hash.
    pub(crate) struct CodeRow {
        /// Its id, which the browser carries.
        id: text,
        /// The token hash of its invitation.
        invitation: bytes,
        /// The hash of the browser's cookie.
        browser_hash: bytes,
        /// The hash of the code.
        code_hash: bytes,
        /// When it was mailed, microseconds UTC.
        made_at: number,
        /// Until when it opens, microseconds UTC.
        expires_at: number,
        /// Answers so far, this one included.
        tries: number,
        /// When it was used, microseconds UTC.
        used_at: maybe_number,
    }
}

queries! {
    PUT = "INSERT INTO invitation (firm, token_hash, offer, kind, person, address, version, state, expires_at, details)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ONE = "SELECT token_hash, offer, kind, person, address, version, state, expires_at, details FROM invitation WHERE firm = $1 AND token_hash = $2";
    OF_OFFER = "SELECT token_hash, offer, kind, person, address, version, state, expires_at, details FROM invitation
        WHERE firm = $1 AND offer = $2 ORDER BY kind, version, token_hash";
    SET_STATE = "UPDATE invitation SET state = $3 WHERE firm = $1 AND token_hash = $2";
    SET_STATE_OF_OFFER = "UPDATE invitation SET state = $4 WHERE firm = $1 AND offer = $2 AND kind = $3 AND state = $5";
    SET_STATE_BUT_AT = "UPDATE invitation SET state = $4 WHERE firm = $1 AND offer = $2 AND kind = $3 AND address <> $5";
    CODE_PUT = "INSERT INTO code (firm, id, invitation, browser_hash, code_hash, made_at, expires_at, tries, used_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// Counts the try and answers with the code in one statement: no two tries share a number.
    CODE_TRY = "UPDATE code SET tries = tries + 1 WHERE firm = $1 AND id = $2 AND browser_hash = $3 AND expires_at > $4 AND tries < $5 AND used_at IS NULL
        RETURNING id, invitation, browser_hash, code_hash, made_at, expires_at, tries, used_at";
    CODE_ONE = "SELECT id, invitation, browser_hash, code_hash, made_at, expires_at, tries, used_at FROM code
        WHERE firm = $1 AND id = $2 AND browser_hash = $3";
    CODE_USE = "UPDATE code SET used_at = $3 WHERE firm = $1 AND id = $2 AND used_at IS NULL";
    CODES_SINCE = "SELECT COUNT(*) AS codes FROM code WHERE firm = $1 AND invitation = $2 AND made_at > $3";
    SWEEP = "DELETE FROM invitation WHERE firm = $1 AND kind = $2 AND expires_at <= $3";
    CODES_REMOVE = "DELETE FROM code WHERE firm = $1 AND expires_at <= $2";
}

pub(super) fn put(firm: &str, row: &InvitationRow) -> Step {
    Step::one(PUT, row.cells(firm), AppendError::Duplicate(Unique::Id))
}

pub(super) fn set_state(firm: &str, token_hash: &[u8], state: &str) -> Step {
    Step::one(SET_STATE, vec![firm.into(), token_hash.into(), state.into()], AppendError::Moved)
}

pub(super) fn set_state_of_offer(firm: &str, offer: &str, kind: &str, was: &str, state: &str) -> Step {
    Step::new(SET_STATE_OF_OFFER, vec![firm.into(), offer.into(), kind.into(), state.into(), was.into()])
}

pub(super) fn set_state_but_at(firm: &str, offer: &str, kind: &str, address: &str, state: &str) -> Step {
    Step::new(SET_STATE_BUT_AT, vec![firm.into(), offer.into(), kind.into(), state.into(), address.into()])
}

pub(super) fn put_code(firm: &str, row: &CodeRow) -> Step {
    Step::one(CODE_PUT, row.cells(firm), AppendError::Duplicate(Unique::Id))
}

pub(super) fn use_code(firm: &str, id: &str, at: i64) -> Step {
    Step::one(CODE_USE, vec![firm.into(), id.into(), at.into()], AppendError::Duplicate(Unique::Code))
}

impl Store {
    /// An invitation by the hash of its token, whatever its state.
    pub(crate) async fn invitation(&self, firm: &str, token_hash: &[u8]) -> Result<Option<InvitationRow>, StoreError> {
        self.one(ONE, vec![firm.into(), token_hash.into()]).await
    }

    /// All invitations of an offer.
    pub(crate) async fn invitations_of(&self, firm: &str, offer: &str) -> Result<Vec<InvitationRow>, StoreError> {
        self.all(OF_OFFER, vec![firm.into(), offer.into()]).await
    }

    /// Removes the invitations of a kind that are over.
    pub(crate) async fn sweep_invitations(&self, firm: &str, kind: &str, now: i64) -> Result<(), AppendError> {
        self.write(Work::of(vec![Step::new(SWEEP, vec![firm.into(), kind.into(), now.into()])])).await.map(drop)
    }

    /// Counts an answer to a code and hands the code out for comparing; nothing once it is over, used, or tried `tries_max` times.
    pub(crate) async fn try_code(
        &self,
        firm: &str,
        id: &str,
        browser_hash: &[u8],
        now: i64,
        tries_max: i64,
    ) -> Result<Option<CodeRow>, AppendError> {
        let cells = vec![firm.into(), id.into(), browser_hash.into(), now.into(), tries_max.into()];
        self.claim(CODE_TRY, cells).await.map(|rows| rows.into_iter().next())
    }

    /// A code that this browser asked for, whatever became of it.
    pub(crate) async fn code(&self, firm: &str, id: &str, browser_hash: &[u8]) -> Result<Option<CodeRow>, StoreError> {
        self.one(CODE_ONE, vec![firm.into(), id.into(), browser_hash.into()]).await
    }

    /// How many codes were mailed for an invitation since then.
    pub(crate) async fn codes_since(&self, firm: &str, invitation: &[u8], since: i64) -> Result<i64, StoreError> {
        match self.rows(CODES_SINCE, vec![firm.into(), invitation.into(), since.into()]).await?.first() {
            Some(row) => row.number("codes"),
            None => Ok(0),
        }
    }

    /// Removes the codes that expired by `before`.
    pub(crate) async fn sweep_codes(&self, firm: &str, before: i64) -> Result<(), AppendError> {
        self.write(Work::of(vec![Step::new(CODES_REMOVE, vec![firm.into(), before.into()])])).await.map(drop)
    }
}
