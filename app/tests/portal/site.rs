//! The pages by HTTP, as a browser without script asks for them.

use std::path::PathBuf;
use std::sync::Arc;

use app::desk::{SharedDesk, Viewer};
use app::routes::App;
use app::shell::{SiteFiles, shell};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::routing::any;
use axum::{Extension, Router};
use leptos::config::LeptosOptions;
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list, handle_server_fns_with_context};
use tower::ServiceExt;

use crate::desk::TestDesk;

/// The pages over one desk, for one viewer.
pub(crate) struct Site {
    pub(crate) desk: Arc<TestDesk>,
    router: Router,
}

/// An answer by HTTP.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    pub(crate) cookie: String,
    pub(crate) html: String,
}

impl Site {
    pub(crate) fn new(desk: TestDesk, viewer: Viewer) -> Self {
        let desk = Arc::new(desk);
        let shared: SharedDesk = desk.clone();
        let context = move || {
            provide_context(shared.clone());
            provide_context(SiteFiles::new([("portal.css", "/portal.css"), ("staff.css", "/staff.css")]));
        };
        let options = LeptosOptions::builder().output_name("countersign").build();
        let routes = generate_route_list(App);
        let router = Router::new()
            .route(
                "/api/{*path}",
                any({
                    let context = context.clone();
                    move |request: Request<Body>| handle_server_fns_with_context(context.clone(), request)
                }),
            )
            .leptos_routes_with_context(&options, routes, context, || shell(view! { <App/> }))
            .layer(Extension(viewer))
            .with_state(options);
        Self { desk, router }
    }

    pub(crate) async fn get(&self, address: &str) -> Reply {
        self.ask(Request::get(address).header(header::ACCEPT, "text/html").body(Body::empty()).unwrap()).await
    }

    /// Posts a form, as a browser without script does.
    pub(crate) async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Reply {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect();
        let request = Request::post(address)
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")));
        self.ask(request.unwrap()).await
    }

    /// Posts a form and opens the page to which it leads.
    pub(crate) async fn post_and_follow(&self, address: &str, fields: &[(&str, &str)]) -> Reply {
        let reply = self.post(address, fields).await;
        assert_eq!(reply.status, StatusCode::FOUND, "{reply:?}");
        self.get(reply.location.split('#').next().unwrap()).await
    }

    async fn ask(&self, request: Request<Body>) -> Reply {
        let reply = self.router.clone().oneshot(request).await.unwrap();
        let text = |name| reply.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        let (status, location, cookie) = (reply.status(), text(header::LOCATION), text(header::SET_COOKIE));
        let bytes = to_bytes(reply.into_body(), usize::MAX).await.unwrap();
        let mut html = String::from_utf8(bytes.to_vec()).unwrap();
        // after the document the framework leaves its empty lists of resources, under the nonce of the request
        if let Some(end) = html.find("</html>") {
            html.truncate(end + "</html>".len());
        }
        Reply { status, location, cookie, html }
    }
}

impl Reply {
    /// Leaves the page in the folder of the tests' own files, for whoever wants to look at it.
    pub(crate) fn shown_as(self, name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("portal");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{name}.html")), &self.html).unwrap();
        self
    }

    pub(crate) fn has(&self, text: &str) -> bool {
        self.html.contains(text)
    }

    #[track_caller]
    pub(crate) fn says(&self, text: &str) {
        assert!(self.has(text), "the page lacks {text:?}:\n{}", self.html);
    }

    #[track_caller]
    pub(crate) fn hides(&self, text: &str) {
        assert!(!self.has(text), "the page shows {text:?}:\n{}", self.html);
    }

    /// Every tag of this name, with its attributes.
    pub(crate) fn tags(&self, name: &str) -> Vec<&str> {
        let opening = format!("<{name} ");
        self.html.match_indices(&opening).map(|(at, _)| &self.html[at..at + self.html[at..].find('>').unwrap()]).collect()
    }

    /// The rules that every page with forms keeps: a `once` in each, a label for each box, nothing chosen for anybody.
    #[track_caller]
    pub(crate) fn keeps_the_rules_of_forms(&self) {
        let forms = self.html.matches("<form ").count();
        assert_eq!(self.html.matches(r#"name="once" value="fresh-"#).count(), forms, "a form lacks its once:\n{}", self.html);
        for tag in self.tags("input").into_iter().chain(self.tags("textarea")).chain(self.tags("select")) {
            if tag.contains(r#"type="hidden""#) {
                continue;
            }
            assert!(!tag.contains("checked"), "chosen for the reader: {tag}");
            let within_label = tag.contains(r#"type="radio""#) || tag.contains(r#"type="checkbox""#);
            let id = tag.split(r#"id=""#).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            assert!(within_label || self.has(&format!(r#"for="{id}""#)), "no label: {tag}");
        }
        assert!(!self.has("<script"), "{}", self.html);
        assert!(!self.has("style=\""), "{}", self.html);
    }
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
