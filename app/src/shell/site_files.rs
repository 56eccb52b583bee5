//! Where the built files of the site lie.

use std::{collections::BTreeMap, sync::Arc};

/// From the name of a built file (`portal.css`) to its address, which has the hash of its content in it. The server
/// gives it by context; a file that was not built has no address, and the page goes without it.
#[derive(Clone, Debug, Default)]
pub struct SiteFiles(Arc<BTreeMap<String, String>>);

impl SiteFiles {
    /// The files by name, with their addresses.
    pub fn new<N: Into<String>, A: Into<String>>(files: impl IntoIterator<Item = (N, A)>) -> Self {
        Self(Arc::new(files.into_iter().map(|(name, address)| (name.into(), address.into())).collect()))
    }

    /// The address of a file by its name.
    pub fn address(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }
}
