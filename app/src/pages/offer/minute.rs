//! The approver's minute: the figures, where pay stands in its band and among its peers.

use leptos::prelude::*;
use offer::field::{self as fields, FieldKey};

use super::part;
use super::shown::Shown;
use crate::desk::Peers;
use crate::pages::standing::computed_rows;
use crate::parts::{BandMeter, TermRow, TermsGroup, TermsTable};
use crate::words::en::{approver as words, money};

/// The terms that a decision turns on, in this order, as far as they are seen.
static TURNS_ON: [FieldKey; 8] = [
    fields::PAY_BASE,
    fields::SIGN_ON,
    fields::BONUS_TARGET,
    fields::BILL_RATE,
    fields::FEE,
    fields::START,
    fields::END,
    fields::HOURS_PER_WEEK,
];

/// What somebody on whom a step waits reads first.
pub fn reading(shown: &Shown) -> Option<AnyView> {
    let minute = shown.page.minute.as_ref()?;
    let inner = [figures(shown), band(shown), minute.peers.map(peers)];
    part("minute", words::MINUTE, inner.into_iter().flatten().collect())
}

/// The terms that the decision turns on and what they come to, on the sides that the viewer sees.
fn figures(shown: &Shown) -> Option<AnyView> {
    let page = &shown.page;
    let terms = page.terms.as_ref()?;
    let specs = TURNS_ON.iter().filter_map(|key| page.table.get(key));
    let rows: Vec<TermRow> =
        specs.filter_map(|spec| shown.names().row(spec, terms, &page.table)).chain(computed_rows(&page.computed)).collect();
    let groups = vec![TermsGroup { title: None, rows }];
    Some(view! { <div class="stack" data-gap="tight"><h3>{words::FIGURES}</h3><TermsTable groups=groups/></div> }.into_any())
}

fn band(shown: &Shown) -> Option<AnyView> {
    let computed = &shown.page.computed;
    let (band, pay) = (computed.band?, computed.pay?);
    let (place, of_middle) = (computed.place?, computed.compa_ratio?);
    Some(view! { <BandMeter band=band pay=pay place=place of_middle=of_middle/> }.into_any())
}

/// Where pay stands among that of comparable offers.
pub fn peers(peers: Peers) -> AnyView {
    let amounts = [peers.low, peers.middle, peers.high].map(money::amount);
    let [low, middle, high] = &amounts;
    let said = words::peers(peers.count, [low, middle, high], peers.basis);
    view! { <div class="stack" data-gap="tight"><h3>{words::PEERS}</h3><p>{said}</p><p class="section-lead">{words::PEERS_WHO}</p></div> }
        .into_any()
}
