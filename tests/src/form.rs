//! A form as a browser without script fills and sends it.

use reqwest::{Method, Url};

use crate::browser::{Body, Browser, From, Referrer, encoded};
use crate::html::Element;
use crate::page::Page;

/// One form, its fields holding what the page put there.
#[derive(Clone, Debug)]
pub struct Form {
    browser: Browser,
    from: Referrer,
    action: Url,
    method: Method,
    fields: Vec<Field>,
    /// Name and value of the button that sends it.
    button: Option<(String, String)>,
    /// Name of the box, name of the file, and what it holds; nothing for a form that takes no files.
    files: Option<Vec<(String, String, Vec<u8>)>>,
}

#[derive(Clone, Debug)]
struct Field {
    name: String,
    label: String,
    value: String,
    kind: Kind,
    /// Whether it takes many lines.
    long: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Kind {
    Hidden,
    Text,
    /// Checkbox or radio: sent only when on.
    Box {
        radio: bool,
        on: bool,
    },
    /// Values and what is read beside them.
    Select {
        options: Vec<(String, String)>,
    },
}

impl Form {
    pub(crate) fn find(document: &Element, wanted: &str, browser: Browser, from: Referrer) -> Option<Self> {
        let forms: Vec<&Element> = document.all("form").collect();
        let by_button = |exact: bool| {
            forms.iter().find_map(|form| {
                let button = buttons(document, form).into_iter().find(|button| {
                    let label = label_of_button(button);
                    if exact { label == wanted } else { label.to_lowercase().contains(&wanted.to_lowercase()) }
                })?;
                Some((*form, Some(button)))
            })
        };
        let by_action = || {
            let form = forms.iter().find(|form| form.attribute("action").is_some_and(|action| action.ends_with(wanted)))?;
            Some((*form, buttons(document, form).into_iter().next()))
        };
        let by_id = || {
            let form = forms.iter().find(|form| form.attribute("id") == Some(wanted))?;
            Some((*form, buttons(document, form).into_iter().next()))
        };
        let (form, button) = by_button(true).or_else(by_id).or_else(by_action).or_else(|| by_button(false))?;
        Some(Self::of(document, form, button, browser, from))
    }

    /// Every form of a page, each with its first button.
    pub(crate) fn every(document: &Element, browser: &Browser, from: &Referrer) -> Vec<Self> {
        let of = |form: &Element| {
            let button = buttons(document, form).into_iter().next();
            Self::of(document, form, button, browser.clone(), from.clone())
        };
        document.all("form").map(of).collect()
    }

    fn of(document: &Element, form: &Element, button: Option<&Element>, browser: Browser, from: Referrer) -> Self {
        let action = button.and_then(|button| button.attribute("formaction")).or_else(|| form.attribute("action"));
        let action = from.url.join(action.unwrap_or_default()).expect("an action that is a URL");
        let method = button.and_then(|button| button.attribute("formmethod")).or_else(|| form.attribute("method"));
        let method = if method.is_some_and(|method| method.eq_ignore_ascii_case("post")) { Method::POST } else { Method::GET };
        let button = button
            .and_then(|button| Some((button.attribute("name")?.to_owned(), button.attribute("value").unwrap_or_default().to_owned())));
        let fields = controls(document, form).into_iter().filter_map(|control| field(document, control)).collect();
        let takes_files = form.attribute("enctype") == Some("multipart/form-data");
        Self { browser, from, action, method, fields, button, files: takes_files.then(Vec::new) }
    }

    /// Every form of a page by the labels of its buttons, for messages.
    pub(crate) fn names(document: &Element) -> Vec<String> {
        document.all("form").flat_map(|form| buttons(document, form).into_iter().map(label_of_button)).collect()
    }

    /// Writes into the field of that name, or else of that label; in a choice, picks the option of that value or words.
    ///
    /// # Panics
    /// When there is no such field, or the choice does not offer it.
    #[must_use]
    pub fn fill(mut self, field: &str, value: &str) -> Self {
        let at = self.position(field, value);
        let known = self.known();
        let action = self.action.clone();
        let found = at.and_then(|at| self.fields.get_mut(at)).unwrap_or_else(|| panic!("{action}: no field `{field}`, but {known:?}"));
        match &mut found.kind {
            Kind::Select { options } => {
                let option = options.iter().find(|(own, label)| own == value || label == value);
                let (own, _) = option.unwrap_or_else(|| panic!("{action}: `{field}` offers no `{value}`, but {options:?}"));
                found.value.clone_from(own);
            }
            Kind::Box { radio: true, .. } => self.pick(field, value),
            Kind::Box { radio: false, .. } => panic!("{action}: `{field}` is a box: tick it"),
            Kind::Hidden => panic!("{action}: `{field}` is hidden; a person cannot fill it"),
            Kind::Text => value.clone_into(&mut found.value),
        }
        self
    }

    /// Writes into the box of exactly that name.
    #[must_use]
    pub fn write(mut self, name: &str, value: &str) -> Self {
        for field in self.fields.iter_mut().filter(|field| field.name == name && field.kind == Kind::Text) {
            value.clone_into(&mut field.value);
        }
        self
    }

    /// Ticks the box of that name or label.
    ///
    /// # Panics
    /// When there is no such box.
    #[must_use]
    pub fn tick(self, field: &str) -> Self {
        self.set_box(field, true)
    }

    /// Takes the tick out of the box of that name or label.
    ///
    /// # Panics
    /// When there is no such box.
    #[must_use]
    pub fn untick(self, field: &str) -> Self {
        self.set_box(field, false)
    }

    /// Sends something that the page does not offer: what a tampering person could do.
    #[must_use]
    pub fn tamper(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|field| field.name != name);
        self.fields.push(Field { name: name.to_owned(), label: String::new(), value: value.to_owned(), kind: Kind::Hidden, long: false });
        self
    }

    /// Chooses a file for a box that takes files.
    ///
    /// # Panics
    /// When the form takes none.
    #[must_use]
    pub fn attach(mut self, field: &str, file: &str, bytes: &[u8]) -> Self {
        let action = self.action.clone();
        let files = self.files.as_mut().unwrap_or_else(|| panic!("{action}: the form takes no files"));
        files.push((field.to_owned(), file.to_owned(), bytes.to_vec()));
        self
    }

    /// The same form, word for word, sent by somebody else: what a person could do who was shown it.
    #[must_use]
    pub fn sent_by(mut self, browser: &Browser) -> Self {
        self.browser = browser.clone();
        self
    }

    /// The same fields, sent to another address: what a program could do that knows the forms.
    ///
    /// # Panics
    /// When that is no path.
    #[must_use]
    pub fn sent_to(mut self, path: &str) -> Self {
        self.action = self.browser.url(path);
        self
    }

    /// What stands in the field of that name or label.
    ///
    /// # Panics
    /// When there is no such field.
    #[must_use]
    pub fn value(&self, field: &str) -> &str {
        let found = self.position(field, "").and_then(|at| self.fields.get(at));
        &found.unwrap_or_else(|| panic!("{}: no field `{field}`, but {:?}", self.action, self.known())).value
    }

    /// Whether it has a field of that name or label.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        self.position(field, "").is_some()
    }

    /// Writes the same into every field whose name begins so: a reason for each exception.
    #[must_use]
    pub fn fill_each(mut self, beginning: &str, value: &str) -> Self {
        for field in self.fields.iter_mut().filter(|field| field.kind == Kind::Text && field.name.starts_with(beginning)) {
            value.clone_into(&mut field.value);
        }
        self
    }

    /// The boxes that take text, and whether each takes many lines.
    #[must_use]
    pub fn texts(&self) -> Vec<(String, bool)> {
        self.fields.iter().filter(|field| field.kind == Kind::Text).map(|field| (field.name.clone(), field.long)).collect()
    }

    /// What would be sent.
    #[must_use]
    pub fn fields(&self) -> Vec<(String, String)> {
        let sent = self.fields.iter().filter(|field| !matches!(field.kind, Kind::Box { on: false, .. }));
        sent.map(|field| (field.name.clone(), field.value.clone())).chain(self.button.clone()).collect()
    }

    /// Where it would be sent, as a path.
    #[must_use]
    pub fn action(&self) -> &str {
        self.action.path()
    }

    /// Sends it; the answer is given as it comes, a redirect not followed.
    ///
    /// # Panics
    /// When the house is gone.
    #[must_use]
    pub fn submit(&self) -> Page {
        self.try_submit().unwrap_or_else(|error| panic!("{}: {error:?}", self.action))
    }

    /// The same, where the house may be gone before it answers.
    ///
    /// # Errors
    /// When no whole answer came.
    pub fn try_submit(&self) -> reqwest::Result<Page> {
        let (mut url, from) = (self.action.clone(), From::Page(self.from.clone()));
        let body = match &self.files {
            Some(files) => Body::in_parts(&self.fields(), files),
            None => Body::encoded(&self.fields()),
        };
        if self.method == Method::POST {
            return self.browser.try_request(Method::POST, url, from, Some(body));
        }
        url.set_query(Some(&encoded(&self.fields())));
        self.browser.try_request(Method::GET, url, from, None)
    }

    /// Sends it and follows to the page behind it.
    #[must_use]
    pub fn send(&self) -> Page {
        self.submit().follow()
    }

    /// By name first, then by label; among radios of one name, the one of that value.
    fn position(&self, wanted: &str, value: &str) -> Option<usize> {
        let visible = |field: &&Field| field.kind != Kind::Hidden;
        let matching = |test: &dyn Fn(&Field) -> bool| {
            let of_value = self.fields.iter().position(|field| test(field) && field.value == value);
            let radio = of_value.filter(|at| self.fields.get(*at).is_some_and(|field| matches!(field.kind, Kind::Box { .. })));
            let first_visible = self.fields.iter().position(|field| visible(&field) && test(field));
            radio.or(first_visible).or_else(|| self.fields.iter().position(test))
        };
        matching(&|field| field.name == wanted)
            .or_else(|| matching(&|field| field.label == wanted))
            .or_else(|| matching(&|field| !field.label.is_empty() && field.label.contains(wanted)))
    }

    fn pick(&mut self, name: &str, value: &str) {
        let offered = self.fields.iter().any(|field| field.name == name && (field.value == value || field.label == value));
        assert!(offered, "{}: `{name}` offers no `{value}`, but {:?}", self.action, self.known());
        for field in self.fields.iter_mut().filter(|field| field.name == name) {
            if let Kind::Box { on, .. } = &mut field.kind {
                *on = field.value == value || field.label == value;
            }
        }
    }

    fn set_box(mut self, wanted: &str, ticked: bool) -> Self {
        let (at, known) = (self.position(wanted, ""), self.known());
        let found = at.and_then(|at| self.fields.get_mut(at)).map(|field| &mut field.kind);
        match found {
            Some(Kind::Box { on, .. }) => *on = ticked,
            other => panic!("{}: no box `{wanted}` ({other:?}), but {known:?}", self.action),
        }
        self
    }

    fn known(&self) -> Vec<String> {
        self.fields.iter().map(|field| format!("{} ({}) = {}", field.name, field.label, field.value)).collect()
    }
}

/// Controls of a form, also those that belong to it by their `form` attribute.
fn controls<'a>(document: &'a Element, form: &'a Element) -> Vec<&'a Element> {
    let is_control = |element: &&Element| matches!(element.name.as_str(), "input" | "select" | "textarea" | "button");
    let inside = form.descendants().into_iter().filter(is_control).filter(|control| !control.has("form"));
    let id = form.attribute("id");
    let by_id = document.descendants().into_iter().filter(is_control).filter(|control| id.is_some() && control.attribute("form") == id);
    inside.chain(by_id).collect()
}

fn buttons<'a>(document: &'a Element, form: &'a Element) -> Vec<&'a Element> {
    let sends = |control: &&Element| match control.name.as_str() {
        "button" => control.attribute("type").is_none_or(|kind| kind == "submit"),
        "input" => control.attribute("type") == Some("submit"),
        _ => false,
    };
    controls(document, form).into_iter().filter(sends).filter(|button| !button.has("disabled")).collect()
}

fn label_of_button(button: &Element) -> String {
    match button.attribute("value").filter(|_| button.name == "input") {
        Some(value) => value.to_owned(),
        None => button.spoken(),
    }
}

fn field(document: &Element, control: &Element) -> Option<Field> {
    let name = control.attribute("name").filter(|name| !name.is_empty() && !control.has("disabled"))?.to_owned();
    let label = label(document, control);
    let given = control.attribute("value").map(str::to_owned);
    let (value, kind) = match (control.name.as_str(), control.attribute("type").unwrap_or("text")) {
        ("button", _) | ("input", "submit" | "button" | "image" | "reset" | "file") => return None,
        ("input", "hidden") => (given.unwrap_or_default(), Kind::Hidden),
        ("input", kind @ ("checkbox" | "radio")) => {
            (given.unwrap_or_else(|| "on".to_owned()), Kind::Box { radio: kind == "radio", on: control.has("checked") })
        }
        ("textarea", _) => (control.raw_text(), Kind::Text),
        ("select", _) => {
            let options: Vec<(String, String)> = control.all("option").map(option).collect();
            let selected = control.all("option").find(|option| option.has("selected")).or_else(|| control.first("option"));
            (selected.map(|found| option(found).0).unwrap_or_default(), Kind::Select { options })
        }
        _ => (given.unwrap_or_default(), Kind::Text),
    };
    Some(Field { name, label, value, kind, long: control.name == "textarea" })
}

fn option(element: &Element) -> (String, String) {
    let words = element.text();
    (element.attribute("value").map_or_else(|| words.clone(), str::to_owned), words)
}

/// The words of the label that names the control, by `for` or around it, or its `aria-label`.
fn label(document: &Element, control: &Element) -> String {
    let id = control.attribute("id");
    let named = document.all("label").find(|label| id.is_some() && label.attribute("for") == id);
    let around = || document.all("label").find(|label| label.descendants().into_iter().any(|inner| std::ptr::eq(inner, control)));
    let words = named.or_else(around).map(Element::text);
    words.or_else(|| control.attribute("aria-label").map(str::to_owned)).unwrap_or_default().replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::Form;
    use crate::Browser;
    use crate::browser::Referrer;
    use crate::html;

    const PAGE: &str = r#"<body>
        <form method="post" action="/api/offers/approve"><input type="hidden" name="offer" value="o1">
          <label for="c">Comment</label><textarea id="c" name="comment">as &lt;typed&gt;</textarea>
          <fieldset><legend>Reason</legend>
            <label><input type="radio" name="reason" value="comp"> Pay</label>
            <label><input type="radio" name="reason" value="role"> Role</label></fieldset>
          <select name="zone" aria-label="Zone"><option value="">-</option><option value="ET">Eastern</option></select>
          <label><input type="checkbox" name="sure"> Sure</label>
          <button name="decision" value="approve">Approve</button>
          <button name="decision" value="reject" formaction="/api/offers/reject">Reject</button></form>
        <form action="/offers"><input name="q"><button>Search</button></form></body>"#;

    fn form(wanted: &str) -> Form {
        let browser = Browser::to("127.0.0.1:9");
        let from = Referrer { url: browser.url("/offers/o1"), policy: String::new() };
        Form::find(&html::read(PAGE).expect("sound"), wanted, browser, from).expect("the form")
    }

    fn sent(form: &Form) -> Vec<String> {
        form.fields().into_iter().map(|(name, value)| format!("{name}={value}")).collect()
    }

    #[test]
    fn a_form_sends_what_a_browser_would() {
        let form = form("Approve").fill("Zone", "Eastern").fill("reason", "Role").tick("Sure");
        assert_eq!(form.action(), "/api/offers/approve");
        assert_eq!(sent(&form), ["offer=o1", "comment=as <typed>", "reason=role", "zone=ET", "sure=on", "decision=approve"]);
    }

    #[test]
    fn another_button_leads_elsewhere() {
        let form = form("Reject").fill("Comment", "no");
        assert_eq!(form.action(), "/api/offers/reject");
        assert_eq!(sent(&form), ["offer=o1", "comment=no", "zone=", "decision=reject"]);
    }

    #[test]
    #[should_panic(expected = "offers no `LA`")]
    fn a_choice_takes_only_what_it_offers() {
        let _ = form("Approve").fill("zone", "LA");
    }

    #[test]
    #[should_panic(expected = "hidden")]
    fn nobody_fills_a_hidden_field() {
        let _ = form("Approve").fill("offer", "o2");
    }
}
