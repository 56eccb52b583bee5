//! Keys of persons and of the firm, as rows of the store.

use std::sync::Arc;

use super::{DeskFault, HouseDesk};
use crate::{
    store::Change,
    vault::{DataKey, KeyOwner, backup::WrappedKey},
};

/// The row of the firm's own key, beside those of people; no person has such an id.
const FIRM_KEY: &str = "firm";

impl HouseDesk {
    /// The key of a person; nothing when it was destroyed, or never made.
    pub(crate) async fn person_key(&self, person: &str) -> Result<Option<DataKey>, DeskFault> {
        let Some(wrapped) = self.store.person_key(self.firm(), person).await?.and_then(|row| row.wrapped) else { return Ok(None) };
        Ok(Some(self.vault.unwrap(&KeyOwner::Person { firm: self.firm(), person }, &wrapped)?))
    }

    /// A key for a new person, and the row to write with their first event.
    pub(crate) fn new_person_key(&self, person: &str) -> Result<(DataKey, Change), DeskFault> {
        let key = DataKey::new()?;
        let wrapped = self.vault.wrap(&KeyOwner::Person { firm: self.firm(), person }, &key)?;
        Ok((key, Change::PersonKeyPut { person: person.to_owned(), wrapped }))
    }

    /// The key of the firm, for rows that are deleted as rows: mails that wait, kept forms. Made at its first use.
    pub(crate) async fn firm_key(&self) -> Result<Arc<DataKey>, DeskFault> {
        self.firm_key.get_or_try_init(|| self.find_or_make_firm_key()).await.cloned()
    }

    async fn find_or_make_firm_key(&self) -> Result<Arc<DataKey>, DeskFault> {
        let owner = KeyOwner::Firm { firm: self.firm() };
        if self.store.person_key(self.firm(), FIRM_KEY).await?.is_none() {
            let wrapped = self.vault.wrap(&owner, &DataKey::new()?)?;
            match self.store.change(self.firm(), vec![Change::PersonKeyPut { person: FIRM_KEY.to_owned(), wrapped }]).await {
                // of two servers that start at once one makes the key and both read it
                Ok(()) | Err(crate::store::AppendError::Moved) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let row = self.store.person_key(self.firm(), FIRM_KEY).await?;
        let wrapped = row.and_then(|row| row.wrapped).ok_or(DeskFault::OutOfReach)?;
        Ok(Arc::new(self.vault.unwrap(&owner, &wrapped)?))
    }

    /// Every key of the firm and its people as it lies in the store, for `keys backup`.
    pub(crate) async fn wrapped_keys(&self) -> Result<Vec<WrappedKey>, DeskFault> {
        let rows = self.store.person_keys(self.firm()).await?;
        let wrapped = rows.iter().filter_map(|row| {
            let owner = match row.person.as_str() {
                FIRM_KEY => KeyOwner::Firm { firm: self.firm() },
                person => KeyOwner::Person { firm: self.firm(), person },
            };
            WrappedKey::new(&owner, row.wrapped.as_deref()?)
        });
        Ok(wrapped.collect())
    }

    /// Puts the keys of a backup into a store whose events were just restored.
    ///
    /// # Errors
    /// [`DeskFault::OutOfReach`].
    pub(crate) async fn take_wrapped_keys(&self, rows: &[WrappedKey]) -> Result<(), DeskFault> {
        let put = rows.iter().map(|row| {
            let person = match row.owner() {
                KeyOwner::Person { person, .. } => person.to_owned(),
                KeyOwner::Firm { .. } => FIRM_KEY.to_owned(),
            };
            Change::PersonKeyPut { person, wrapped: row.wrapped().to_vec() }
        });
        Ok(self.store.change(self.firm(), put.collect()).await?)
    }
}
