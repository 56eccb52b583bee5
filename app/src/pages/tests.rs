//! What the pages of the staff show, over a desk that answers what it was given.

mod approvers;
mod board;
mod changes;
mod desk;
mod drafts;
mod http;
mod imports;
mod offers;

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use super::{Found, Visit};
use crate::api::Kept;
use crate::desk::{Browser, Notice};
use desk::FakeDesk;

const OFFER: &str = "0198c0de00007000800000000000000a";

/// A visit of the page of one offer, with nothing brought back.
fn visit(desk: &Arc<FakeDesk>) -> Visit {
    let mut params = ParamsMap::new();
    params.insert("id", OFFER.to_owned());
    Visit::of(desk.clone(), desk::recruiter(), Browser::default(), params, ParamsMap::new())
}

fn at(visit: Visit, name: &'static str, value: &str) -> Visit {
    let mut params = visit.params().clone();
    params.insert(name, value.to_owned());
    Visit::of(visit.desk, visit.viewer, visit.browser, params, ParamsMap::new())
}

fn with_kept(mut visit: Visit, answers: &[(&str, &str)], notice: Notice) -> Visit {
    visit.kept = Kept::new(answers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(), notice);
    visit
}

/// The same with a query.
fn asking(visit: Visit, query: &[(&'static str, &str)]) -> Visit {
    let query = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let params = visit.params().clone();
    Visit::of(visit.desk, visit.viewer, visit.browser, params, query)
}

/// A page as its document has it: what came back, then the page.
fn html<F: Future<Output = Found>>(visit: Visit, page: impl FnOnce(Visit) -> F) -> String {
    // as on the server: only islands wake up in the browser
    Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands()))).with(|| {
        let sheet = now(page(visit.clone())).unwrap();
        let came_back = super::form::came_back(&visit, &sheet.table);
        view! { {came_back}{sheet.body} }.to_html()
    })
}

/// The fake desk answers at once, so its futures are ready when they are first asked.
fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("a fake desk never waits"),
    }
}

#[test]
fn every_form_of_an_offer_has_a_server_function_behind_it() {
    let registered: Vec<&str> = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    let page = html(visit(&offers::desk_of(offers::with_every_button())), super::offer::offer);
    let actions: Vec<&str> = page.split("action=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(actions.len() > 20, "{actions:?}");
    for action in actions {
        assert!(registered.contains(&action), "{action}");
    }
}
