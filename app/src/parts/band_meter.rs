//! Where pay stands in its band.

use leptos::prelude::*;
use offer::check::{BandFigures, BandPlace};
use offer::engagement::PayBasis;
use offer::money::{BasisPoints, Money};

use crate::words::en::{intake as words, money};

/// The width of the drawing, in its own units; a quarter of the band's range is drawn on each side of it.
const WIDTH: i64 = 300;
/// Where the band begins and ends in the drawing.
const BAND: (i64, i64) = (50, 250);
/// How near to the edge the mark comes.
const EDGE: i64 = 8;

/// Where pay stands in its band: a scale for the eye, and one sentence that says the same. A screen reader hears the sentence once.
#[component]
pub fn BandMeter(
    /// The band.
    band: BandFigures,
    /// The pay, and what it is for.
    pay: (Money, PayBasis),
    /// Where it stands.
    place: BandPlace,
    /// Pay over the middle of the band.
    of_middle: BasisPoints,
) -> impl IntoView {
    let said = words::pay_in_band(pay.0, pay.1, of_middle, place, band.min, band.max);
    let heard = said.clone();
    let (mark, middle) = (at(pay.0, band), at(band.mid, band));
    let (from, to) = BAND;
    let thirds = [from + (to - from) / 3, from + (to - from) * 2 / 3];
    view! {
        <div
            class="band"
            role="meter"
            data-place=words::band_place_code(place)
            aria-label=words::PAY_IN_BAND
            aria-valuemin=band.min.to_string()
            aria-valuemax=band.max.to_string()
            aria-valuenow=pay.0.max(band.min).min(band.max).to_string()
            aria-valuetext=heard
        >
            <svg class="band-scale" viewBox="0 0 300 52" aria-hidden="true" focusable="false">
                <line class="band-line" x1="0" y1="22" x2=WIDTH.to_string() y2="22"></line>
                <rect class="band-range" x=from.to_string() y="14" width=(to - from).to_string() height="16"></rect>
                {thirds.map(|x| view! { <line class="band-third" x1=x.to_string() y1="14" x2=x.to_string() y2="30"></line> }).to_vec()}
                <line class="band-middle" x1=middle.to_string() y1="10" x2=middle.to_string() y2="34"></line>
                <path class="band-mark" d=format!("M{mark} 30 l-7 -11 7 -11 7 11z")></path>
                <text class="band-end" x=from.to_string() y="48" text-anchor="middle">{money::amount(band.min)}</text>
                <text class="band-end" x=to.to_string() y="48" text-anchor="middle">{money::amount(band.max)}</text>
            </svg>
            <p class="band-said">{said}</p>
        </div>
    }
}

/// Where an amount stands in the drawing.
fn at(amount: Money, band: BandFigures) -> i64 {
    let (from, to) = BAND;
    let range = (band.max.minor - band.min.minor).max(1);
    let place = i128::from(amount.minor - band.min.minor) * i128::from(to - from) / i128::from(range) + i128::from(from);
    i64::try_from(place).unwrap_or(WIDTH).clamp(EDGE, WIDTH - EDGE)
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use offer::moment::Day;
    use offer::playbook::NegotiationPolicy;

    fn band() -> BandFigures {
        let cents = Money::cents;
        BandFigures {
            min: cents(5_400),
            mid: cents(6_000),
            max: cents(6_800),
            benchmarked_on: Day::default(),
            negotiation: NegotiationPolicy::Negotiable,
        }
    }

    #[test]
    fn a_screen_reader_hears_the_sentence_that_the_eye_reads() {
        let pay = (Money::cents(6_200), PayBasis::Hourly);
        let html = Owner::new().with(|| {
            let place = band().place(pay.0);
            view! { <BandMeter band=band() pay=pay place=place of_middle=BasisPoints(10_333)/> }.to_html()
        });
        let said = "$62.00 an hour: 103% of the middle of the band, in its middle third ($54.00 to $68.00).";
        assert!(html.contains(&format!("aria-valuetext=\"{said}\"")) && html.contains(&format!(">{said}<")), "{html}");
    }

    #[test]
    fn pay_far_outside_stays_in_the_drawing() {
        assert_eq!(at(Money::cents(1), band()), EDGE);
        assert_eq!(at(Money::cents(1_000_000_000), band()), WIDTH - EDGE);
        assert_eq!((at(band().min, band()), at(band().max, band())), BAND);
    }
}
