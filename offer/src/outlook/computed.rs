//! Figures computed from terms, each for those who see what it comes from.

use crate::access::Sight;
use crate::check::{BandFigures, BandPlace, Opening, Rows, band_of};
use crate::engagement::{Engagement, PayBasis};
use crate::field::Side;
use crate::money::{BasisPoints, Money};
use crate::terms::Terms;
use serde::{Deserialize, Serialize};

/// Figures computed from terms. Nothing where the viewer may not see what they come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Computed {
    /// Base pay, and what it is for.
    pub pay: Option<(Money, PayBasis)>,
    /// What a year of the pay comes to.
    pub annual_equivalent: Option<Money>,
    /// The band.
    pub band: Option<BandFigures>,
    /// Pay over the middle of the band.
    pub compa_ratio: Option<BasisPoints>,
    /// Where pay stands between lowest and highest of the band.
    pub percent_of_range: Option<BasisPoints>,
    /// In which third of the band pay stands, or on which side it is outside.
    pub place: Option<BandPlace>,
    /// Markup of bill over pay.
    pub markup: Option<BasisPoints>,
    /// What remains of an hour billed.
    pub margin: Option<Money>,
    /// The same as a share of the bill rate.
    pub margin_share: Option<BasisPoints>,
    /// The firm's fee for a direct hire.
    pub placement_fee: Option<Money>,
    /// What this offer commits of the budget.
    pub committed: Option<Money>,
    /// The budget of the opening, and what its other live offers commit.
    pub budget: Option<(Money, Money)>,
    /// What the budget leaves once this offer and the other live ones are paid; less than nothing when it does not.
    pub budget_left: Option<Money>,
}

/// The figures of terms, as far as seen.
pub fn computed(terms: &Terms, rows: &dyn Rows, opening: Opening, sight: &Sight) -> Computed {
    let (package, bill, margin) = (sight.shows(Side::Package), sight.shows(Side::Bill), sight.shows(Side::Margin));
    let pay = terms.pay().filter(|_| package);
    // the band is the firm's own measure: neither the candidate nor the client reads it
    let talk = sight.reads_talk();
    let band = band_of(terms, rows).filter(|_| talk);
    let rates = terms.bill().filter(|_| bill && package);
    let with_margin = rates.filter(|_| margin);
    let fee = || terms.placement_fee().filter(|_| bill && package && terms.engagement() == Some(Engagement::DirectHire));
    // what the other offers of the opening pay is the firm's own
    let counted = talk && sight.shows(Side::Internal);
    let committed = terms.committed().filter(|_| counted);
    let budget = opening.budget.filter(|_| counted).map(|budget| (budget, opening.committed));
    Computed {
        pay: pay.map(|pay| (pay.base, pay.basis)),
        annual_equivalent: pay.and_then(|pay| pay.annual_equivalent()),
        compa_ratio: band.zip(pay).and_then(|(band, pay)| band.compa_ratio(pay.base)),
        percent_of_range: band.zip(pay).and_then(|(band, pay)| band.percent_of_range(pay.base)),
        place: band.zip(pay).map(|(band, pay)| band.place(pay.base)),
        band,
        markup: rates.and_then(|rates| rates.markup()),
        margin: with_margin.and_then(|rates| rates.margin()),
        margin_share: with_margin.and_then(|rates| rates.margin_share()),
        placement_fee: fee(),
        budget_left: budget.zip(committed).and_then(|((budget, others), this)| budget.checked_sub(others)?.checked_sub(this)),
        committed,
        budget,
    }
}
