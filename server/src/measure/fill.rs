//! Many offers, through the port of the pages: half of them drafts, the rest in review, one in ten approved.

use std::sync::Arc;

use offer::id::OfferId;
use serde_json::{Value, json};
use tokio::sync::watch;

use super::{
    firm::{ABOVE_BAND, Firm, Plan},
    said,
};
use crate::{
    cli::{CommandFault, DemoArgs},
    demo,
    desk::Port,
};

/// Who works at the same time, so that commits are shared.
const HANDS: usize = 32;

/// Fills the demo.
pub(super) async fn fill(args: DemoArgs, offers: usize) -> Result<Value, CommandFault> {
    let installation = demo::without_offers(&args).await?;
    // as where it is served: while too many looks wait to be noted, nothing more is shown
    let (serving, stopped) = watch::channel(false);
    let noting = tokio::spawn(installation.house.clone().keep_notes_written(stopped));
    let firm = Arc::new(Firm::of(Port { house: installation.house.clone(), identity: Arc::clone(&installation.identity) }).await?);
    let (opening, recruiter) = firm.opening().await?;
    let sample = firm.drafted(&opening, &recruiter, offers).await?;
    firm.submitted(&sample, &recruiter, &ABOVE_BAND).await?;
    let plan: Arc<Plan> = Arc::new(firm.plan(&sample).await?);
    let mut working = tokio::task::JoinSet::new();
    let seats = u32::try_from(offers).map_err(said)?;
    for (hand, opening) in firm.openings_apart(HANDS, seats).await?.into_iter().enumerate() {
        let (firm, plan, recruiter) = (Arc::clone(&firm), Arc::clone(&plan), recruiter.clone());
        working.spawn(async move {
            for number in (hand..offers).step_by(HANDS) {
                let offer: OfferId = firm.drafted(&opening, &recruiter, number).await?;
                if number % 2 == 0 {
                    firm.submitted(&offer, &recruiter, &ABOVE_BAND).await?;
                }
                if number % 10 == 0 {
                    for next in plan.iter() {
                        firm.approved(&offer, next).await?;
                    }
                }
            }
            Ok::<_, CommandFault>(())
        });
    }
    while let Some(worked) = working.join_next().await {
        worked.map_err(said)??;
    }
    drop(serving);
    noting.await.map_err(said)?;
    Ok(json!({ "offers": offers }))
}
