//! The rows that checks look at: whole on the server, and in a browser as far as the viewer may see them.

use crate::engagement::PayBasis;
use crate::id::{ClauseKey, ClientCode};
use crate::moment::Day;
use crate::money::{BasisPoints, Money};
use crate::playbook::{Band, Cap, Client, NegotiationPolicy, Playbook};
use serde::{Deserialize, Serialize};
use std::fmt::Debug;

/// Where checks look up bands, sheets and clauses.
pub trait Rows: Debug {
    /// The pay band for a department, level, state and pay basis.
    fn band(&self, department: &str, level: &str, state: &str, basis: PayBasis) -> Option<BandFigures>;

    /// The rules of a client's sheet; nothing for a client that nobody knows.
    fn sheet(&self, client: &ClientCode) -> Option<Sheet<'_>>;

    /// What a check needs of a clause; nothing for a clause that nobody knows.
    fn clause(&self, clause: &ClauseKey) -> Option<ClauseRow<'_>>;
}

impl Rows for Playbook {
    fn band(&self, department: &str, level: &str, state: &str, basis: PayBasis) -> Option<BandFigures> {
        Self::band(self, department, level, state, basis).map(Band::figures)
    }

    fn sheet(&self, client: &ClientCode) -> Option<Sheet<'_>> {
        self.client(client).map(Client::sheet)
    }

    fn clause(&self, clause: &ClauseKey) -> Option<ClauseRow<'_>> {
        Self::clause(self, clause).map(|clause| ClauseRow { title: &clause.title, standard: clause.standard })
    }
}

/// The figures of a pay band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BandFigures {
    /// Lowest pay.
    pub min: Money,
    /// Middle; compa-ratio is pay over this.
    pub mid: Money,
    /// Highest pay.
    pub max: Money,
    /// When it was last compared with the market.
    pub benchmarked_on: Day,
    /// Whether there is anything to negotiate.
    pub negotiation: NegotiationPolicy,
}

/// Where pay stands in a band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BandPlace {
    /// Under its lowest pay.
    Below,
    /// In the lower third of its range.
    LowerThird,
    /// In the middle third.
    MiddleThird,
    /// In the upper third.
    UpperThird,
    /// Over its highest pay.
    Above,
}

impl BandFigures {
    /// Pay over the middle of the band.
    pub fn compa_ratio(&self, pay: Money) -> Option<BasisPoints> {
        pay.share_of(self.mid)
    }

    /// Where pay stands between lowest (0) and highest (10,000); below and above lie outside.
    pub fn percent_of_range(&self, pay: Money) -> Option<BasisPoints> {
        pay.checked_sub(self.min)?.share_of(self.max.checked_sub(self.min)?)
    }

    /// The third of the range in which pay stands, or on which side it is outside.
    pub fn place(&self, pay: Money) -> BandPlace {
        if pay < self.min {
            return BandPlace::Below;
        }
        if pay > self.max {
            return BandPlace::Above;
        }
        let (above, range) = (pay.minor - self.min.minor, self.max.minor - self.min.minor);
        if above.saturating_mul(3) < range {
            BandPlace::LowerThird
        } else if above.saturating_mul(3) > range.saturating_mul(2) {
            BandPlace::UpperThird
        } else {
            BandPlace::MiddleThird
        }
    }
}

/// What a client's sheet asks of an offer; nothing where there is no rule, or none that is seen.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The lowest markup the firm works for.
    pub markup_floor: Option<BasisPoints>,
    /// The client's cap where the offer has none of its own.
    pub cap: Option<Cap>,
    /// Clauses every letter must hold.
    pub clauses: &'a [ClauseKey],
    /// Attachments every packet must hold.
    pub attachments: &'a [String],
    /// Whether an offer needs a purchase order.
    pub purchase_order: bool,
    /// When the sheet must be looked at again.
    pub review_on: Option<Day>,
}

/// What a check needs of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClauseRow<'a> {
    /// Its title.
    pub title: &'a str,
    /// Whether it is one of the firm's standard.
    pub standard: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pay_stands_in_a_third_of_its_band_or_outside() {
        let cents = Money::cents;
        let band = BandFigures {
            min: cents(5_400),
            mid: cents(6_000),
            max: cents(6_900),
            benchmarked_on: Day::MIN,
            negotiation: NegotiationPolicy::Negotiable,
        };
        let places = [
            (5_399, BandPlace::Below),
            (5_400, BandPlace::LowerThird),
            (5_899, BandPlace::LowerThird),
            (5_900, BandPlace::MiddleThird),
            (6_400, BandPlace::MiddleThird),
            (6_401, BandPlace::UpperThird),
            (6_900, BandPlace::UpperThird),
            (6_901, BandPlace::Above),
        ];
        for (pay, place) in places {
            assert_eq!(band.place(cents(pay)), place, "{pay}");
        }
    }

    #[test]
    fn a_band_of_one_amount_has_one_place() {
        let pay = Money::cents(6_000);
        let band = BandFigures { min: pay, mid: pay, max: pay, benchmarked_on: Day::MIN, negotiation: NegotiationPolicy::Negotiable };
        assert_eq!(band.place(pay), BandPlace::MiddleThird);
    }
}
