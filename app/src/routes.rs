//! Every page and its address. One list for all areas: a second one would register every server function twice.

pub mod portal;
pub mod staff;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Router, Routes};

use crate::pages::NotFoundPage;
use portal::PortalRoutes;
use staff::StaffRoutes;

/// All pages. `shell` puts the document around them; the server renders them with the desk in context.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <StaffRoutes/>
                <PortalRoutes/>
            </Routes>
        </Router>
    }
}
