//! The list of offers.

use leptos::prelude::*;

use super::{Found, Place, Sheet, Visit, staff_page};
use crate::parts::PageHead;
use crate::words::en::staff as words;

/// All offers that the viewer may see.
#[component]
pub fn OffersPage() -> impl IntoView {
    staff_page(Place::Offers, offers)
}

async fn offers(_visit: Visit) -> Found {
    Ok(Sheet { title: words::OFFERS.to_owned(), body: vec![view! { <PageHead title=words::OFFERS/> }.into_any()], ..Sheet::default() })
}
