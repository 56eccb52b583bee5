//! Rules between fields.

use super::{Fault, Problem};
use crate::engagement::PayBasis;
use crate::field::{self, FieldKey};
use crate::terms::Terms;

/// Fields that make no sense alone: the first asks for the second.
pub(crate) const PAIRS: &[(FieldKey, FieldKey)] = &[
    (field::BONUS_TARGET, field::BONUS_KIND),
    (field::BONUS_KIND, field::BONUS_CONDITION),
    (field::SIGN_ON, field::SIGN_ON_REPAYMENT),
    (field::SIGN_ON, field::SIGN_ON_PAY_DATE),
    (field::EQUITY_KIND, field::EQUITY_UNITS),
    (field::EQUITY_UNITS, field::EQUITY_VESTING),
    (field::PER_DIEM, field::PER_DIEM_TAXED),
    (field::RANGE_SHOWN, field::RANGE_SHOWN_ON),
];

pub(super) fn problems(terms: &Terms) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut before = |earlier: &FieldKey, later: &FieldKey| {
        if let (Some(first), Some(second)) = (terms.day(earlier), terms.day(later))
            && second < first
        {
            problems.push(Problem { field: later.clone(), fault: Fault::Before { other: earlier.clone() } });
        }
    };
    before(&field::START, &field::END);
    before(&field::START, &field::CONVERSION_DATE);
    for (filled, needed) in PAIRS {
        if terms.get(filled).is_some() && terms.get(needed).is_none() {
            problems.push(Problem { field: needed.clone(), fault: Fault::NeededWith { other: filled.clone() } });
        }
    }
    // a bill rate is by the hour, so billed pay is too
    if terms.engagement().is_some_and(crate::engagement::Engagement::is_billed)
        && terms.choice(&field::PAY_BASIS) == Some(PayBasis::Salary.code())
    {
        problems.push(Problem { field: field::PAY_BASIS, fault: Fault::DoesNotGoWith { other: field::ENGAGEMENT } });
    }
    problems
}
