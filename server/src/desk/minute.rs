//! The approver's minute: what somebody on whom a step waits reads first.

use app::desk::Minute;
use offer::field::Side;

use super::{DeskFault, HouseDesk, looked::Looked};

impl HouseDesk {
    /// What leads the page of somebody on whom a step waits; nothing for anybody else.
    pub(super) async fn minute(&self, looked: &Looked) -> Result<Option<Minute>, DeskFault> {
        if looked.your_steps().is_empty() {
            return Ok(None);
        }
        let compares = looked.sight.reads_talk() && looked.sight.shows(Side::Package);
        let peers = if compares { self.peers(&looked.file.offer, &looked.member).await? } else { None };
        Ok(Some(Minute { peers }))
    }
}
