//! The pages of people who come from a mail: candidate (`/o/`), client (`/c/`).

use leptos::prelude::*;
use leptos_router::MatchNestedRoutes;

/// The pages of the portal.
#[component(transparent)]
pub fn PortalRoutes() -> impl MatchNestedRoutes + Clone {}
