//! An answer of the house, as a person sees it.

use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode, Url};

use crate::browser::{Browser, From, Referrer};
use crate::form::Form;
use crate::html::{self, Element};
use crate::soundness;

/// Redirects that are followed before it is a loop.
const REDIRECTS_MAX: usize = 10;

/// One answer: a page, a redirect or a file.
#[derive(Clone, Debug)]
pub struct Page {
    browser: Browser,
    url: Url,
    status: StatusCode,
    headers: HeaderMap,
    bytes: Vec<u8>,
    document: Option<Element>,
}

impl Page {
    pub(crate) fn new(browser: Browser, url: Url, status: StatusCode, headers: HeaderMap, bytes: Vec<u8>) -> Self {
        let types: Vec<_> = headers.get_all("content-type").iter().collect();
        assert!(types.len() <= 1, "{url}: of several types at once: {types:?}");
        let is_html = headers.get("content-type").and_then(|kind| kind.to_str().ok()).is_some_and(|kind| kind.starts_with("text/html"));
        let document = is_html.then(|| {
            let text = String::from_utf8(bytes.clone()).unwrap_or_else(|_| panic!("{url}: not UTF-8"));
            let document = html::read(&text).unwrap_or_else(|fault| panic!("{url}: {fault}"));
            // Nobody sees the page of a redirect.
            let faults = if status.is_redirection() { Vec::new() } else { soundness::faults(&document) };
            assert!(faults.is_empty(), "{url}: {faults:?}");
            document
        });
        Self { browser, url, status, headers, bytes, document }
    }

    /// The status code.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The path and query that it answers.
    #[must_use]
    pub fn path(&self) -> String {
        self.url.query().map_or_else(|| self.url.path().to_owned(), |query| format!("{}?{query}", self.url.path()))
    }

    /// A header's text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Every text of a header, in order: a header that must stand once stands once.
    #[must_use]
    pub fn headers(&self, name: &str) -> Vec<&str> {
        self.headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect()
    }

    /// The content as it came.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The content as text, markup included.
    #[must_use]
    pub fn source(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The document.
    ///
    /// # Panics
    /// When the answer is no page.
    #[must_use]
    pub fn document(&self) -> &Element {
        self.document.as_ref().unwrap_or_else(|| panic!("{} {} is no page: {}", self.status, self.url, self.source()))
    }

    /// What can be read on it, one line for each block.
    #[must_use]
    pub fn text(&self) -> String {
        self.document().text()
    }

    /// Whether that can be read on it, wherever lines break.
    #[must_use]
    pub fn says(&self, words: &str) -> bool {
        self.text().replace('\n', " ").contains(words)
    }

    /// Requires that it can be read there.
    ///
    /// # Panics
    /// When it cannot; the message holds the page.
    #[must_use]
    pub fn must_say(self, words: &str) -> Self {
        assert!(self.says(words), "{} {} does not say `{words}`:\n{}", self.status, self.url, self.text());
        self
    }

    /// Requires that it cannot be read there, nor anywhere in the source.
    ///
    /// # Panics
    /// When it can.
    #[must_use]
    pub fn must_not_say(self, words: &str) -> Self {
        assert!(!self.source().contains(words), "{} {} says `{words}`:\n{}", self.status, self.url, self.text());
        self
    }

    /// Follows redirects, however many, to the page behind them; a page stays itself.
    ///
    /// # Panics
    /// When they lead round in a circle.
    #[must_use]
    pub fn follow(self) -> Self {
        let mut page = self;
        for _ in 0..REDIRECTS_MAX {
            if !page.status.is_redirection() {
                return page;
            }
            let target = page.header("location").unwrap_or_else(|| panic!("{}: a redirect to nowhere", page.url));
            let target = page.url.join(target).unwrap_or_else(|_| panic!("{}: a redirect to `{target}`", page.url));
            page = page.browser.request(Method::GET, target, From::Page(page.referrer()), None);
        }
        panic!("{}: redirects without end", page.url)
    }

    /// Clicks the link with that text (or, failing that, the first whose text holds it) and follows it.
    ///
    /// # Panics
    /// When there is none; the message lists the links.
    #[must_use]
    pub fn click(&self, text: &str) -> Self {
        let links: Vec<(&Element, String)> =
            self.document().all("a").filter(|link| link.has("href")).map(|link| (link, link.spoken())).collect();
        let found = links.iter().find(|(_, label)| label == text).or_else(|| links.iter().find(|(_, label)| label.contains(text)));
        let (link, _) = found.unwrap_or_else(|| {
            let labels: Vec<&str> = links.iter().map(|(_, label)| label.as_str()).collect();
            panic!("{}: no link `{text}`, but {labels:?}\n{}", self.url, self.text())
        });
        let url = self.url.join(link.attribute("href").unwrap_or_default()).expect("a link that is a URL");
        self.browser.request(Method::GET, url, From::Page(self.referrer()), None).follow()
    }

    /// Where links that hold `part` lead.
    #[must_use]
    pub fn links(&self, part: &str) -> Vec<String> {
        let links = self.document().all("a").filter_map(|link| link.attribute("href"));
        links.filter(|target| target.contains(part)).map(str::to_owned).collect()
    }

    /// The form with a button of that text (or with that id, or whose action ends so), ready to be filled.
    ///
    /// # Panics
    /// When there is none; the message lists what there is.
    #[must_use]
    pub fn form(&self, button_or_action: &str) -> Form {
        self.find_form(button_or_action).unwrap_or_else(|| {
            panic!("{} {}: no form `{button_or_action}`, but {:?}\n{}", self.status, self.url, Form::names(self.document()), self.text())
        })
    }

    /// Every form of the page.
    #[must_use]
    pub fn forms(&self) -> Vec<Form> {
        Form::every(self.document(), &self.browser, &self.referrer())
    }

    /// The same, where its absence is an answer.
    #[must_use]
    pub fn find_form(&self, button_or_action: &str) -> Option<Form> {
        Form::find(self.document(), button_or_action, self.browser.clone(), self.referrer())
    }

    fn referrer(&self) -> Referrer {
        let policy = self.header("referrer-policy").unwrap_or("strict-origin-when-cross-origin").to_owned();
        let mut url = self.url.clone();
        url.set_fragment(None);
        Referrer { url, policy }
    }
}
