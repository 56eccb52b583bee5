//! The document around every page, and the frames in which pages stand.

pub mod area;
pub mod bundle;
pub mod document_title;
pub mod frame;
pub mod site_files;

use leptos::prelude::*;
use leptos_meta::MetaTags;

pub use area::Area;
pub use bundle::Bundle;
pub use document_title::DocumentTitle;
pub use frame::{FootLink, NavLink, PageWidth, PortalFrame, StaffFrame};
pub use site_files::SiteFiles;

/// The whole document around `body`. Its stylesheet is that of the area in which the address lies; the server gives
/// [`SiteFiles`] by context. A script is in it only if the page has an island, see [`Bundle`].
pub fn shell(body: impl IntoView) -> impl IntoView {
    let area = Area::asked_for();
    if let Some(shared) = Owner::current_shared_context() {
        // only islands wake up in the browser: nothing outside of them carries marks for it
        shared.set_is_hydrating(false);
    }
    let stylesheet = use_context::<SiteFiles>().and_then(|files| files.address(area.stylesheet()));
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                {stylesheet.map(|href| view! { <link rel="stylesheet" href=href/> })}
                <MetaTags/>
            </head>
            <body>{body}</body>
        </html>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use leptos_router::location::RequestUrl;

    fn document(address: &str) -> String {
        Owner::new().with(|| {
            provide_context(RequestUrl::new(address));
            provide_context(SiteFiles::new([("portal.css", "/pkg/portal.1f.css"), ("staff.css", "/pkg/staff.2e.css")]));
            shell(view! { <p>"a page"</p> }).to_html()
        })
    }

    #[test]
    fn each_area_has_its_own_stylesheet() {
        assert!(document("/o/offer").contains(r#"href="/pkg/portal.1f.css""#));
        assert!(document("/offers?page=2").contains(r#"href="/pkg/staff.2e.css""#));
    }

    #[test]
    fn a_document_says_its_language_and_has_no_script() {
        let html = document("/offers");
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\">"), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }
}
