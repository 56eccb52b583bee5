//! Figures computed from terms, each for those who see what it comes from.

use app::desk::Computed;
use offer::{access::Sight, field, field::Side, playbook::Band, terms::Terms};

use super::world::Ground;

/// The figures of terms, as far as seen.
pub(super) fn computed(terms: &Terms, ground: &Ground, sight: &Sight) -> Computed {
    let (package, bill, margin) = (sight.shows(Side::Package), sight.shows(Side::Bill), sight.shows(Side::Margin));
    let pay = terms.pay().filter(|_| package);
    // the band is the firm's own measure: neither the candidate nor the client reads it
    let band = band_of(terms, ground).filter(|_| sight.reads_talk());
    let rates = terms.bill();
    Computed {
        annual_equivalent: pay.and_then(|pay| pay.annual_equivalent()),
        compa_ratio: band.zip(pay).and_then(|(band, pay)| band.compa_ratio(pay.base)),
        percent_of_range: band.zip(pay).and_then(|(band, pay)| band.percent_of_range(pay.base)),
        band: band.map(|band| (band.min, band.mid, band.max)),
        markup: rates.filter(|_| bill && package).and_then(|rates| rates.markup()),
        margin: rates.filter(|_| margin).and_then(|rates| rates.margin()),
        margin_share: rates.filter(|_| margin).and_then(|rates| rates.margin_share()),
        placement_fee: terms.placement_fee().filter(|_| bill && terms.engagement() == Some(offer::engagement::Engagement::DirectHire)),
        committed: terms.committed().filter(|_| sight.reads_talk()),
        budget: ground.facts.requisition.budget.filter(|_| sight.reads_talk()).map(|budget| (budget, ground.facts.committed)),
    }
}

fn band_of<'a>(terms: &Terms, ground: &'a Ground) -> Option<&'a Band> {
    let text = |key| terms.text(key);
    ground.current.playbook.band(text(&field::DEPARTMENT)?, text(&field::LEVEL)?, text(&field::STATE)?, terms.pay()?.basis)
}
