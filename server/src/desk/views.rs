//! Saved views: what a person asks the board again, by name.

use app::desk::{BoardAsk, SavedView, Viewer};
use offer::{
    field::{FieldKey, Gate},
    intake::{Fault, Problem},
};

use super::{DeskFault, HouseDesk, folded};
use crate::store::{Change, SavedViewRow};

/// Views that a person may keep.
const VIEWS_MAX: usize = 30;
/// The longest name, in characters.
const NAME_CHARACTERS_MAX: usize = 60;
/// The longest question that is kept, in bytes.
const ASKS_BYTES_MAX: usize = 2_000;

impl HouseDesk {
    pub(super) async fn saved_views(&self, viewer: &Viewer) -> Result<Vec<SavedView>, DeskFault> {
        let Viewer::Staff { member, .. } = viewer else { return Err(DeskFault::SignIn) };
        let rows = self.store.saved_views(self.firm(), member.id.as_str()).await?;
        rows.into_iter().map(|row| Ok(SavedView { name: row.name, ask: read(&row.asks)? })).collect()
    }

    /// Keeps a view; under a name that is in use it takes the other's place.
    pub(super) async fn save_view(&self, viewer: &Viewer, name: &str, ask: &BoardAsk) -> Result<(), DeskFault> {
        let Viewer::Staff { member, .. } = viewer else { return Err(DeskFault::SignIn) };
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let problem = |fault| DeskFault::Problems(vec![Problem { field: FieldKey::named("name"), fault }]);
        if name.is_empty() {
            return Err(problem(Fault::Missing { gate: Gate::Never }));
        }
        if name.chars().any(char::is_control) {
            return Err(problem(Fault::ForbiddenCharacter));
        }
        if name.chars().count() > NAME_CHARACTERS_MAX {
            return Err(problem(Fault::TooLong { characters_max: i64::try_from(NAME_CHARACTERS_MAX).unwrap_or(i64::MAX) }));
        }
        let name_folded = folded(&name);
        let known = self.store.saved_views(self.firm(), member.id.as_str()).await?;
        let is_new = known.iter().all(|row| row.name_folded != name_folded);
        let asks = serde_json::to_string(&ask.from_the_start().pairs())?;
        if (is_new && known.len() >= VIEWS_MAX) || asks.len() > ASKS_BYTES_MAX {
            return Err(problem(Fault::TooMany { max: i64::try_from(VIEWS_MAX).unwrap_or(i64::MAX) }));
        }
        let row = SavedViewRow { person: member.id.to_string(), name_folded, name, asks, at: self.now().micros() };
        Ok(self.store.change(self.firm(), vec![Change::SavedView(row)]).await?)
    }

    pub(super) async fn remove_view(&self, viewer: &Viewer, name: &str) -> Result<(), DeskFault> {
        let Viewer::Staff { member, .. } = viewer else { return Err(DeskFault::SignIn) };
        let change = Change::SavedViewRemove { person: member.id.to_string(), name_folded: folded(name) };
        Ok(self.store.change(self.firm(), vec![change]).await?)
    }
}

fn read(asks: &str) -> Result<BoardAsk, DeskFault> {
    let pairs: Vec<(String, String)> = serde_json::from_str(asks)?;
    Ok(BoardAsk::read(|name| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())))
}
