//! Checks of terms against band, budget, client sheet and seats. A finding is a fact with figures; the words are the app's.

mod figure;
mod money;
mod rows;
mod sheet;

pub use figure::{Figure, FigureKind, Figures, Inputs, figures};
pub(crate) use money::band_of;
pub use rows::{BandFigures, BandPlace, ClauseRow, Rows, Sheet};

use crate::field::FieldKey;
use crate::id::{ClauseKey, ClientCode};
use crate::moment::Day;
use crate::money::{BasisPoints, Money};
use crate::playbook::CapOn;
use crate::terms::{Terms, Value};
use serde::{Deserialize, Serialize};

/// What a finding asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Worth knowing.
    Note,
    /// Goes ahead with a reason in writing; counted as an exception.
    Reason,
    /// Goes ahead with an approval of its own; counted as an exception.
    Approval,
    /// Does not go ahead.
    Block,
}

/// What was found. Closed: a new one does not compile until it has words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// Pay lies above the band.
    AboveBand {
        /// Pay offered.
        pay: Money,
        /// Highest pay of the band.
        max: Money,
        /// How far above, as a share of the highest pay.
        over: BasisPoints,
    },
    /// Pay lies below the band.
    BelowBand {
        /// Pay offered.
        pay: Money,
        /// Lowest pay of the band.
        min: Money,
    },
    /// No band for this department, level, state and basis.
    NoBand,
    /// The band was compared with the market more than a year ago.
    StaleBand {
        /// When it was.
        benchmarked_on: Day,
    },
    /// Pay lies outside what the requisition allows.
    OutsideRequisition {
        /// Pay offered.
        pay: Money,
        /// Lowest allowed.
        min: Money,
        /// Highest allowed.
        max: Money,
    },
    /// The offer and the other live offers commit more than the budget holds. Without figures where they are the firm's own.
    OverBudget {
        /// The budget of the requisition.
        budget: Option<Money>,
        /// What the other live offers commit.
        committed: Option<Money>,
        /// What this offer commits.
        this: Option<Money>,
    },
    /// A rate or markup lies above its cap.
    OverCap {
        /// What the cap stands on.
        on: CapOn,
        /// The amount, for a cap on bill or pay.
        amount: Option<Money>,
        /// The most allowed, for a cap on bill or pay.
        most: Option<Money>,
        /// The markup, for a cap on markup.
        markup: Option<BasisPoints>,
        /// The highest markup allowed.
        markup_most: Option<BasisPoints>,
        /// Where the cap stands: on the requisition, or on the client's sheet.
        from: CapFrom,
        /// The client.
        client: Option<ClientCode>,
    },
    /// The markup lies below the client's floor.
    BelowMarkupFloor {
        /// The markup.
        markup: BasisPoints,
        /// The floor.
        floor: BasisPoints,
    },
    /// The bill rate does not cover pay, burden and fees.
    NoMargin {
        /// What remains; nothing or less.
        margin: Money,
    },
    /// The playbook holds no such client.
    UnknownClient {
        /// The code.
        client: ClientCode,
    },
    /// A clause that the client requires is not in the letter.
    ClauseMissing {
        /// The clause.
        clause: ClauseKey,
        /// What it was called then.
        #[serde(default)]
        title: String,
    },
    /// A clause that the playbook does not hold.
    UnknownClause {
        /// The clause.
        clause: ClauseKey,
    },
    /// A clause outside the firm's standard.
    NonStandardClause {
        /// The clause.
        clause: ClauseKey,
        /// What it was called then.
        #[serde(default)]
        title: String,
    },
    /// Free special terms, which always go to Legal.
    SpecialTerms,
    /// An attachment that the client requires is not in the packet.
    AttachmentMissing {
        /// Its name.
        attachment: String,
    },
    /// The client requires a purchase order.
    PurchaseOrderMissing,
    /// More live offers than free seats. Without figures where they are the firm's own.
    OverSeats {
        /// Free seats of the requisition.
        seats_free: Option<u32>,
        /// Live offers, this one among them.
        live: Option<u32>,
    },
    /// The client's sheet is due for another look.
    SheetReviewDue {
        /// Since when.
        review_on: Day,
    },
    /// The start lies behind.
    StartPassed {
        /// The start.
        start: Day,
    },
    /// The accept-by lies behind.
    AcceptByPassed {
        /// Its day, as it is printed.
        accept_by: Day,
    },
    /// Pay of this level is published and not negotiated, and yet it changes.
    FixedPay {
        /// Pay as it was offered.
        offered: Money,
        /// Pay as it would be.
        pay: Money,
    },
    /// The letter says another value than was spoken to the candidate. Without values where they are private to the person.
    SpokenDiffers {
        /// What was said last.
        spoken: Option<Value>,
        /// What would be written.
        written: Option<Value>,
    },
    /// The figures needed for a check are missing or out of reach, so that nobody can rely on it.
    CannotCheck {
        /// The fields to look over.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        needs: Vec<FieldKey>,
    },
}

/// Where a cap stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapFrom {
    /// On the requisition.
    Requisition,
    /// On the client's sheet.
    Sheet,
}

crate::coded::coded! {
    /// The kinds of findings, as rules name them.
    FactKind {
        /// `Fact::AboveBand`.
        AboveBand = "above_band",
        /// `Fact::BelowBand`.
        BelowBand = "below_band",
        /// `Fact::NoBand`.
        NoBand = "no_band",
        /// `Fact::StaleBand`.
        StaleBand = "stale_band",
        /// `Fact::OutsideRequisition`.
        OutsideRequisition = "outside_requisition",
        /// `Fact::OverBudget`.
        OverBudget = "over_budget",
        /// `Fact::OverCap`.
        OverCap = "over_cap",
        /// `Fact::BelowMarkupFloor`.
        BelowMarkupFloor = "below_markup_floor",
        /// `Fact::NoMargin`.
        NoMargin = "no_margin",
        /// `Fact::UnknownClient`.
        UnknownClient = "unknown_client",
        /// `Fact::ClauseMissing`.
        ClauseMissing = "clause_missing",
        /// `Fact::UnknownClause`.
        UnknownClause = "unknown_clause",
        /// `Fact::NonStandardClause`.
        NonStandardClause = "non_standard_clause",
        /// `Fact::SpecialTerms`.
        SpecialTerms = "special_terms",
        /// `Fact::AttachmentMissing`.
        AttachmentMissing = "attachment_missing",
        /// `Fact::PurchaseOrderMissing`.
        PurchaseOrderMissing = "purchase_order_missing",
        /// `Fact::OverSeats`.
        OverSeats = "over_seats",
        /// `Fact::SheetReviewDue`.
        SheetReviewDue = "sheet_review_due",
        /// `Fact::StartPassed`.
        StartPassed = "start_passed",
        /// `Fact::AcceptByPassed`.
        AcceptByPassed = "accept_by_passed",
        /// `Fact::FixedPay`.
        FixedPay = "fixed_pay",
        /// `Fact::SpokenDiffers`.
        SpokenDiffers = "spoken_differs",
        /// `Fact::CannotCheck`.
        CannotCheck = "cannot_check",
    }
}

impl Fact {
    /// Its kind, as rules name it.
    pub const fn kind(&self) -> FactKind {
        match self {
            Self::AboveBand { .. } => FactKind::AboveBand,
            Self::BelowBand { .. } => FactKind::BelowBand,
            Self::NoBand => FactKind::NoBand,
            Self::StaleBand { .. } => FactKind::StaleBand,
            Self::OutsideRequisition { .. } => FactKind::OutsideRequisition,
            Self::OverBudget { .. } => FactKind::OverBudget,
            Self::OverCap { .. } => FactKind::OverCap,
            Self::BelowMarkupFloor { .. } => FactKind::BelowMarkupFloor,
            Self::NoMargin { .. } => FactKind::NoMargin,
            Self::UnknownClient { .. } => FactKind::UnknownClient,
            Self::ClauseMissing { .. } => FactKind::ClauseMissing,
            Self::UnknownClause { .. } => FactKind::UnknownClause,
            Self::NonStandardClause { .. } => FactKind::NonStandardClause,
            Self::SpecialTerms => FactKind::SpecialTerms,
            Self::AttachmentMissing { .. } => FactKind::AttachmentMissing,
            Self::PurchaseOrderMissing => FactKind::PurchaseOrderMissing,
            Self::OverSeats { .. } => FactKind::OverSeats,
            Self::SheetReviewDue { .. } => FactKind::SheetReviewDue,
            Self::StartPassed { .. } => FactKind::StartPassed,
            Self::AcceptByPassed { .. } => FactKind::AcceptByPassed,
            Self::FixedPay { .. } => FactKind::FixedPay,
            Self::SpokenDiffers { .. } => FactKind::SpokenDiffers,
            Self::CannotCheck { .. } => FactKind::CannotCheck,
        }
    }
}

/// Something a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What it asks for.
    pub strength: Strength,
    /// The field it stands beside.
    pub field: FieldKey,
    /// What was found.
    #[serde(flatten)]
    pub fact: Fact,
}

impl Finding {
    /// Whether going ahead is an exception that needs a reason in writing.
    pub fn is_exception(&self) -> bool {
        matches!(self.strength, Strength::Reason | Strength::Approval)
    }
}

/// What checks look at besides terms: current rows, never those of the routed playbook.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// Bands, sheets and clauses of today.
    pub rows: &'a dyn Rows,
    /// The opening.
    pub opening: Opening,
    /// Today.
    pub today: Day,
}

/// What checks look at of a requisition and its other offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Lowest and highest pay that it allows.
    pub pay: Option<(Money, Money)>,
    /// What all its seats together may commit.
    pub budget: Option<Money>,
    /// What its other live offers commit.
    pub committed: Money,
    /// Seats that nobody has.
    pub seats_free: u32,
    /// Other live offers that have no seat yet.
    pub other_live_offers: u32,
}

/// What is known about terms: findings, and the figures that rules hold against bounds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    /// What was found, strongest first.
    pub findings: Vec<Finding>,
    /// What was computed.
    pub figures: Figures,
}

/// Findings and figures of a draft's terms on this ground. Only a draft says that its accept-by has passed: whoever sends the letter gives it then.
pub fn assess(terms: &Terms, ground: Ground<'_>) -> Assessment {
    assessed(terms, sheet::accept_by_passed(terms, ground), ground)
}

/// Findings and figures of terms that were offered otherwise before: what a change itself is worth saying about comes along.
pub fn assess_change(offered: &Terms, terms: &Terms, ground: Ground<'_>) -> Assessment {
    assessed(terms, money::fixed_pay(offered, terms, ground), ground)
}

fn assessed(terms: &Terms, besides: Option<Finding>, ground: Ground<'_>) -> Assessment {
    let mut findings = findings(terms, ground);
    findings.extend(besides);
    in_order(&mut findings);
    Assessment { findings, figures: figures(terms, ground) }
}

/// What is worth saying about terms at every gate, strongest first.
pub fn findings(terms: &Terms, ground: Ground<'_>) -> Vec<Finding> {
    let mut found = money::findings(terms, ground);
    found.extend(sheet::findings(terms, ground));
    in_order(&mut found);
    found
}

fn in_order(found: &mut [Finding]) {
    found.sort_by(|a, b| b.strength.cmp(&a.strength).then_with(|| a.field.cmp(&b.field)).then_with(|| a.fact.cmp(&b.fact)));
}

/// Findings that are in `now` and were not in `then`: what a later gate has to say.
pub fn new_since<'a>(then: &'a [Finding], now: &'a [Finding]) -> impl Iterator<Item = &'a Finding> {
    now.iter().filter(move |finding| !then.iter().any(|known| known.fact.kind() == finding.fact.kind() && known.field == finding.field))
}
