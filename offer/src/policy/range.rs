//! Approved ranges: an approval may stand for a span of values, so that a counter inside it needs nobody again.

use crate::check::{Figure, Figures};
use crate::coded::coded;
use crate::field::{self, FieldKey, FieldSpec, FieldTable, Kind};
use crate::intake;
use crate::money::{BasisPoints, Hundredths, Money};
use crate::playbook::{Band, NegotiationPolicy};
use crate::terms::{Terms, Value};
use serde::{Deserialize, Serialize};

/// A span of values of one field that an approval stands for, both ends included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovedRange {
    /// The field.
    pub field: FieldKey,
    /// The lowest value; without one also an empty field is inside.
    pub low: Option<Value>,
    /// The highest value.
    pub high: Option<Value>,
    /// Who gave it.
    pub from: RangeFrom,
}

coded! {
    /// Where an approved range comes from.
    RangeFrom {
        /// The approver gave it with the approval.
        Approver = "approver",
        /// The negotiation band of the level, from the playbook.
        NegotiationBand = "negotiation_band",
    }
}

/// How far a value lies from the ends of its range.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// Down to the lowest; days for a date. Nothing where the range has no such end.
    pub below: Option<Value>,
    /// Up to the highest.
    pub above: Option<Value>,
}

/// A value that changed and stayed in a range, and the room that remains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithinRange {
    /// The range.
    pub range: ApprovedRange,
    /// The value now.
    pub value: Option<Value>,
    /// What remains.
    pub room: Room,
}

/// Why a range cannot be approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RangeFault {
    /// The approval would not stand for the field at all.
    NotCovered,
    /// The field has no order, or is private to the person.
    NoOrder,
    /// An end is of another kind than the field's values.
    OtherKind,
    /// The lowest lies above the highest, or there is neither.
    EndsCrossed,
    /// The value as it stands lies outside.
    ValueOutside,
    /// At its highest the range goes beyond what its approver may approve.
    Beyond(BeyondLimit),
}

impl ApprovedRange {
    /// Reads a range as its two ends were typed; nothing when both were left open.
    ///
    /// # Errors
    /// The field has no ranges, or an end does not read.
    pub fn read(field: &FieldKey, low: &str, high: &str, table: &FieldTable) -> Result<Option<Self>, RangeFault> {
        let spec = table.get(field).filter(|spec| is_spanned(spec)).ok_or(RangeFault::NoOrder)?;
        let end = |typed: &str| match typed.trim() {
            "" => Ok(None),
            typed => intake::read_value(typed, spec).map(Some).map_err(|_| RangeFault::OtherKind),
        };
        let (low, high) = (end(low)?, end(high)?);
        let open = low.is_none() && high.is_none();
        Ok((!open).then(|| Self { field: field.clone(), low, high, from: RangeFrom::Approver }))
    }

    /// Whether a value lies inside.
    pub fn holds(&self, value: Option<&Value>) -> bool {
        let Some(value) = value else { return self.low.is_none() };
        let kin = |end: &Value| std::mem::discriminant(end) == std::mem::discriminant(value);
        self.low.as_ref().is_none_or(|low| kin(low) && value >= low) && self.high.as_ref().is_none_or(|high| kin(high) && value <= high)
    }

    /// What remains around a value.
    pub fn room(&self, value: Option<&Value>) -> Room {
        let Some(value) = value else { return Room { below: None, above: self.high.clone() } };
        Room {
            below: self.low.as_ref().and_then(|low| distance(low, value)),
            above: self.high.as_ref().and_then(|high| distance(value, high)),
        }
    }

    /// Whether a range may go with an approval of these terms.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn fits(&self, terms: &Terms, table: &FieldTable) -> Result<(), RangeFault> {
        let spec = table.get(&self.field).ok_or(RangeFault::NoOrder)?;
        if !is_spanned(spec) {
            return Err(RangeFault::NoOrder);
        }
        if self.low.iter().chain(&self.high).any(|end| !is_of_kind(end, &spec.kind)) {
            return Err(RangeFault::OtherKind);
        }
        match (&self.low, &self.high) {
            (None, None) => return Err(RangeFault::EndsCrossed),
            (Some(low), Some(high)) if low > high => return Err(RangeFault::EndsCrossed),
            _ => {}
        }
        if self.holds(terms.get(&self.field)) { Ok(()) } else { Err(RangeFault::ValueOutside) }
    }

    /// The end at which the offer costs most, laid into terms; nothing where the range has no highest value.
    pub(crate) fn at_its_highest(&self, terms: &Terms, table: &FieldTable) -> Option<Terms> {
        let high = self.high.clone()?;
        let change = crate::terms::Change { field: self.field.clone(), from: terms.get(&self.field).cloned(), to: Some(high) };
        Some(terms.with(&[change], table))
    }
}

/// Fields of which a span can be approved: their values have an order, and none is sealed under a person's key.
pub fn is_spanned(spec: &FieldSpec) -> bool {
    matches!(spec.kind, Kind::Money | Kind::Percent | Kind::Number | Kind::Date) && !spec.is_private()
}

const fn is_of_kind(value: &Value, kind: &Kind) -> bool {
    matches!(
        (value, kind),
        (Value::Money(_), Kind::Money)
            | (Value::Percent(_), Kind::Percent)
            | (Value::Number(_), Kind::Number)
            | (Value::Date(_), Kind::Date)
    )
}

/// How far it is from one value up to another; days between dates.
fn distance(low: &Value, high: &Value) -> Option<Value> {
    Some(match (low, high) {
        (Value::Money(low), Value::Money(high)) => Value::Money(high.checked_sub(*low)?),
        (Value::Percent(low), Value::Percent(high)) => Value::Percent(BasisPoints(high.0.checked_sub(low.0)?)),
        (Value::Number(low), Value::Number(high)) => Value::Number(Hundredths(high.0.checked_sub(low.0)?)),
        (Value::Date(low), Value::Date(high)) => Value::Number(Hundredths::whole((*high - *low).num_days())),
        _ => return None,
    })
}

/// The span in which the playbook lets pay of this level be negotiated without asking anybody again. It never leads above the band, nor
/// further above it; a level whose pay is published and fixed has none.
pub fn negotiation_range(terms: &Terms, band: Option<&Band>) -> Option<ApprovedRange> {
    let (pay, band) = (terms.pay()?, band?);
    if band.negotiation == NegotiationPolicy::Fixed || (band.negotiation_low, band.negotiation_high) == Default::default() {
        return None;
    }
    let share = |points: i64| pay.base.scaled(BasisPoints::WHOLE.checked_add(points)?, BasisPoints::WHOLE);
    let low = share(band.negotiation_low.0.checked_neg()?)?;
    let high = share(band.negotiation_high.0)?.min(band.max).max(pay.base);
    let money = |amount: Money| Some(Value::Money(amount));
    Some(ApprovedRange { field: field::PAY_BASE, low: money(low), high: money(high), from: RangeFrom::NegotiationBand })
}

/// The most that somebody may approve; what is not said is not limited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The highest annual pay.
    pub annual: Option<Money>,
    /// How far above the band, as a share of its highest pay.
    pub over_band: Option<BasisPoints>,
}

/// A limit that an offer exceeds, with its figure. A figure that cannot be computed exceeds every limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "limit", rename_all = "snake_case")]
pub enum BeyondLimit {
    /// By annual pay.
    Annual {
        /// The most.
        most: Money,
        /// The offer's.
        pay: Option<Money>,
    },
    /// By the share above the band.
    OverBand {
        /// The most.
        most: BasisPoints,
        /// The offer's.
        over: Option<BasisPoints>,
    },
    /// By a figure that the reader does not see.
    Untold,
}

impl Limits {
    /// What a person has, else what the role has.
    #[must_use]
    pub fn or(self, role: Self) -> Self {
        Self { annual: self.annual.or(role.annual), over_band: self.over_band.or(role.over_band) }
    }

    /// The limit that these figures exceed.
    pub fn exceeded(self, figures: &Figures) -> Option<BeyondLimit> {
        let annual = self.annual.and_then(|most| {
            let pay = figures.money(Figure::AnnualPay);
            pay.is_none_or(|pay| pay > most).then_some(BeyondLimit::Annual { most, pay })
        });
        annual.or_else(|| {
            let most = self.over_band?;
            let over = figures.percent(Figure::OverBand);
            over.is_none_or(|over| over > most).then_some(BeyondLimit::OverBand { most, over })
        })
    }
}
