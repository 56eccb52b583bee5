//! The board: what it is asked, and what it answers.

use offer::engagement::Engagement;
use offer::id::{ClientCode, StepKey, TeamKey};
use offer::lifecycle::{Status, WaitsOn};
use offer::moment::Moment;

use super::{OfferLine, Stage};

/// How the board is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// A column for each group.
    #[default]
    Columns,
    /// A row for each offer.
    Table,
}

/// What the columns are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// The stage an offer is in.
    #[default]
    Stage,
    /// Whom it waits on.
    Waiting,
}

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What has waited longest.
    #[default]
    Waiting,
    /// What is due first; offers without a due time are left out.
    Deadline,
}

/// Whom an offer waits on, as far as the board tells apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaitingGroup {
    /// The recruiter.
    Recruiter,
    /// The people of a step.
    Step(StepKey),
    /// The candidate.
    Candidate,
    /// Whoever resolves a contingency.
    Contingency,
    /// A recipient of the hand-off.
    Recipient,
    /// Whoever must agree to a rescission.
    Rescission,
    /// The first day.
    StartDay,
    /// The mail system.
    Courier,
    /// Nobody.
    Nobody,
}

impl WaitingGroup {
    /// The group of what an offer waits on.
    pub fn of(on: &WaitsOn) -> Self {
        match on {
            WaitsOn::Recruiter => Self::Recruiter,
            WaitsOn::Step(step) => Self::Step(step.clone()),
            WaitsOn::Courier => Self::Courier,
            WaitsOn::Candidate => Self::Candidate,
            WaitsOn::Contingency(_) => Self::Contingency,
            WaitsOn::Recipient(_) => Self::Recipient,
            WaitsOn::Rescission(_) => Self::Rescission,
            WaitsOn::StartDay => Self::StartDay,
        }
    }

    /// As it stands in addresses and names of piles.
    pub fn code(&self) -> String {
        match self {
            Self::Recruiter => "recruiter".to_owned(),
            Self::Step(step) => format!("step.{step}"),
            Self::Candidate => "candidate".to_owned(),
            Self::Contingency => "contingency".to_owned(),
            Self::Recipient => "recipient".to_owned(),
            Self::Rescission => "rescission".to_owned(),
            Self::StartDay => "start_day".to_owned(),
            Self::Courier => "courier".to_owned(),
            Self::Nobody => "nobody".to_owned(),
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "recruiter" => Self::Recruiter,
            "candidate" => Self::Candidate,
            "contingency" => Self::Contingency,
            "recipient" => Self::Recipient,
            "rescission" => Self::Rescission,
            "start_day" => Self::StartDay,
            "courier" => Self::Courier,
            "nobody" => Self::Nobody,
            other => Self::Step(StepKey::new(other.strip_prefix("step.").filter(|step| !step.is_empty())?)),
        })
    }
}

/// Which offers the board shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrow {
    /// Words, each found by its beginning.
    pub words: String,
    /// Only offers that name the viewer.
    pub mine: bool,
    /// Only offers that wait on the viewer.
    pub on_me: bool,
    /// Only offers of a team.
    pub team: Option<TeamKey>,
    /// Only offers for a client.
    pub client: Option<ClientCode>,
    /// Only offers of an engagement.
    pub engagement: Option<Engagement>,
    /// Only offers in a stage.
    pub stage: Option<Stage>,
    /// Only offers in a state.
    pub status: Option<Status>,
    /// Only offers that wait on somebody.
    pub waiting: Option<WaitingGroup>,
    /// Only offers on which something is over its time.
    pub overdue: bool,
    /// Only offers with an exception.
    pub exceptions: bool,
    /// Offers that have ended or begun, instead of those under way.
    pub ended: bool,
}

/// What the board is asked: everything that stands in its address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardAsk {
    /// How it is laid out.
    pub layout: Layout,
    /// What the columns are.
    pub grouping: Grouping,
    /// What comes first.
    pub order: Order,
    /// Which offers.
    pub narrow: Narrow,
    /// Where the last page of the table ended.
    pub after: Option<String>,
}

impl BoardAsk {
    /// Reads the query of an address; what is not known is not asked.
    pub fn read(value: impl Fn(&str) -> Option<String>) -> Self {
        let given = |name: &str| value(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let ticked = |name: &str| given(name).is_some();
        Self {
            layout: if given("view").as_deref() == Some("table") { Layout::Table } else { Layout::Columns },
            grouping: if given("group").as_deref() == Some("waiting") { Grouping::Waiting } else { Grouping::Stage },
            order: if given("order").as_deref() == Some("deadline") { Order::Deadline } else { Order::Waiting },
            narrow: Narrow {
                words: given("q").unwrap_or_default(),
                mine: ticked("mine"),
                on_me: ticked("me"),
                team: given("team").map(TeamKey::new),
                client: given("client").map(ClientCode::new),
                engagement: given("engagement").as_deref().and_then(Engagement::parse),
                stage: given("stage").as_deref().and_then(Stage::parse),
                status: given("status").as_deref().and_then(Status::parse),
                waiting: given("waiting").as_deref().and_then(WaitingGroup::parse),
                overdue: ticked("overdue"),
                exceptions: ticked("exceptions"),
                ended: ticked("ended"),
            },
            after: given("after"),
        }
    }

    /// Everything asked as names and values, in one order, without what is not asked.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let narrow = &self.narrow;
        let tick = |name, on: bool| on.then(|| (name, "yes".to_owned()));
        [
            (self.layout == Layout::Table).then(|| ("view", "table".to_owned())),
            (self.grouping == Grouping::Waiting).then(|| ("group", "waiting".to_owned())),
            (self.order == Order::Deadline).then(|| ("order", "deadline".to_owned())),
            (!narrow.words.is_empty()).then(|| ("q", narrow.words.clone())),
            tick("mine", narrow.mine),
            tick("me", narrow.on_me),
            narrow.team.as_ref().map(|team| ("team", team.to_string())),
            narrow.client.as_ref().map(|client| ("client", client.to_string())),
            narrow.engagement.map(|engagement| ("engagement", engagement.code().to_owned())),
            narrow.stage.map(|stage| ("stage", stage.code().to_owned())),
            narrow.status.map(|status| ("status", status.code().to_owned())),
            narrow.waiting.as_ref().map(|waiting| ("waiting", waiting.code())),
            tick("overdue", narrow.overdue),
            tick("exceptions", narrow.exceptions),
            tick("ended", narrow.ended),
            self.after.clone().map(|after| ("after", after)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The same from its beginning.
    #[must_use]
    pub fn from_the_start(&self) -> Self {
        Self { after: None, ..self.clone() }
    }

    /// The same with other offers.
    #[must_use]
    pub fn with(&self, narrow: Narrow) -> Self {
        Self { narrow, ..self.from_the_start() }
    }
}

/// How many there are, as far as they were counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// So many were found.
    pub found: usize,
    /// There may be more.
    pub more: bool,
}

/// What a column is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupKey {
    /// A stage.
    Stage(Stage),
    /// Whom it waits on.
    Waiting(WaitingGroup),
}

/// One column of the board.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardGroup {
    /// What it is for.
    pub key: GroupKey,
    /// How many offers are in it.
    pub count: Count,
    /// The first of them; none in a table.
    pub lines: Vec<OfferLine>,
}

/// A view that a person saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// Its name.
    pub name: String,
    /// What it asks.
    pub ask: BoardAsk,
}

/// The board.
#[derive(Clone, Debug, PartialEq)]
pub struct Board {
    /// The columns, or for a table how many there are of each.
    pub groups: Vec<BoardGroup>,
    /// The rows of a table.
    pub lines: Vec<OfferLine>,
    /// Where the next page of the table begins; nothing on the last.
    pub next: Option<String>,
    /// Whether the page ended before it was full, because too many offers had to be looked at.
    pub looked_far: bool,
    /// How many were lost before anything was written, and how many fell through after the verbal offer, which only whoever reads staff's talk
    /// of every offer is told; nothing while those are not listed.
    pub lost: Option<(Count, Option<Count>)>,
    /// Now, for ages.
    pub now: Moment,
    /// Where a stream of changes goes on from.
    pub cursor: String,
    /// The teams that the viewer may narrow by, with their names; none for whoever does not see whose offer it is within the firm.
    pub teams: Vec<(TeamKey, String)>,
    /// The clients that the viewer may narrow by, with their names.
    pub clients: Vec<(ClientCode, String)>,
    /// What the viewer saved.
    pub views: Vec<SavedView>,
}

/// What waits on somebody, and what of theirs waits on others.
#[derive(Clone, Debug, PartialEq)]
pub struct MyWork {
    /// What waits on the viewer, oldest first.
    pub yours: Vec<OfferLine>,
    /// Whether more of it waits than is listed.
    pub more: bool,
    /// What names the viewer and waits on somebody else, oldest first.
    pub others: Vec<OfferLine>,
    /// How many live offers name the viewer.
    pub own: Count,
    /// Now, for ages.
    pub now: Moment,
    /// Where a stream of changes goes on from.
    pub cursor: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_stands_in_the_address_and_reads_back() {
        let ask = BoardAsk {
            layout: Layout::Table,
            grouping: Grouping::Waiting,
            order: Order::Deadline,
            narrow: Narrow {
                words: "maria icu".to_owned(),
                mine: true,
                on_me: true,
                team: Some(TeamKey::new("west")),
                client: Some(ClientCode::new("ACME-MED")),
                engagement: Some(Engagement::Temp),
                stage: Some(Stage::Approvals),
                status: Some(Status::InReview),
                waiting: Some(WaitingGroup::Step(StepKey::new("finance"))),
                overdue: true,
                exceptions: true,
                ended: true,
            },
            after: Some("7.abc".to_owned()),
        };
        let pairs = ask.pairs();
        let read = BoardAsk::read(|name| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()));
        assert_eq!(read, ask);
        assert!(BoardAsk::default().pairs().is_empty());
    }

    #[test]
    fn nonsense_in_an_address_asks_for_nothing() {
        let read = BoardAsk::read(|name| matches!(name, "stage" | "waiting" | "status" | "engagement").then(|| "step.".to_owned()));
        assert_eq!(read, BoardAsk::default());
    }
}
