//! The stream of changes: that offers changed which the viewer may see, and nothing else.
//!
//! An event says which offers, never what of them: the page then asks for itself again, with all that access says at that moment. Grants and
//! session are looked at anew for every event; when the session has ended, so does the stream.

use std::{collections::VecDeque, convert::Infallible, sync::Arc, time::Duration};

use app::desk::{Browser, Viewer};
use axum::{
    Extension, Router,
    extract::{Query, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
    routing::get,
};
use futures::stream;
use offer::{access::Member, ledger::Digest};
use serde::{Deserialize, Serialize};
use tokio::{
    sync::broadcast::error::RecvError,
    time::{Instant, Interval, MissedTickBehavior, interval_at},
};

use super::{Served, limits};
use crate::live::{Listening, Live, News};

/// Where it is.
pub(super) const ADDRESS: &str = "/live";
/// The header by which a page says that it asks by itself: such a request keeps no session awake.
pub(super) const UNATTENDED: HeaderName = HeaderName::from_static("x-unattended");

/// A sign of life, and a look whether the session still lives.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// A stream ends after this and begins again where it was.
const LASTS: Duration = Duration::from_secs(15 * 60);
/// When a browser comes back after a stream broke off.
const COMES_BACK_AFTER: Duration = Duration::from_secs(3);

/// When a place may have become free.
const COMES_BACK_WHEN_FULL_SECONDS: i64 = 60;

/// The address of the stream.
pub(super) fn routes(served: Arc<Served>, live: Arc<Live>) -> Router {
    Router::new().route(ADDRESS, get(listen)).with_state(Told { served, live })
}

/// What a stream needs: who listens, and what there is to hear.
#[derive(Clone)]
struct Told {
    served: Arc<Served>,
    live: Arc<Live>,
}

#[derive(Debug, Deserialize)]
struct Wanted {
    /// Where the page was read; a browser that comes back says more exactly by `Last-Event-ID`.
    #[serde(default)]
    since: String,
}

/// What an event says.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Said {
    /// The offers that changed.
    offers: Vec<String>,
    /// Whether it is more than that: everything should be read again.
    all: bool,
}

/// One stream.
struct Stream {
    told: Told,
    browser: Browser,
    listening: Listening,
    ready: VecDeque<Event>,
    heartbeat: Interval,
    ends_at: Instant,
}

async fn listen(
    State(told): State<Told>,
    Extension(viewer): Extension<Viewer>,
    Extension(browser): Extension<Browser>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Response {
    // no content tells a browser not to come back
    let Viewer::Staff { member, .. } = viewer else { return StatusCode::NO_CONTENT.into_response() };
    let session = Digest::of(browser.session.as_bytes()).to_string();
    let Some(listening) = told.live.listen(&session) else { return limits::come_back_in(COMES_BACK_WHEN_FULL_SECONDS) };
    let heard = headers.get("last-event-id").and_then(|id| id.to_str().ok()).unwrap_or(&wanted.since);
    let mut ready = VecDeque::from([Event::default().comment("here").retry(COMES_BACK_AFTER)]);
    // listening comes first, so that nothing falls between what is read now and what is told
    if let Ok(heard) = heard.parse::<i64>() {
        match told.live.since(heard).await {
            Ok(news) => ready.extend(event(&news, &member)),
            Err(_) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        }
    }
    let now = Instant::now();
    let mut heartbeat = interval_at(now + HEARTBEAT, HEARTBEAT);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let stream = Stream { told, browser, listening, ready, heartbeat, ends_at: now + LASTS };
    let mut answer = Sse::new(stream::unfold(stream, next)).into_response();
    // a proxy must not hold events back
    answer.headers_mut().insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    answer
}

async fn next(mut stream: Stream) -> Option<(Result<Event, Infallible>, Stream)> {
    loop {
        if let Some(event) = stream.ready.pop_front() {
            return Some((Ok(event), stream));
        }
        let mut stopped = stream.told.live.stopped.clone();
        let ending = async move {
            // an error means that the sender is gone, which is the end as well
            drop(stopped.wait_for(|stopped| *stopped).await);
        };
        tokio::select! {
            () = ending => return None,
            () = tokio::time::sleep_until(stream.ends_at) => return None,
            _ = stream.heartbeat.tick() => {
                stream.member().await?;
                stream.ready.push_back(Event::default().comment("still here"));
            }
            news = stream.listening.news.recv() => {
                let news = match news {
                    Ok(news) => news,
                    Err(RecvError::Lagged(_)) => Arc::new(News { offers: Vec::new(), overflows: true }),
                    Err(RecvError::Closed) => return None,
                };
                let member = stream.member().await?;
                stream.ready.extend(event(&news, &member));
            }
        }
    }
}

impl Stream {
    /// Whoever listens, with the grants that hold now; nobody when the session has ended or cannot be looked at.
    async fn member(&self) -> Option<Member> {
        match self.told.served.identity.bystander(&*self.told.served.household, &self.browser).await {
            Ok(Viewer::Staff { member, .. }) => Some(member),
            _ => None,
        }
    }
}

/// What a member is told of the news; nothing when it is nothing of theirs.
fn event(news: &News, member: &Member) -> Option<Event> {
    let (said, heard) = said(news, member)?;
    let event = Event::default().event("changed").json_data(&said).ok()?;
    Some(match heard {
        Some(heard) => event.id(heard.to_string()),
        None => event,
    })
}

/// The offers of the news that the member may know of, and when the latest of them was decided.
fn said(news: &News, member: &Member) -> Option<(Said, Option<i64>)> {
    let told: Vec<_> = news.offers.iter().filter_map(|stirred| Some((&stirred.offer, stirred.told_to(member)?))).collect();
    if told.is_empty() && !news.overflows {
        return None;
    }
    let heard = told.iter().map(|(_, at)| *at).max();
    let offers = told.into_iter().map(|(offer, _)| offer.clone()).collect();
    Some((Said { offers, all: news.overflows }, heard))
}
