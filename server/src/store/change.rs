//! Every row that an append may write beside its events.

use super::{
    api_tokens::{self, ApiTokenRow},
    board::{self, BoardPlace},
    documents::{self, DocumentRow},
    drafts::{self, DraftRow, KeptFormRow, SubmissionTryRow},
    invitations::{self, CodeRow, InvitationRow},
    known_browsers::{self, KnownBrowserRow},
    pace::{self, PaceRow},
    people::{self, CredentialRow, PersonRow},
    playbooks::{self, PlaybookRow},
    query::Step,
    queue::{self, DueRow, OutboxRow},
    receipts::{self, ReceiptRow},
    requisitions::{self, RequisitionRow, SeatRow, TallyRow},
    schema,
    sessions::{self, SessionRow},
    sso_links::{self, SsoLinkRow},
    trouble::AppendError,
    views::{self, SavedViewRow},
};

/// One change, in the transaction of its append. Changes run in the order given, after the events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    /// Writes an offer's row, where it lies and its words anew.
    Board(Box<BoardPlace>),
    /// Notes how long something took; the same twice is one row.
    Pace(PaceRow),
    /// Takes an offer off the board.
    BoardRemove {
        /// The offer's id.
        offer: String,
    },
    /// Sets a requisition's tally; `Moved` unless it still is at the version that `tally` carries. The store counts the version up.
    Tally(TallyRow),
    /// Gives a seat; `SeatTaken` if it has somebody or the offer has one.
    SeatTake(SeatRow),
    /// Frees the seat of an offer, if it has one.
    SeatFree {
        /// The offer's id.
        offer: String,
    },
    /// Moves a running number; `Moved` unless it still is at `was`.
    Count {
        /// The counter's name.
        name: String,
        /// What was read; 0 before its first use.
        was: i64,
        /// What it becomes.
        now: i64,
    },
    /// Writes a requisition; `Duplicate(RequisitionNumber)` if another has its number.
    Requisition(RequisitionRow),
    /// Writes a person; `Duplicate(PersonEmail)` if another of the kind has the address.
    Person(PersonRow),
    /// Removes a person's projection, saved views and links to identity providers, as erasure does.
    PersonRemove {
        /// The person's id.
        person: String,
    },
    /// Gives a person their key; `Moved` if they have one, or had.
    PersonKeyPut {
        /// The person's id.
        person: String,
        /// The key under the key of the installation.
        wrapped: Vec<u8>,
    },
    /// Wraps a person's key under a new key of the installation; `Moved` if it was erased.
    PersonKeyRewrap {
        /// The person's id.
        person: String,
        /// The key under the new key of the installation.
        wrapped: Vec<u8>,
    },
    /// Destroys a person's key; `Moved` if there is none.
    PersonKeyErase {
        /// The person's id.
        person: String,
        /// When, microseconds UTC.
        at: i64,
    },
    /// Sets a credential.
    Credential(CredentialRow),
    /// Counts a wrong answer to a credential and says until when it is locked.
    CredentialFailed {
        /// The person's id.
        person: String,
        /// The credential's kind.
        kind: String,
        /// Until when no answer counts, microseconds UTC; 0 for not locked.
        locked_until: i64,
    },
    /// Removes a credential.
    CredentialRemove {
        /// The person's id.
        person: String,
        /// The credential's kind.
        kind: String,
    },
    /// Keeps a document; `Unfit(DocumentTooLarge)` above 10 MB. The same digest twice is one row.
    Document(DocumentRow),
    /// Removes a document, as erasure does.
    DocumentRemove {
        /// Its digest.
        digest: Vec<u8>,
    },
    /// Publishes a version of the playbook; `Moved` if it exists.
    Playbook(PlaybookRow),
    /// Saves a draft; `Moved` unless it still is at the version that `draft` carries (0: there is none). The store counts the version up.
    Draft(DraftRow),
    /// Removes a draft.
    DraftRemove {
        /// The offer's id.
        offer: String,
    },
    /// Keeps a refused form.
    KeptForm(KeptFormRow),
    /// Throws a kept form away.
    KeptFormRemove {
        /// The hash of its id.
        id_hash: Vec<u8>,
    },
    /// Notes a refused or incomplete submit.
    SubmissionTry(SubmissionTryRow),
    /// Queues something to hand over; nothing happens if its key is queued or was handed over.
    Outbox(OutboxRow),
    /// Settles a claimed row as `DONE` or `FAILED`; `Moved` if the claim was lost. The outbox worker hands this to the desk, which appends it with its event.
    OutboxSettle {
        /// The row's id.
        id: String,
        /// The claimed row's `attempts`.
        attempt: i64,
        /// `queue::DONE` or `queue::FAILED`.
        state: &'static str,
        /// The fault, in the words of the other side; empty for none.
        fault: String,
    },
    /// Puts a claimed row back for later; `Moved` if the claim was lost.
    OutboxLater {
        /// The row's id.
        id: String,
        /// The claimed row's `attempts`.
        attempt: i64,
        /// When to try again, microseconds UTC.
        due_at: i64,
        /// The fault, in the words of the other side.
        fault: String,
    },
    /// Tries a failed row again, when a person asks; `Moved` if it has not failed.
    OutboxAgain {
        /// The row's id.
        id: String,
        /// When, microseconds UTC.
        due_at: i64,
    },
    /// Takes back what waits under a key.
    OutboxCancel {
        /// The key.
        key: String,
    },
    /// Sets an instant to act at; the same id again moves it.
    Due(DueRow),
    /// Takes an instant back.
    DueCancel {
        /// Its id.
        id: String,
    },
    /// Takes back every instant of a stream.
    DueCancelOf {
        /// The stream's id.
        stream: String,
    },
    /// Settles a claimed instant as `DONE` or `FAILED`; `Moved` if the claim was lost.
    DueSettle {
        /// Its id.
        id: String,
        /// The claimed row's `attempts`.
        attempt: i64,
        /// `queue::DONE` or `queue::FAILED`.
        state: &'static str,
    },
    /// Makes an invitation.
    Invitation(InvitationRow),
    /// Sets the state of one invitation; `Moved` if it is not there.
    InvitationState {
        /// The hash of its token.
        token_hash: Vec<u8>,
        /// The new state.
        state: String,
    },
    /// Sets the state of an offer's invitations of a kind that are in a state.
    InvitationsState {
        /// The offer's id.
        offer: String,
        /// The kind.
        kind: String,
        /// Only those in this state.
        was: String,
        /// The new state.
        state: String,
    },
    /// Sets the state of an offer's invitations of a kind, but for those mailed to an address.
    InvitationsBut {
        /// The offer's id.
        offer: String,
        /// The kind.
        kind: String,
        /// The address whose invitations stay as they are.
        at: String,
        /// The new state.
        state: String,
    },
    /// Makes a one-time code.
    Code(CodeRow),
    /// Uses a one-time code; `Duplicate(Code)` if it was used.
    CodeUse {
        /// Its id.
        id: String,
        /// When, microseconds UTC.
        at: i64,
    },
    /// Begins a session.
    Session(SessionRow),
    /// Ends a session.
    SessionEnd {
        /// The hash of its token.
        token_hash: Vec<u8>,
    },
    /// Ends every session of a subject, and forgets every browser that is known for them.
    SessionsEnd {
        /// The person's id.
        subject: String,
    },
    /// Makes a token of a program.
    ApiToken(ApiTokenRow),
    /// Revokes a token of a program; `Moved` if it is not there.
    ApiTokenRevoke {
        /// The program.
        person: String,
        /// The token's id.
        token: String,
    },
    /// Revokes every token of a program.
    ApiTokensRevoke {
        /// The program.
        person: String,
    },
    /// Knows a browser from now on.
    KnownBrowser(KnownBrowserRow),
    /// Turns the secret of a known browser over; `Moved` unless it still was `was`.
    KnownBrowserTurn {
        /// Its id.
        id: String,
        /// The hash of the secret that was brought.
        was: Vec<u8>,
        /// The hash of the secret from now on.
        now: Vec<u8>,
        /// When, microseconds UTC.
        at: i64,
    },
    /// Forgets a browser of a person.
    KnownBrowserForget {
        /// The person's id.
        person: String,
        /// The browser's id.
        id: String,
    },
    /// Links a person to a subject of an identity provider; `Duplicate(SsoLink)` if either is linked there.
    SsoLink(SsoLinkRow),
    /// Takes the link of a person to a provider away.
    SsoUnlink {
        /// The provider.
        issuer: String,
        /// The person's id.
        person: String,
    },
    /// Saves a view under its name, or anew under the same.
    SavedView(SavedViewRow),
    /// Removes a saved view.
    SavedViewRemove {
        /// Whose.
        person: String,
        /// Its name, folded.
        name_folded: String,
    },
    /// Remembers a success; `Duplicate(Receipt)` if the form was answered.
    Receipt(ReceiptRow),
    /// Empties every projection of the firm, before they are rebuilt from the history. Outbox, sessions, keys and documents stay.
    ForgetProjections,
}

impl Change {
    pub(super) fn steps(&self, firm: &str) -> Result<Vec<Step>, AppendError> {
        Ok(vec![match self {
            Change::Board(place) => return Ok(board::put(firm, place)),
            Change::BoardRemove { offer } => return Ok(board::remove(firm, offer)),
            Change::ForgetProjections => return Ok(schema::forget_projections(firm)),
            Change::Pace(row) => pace::put(firm, row),
            Change::Tally(tally) => requisitions::tally(firm, tally.version, tally),
            Change::SeatTake(seat) => requisitions::take_seat(firm, seat),
            Change::SeatFree { offer } => requisitions::free_seat(firm, offer),
            Change::Count { name, was, now } => requisitions::count(firm, name, *was, *now),
            Change::Requisition(row) => requisitions::put(firm, row),
            Change::Person(row) => people::put(firm, row),
            Change::PersonRemove { person } => {
                let links = [sso_links::remove_all(firm, person), api_tokens::revoke_of(firm, person)];
                return Ok([people::remove(firm, person), views::remove_all(firm, person)].into_iter().chain(links).collect());
            }
            Change::PersonKeyPut { person, wrapped } => people::put_key(firm, person, wrapped),
            Change::PersonKeyRewrap { person, wrapped } => people::rewrap_key(firm, person, wrapped),
            Change::PersonKeyErase { person, at } => people::erase_key(firm, person, *at),
            Change::Credential(row) => people::put_credential(firm, row),
            Change::CredentialFailed { person, kind, locked_until } => people::fail_credential(firm, person, kind, *locked_until),
            Change::CredentialRemove { person, kind } => people::remove_credential(firm, person, kind),
            Change::Document(row) => documents::put(firm, row)?,
            Change::DocumentRemove { digest } => documents::remove(firm, digest),
            Change::Playbook(row) => playbooks::put(firm, row),
            Change::Draft(row) => drafts::put(firm, row.version, row),
            Change::DraftRemove { offer } => drafts::remove(firm, offer),
            Change::KeptForm(row) => drafts::keep(firm, row),
            Change::KeptFormRemove { id_hash } => drafts::let_go(firm, id_hash),
            Change::SubmissionTry(row) => drafts::tried(firm, row),
            Change::Outbox(row) => queue::put_outbox(firm, row),
            Change::OutboxSettle { id, attempt, state, fault } => queue::settle_outbox(firm, id, *attempt, state, fault),
            Change::OutboxLater { id, attempt, due_at, fault } => queue::outbox_later(firm, id, *attempt, *due_at, fault),
            Change::OutboxAgain { id, due_at } => queue::outbox_again(firm, id, *due_at),
            Change::OutboxCancel { key } => queue::cancel_outbox(firm, key),
            Change::Due(row) => queue::put_due(firm, row),
            Change::DueCancel { id } => queue::cancel_due(firm, id),
            Change::DueCancelOf { stream } => queue::cancel_due_of(firm, stream),
            Change::DueSettle { id, attempt, state } => queue::settle_due(firm, id, *attempt, state),
            Change::Invitation(row) => invitations::put(firm, row),
            Change::InvitationState { token_hash, state } => invitations::set_state(firm, token_hash, state),
            Change::InvitationsState { offer, kind, was, state } => invitations::set_state_of_offer(firm, offer, kind, was, state),
            Change::InvitationsBut { offer, kind, at, state } => invitations::set_state_but_at(firm, offer, kind, at, state),
            Change::Code(row) => invitations::put_code(firm, row),
            Change::CodeUse { id, at } => invitations::use_code(firm, id, *at),
            Change::Session(row) => sessions::put(firm, row),
            Change::SessionEnd { token_hash } => sessions::end(firm, token_hash),
            Change::SessionsEnd { subject } => return Ok(vec![sessions::end_of(firm, subject), known_browsers::forget_all(firm, subject)]),
            Change::ApiToken(row) => api_tokens::put(firm, row),
            Change::ApiTokenRevoke { person, token } => api_tokens::revoke(firm, person, token),
            Change::ApiTokensRevoke { person } => api_tokens::revoke_of(firm, person),
            Change::KnownBrowser(row) => known_browsers::put(firm, row),
            Change::KnownBrowserTurn { id, was, now, at } => known_browsers::turn(firm, id, was, now, *at),
            Change::KnownBrowserForget { person, id } => known_browsers::forget(firm, person, id),
            Change::SsoLink(row) => sso_links::put(firm, row),
            Change::SsoUnlink { issuer, person } => sso_links::remove(firm, issuer, person),
            Change::SavedView(row) => views::put(firm, row),
            Change::SavedViewRemove { person, name_folded } => views::remove(firm, person, name_folded),
            Change::Receipt(row) => receipts::put(firm, row),
        }])
    }

    /// Whether the outbox worker has something new to do after this.
    pub(super) fn wakes_outbox(&self) -> bool {
        matches!(self, Change::Outbox(_) | Change::OutboxAgain { .. })
    }

    /// Whether somebody who looks at the board has something new to see after this.
    pub(super) fn stirs_board(&self) -> bool {
        matches!(self, Change::Board(_) | Change::BoardRemove { .. })
    }
}
