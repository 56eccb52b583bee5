//! The real pages and forms of a furnished house: what a GET may do to them, and who may post.

use std::{fs, sync::Arc};

use app::routes::App;
use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use leptos_axum::generate_route_list;
use offer::{
    access::Actor,
    id::{FirmId, PersonId, role},
    person::{Identity as Named, Person},
    private::Private,
};
use tempfile::TempDir;
use tokio::sync::watch;
use tower::ServiceExt;

use crate::{
    clock::Clock,
    config::{PublicUrl, SessionTimes},
    desk::{HouseDesk, HouseSettings, Port},
    http::{Served, router},
    identity::{Cookies, Identity},
    live::Live,
    outbox::Mailbox,
    store::{Change, Database, Store, queue},
    vault::folder::KeyFolder,
};

pub(super) const FIRM: &str = "firm";
const ADA: &str = "ada@firm.example";
const PASSWORD: &str = "lake under nine stones";
const PLAYBOOK: &str = include_str!("../../../demo/playbook.toml");

/// The demo's playbook and whoever a test needs.
pub(super) struct Site {
    pub(super) store: Store,
    pub(super) router: Router,
    pub(super) house: HouseDesk,
    identity: Arc<Identity>,
    ada: String,
    /// Ends the streams, as the server does when it ends.
    pub(super) stop: watch::Sender<bool>,
    folder: TempDir,
}

impl Site {
    /// The demo's playbook, an administrator with a password, and nothing else.
    pub(super) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = folder.path().join("clock");
        fs::write(&clock, "2026-11-16T15:00:00Z").unwrap();
        let clock = Arc::new(Clock::rehearsal(&clock).unwrap());
        let store = Store::open(&Database::Folder(folder.path().join("data"))).await.unwrap();
        let vault = Arc::new(KeyFolder::of(&folder.path().join("home")).create().unwrap());
        let public_url = PublicUrl::parse("http://127.0.0.1:3000").unwrap();
        let mail_from = Mailbox { name: None, address: "offers@firm.example".to_owned() };
        let settings = HouseSettings { firm: FirmId::new(FIRM), public_url: public_url.as_str().to_owned(), mail_from, demo: None };
        let house = HouseDesk::new(store.clone(), vault, Arc::clone(&clock), settings);
        let times = SessionTimes { idle_seconds: 3600, absolute_seconds: 3600 };
        let identity = Arc::new(Identity::new(store.clone(), FIRM, clock, times, Cookies::new(false)).unwrap());

        let founder = Actor::Operator { os_user: "test".to_owned() };
        house.publish(offer::playbook::from_toml(PLAYBOOK).unwrap(), 0, &founder).await.unwrap();
        let ada = house.upsert_person(administrator(), &founder).await.unwrap();
        let credential = identity.credential(ada.as_str(), PASSWORD).await.unwrap();
        store.change(FIRM, vec![Change::Credential(credential)]).await.unwrap();

        let served = Served {
            identity: Arc::clone(&identity),
            household: Arc::new(house.clone()),
            store: store.clone(),
            public_url,
            trusted_proxies: Vec::new(),
        };
        let (stop, stopped) = watch::channel(false);
        let live = Live::new(house.clone(), stopped);
        tokio::spawn(Arc::clone(&live).run());
        let router = router(served, live, Arc::new(Port { house: house.clone(), identity: Arc::clone(&identity) }));
        let mut site = Self { store, router, house, identity, ada: String::new(), stop, folder };
        site.ada = site.joined(administrator()).await.to_string();
        site
    }

    pub(super) fn now_is(&self, instant: &str) {
        fs::write(self.folder.path().join("clock"), instant).unwrap();
    }

    /// Somebody with a password.
    pub(super) async fn joined(&self, person: Person) -> PersonId {
        let founder = Actor::Operator { os_user: "test".to_owned() };
        let id = self.house.upsert_person(person, &founder).await.unwrap();
        let credential = self.identity.credential(id.as_str(), PASSWORD).await.unwrap();
        self.store.change(FIRM, vec![Change::Credential(credential)]).await.unwrap();
        id
    }

    pub(super) async fn ask(&self, request: Request<Body>) -> axum::response::Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// The cookie of somebody who signed in by the form.
    pub(super) async fn signed_in(&self) -> String {
        self.signed_in_as(ADA).await
    }

    pub(super) async fn signed_in_as(&self, email: &str) -> String {
        let (email, password) = (email.replace('@', "%40"), PASSWORD.replace(' ', "+"));
        let form = format!("form=sign-in&once=1&to=&email={email}&password={password}");
        let request = Request::post("/api/identity/sign-in")
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = self.ask(request.body(Body::from(form)).unwrap()).await;
        assert_eq!((answer.status(), answer.headers()[header::LOCATION].to_str().unwrap()), (StatusCode::FOUND, "/"));
        let cookies = answer.headers().get_all(header::SET_COOKIE).iter().map(|cookie| cookie.to_str().unwrap());
        let pairs: Vec<&str> = cookies.filter_map(|cookie| cookie.split(';').next()).collect();
        assert!(pairs.iter().any(|pair| pair.starts_with("session=")), "{pairs:?}");
        pairs.join("; ")
    }

    /// Everything that somebody decided, or that will leave the house.
    async fn decided(&self) -> (Vec<(String, i64)>, i64, usize) {
        let mut streams = Vec::new();
        for kind in ["offer", "requisition", "person", "playbook"] {
            let rows = self.store.streams_of(FIRM, kind, "", 1000).await.unwrap();
            streams.extend(rows.into_iter().map(|row| (row.stream, row.version)));
        }
        let mut sessions = 0;
        for (person, _) in &streams {
            sessions += self.store.sessions_of(FIRM, person, 0).await.unwrap().len();
        }
        (streams, self.store.outbox_count(FIRM, queue::WAITING).await.unwrap(), sessions)
    }
}

fn administrator() -> Person {
    Person {
        identity: Private::Kept(Named { name: "Ada".to_owned(), email: ADA.to_owned() }),
        roles: vec![role::ADMIN, role::RECRUITER],
        team: None,
        department: None,
        business_line: None,
        region: None,
        clients: Vec::new(),
        manager: None,
        approval_limit_annual: None,
        approval_limit_over_band: None,
        zone: "America/New_York".to_owned(),
    }
}

/// Every address of a page, with something in place of its parameters.
fn addresses() -> Vec<String> {
    let filled = |path: &str| -> String {
        let parts = path.split('/').map(|part| match part {
            "{digest}" => "a".repeat(64),
            part if part.starts_with(['{', ':', '*']) => "a".repeat(32),
            part => part.to_owned(),
        });
        parts.collect::<Vec<_>>().join("/")
    };
    let pages: Vec<String> = generate_route_list(App).iter().map(|listing| filled(listing.path())).collect();
    assert!(pages.len() > 8, "{pages:?}");
    let documents = ["/offers/{offer}/documents/{digest}", "/o/documents/{digest}"].map(filled);
    pages.into_iter().chain(documents).collect()
}

#[tokio::test]
async fn no_get_decides_anything_or_opens_a_session() {
    let site = Site::open().await;
    let cookie = site.signed_in().await;
    let before = site.decided().await;
    assert_eq!(before.2, 1, "Ada's own session");
    for address in addresses() {
        for cookie in [None, Some(&cookie)] {
            for method in [Method::GET, Method::HEAD] {
                let mut request = Request::builder().method(method.clone()).uri(&address).header(header::ACCEPT, "text/html");
                if let Some(cookie) = cookie {
                    request = request.header(header::COOKIE, cookie);
                }
                let answer = site.ask(request.body(Body::empty()).unwrap()).await;
                assert!(!answer.status().is_server_error(), "{method} {address}: {}", answer.status());
            }
        }
    }
    assert_eq!(site.decided().await, before);
}

#[tokio::test]
async fn outside_of_a_demo_nobody_becomes_anybody_and_there_is_no_mail_room() {
    let site = Site::open().await;
    let before = site.decided().await;
    for address in ["/demo", "/demo/mail"] {
        let answer = site.ask(Request::get(address).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{address}");
    }
    for form in [format!("form=be&once=1&person={}&to=%2Foffers", site.ada), format!("form=invite&once=1&person={}", site.ada)] {
        let path = if form.starts_with("form=be") { "/api/demo/be" } else { "/api/demo/invite" };
        let request =
            Request::post(path).header("sec-fetch-site", "same-origin").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = site.ask(request.body(Body::from(form)).unwrap()).await;
        let cookies = answer.headers().get_all(header::SET_COOKIE).iter().map(|cookie| cookie.to_str().unwrap());
        assert!(cookies.into_iter().all(|cookie| !cookie.starts_with("session=")), "{path}");
    }
    assert_eq!(site.decided().await, before);
}

#[tokio::test]
async fn every_form_is_a_post_from_our_own_pages() {
    let site = Site::open().await;
    let forms: Vec<(&str, Method)> = leptos::server_fn::axum::server_fn_paths().collect();
    assert!(forms.len() > 8, "{forms:?}");
    for (path, method) in forms {
        assert_eq!((path.starts_with("/api/"), &method), (true, &Method::POST), "{path}");
        for method in [Method::GET, Method::HEAD, Method::PUT, Method::DELETE] {
            let request = Request::builder().method(method.clone()).uri(path).header("sec-fetch-site", "same-origin");
            assert_eq!(site.ask(request.body(Body::empty()).unwrap()).await.status(), StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        }
        for origin in ["https://evil.example", "null", "http://127.0.0.1:3001"] {
            let request =
                Request::post(path).header(header::ORIGIN, origin).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            assert_eq!(site.ask(request.body(Body::empty()).unwrap()).await.status(), StatusCode::FORBIDDEN, "{path} from {origin}");
        }
    }
}

#[tokio::test]
async fn nobody_sees_a_page_of_the_firm() {
    let site = Site::open().await;
    for address in
        addresses().into_iter().filter(|address| address == "/" || address.starts_with("/offers") || address.starts_with("/openings"))
    {
        let answer = site.ask(Request::get(&address).body(Body::empty()).unwrap()).await;
        let location = answer.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        assert!(location.as_deref().is_some_and(|to| to.starts_with("/sign-in")), "{address}: {} {location:?}", answer.status());
    }
}
