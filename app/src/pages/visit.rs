//! One visit of a page: who came, through which address, and what they brought back.

use leptos::prelude::{ArcMemo, GetUntracked, use_context};
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use offer::id::OfferId;

use super::{Times, form::Called};
use crate::api::Kept;
use crate::desk::{Browser, Notice, SharedDesk, Viewer};
use crate::viewer::{address, browser, desk, viewer};

/// One visit of a page.
#[derive(Clone)]
pub struct Visit {
    /// The desk that answers.
    pub desk: SharedDesk,
    /// Who looks.
    pub viewer: Viewer,
    /// Through which browser.
    pub browser: Browser,
    /// Path and query, as they came.
    pub address: String,
    /// A text nobody can guess, for the forms of the page.
    pub fresh: String,
    /// A form that came back with this visit.
    pub kept: Kept,
    /// What the boxes of that form are called.
    pub called: Called,
    params: ParamsMap,
    query: ParamsMap,
}

impl std::fmt::Debug for Visit {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Visit").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Visit {
    /// The visit of this request; nothing while the routes are being listed. Call it in a component, before anything is awaited.
    pub fn here() -> Option<Self> {
        let desk = desk()?;
        let fresh = desk.fresh();
        Some(Self {
            desk,
            viewer: viewer(),
            browser: browser(),
            address: address(),
            fresh,
            kept: Kept::default(),
            called: Called::default(),
            // `use_params_map` panics where no route matched, and the page that says so is such a place
            params: use_context::<ArcMemo<ParamsMap>>().map(|params| params.get_untracked()).unwrap_or_default(),
            query: use_query_map().get_untracked(),
        })
    }

    /// A visit put together by hand, for tests.
    #[cfg(test)]
    pub(super) fn of(desk: SharedDesk, viewer: Viewer, browser: Browser, params: ParamsMap, query: ParamsMap) -> Self {
        let fresh = desk.fresh();
        Self { desk, viewer, browser, address: String::new(), fresh, kept: Kept::default(), called: Called::default(), params, query }
    }

    /// The parts of its path.
    #[cfg(test)]
    pub(super) const fn params(&self) -> &ParamsMap {
        &self.params
    }

    /// The same with the form that came back, if one did.
    #[must_use]
    pub async fn with_kept(mut self) -> Self {
        if let Some(id) = self.query("kept") {
            let kept = self.desk.kept_form(&self.viewer, &self.browser, &id).await;
            self.kept = kept.map_or_else(Kept::lost, |(answers, notice)| Kept::new(answers, notice));
        } else if self.query("__err").is_some() {
            self.kept = Kept::lost();
        }
        self
    }

    /// A part of the path by its name; empty when there is none.
    pub fn part(&self, name: &str) -> String {
        self.params.get(name).unwrap_or_default()
    }

    /// A value of the query; nothing when it is absent or empty.
    pub fn query(&self, name: &str) -> Option<String> {
        self.query.get(name).filter(|value| !value.is_empty())
    }

    /// All values of a name of the query.
    pub fn queries(&self, name: &str) -> Vec<String> {
        self.query.get_all(name).unwrap_or_default()
    }

    /// The offer that the path names.
    ///
    /// # Errors
    /// Not found, when the path names none.
    pub fn offer(&self) -> Result<OfferId, Notice> {
        OfferId::parse(&self.part("id")).ok_or(Notice::NotFound)
    }

    /// Times as this viewer reads them.
    pub fn times(&self) -> Times {
        Times::new(self.desk.clone(), self.viewer.zone())
    }
}
