//! What comparable offers pay, for whoever decides: read from piles of the board, each in the order of its pay, so that no offer is opened.
//!
//! Peers have the same engagement, level (or title, where there is no level), state and pay basis, and were approved at their pay. Fewer than
//! five say nothing, for then a figure would be somebody's pay.

use std::collections::BTreeMap;

use app::desk::Peers;
use offer::{
    access::{Action, Member, Scope, sides_of},
    engagement::{Engagement, PayBasis},
    field::{self, Side},
    lifecycle::{Offer, Status},
    money::Money,
    terms::Terms,
};

use super::{DeskFault, HouseDesk, piles};
use crate::store::{Lying, Pile};

/// How few peers say nothing.
const PEERS_MIN: usize = 5;
/// Rows of one pile that are read. No level of a state has more approved offers; of one that had, the dearest would be left out.
const ROWS_MAX: i64 = 5_000;
/// The states in which the pay of an offer was approved, and it came to something.
const APPROVED: [Status; 5] = [Status::Approved, Status::Sent, Status::Accepted, Status::HandedOff, Status::Started];

/// The pool of comparable offers; nothing while too little is known.
fn pool(terms: &Terms) -> Option<(String, Money, PayBasis, Engagement)> {
    let (pay, engagement) = (terms.pay()?, terms.engagement()?);
    let state = terms.text(&field::STATE)?;
    let job = terms.text(&field::LEVEL).or_else(|| terms.text(&field::JOB_TITLE))?;
    let job = super::folded(job);
    Some((format!("peers:{}:{}:{state}:{job}", engagement.code(), pay.basis.code()), pay.base, pay.basis, engagement))
}

fn pile(pool: &str, status: Status) -> String {
    format!("{pool}/{}", status.code())
}

/// Where an offer lies among its peers, in each of its scopes.
pub(super) fn lies(offer: &Offer, scopes: &[String]) -> Vec<Lying> {
    let approved = offer.terms.as_ref().filter(|_| APPROVED.contains(&offer.status));
    let Some((pool, pay, ..)) = approved.and_then(pool) else { return Vec::new() };
    scopes.iter().map(|scope| piles::lying(scope, &pile(&pool, offer.status), pay.minor)).collect()
}

impl HouseDesk {
    /// What the peers of an offer pay, among those whose package the member sees.
    pub(super) async fn peers(&self, offer: &Offer, member: &Member) -> Result<Option<Peers>, DeskFault> {
        let Some((pool, _, basis, engagement)) = offer.terms.as_ref().and_then(pool) else { return Ok(None) };
        let reader = sees_packages_of(member, engagement);
        let reach = reader.scopes_seen().into_iter().map(|(key, states)| piles::Reach { scope: key.0, states });
        let named = APPROVED.map(|status| (pile(&pool, status), status));
        let piles: Vec<Pile> = piles::within(&reach.collect::<Vec<_>>(), &named);
        let mut ranks = self.store.ranks(self.firm(), &piles, ROWS_MAX).await?;
        ranks.remove(offer.id.as_str());
        Ok(quartiles(ranks, basis))
    }
}

/// The member with the roles alone that see the package of such offers.
fn sees_packages_of(member: &Member, engagement: Engagement) -> Member {
    let sees = |sheet: &&offer::access::RoleSheet| sides_of(sheet, Some(engagement)).contains(&Side::Package);
    let roles: Vec<_> = member.sheets.iter().filter(sees).map(|sheet| sheet.key.clone()).collect();
    let mut reader = member.clone();
    reader.grants.retain(|grant| roles.contains(&grant.role) && grant.actions.contains(&Action::See) && grant.scope != Scope::Received);
    reader
}

fn quartiles(ranks: BTreeMap<String, i64>, basis: PayBasis) -> Option<Peers> {
    let mut pays: Vec<i64> = ranks.into_values().collect();
    pays.sort_unstable();
    let count = pays.len();
    // the lowest pay that so many quarters do not exceed
    let quarter = |quarters: usize| pays.get((count * quarters).div_ceil(4).saturating_sub(1)).copied().map(Money::cents);
    let (low, middle, high) = (quarter(1)?, quarter(2)?, quarter(3)?);
    (count >= PEERS_MIN).then(|| Peers { count: u32::try_from(count).unwrap_or(u32::MAX), low, middle, high, basis })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pays: &[i64]) -> Option<Peers> {
        quartiles(pays.iter().enumerate().map(|(place, pay)| (place.to_string(), *pay)).collect(), PayBasis::Hourly)
    }

    #[test]
    fn four_peers_say_nothing_and_five_say_where_their_quarters_end() {
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[6_000, 6_100, 6_200, 6_300]), None);
        let Peers { count, low, middle, high, .. } = of(&[6_400, 6_000, 6_300, 6_100, 6_200]).unwrap();
        assert_eq!((count, low, middle, high), (5, Money::cents(6_100), Money::cents(6_200), Money::cents(6_300)));
    }
}
