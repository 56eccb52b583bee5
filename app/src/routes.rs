//! Every page and its address. One list for all areas: a second one would register every server function twice.

pub mod portal;
pub mod staff;

use leptos::either::Either;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Router, Routes};

use crate::pages::NotFoundPage;
use crate::shell::Area;
use portal::PortalRoutes;
use staff::StaffRoutes;

/// All pages. `shell` puts the document around them; the server renders them with the desk in context.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    // the addresses of the firm's people are many, and laid out anew for every page: one for somebody who comes from a mail goes without
    match Area::asked_for() {
        Area::Portal => Either::Left(view! {
            <Router>
                <Routes fallback=NotFoundPage>
                    <PortalRoutes/>
                </Routes>
            </Router>
        }),
        Area::Staff => Either::Right(view! {
            <Router>
                <Routes fallback=NotFoundPage>
                    <StaffRoutes/>
                    <PortalRoutes/>
                </Routes>
            </Router>
        }),
    }
}
