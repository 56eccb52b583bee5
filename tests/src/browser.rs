//! A browser without script: cookies, `Origin`, `Sec-Fetch-*` and `Referer` as a real one sends them, and no redirect
//! followed behind the test's back.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Method, Request, Url};
use tokio::runtime::Runtime;

use crate::Page;

/// One person's browser, with cookies of its own.
#[derive(Clone, Debug)]
pub struct Browser {
    inside: Arc<Inside>,
}

#[derive(Debug)]
struct Inside {
    home: Url,
    client: reqwest::Client,
    runtime: Runtime,
    cookies: Mutex<BTreeMap<String, String>>,
    /// What it says of itself in every request, as a program with a token does.
    authorization: Option<HeaderValue>,
}

/// Where a request comes from.
#[derive(Clone, Debug)]
pub(crate) enum From {
    /// Typed in, or a link in a mail.
    Outside,
    /// A page of the house.
    Page(Referrer),
    /// The script of a page of the house.
    Script(Referrer),
}

/// What a page lets the next request say about it.
#[derive(Clone, Debug)]
pub(crate) struct Referrer {
    pub(crate) url: Url,
    pub(crate) policy: String,
}

impl Browser {
    /// A browser for the house that listens at `address`.
    #[must_use]
    pub fn to(address: &str) -> Self {
        Self::with(address, None)
    }

    /// A program that says so much of itself, in every request, for the house that listens at `address`.
    ///
    /// # Panics
    /// When no header can say it.
    #[must_use]
    pub fn program(address: &str, authorization: &[u8]) -> Self {
        Self::with(address, Some(HeaderValue::from_bytes(authorization).expect("a header's text")))
    }

    fn with(address: &str, authorization: Option<HeaderValue>) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            // Between two clicks nobody drives a kept connection.
            .pool_max_idle_per_host(0)
            .build()
            .expect("a client");
        let home = Url::parse(&format!("http://{address}/")).expect("an address");
        Self { inside: Arc::new(Inside { home, client, runtime, cookies: Mutex::default(), authorization }) }
    }

    /// Opens a path as if it was typed in or clicked in a mail; one answer, redirects not followed.
    #[must_use]
    pub fn get(&self, path: &str) -> Page {
        self.request(Method::GET, self.url(path), From::Outside, None)
    }

    /// How many bytes a path takes over the wire, compressed by brotli.
    ///
    /// # Panics
    /// When it does not come so.
    #[must_use]
    pub fn weight_in_bytes(&self, path: &str) -> usize {
        let mut request = Request::new(Method::GET, self.url(path));
        *request.headers_mut() = self.headers(&Method::GET, &From::Outside);
        request.headers_mut().insert("accept-encoding", HeaderValue::from_static("br"));
        let (coding, bytes) = self.inside.runtime.block_on(async {
            let response = self.inside.client.execute(request).await.expect("an answer");
            let coding = response.headers().get("content-encoding").cloned();
            (coding, response.bytes().await.expect("a whole answer"))
        });
        assert_eq!(coding.as_ref().map(HeaderValue::as_bytes), Some(b"br".as_slice()), "{path} does not come compressed");
        bytes.len()
    }

    /// Opens a path and follows redirects to the page behind it.
    #[must_use]
    pub fn open(&self, path: &str) -> Page {
        self.get(path).follow()
    }

    /// The same, where the house may be gone.
    ///
    /// # Errors
    /// When no whole answer came.
    pub fn try_open(&self, path: &str) -> reqwest::Result<Page> {
        self.try_request(Method::GET, self.url(path), From::Outside, None)
    }

    /// The cookies that it would send, by name.
    #[must_use]
    pub fn cookies(&self) -> BTreeMap<String, String> {
        self.jar().clone()
    }

    /// Takes over somebody's cookies: what a thief of a session could do.
    pub fn take_cookies(&self, cookies: BTreeMap<String, String>) {
        *self.jar() = cookies;
    }

    /// Posts fields as a page's own script does, which takes the answer itself and no page.
    #[must_use]
    pub fn post_by_script(&self, path: &str, fields: &[(String, String)]) -> Page {
        let here = Referrer { url: self.url("/"), policy: "same-origin".to_owned() };
        self.request(Method::POST, self.url(path), From::Script(here), Some(Body::encoded(fields)))
    }

    /// Posts fields from another site: what a forged form could do. Its cookies are sent, as if `SameSite` did not exist.
    #[must_use]
    pub fn post_from_elsewhere(&self, path: &str, fields: &[(String, String)]) -> Page {
        let url = Url::parse("http://elsewhere.example/").expect("a URL");
        let referrer = Referrer { url, policy: "strict-origin".to_owned() };
        self.request(Method::POST, self.url(path), From::Page(referrer), Some(Body::encoded(fields)))
    }

    pub(crate) fn url(&self, path: &str) -> Url {
        self.inside.home.join(path).expect("a path of the house")
    }

    /// One request and its answer.
    pub(crate) fn request(&self, method: Method, url: Url, from: From, body: Option<Body>) -> Page {
        let shown = format!("{method} {url}");
        self.try_request(method, url, from, body).unwrap_or_else(|error| panic!("{shown}: {error:?}"))
    }

    /// The same, where the house may be gone.
    pub(crate) fn try_request(&self, method: Method, url: Url, from: From, body: Option<Body>) -> reqwest::Result<Page> {
        assert_eq!(url.host_str(), self.inside.home.host_str(), "`{url}` leads out of the house");
        let mut request = Request::new(method.clone(), url.clone());
        *request.headers_mut() = self.headers(&method, &from);
        if let Some(body) = body {
            request.headers_mut().insert("content-type", HeaderValue::from_static(body.kind));
            *request.body_mut() = Some(body.bytes.into());
        }
        let (status, headers, bytes) = self.inside.runtime.block_on(async {
            let response = self.inside.client.execute(request).await?;
            let (status, headers) = (response.status(), response.headers().clone());
            let bytes = response.bytes().await?;
            Ok::<_, reqwest::Error>((status, headers, bytes.to_vec()))
        })?;
        self.keep_cookies(&headers);
        Ok(Page::new(self.clone(), url, status, headers, bytes))
    }

    fn headers(&self, method: &Method, from: &From) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let mut set = |name: &'static str, value: &str| {
            headers.insert(name, HeaderValue::from_str(value).expect("a header's text"));
        };
        set("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        set("accept-language", "en-US,en;q=0.9");
        set("user-agent", "Mozilla/5.0 (whole-system tests)");
        set("sec-fetch-mode", "navigate");
        set("sec-fetch-dest", "document");
        set("sec-fetch-user", "?1");
        if matches!(from, From::Script(_)) {
            set("accept", "application/json");
            set("sec-fetch-mode", "cors");
            set("sec-fetch-dest", "empty");
        }
        if let Some(authorization) = &self.inside.authorization {
            headers.insert("authorization", authorization.clone());
        }
        let mut set = |name: &'static str, value: &str| {
            headers.insert(name, HeaderValue::from_str(value).expect("a header's text"));
        };
        let home = self.inside.home.origin().ascii_serialization();
        let cookies: Vec<String> = self.jar().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            set("cookie", &cookies.join("; "));
        }
        match from {
            From::Outside => set("sec-fetch-site", "none"),
            From::Page(page) | From::Script(page) => {
                let origin = page.url.origin().ascii_serialization();
                let same = origin == home;
                set("sec-fetch-site", if same { "same-origin" } else { "cross-site" });
                match page.policy.as_str() {
                    "no-referrer" => {}
                    "strict-origin" | "origin" => set("referer", &format!("{origin}/")),
                    _ if same => set("referer", page.url.as_str()),
                    _ => set("referer", &format!("{origin}/")),
                }
                if method != Method::GET {
                    set("origin", if page.policy == "no-referrer" { "null" } else { &origin });
                }
            }
        }
        headers
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        for value in headers.get_all("set-cookie") {
            let text = value.to_str().expect("a cookie of plain characters");
            let mut parts = text.split(';').map(str::trim);
            let (name, value) = parts.next().and_then(|pair| pair.split_once('=')).expect("name=value");
            let attributes: BTreeMap<String, &str> =
                parts.map(|part| part.split_once('=').unwrap_or((part, ""))).map(|(name, value)| (name.to_lowercase(), value)).collect();
            if name.starts_with("__Host-") {
                // A browser drops a cookie that breaks its prefix's promise.
                let kept = attributes.contains_key("secure") && attributes.get("path") == Some(&"/") && !attributes.contains_key("domain");
                assert!(kept, "a browser would refuse this cookie: {text}");
            }
            let ended = attributes.get("max-age").is_some_and(|age| age.parse::<i64>().is_ok_and(|age| age <= 0));
            if ended || value.is_empty() {
                self.jar().remove(name);
            } else {
                self.jar().insert(name.to_owned(), value.to_owned());
            }
        }
    }

    fn jar(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.inside.cookies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a form sends, and how.
#[derive(Debug)]
pub(crate) struct Body {
    kind: &'static str,
    bytes: Vec<u8>,
}

impl Body {
    /// As most forms do.
    pub(crate) fn encoded(fields: &[(String, String)]) -> Self {
        Self { kind: "application/x-www-form-urlencoded", bytes: encoded(fields).into_bytes() }
    }

    /// As forms with files do (RFC 7578): the box, the name of the file, what it holds.
    pub(crate) fn in_parts(fields: &[(String, String)], files: &[(String, String, Vec<u8>)]) -> Self {
        let mut bytes = Vec::new();
        for (name, value) in fields {
            bytes.extend(format!("--between\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
        }
        for (name, file, content) in files {
            let head = format!(
                "--between\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: text/csv\r\n\r\n"
            );
            bytes.extend(head.into_bytes());
            bytes.extend_from_slice(content);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(b"--between--\r\n");
        Self { kind: "multipart/form-data; boundary=between", bytes }
    }
}

/// Fields as a form sends them.
pub(crate) fn encoded(fields: &[(String, String)]) -> String {
    let mut url = Url::parse("http://x/").expect("a URL");
    url.query_pairs_mut().extend_pairs(fields);
    url.query().unwrap_or_default().to_owned()
}
