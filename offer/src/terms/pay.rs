//! The arithmetic of pay and bill: markup, margin, fee, commitment, equivalents. Computed, never typed.

use super::Terms;
use crate::engagement::PayBasis;
use crate::field;
use crate::moment::Day;
use crate::money::{BasisPoints, Hundredths, Money, divide_rounded};

/// Base pay with what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pay {
    /// An hour or a year.
    pub basis: PayBasis,
    /// Money for one of them.
    pub base: Money,
    /// Hours in a week; 40 where the offer does not say.
    pub hours_per_week: Hundredths,
}

impl Pay {
    /// What a year of this pay comes to: rate x hours x 52, or the salary itself.
    pub fn annual_equivalent(self) -> Option<Money> {
        match self.basis {
            PayBasis::Salary => Some(self.base),
            PayBasis::Hourly => {
                let cents = i128::from(self.base.minor) * i128::from(self.hours_per_week.0) * 52;
                divide_rounded(cents, 100).map(Money::cents)
            }
        }
    }

    /// What the pay commits of a budget before burden and overtime: rate x hours per week x days (both ends) / 7 for hours,
    /// the annual amount for a salary. Nothing for an assignment that ends before it starts.
    pub fn committed(self, start: Day, end: Option<Day>) -> Option<Money> {
        match (self.basis, end) {
            (PayBasis::Salary, _) => Some(self.base),
            (PayBasis::Hourly, None) => self.annual_equivalent(),
            (PayBasis::Hourly, Some(end)) => {
                let days = i128::from((end - start).num_days()) + 1;
                if days < 1 {
                    return None;
                }
                let cents = i128::from(self.base.minor) * i128::from(self.hours_per_week.0) * days;
                divide_rounded(cents, 700).map(Money::cents)
            }
        }
    }
}

/// The client's side of an assignment, per hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bill {
    /// What the client pays.
    pub rate: Money,
    /// What the person is paid.
    pub pay: Money,
    /// Payroll taxes and insurance on top of pay.
    pub burden: BasisPoints,
    /// What a managed-service provider keeps of the bill rate.
    pub msp_fee: BasisPoints,
}

impl Bill {
    /// (bill - pay) / pay.
    pub fn markup(self) -> Option<BasisPoints> {
        self.rate.checked_sub(self.pay)?.share_of(self.pay)
    }

    /// bill - pay x (1 + burden) - fee of the provider, rounded once at the cent.
    pub fn margin(self) -> Option<Money> {
        let whole = i128::from(BasisPoints::WHOLE);
        let parts = i128::from(self.rate.minor) * (whole - i128::from(self.msp_fee.0))
            - i128::from(self.pay.minor) * (whole + i128::from(self.burden.0));
        divide_rounded(parts, whole).map(Money::cents)
    }

    /// The margin as a share of the bill rate.
    pub fn margin_share(self) -> Option<BasisPoints> {
        self.margin()?.share_of(self.rate)
    }
}

impl Terms {
    /// What base pay is for.
    pub fn pay_basis(&self) -> Option<PayBasis> {
        PayBasis::parse(self.choice(&field::PAY_BASIS)?)
    }

    /// Base pay, once basis and amount are known.
    pub fn pay(&self) -> Option<Pay> {
        Some(Pay {
            basis: self.pay_basis()?,
            base: self.money(&field::PAY_BASE)?,
            hours_per_week: self.number(&field::HOURS_PER_WEEK).unwrap_or(Hundredths::whole(40)),
        })
    }

    /// The bill side of an hourly assignment.
    pub fn bill(&self) -> Option<Bill> {
        let pay = self.pay().filter(|pay| pay.basis == PayBasis::Hourly)?;
        Some(Bill {
            rate: self.money(&field::BILL_RATE)?,
            pay: pay.base,
            burden: self.percent(&field::BURDEN).unwrap_or_default(),
            msp_fee: self.percent(&field::MSP_FEE).unwrap_or_default(),
        })
    }

    /// What the offer commits of its requisition's budget.
    pub fn committed(&self) -> Option<Money> {
        self.pay()?.committed(self.day(&field::START)?, self.day(&field::END))
    }

    /// The firm's fee for a direct hire: flat, or a share of the annual pay.
    pub fn placement_fee(&self) -> Option<Money> {
        self.money(&field::FEE_FLAT).or_else(|| self.pay()?.annual_equivalent()?.scaled(self.percent(&field::FEE)?.0, BasisPoints::WHOLE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NURSE: Bill = Bill { rate: Money::cents(9_200), pay: Money::cents(6_250), burden: BasisPoints(2_400), msp_fee: BasisPoints(350) };

    #[test]
    fn markup_is_what_the_bill_adds_to_the_pay() {
        assert_eq!(NURSE.markup(), Some(BasisPoints(4_720)));
    }

    #[test]
    fn margin_is_what_remains_after_burden_and_the_providers_fee() {
        // 92.00 x 0.965 - 62.50 x 1.24 = 88.78 - 77.50
        assert_eq!(NURSE.margin(), Some(Money::cents(1_128)));
    }

    #[test]
    fn a_budget_is_committed_for_both_end_days() {
        let pay = Pay { basis: PayBasis::Hourly, base: Money::cents(6_000), hours_per_week: Hundredths::whole(36) };
        let (start, end) = (Day::from_ymd_opt(2027, 1, 11).unwrap(), Day::from_ymd_opt(2027, 4, 10).unwrap());
        // 90 days: 60 x 36 x 90 / 7
        assert_eq!(pay.committed(start, Some(end)), Some(Money::cents(2_777_143)));
        assert_eq!(pay.annual_equivalent(), Some(Money::cents(11_232_000)));
    }
}
