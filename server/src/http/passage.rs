//! How a request comes in and its answer goes out, from outside in. Two functions and not a middleware for each line of them: of those, every one
//! copies all that lie within it for every request.

use std::{panic::AssertUnwindSafe, sync::Arc};

use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::FutureExt;
use tracing::Instrument;

use super::{Served, error_page, guard, headers, limits, limits::Rate, request::Line, visitor, visitor::Tie, well_formed};

/// Around every answer: its line in the log, its headers, a plain page instead of a bare fault, and nothing for what this site does not understand.
pub(super) async fn around(State(served): State<Arc<Served>>, request: Request, next: Next) -> Response {
    let line = Line::of(&request);
    let (path, wants_a_page) = (request.uri().path().to_owned(), error_page::wants_a_page(request.headers()));
    let answered = async {
        match well_formed::refusal(&request, &served) {
            Some(refusal) => refusal,
            None => AssertUnwindSafe(next.run(request)).catch_unwind().await.unwrap_or_else(|panic| error_page::fell_over(&*panic)),
        }
    };
    let bare = answered.instrument(line.span.clone()).await;
    let mut response = error_page::dressed(bare, &path, wants_a_page);
    headers::secure(&mut response, &path, &served);
    line.end(&mut response);
    response
}

/// What a kind of route takes.
pub(super) struct Gate {
    served: Arc<Served>,
    rate: Rate,
    with_files: bool,
}

impl Gate {
    /// Of pages and their forms.
    pub(super) fn of_forms(served: Arc<Served>) -> Arc<Self> {
        Arc::new(Self { served, rate: Rate::of_forms(), with_files: false })
    }

    /// Of forms with files.
    pub(super) fn of_files(served: Arc<Served>) -> Arc<Self> {
        Arc::new(Self { served, rate: Rate::of_files(), with_files: true })
    }

    async fn admit(&self, request: Request) -> Result<(Request, Tie), StatusCode> {
        guard::same_origin(&request, &self.served)?;
        let mut request = if self.with_files { well_formed::form_with_files(request) } else { well_formed::form(request).await }?;
        let tie = visitor::introduce(&mut request, &self.served).await?;
        Ok((request, tie))
    }
}

/// Behind it an unsafe request is a form of ours, it is known who asks, and they do not ask too often.
pub(super) async fn gate(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    let (request, tie) = match gate.admit(request).await {
        Ok(admitted) => admitted,
        Err(status) => return status.into_response(),
    };
    let mut response = match limits::too_often(&request, &gate.rate) {
        Some(come_back) => come_back,
        None => next.run(request).await,
    };
    tie.onto(&mut response);
    response
}
