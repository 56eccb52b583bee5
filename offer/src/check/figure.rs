//! Figures that follow from terms: computed, never typed. Rules hold them against bounds, and each knows the fields it is made of.

use super::money::{Caps, band_of, caps};
use super::{Fact, FactKind, Ground};
use crate::coded::coded;
use crate::engagement::Engagement;
use crate::field::{self, FieldKey, FieldTable};
use crate::money::{BasisPoints, Hundredths, Money};
use crate::playbook::CapOn;
use crate::terms::{Terms, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

coded! {
    /// A figure that follows from terms.
    Figure {
        /// What a year of the pay comes to.
        AnnualPay = "annual_pay",
        /// A year of the pay with sign-on and bonus target.
        FirstYearCash = "first_year_cash",
        /// How far the pay lies above the band, as a share of its highest pay; nothing within.
        OverBand = "over_band",
        /// Pay over the middle of the band.
        CompaRatio = "compa_ratio",
        /// (bill - pay) / pay.
        Markup = "markup",
        /// What remains of the bill rate after pay, burden and fees.
        Margin = "margin",
        /// The same as a share of the bill rate.
        MarginShare = "margin_share",
        /// How far the markup lies below the floor of the client's sheet, in points of percent; nothing above.
        UnderMarkupFloor = "under_markup_floor",
        /// How far the bill rate lies above a cap on it, as a share of the cap; nothing below, or without one.
        OverBillCap = "over_bill_cap",
        /// How far the pay lies above a cap on it.
        OverPayCap = "over_pay_cap",
        /// How far the markup lies above a cap on it, in points of percent.
        OverMarkupCap = "over_markup_cap",
        /// What the offer commits of its opening's budget.
        Committed = "committed",
        /// How far this and the other live offers lie above the budget; nothing within, or without one.
        OverBudget = "over_budget",
        /// The firm's fee for a direct hire.
        PlacementFee = "placement_fee",
        /// Days until the start.
        DaysToStart = "days_to_start",
    }
}

/// What a figure is, and so how a bound of it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureKind {
    /// An amount of money.
    Money,
    /// A percentage.
    Percent,
    /// A plain number.
    Number,
}

/// The fields of which a fact or figure is made. Whoever decides one that it is about approved all of them: where pay lies in its band
/// depends on level and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// What it is about.
    pub about: &'static [FieldKey],
    /// What else it takes to say it.
    pub with: &'static [FieldKey],
}

impl Inputs {
    /// Every one of them.
    pub fn all(self) -> impl Iterator<Item = &'static FieldKey> {
        self.about.iter().chain(self.with)
    }
}

macro_rules! inputs { ($($name:ident: [$($about:ident),*], [$($with:ident),*];)*) => {
    $(static $name: Inputs = Inputs { about: &[$(field::$about),*], with: &[$(field::$with),*] };)*
}; }

inputs! {
    PAY: [PAY_BASE], [PAY_BASIS, HOURS_PER_WEEK];
    CASH: [PAY_BASE, SIGN_ON, BONUS_TARGET], [PAY_BASIS, HOURS_PER_WEEK];
    BAND: [PAY_BASE], [PAY_BASIS, DEPARTMENT, LEVEL, STATE];
    BASE: [PAY_BASE], [];
    RATES: [BILL_RATE, PAY_BASE], [];
    MARGIN: [BILL_RATE, PAY_BASE], [BURDEN, MSP_FEE];
    FLOOR: [BILL_RATE, PAY_BASE], [CLIENT];
    BILL_CAP_OF: [BILL_RATE], [BILL_CAP_ON, BILL_CAP, CLIENT];
    PAY_CAP: [PAY_BASE], [BILL_CAP_ON, BILL_CAP, CLIENT];
    MARKUP_CAP: [BILL_RATE, PAY_BASE], [BILL_CAP_ON, BILL_CAP_MARKUP, CLIENT];
    BUDGET: [PAY_BASE], [PAY_BASIS, HOURS_PER_WEEK, START, END];
    FEE_OF: [FEE, FEE_FLAT], [PAY_BASE, PAY_BASIS, HOURS_PER_WEEK];
    FIRST_DAY: [START], [];
    LAST_ANSWER: [ACCEPT_BY], [];
    WORDS: [CLAUSES], [];
    CLIENT_WORDS: [CLAUSES], [CLIENT];
    OWN_WORDS: [SPECIAL_TERMS], [];
    PACKET: [ATTACHMENTS], [CLIENT];
    ORDER: [PURCHASE_ORDER], [CLIENT];
    SHEET: [CLIENT], [];
    NOTHING: [], [];
}

impl Figure {
    /// What it is.
    pub const fn kind(self) -> FigureKind {
        match self {
            Self::AnnualPay | Self::FirstYearCash | Self::Margin | Self::Committed | Self::OverBudget | Self::PlacementFee => {
                FigureKind::Money
            }
            Self::OverBand
            | Self::CompaRatio
            | Self::Markup
            | Self::MarginShare
            | Self::UnderMarkupFloor
            | Self::OverBillCap
            | Self::OverPayCap
            | Self::OverMarkupCap => FigureKind::Percent,
            Self::DaysToStart => FigureKind::Number,
        }
    }

    /// The fields that it is made of.
    pub fn inputs(self) -> Inputs {
        match self {
            Self::AnnualPay => PAY,
            Self::FirstYearCash => CASH,
            Self::OverBand | Self::CompaRatio => BAND,
            Self::Markup => RATES,
            Self::Margin | Self::MarginShare => MARGIN,
            Self::UnderMarkupFloor => FLOOR,
            Self::OverBillCap => BILL_CAP_OF,
            Self::OverPayCap => PAY_CAP,
            Self::OverMarkupCap => MARKUP_CAP,
            Self::Committed | Self::OverBudget => BUDGET,
            Self::PlacementFee => FEE_OF,
            Self::DaysToStart => FIRST_DAY,
        }
    }

    /// Whether offers of this engagement have the figure at all: the field it stands on exists for them.
    pub fn applies_to(self, engagement: Engagement, table: &FieldTable) -> bool {
        self.inputs().about.first().and_then(|field| table.get(field)).is_some_and(|spec| spec.applies_to(engagement))
            && (!matches!(self, Self::OverPayCap) || engagement.is_billed())
    }

    /// Reads a bound as it is written in a rule.
    pub fn read(self, text: &str) -> Option<Value> {
        match self.kind() {
            FigureKind::Money => Money::parse(text).map(Value::Money),
            FigureKind::Percent => BasisPoints::parse(text).map(Value::Percent),
            FigureKind::Number => Hundredths::parse(text).map(Value::Number),
        }
    }
}

/// The figures of terms that can be computed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Figures(BTreeMap<Figure, Value>);

impl Figures {
    /// One figure; nothing when it cannot be computed.
    pub fn get(&self, figure: Figure) -> Option<&Value> {
        self.0.get(&figure)
    }

    /// An amount.
    pub fn money(&self, figure: Figure) -> Option<Money> {
        match self.get(figure) {
            Some(Value::Money(money)) => Some(*money),
            _ => None,
        }
    }

    /// A percentage.
    pub fn percent(&self, figure: Figure) -> Option<BasisPoints> {
        match self.get(figure) {
            Some(Value::Percent(percent)) => Some(*percent),
            _ => None,
        }
    }
}

/// Every figure of these terms on this ground.
pub fn figures(terms: &Terms, ground: Ground<'_>) -> Figures {
    let mut figures = BTreeMap::new();
    let mut put = |figure: Figure, value: Option<Value>| {
        if let Some(value) = value {
            figures.insert(figure, value);
        }
    };
    let pay = terms.pay();
    let annual = pay.and_then(crate::terms::Pay::annual_equivalent);
    put(Figure::AnnualPay, annual.map(Value::Money));
    put(Figure::FirstYearCash, annual.and_then(|annual| first_year(annual, terms)).map(Value::Money));
    if let (Some(pay), Some(band)) = (pay, band_of(terms, ground.rows)) {
        put(Figure::OverBand, above(pay.base, band.max).map(Value::Percent));
        put(Figure::CompaRatio, band.compa_ratio(pay.base).map(Value::Percent));
    }
    if let Some(bill) = terms.bill() {
        let floor = terms.client().and_then(|code| ground.rows.sheet(&code)).and_then(|sheet| sheet.markup_floor);
        put(Figure::Markup, bill.markup().map(Value::Percent));
        put(Figure::Margin, bill.margin().map(Value::Money));
        put(Figure::MarginShare, bill.margin_share().map(Value::Percent));
        let under = bill.markup().zip(floor).map(|(markup, floor)| BasisPoints((floor.0 - markup.0).max(0)));
        put(Figure::UnderMarkupFloor, under.map(Value::Percent));
        let Caps { bill: on_bill, pay: on_pay, markup: on_markup } = caps(terms, ground);
        let over = |amount: Money, most: Option<Money>| most.map_or(Some(BasisPoints(0)), |most| above(amount, most));
        put(Figure::OverBillCap, over(bill.rate, on_bill).map(Value::Percent));
        put(Figure::OverPayCap, over(bill.pay, on_pay).map(Value::Percent));
        let over_markup = match on_markup {
            None => Some(BasisPoints(0)),
            Some(most) => bill.markup().map(|markup| BasisPoints((markup.0 - most.0).max(0))),
        };
        put(Figure::OverMarkupCap, over_markup.map(Value::Percent));
    }
    let committed = terms.committed();
    put(Figure::Committed, committed.map(Value::Money));
    let over_budget = match ground.opening.budget {
        None => Some(Money::default()),
        Some(budget) => committed
            .and_then(|this| this.checked_add(ground.opening.committed))
            .and_then(|whole| whole.checked_sub(budget))
            .map(|over| over.max(Money::default())),
    };
    put(Figure::OverBudget, over_budget.map(Value::Money));
    put(Figure::PlacementFee, terms.placement_fee().map(Value::Money));
    let days = terms.day(&field::START).map(|start| (start - ground.today).num_days());
    put(Figure::DaysToStart, days.map(|days| Value::Number(Hundredths::whole(days))));
    Figures(figures)
}

fn first_year(annual: Money, terms: &Terms) -> Option<Money> {
    let extra = |key: &FieldKey| terms.money(key).unwrap_or_default();
    annual.checked_add(extra(&field::SIGN_ON))?.checked_add(extra(&field::BONUS_TARGET))
}

/// How far an amount lies above another, as a share of that; nothing when it does not.
fn above(amount: Money, most: Money) -> Option<BasisPoints> {
    if amount > most { amount.checked_sub(most)?.share_of(most) } else { Some(BasisPoints(0)) }
}

impl Fact {
    /// The fields of which the fact is made.
    pub fn inputs(&self) -> Inputs {
        match self {
            Self::OverCap { on: CapOn::Bill, .. } => BILL_CAP_OF,
            Self::OverCap { on: CapOn::Pay, .. } => PAY_CAP,
            other => other.kind().inputs(),
        }
    }
}

impl FactKind {
    /// The fields of which such a fact is made.
    pub fn inputs(self) -> Inputs {
        match self {
            Self::AboveBand | Self::BelowBand | Self::NoBand | Self::StaleBand | Self::FixedPay => BAND,
            Self::OutsideRequisition => BASE,
            Self::OverBudget | Self::CannotCheck => BUDGET,
            Self::OverCap => MARKUP_CAP,
            Self::BelowMarkupFloor => FLOOR,
            Self::NoMargin => MARGIN,
            Self::UnknownClient | Self::SheetReviewDue => SHEET,
            Self::ClauseMissing => CLIENT_WORDS,
            Self::UnknownClause | Self::NonStandardClause => WORDS,
            Self::SpecialTerms => OWN_WORDS,
            Self::AttachmentMissing => PACKET,
            Self::PurchaseOrderMissing => ORDER,
            Self::StartPassed => FIRST_DAY,
            Self::AcceptByPassed => LAST_ANSWER,
            Self::OverSeats | Self::SpokenDiffers => NOTHING,
        }
    }
}
