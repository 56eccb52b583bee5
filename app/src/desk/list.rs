//! Lists: offers and openings.

use offer::engagement::Engagement;
use offer::id::{ClientCode, OfferId, RequisitionId};
use offer::lifecycle::{Status, WaitsOn};
use offer::moment::{Day, Moment};
use serde::{Deserialize, Serialize};

use super::WaitingGroup;
use offer::measure::Exposure;
pub use offer::measure::Stage;

/// What the list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfferListAsk {
    /// Words, each found by its beginning.
    pub words: String,
    /// Only offers in these states; all when empty.
    pub statuses: Vec<Status>,
    /// Only offers that wait on the viewer.
    pub waiting_on_me: bool,
    /// Only offers in a stage.
    pub stage: Option<Stage>,
    /// Only offers that wait on somebody.
    pub waiting: Option<WaitingGroup>,
    /// Only offers for a client.
    pub client: Option<ClientCode>,
    /// Where the last page ended.
    pub after: Option<String>,
    /// How many a page has at most; as the desk has it when nobody says.
    pub rows_max: Option<usize>,
}

/// A page of offers, oldest waiting first.
#[derive(Clone, Debug, PartialEq)]
pub struct OfferList {
    /// The offers.
    pub lines: Vec<OfferLine>,
    /// Where the next page begins; nothing on the last.
    pub next: Option<String>,
    /// Now, for ages.
    pub now: Moment,
}

/// Who an offer waits on, with names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Who or what.
    pub on: WaitsOn,
    /// People by name; empty for the candidate and the courier.
    pub names: Vec<String>,
    /// Since when.
    pub since: Moment,
    /// When it is due, where it is.
    pub due_at: Option<Moment>,
    /// What is to be done.
    pub todo: Todo,
    /// Whether the viewer is one of them.
    pub on_you: bool,
    /// When they were reminded.
    pub reminded: Option<Moment>,
    /// When it was escalated.
    pub escalated: Option<Moment>,
}

/// The one thing that is to be done next by whoever an offer waits on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Todo {
    /// Nothing but to wait.
    #[default]
    Wait,
    /// Finish the draft and submit it.
    Draft,
    /// Approve, return or reject a step.
    Decide,
    /// Answer the question of a step.
    AnswerStep,
    /// Send the letter.
    Send,
    /// Send the letter again: its mail did not arrive.
    SendAgain,
    /// Answer the candidate's question.
    AnswerQuestion,
    /// Adopt or refuse a change that was proposed.
    DecideChange,
    /// Release the letter that is held.
    Release,
    /// Resolve a contingency.
    Resolve,
    /// Take over from the hand-off.
    Acknowledge,
    /// Agree to the rescission.
    Agree,
    /// Record that the person started.
    RecordStart,
}

/// One offer of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct OfferLine {
    /// Its id.
    pub id: OfferId,
    /// What people call it.
    pub number: String,
    /// The candidate, where the viewer may see the name.
    pub candidate: String,
    /// The job.
    pub title: String,
    /// The client's name; empty for internal offers.
    pub client: String,
    /// Where it stands.
    pub status: Status,
    /// Since when.
    pub since: Moment,
    /// The stage it is in, while it is in one, and since when.
    pub stage: Option<(Stage, Moment)>,
    /// Who it waits on.
    pub waiting: Vec<Waiting>,
    /// The start.
    pub start: Option<Day>,
    /// The accept-by.
    pub accept_by: Option<Moment>,
    /// How many exceptions it carries.
    pub exceptions: u32,
    /// What was spoken and is not written yet; nothing for those who do not read staff's talk.
    pub exposure: Option<Exposure>,
}

/// One opening of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct RequisitionLine {
    /// Its id.
    pub id: RequisitionId,
    /// What people call it.
    pub number: String,
    /// The job.
    pub title: String,
    /// The client's name; empty for internal openings.
    pub client: String,
    /// The engagement.
    pub engagement: Option<Engagement>,
    /// Where the work is: city and state.
    pub place: String,
    /// Seats in all.
    pub seats: u32,
    /// Seats that nobody has.
    pub seats_free: u32,
    /// Offers under way; nothing to whoever does not see the firm's own.
    pub under_way: Option<u32>,
    /// The start it aims at.
    pub start: Option<Day>,
    /// Whether that day has passed.
    pub start_has_passed: bool,
}
