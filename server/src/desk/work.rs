//! My work: what waits on the viewer, and what of theirs waits on others.

use app::desk::{BoardAsk, MyWork, Narrow, OfferLine, Viewer};
use offer::access::Member;

use super::{DeskFault, HouseDesk, asking::Plan, board::count, piles};

/// Offers that are listed as waiting on the viewer.
const YOURS_MAX: usize = 40;
/// Offers that are listed as waiting on others.
const OTHERS_MAX: usize = 10;

impl HouseDesk {
    pub(super) async fn my_work(&self, viewer: &Viewer) -> Result<MyWork, DeskFault> {
        let Viewer::Staff { member, .. } = viewer else { return Err(DeskFault::SignIn) };
        let now = self.now();
        let cursor = now.micros().to_string();
        let (yours, more) = self.on_me(member).await?;
        let mine = BoardAsk { narrow: Narrow { mine: true, ..Narrow::default() }, ..BoardAsk::default() };
        let plan = Plan::of_board(member, &mine, now);
        // those that wait on the viewer stand above already
        let found = self.sought(&plan, member, None, OTHERS_MAX + yours.len()).await?;
        let own = self.how_many(&plan, found.rows.len(), found.next.is_some()).await?;
        let mut others = self.lines(found.rows, member).await?;
        others.retain(|line| yours.iter().all(|yours| yours.id != line.id));
        others.truncate(OTHERS_MAX);
        Ok(MyWork { yours, more, others, own, now, cursor })
    }

    /// What waits on somebody, and whether there is more: *My work* lists it, and the first page of a demo counts it.
    pub(super) async fn on_me(&self, member: &Member) -> Result<(Vec<OfferLine>, bool), DeskFault> {
        let on_me = BoardAsk { narrow: Narrow { on_me: true, ..Narrow::default() }, ..BoardAsk::default() };
        let found = self.sought(&Plan::of_board(member, &on_me, self.now()), member, None, YOURS_MAX).await?;
        let more = found.next.is_some();
        Ok((self.lines(found.rows, member).await?, more))
    }

    async fn how_many(&self, plan: &Plan, found: usize, more: bool) -> Result<app::desk::Count, DeskFault> {
        if !plan.is_exact || !more {
            return Ok(count(found, more));
        }
        let piles = piles::within(&plan.reach, &piles::every(&plan.statuses));
        let found = self.store.piled_up(self.firm(), &piles, i64::MAX, 200).await?;
        Ok(count(usize::try_from(found).unwrap_or(0), false))
    }
}
