//! Band, requisition range, budget, cap and margin.

use super::{BandFigures, CapFrom, Fact, Finding, Ground, Rows, Sheet, Strength};
use crate::engagement::Engagement;
use crate::field;
use crate::money::{BasisPoints, Money};
use crate::playbook::{Cap, CapOn, NegotiationPolicy};
use crate::terms::{Pay, Terms};

/// A band older than this is said to be stale, in days.
const BAND_FRESH_DAYS: i64 = 365;

pub(super) fn findings(terms: &Terms, ground: Ground<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut find = |strength, field: &field::FieldKey, fact| found.push(Finding { strength, field: field.clone(), fact });
    if let Some(pay) = terms.pay() {
        match band_of(terms, ground.rows) {
            None => find(Strength::Note, &field::PAY_BASE, Fact::NoBand),
            Some(band) => {
                if let Some(fact) = against_band(pay, band) {
                    let strength = if matches!(fact, Fact::AboveBand { .. }) { Strength::Approval } else { Strength::Reason };
                    find(strength, &field::PAY_BASE, fact);
                }
                if (ground.today - band.benchmarked_on).num_days() > BAND_FRESH_DAYS {
                    find(Strength::Note, &field::LEVEL, Fact::StaleBand { benchmarked_on: band.benchmarked_on });
                }
            }
        }
        if let Some((min, max)) = ground.opening.pay
            && !(min..=max).contains(&pay.base)
        {
            find(Strength::Reason, &field::PAY_BASE, Fact::OutsideRequisition { pay: pay.base, min, max });
        }
    }
    if let (Some(budget), Some(_), Some(_)) = (ground.opening.budget, terms.pay(), terms.day(&field::START)) {
        match terms.committed().and_then(|this| Some((this, this.checked_add(ground.opening.committed)?))) {
            None => find(Strength::Approval, &field::PAY_BASE, Fact::CannotCheck { needs: not_countable(terms) }),
            Some((this, whole)) if whole > budget => {
                let (budget, committed, this) = (Some(budget), Some(ground.opening.committed), Some(this));
                find(Strength::Approval, &field::PAY_BASE, Fact::OverBudget { budget, committed, this });
            }
            Some(_) => {}
        }
    }
    if terms.engagement().is_some_and(Engagement::is_billed) {
        for (field, strength, fact) in bill_side(terms, ground) {
            find(strength, &field, fact);
        }
    }
    found
}

/// The fields on account of which nothing can be said about the budget.
fn not_countable(terms: &Terms) -> Vec<field::FieldKey> {
    let days = terms.day(&field::START).zip(terms.day(&field::END));
    if days.is_some_and(|(start, end)| end < start) { vec![field::START, field::END] } else { vec![field::PAY_BASE, field::HOURS_PER_WEEK] }
}

/// Pay of a level that is published and not negotiated, and yet changes.
pub(super) fn fixed_pay(offered: &Terms, terms: &Terms, ground: Ground<'_>) -> Option<Finding> {
    let (before, pay) = (offered.pay()?.base, terms.pay()?.base);
    let fixed = band_of(terms, ground.rows).is_some_and(|band| band.negotiation == NegotiationPolicy::Fixed);
    let fact = Fact::FixedPay { offered: before, pay };
    (fixed && before != pay).then_some(Finding { strength: Strength::Approval, field: field::PAY_BASE, fact })
}

/// The band that terms fall under, also before an amount is typed.
pub(crate) fn band_of(terms: &Terms, rows: &dyn Rows) -> Option<BandFigures> {
    rows.band(terms.text(&field::DEPARTMENT)?, terms.text(&field::LEVEL)?, terms.text(&field::STATE)?, terms.pay_basis()?)
}

fn against_band(pay: Pay, band: BandFigures) -> Option<Fact> {
    if pay.base > band.max {
        let over = pay.base.checked_sub(band.max).and_then(|above| above.share_of(band.max)).unwrap_or_default();
        Some(Fact::AboveBand { pay: pay.base, max: band.max, over })
    } else if pay.base < band.min {
        Some(Fact::BelowBand { pay: pay.base, min: band.min })
    } else {
        None
    }
}

fn bill_side(terms: &Terms, ground: Ground<'_>) -> Vec<(field::FieldKey, Strength, Fact)> {
    let mut found = Vec::new();
    let Some(bill) = terms.bill() else { return found };
    let sheet = terms.client().and_then(|code| ground.rows.sheet(&code));
    if let Some((cap, from)) = cap_of(terms, sheet)
        && let Some((field, fact)) = over_cap(terms, cap, from)
    {
        found.push((field, Strength::Approval, fact));
    }
    match (bill.markup(), sheet.and_then(|sheet| sheet.markup_floor)) {
        (Some(markup), Some(floor)) if markup < floor => {
            found.push((field::BILL_RATE, Strength::Approval, Fact::BelowMarkupFloor { markup, floor }));
        }
        (None, _) => {
            let needs = vec![field::BILL_RATE, field::PAY_BASE];
            found.push((field::BILL_RATE, Strength::Approval, Fact::CannotCheck { needs }));
        }
        _ => {}
    }
    if let Some(margin) = bill.margin().filter(|margin| *margin <= Money::default()) {
        found.push((field::BILL_RATE, Strength::Approval, Fact::NoMargin { margin }));
    }
    found
}

/// The cap that stands, by what it stands on; at most one of them does.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Caps {
    pub(super) bill: Option<Money>,
    pub(super) pay: Option<Money>,
    pub(super) markup: Option<BasisPoints>,
}

/// The cap on an offer, from its requisition or else from the client's sheet.
pub(super) fn caps(terms: &Terms, ground: Ground<'_>) -> Caps {
    let sheet = terms.client().and_then(|code| ground.rows.sheet(&code));
    match cap_of(terms, sheet).map(|(cap, _)| cap) {
        Some(Cap::Bill(most)) => Caps { bill: Some(most), ..Caps::default() },
        Some(Cap::Pay(most)) => Caps { pay: Some(most), ..Caps::default() },
        Some(Cap::Markup(most)) => Caps { markup: Some(most), ..Caps::default() },
        None => Caps::default(),
    }
}

fn cap_of(terms: &Terms, sheet: Option<Sheet<'_>>) -> Option<(Cap, CapFrom)> {
    let own = own_cap(terms).map(|cap| (cap, CapFrom::Requisition));
    own.or_else(|| sheet.and_then(|sheet| sheet.cap).map(|cap| (cap, CapFrom::Sheet)))
}

/// The cap that stands on the offer itself, from its requisition.
fn own_cap(terms: &Terms) -> Option<Cap> {
    match CapOn::parse(terms.choice(&field::BILL_CAP_ON)?)? {
        CapOn::Bill => terms.money(&field::BILL_CAP).map(Cap::Bill),
        CapOn::Pay => terms.money(&field::BILL_CAP).map(Cap::Pay),
        CapOn::Markup => terms.percent(&field::BILL_CAP_MARKUP).map(Cap::Markup),
    }
}

fn over_cap(terms: &Terms, cap: Cap, from: CapFrom) -> Option<(field::FieldKey, Fact)> {
    let bill = terms.bill()?;
    let client = || terms.client();
    let over = |on, amount, most| Fact::OverCap {
        on,
        amount: Some(amount),
        most: Some(most),
        markup: None,
        markup_most: None,
        from,
        client: client(),
    };
    match cap {
        Cap::Bill(most) => (bill.rate > most).then(|| (field::BILL_RATE, over(CapOn::Bill, bill.rate, most))),
        Cap::Pay(most) => (bill.pay > most).then(|| (field::PAY_BASE, over(CapOn::Pay, bill.pay, most))),
        Cap::Markup(most) => bill.markup().filter(|markup| *markup > most).map(|markup| {
            let fact = Fact::OverCap {
                on: CapOn::Markup,
                amount: None,
                most: None,
                markup: Some(markup),
                markup_most: Some(most),
                from,
                client: client(),
            };
            (field::BILL_RATE, fact)
        }),
    }
}
