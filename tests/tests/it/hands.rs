//! What people do with an offer, each at their own browser, by the forms of the pages.

use tests::{Browser, Form, Page};

use crate::firm::Firm;

/// What an intake still lacks after an opening has filled in what it knows. Fields that an engagement does not have are left out.
const THE_REST: &[(&str, &str)] = &[
    ("hire.kind", "new"),
    ("org.department", "Nursing"),
    ("org.purchase_order", "PO-4711"),
    ("candidate.phone", "+1 916 555 0100"),
    ("candidate.address", "12 Elm Street, Sacramento, CA 95814"),
    ("job.title", "Registered Nurse, ICU"),
    ("job.level", "RN2"),
    ("job.reports_to", "Nursing supervisor"),
    ("job.employment_type", "full_time"),
    ("job.classification", "non_exempt"),
    ("job.schedule", "three nights a week"),
    ("job.shift", "night"),
    ("job.hours_per_week", "36"),
    ("job.worksite", "Main campus"),
    ("job.city", "Sacramento"),
    ("job.state", "CA"),
    ("job.remote", "no"),
    ("date.start", "2027-01-11"),
    ("date.end", "2027-04-10"),
    ("pay.basis", "hourly"),
    ("pay.base", "60.00"),
    ("pay.frequency", "weekly"),
    ("pay.overtime_rule", "1.5 times after 40 hours a week"),
    ("pay.day", "Friday"),
    ("benefits.pointer", "the summary at benefits.harborpine.example"),
    ("bill.rate", "92.00"),
    ("bill.burden", "24"),
    ("bill.fee", "20"),
    ("bill.conversion_fee", "15"),
];

/// One offer, as an address that people go to, and the recruiter whose it is.
#[derive(Clone, Debug)]
pub(crate) struct Offer<'firm> {
    firm: &'firm Firm,
    recruiter: &'static str,
    id: String,
}

impl<'firm> Offer<'firm> {
    /// A recruiter begins an offer for an opening.
    pub(crate) fn begin(firm: &'firm Firm, recruiter: &'static str, opening: &str, name: &str, email: &str) -> Self {
        let list = firm.person(recruiter).open(&format!("/requisitions?q={opening}"));
        let form = list.click(&format!("Begin an offer: {opening} ")).form("offers/begin");
        Self::of(firm, recruiter, &form.fill("name", name).fill("email", email).send())
    }

    /// The offer of a recruiter whose page this is, or a page below it.
    pub(crate) fn of(firm: &'firm Firm, recruiter: &'static str, page: &Page) -> Self {
        let path = page.path();
        let id = path.split('/').skip_while(|part| *part != "offers").nth(1).filter(|id| id.len() == 32);
        let id = id.unwrap_or_else(|| panic!("`{path}` is no page of an offer:\n{}", page.text())).to_owned();
        Self { firm, recruiter, id }
    }

    /// Its id.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Its page, or one below it, as somebody of the firm sees it.
    pub(crate) fn seen_by(&self, who: &str, below: &str) -> Page {
        self.firm.person(who).open(&format!("/offers/{}{below}", self.id))
    }

    /// The same as its recruiter sees it.
    pub(crate) fn page(&self, below: &str) -> Page {
        self.seen_by(self.recruiter, below)
    }

    /// The same as a client's contact sees it.
    pub(crate) fn seen_by_contact(&self, who: &str) -> Page {
        self.firm.contact(who).open(&format!("/c/offers/{}", self.id))
    }

    /// The recruiter goes through the intake, page by page: these answers, and what is still open.
    pub(crate) fn fill(self, answers: &[(&str, &str)]) -> Self {
        let mut page = self.page("/intake");
        let mut unasked: Vec<&(&str, &str)> = answers.iter().collect();
        while let Some(form) = page.find_form("offers/save") {
            unasked.retain(|(field, answer)| !form.has(&box_name(field)) && !form.has(&tick_name(field, answer)));
            page = filled(form, answers).send();
        }
        assert!(page.path().ends_with("/review"), "the intake ends at {}:\n{}", page.path(), page.text());
        assert!(unasked.is_empty(), "no page of the intake asks for {unasked:?}");
        self
    }

    /// The same on the pages that an opening of our own leaves open, for tests of many offers.
    pub(crate) fn fill_at_once(self, answers: &[(&str, &str)]) -> Self {
        for section in ["parties", "candidate", "job", "pay", "extras"] {
            let _ = filled(self.page(&format!("/intake/{section}")).form("offers/save"), answers).submit();
        }
        self
    }

    /// The recruiter submits, with this reason for every exception.
    pub(crate) fn submit(&self, reason: &str) -> Page {
        let answer = self.page("/review").form("offers/submit").fill_each("reasons[", reason).send();
        assert!(answer.find_form("offers/submit").is_none(), "it was not submitted:\n{}", answer.text());
        answer
    }

    /// Somebody of the firm approves the step that waits on them.
    pub(crate) fn approve(&self, who: &str) -> Page {
        let answer = self.seen_by(who, "").form("offers/approve").fill("comment", "checked").send();
        assert!(answer.find_form("offers/approve").is_none(), "it was not approved:\n{}", answer.text());
        answer
    }

    /// A client's contact approves.
    pub(crate) fn approve_as_contact(&self, who: &str) -> Page {
        let answer = self.seen_by_contact(who).form("client/approve").send();
        assert!(answer.find_form("client/approve").is_none(), "it was not approved:\n{}", answer.text());
        answer
    }

    /// The recruiter makes the letter and sends it.
    pub(crate) fn send(&self, accept_by: &str) -> Page {
        let form = self.page("/letter").form("offers/send");
        let form = form.fill("accept_by", accept_by).fill("zone", "America/Los_Angeles").fill_each("reasons[", "agreed with finance");
        let answer = form.send();
        assert!(answer.find_form("offers/send").is_none(), "it was not sent:\n{}", answer.text());
        answer
    }

    /// The candidate comes by the oldest invitation not yet used.
    pub(crate) fn candidate(&self, email: &str) -> Browser {
        let invitation = self.firm.mail().next(email, "/o/i/").link();
        self.firm.enter(email, &invitation)
    }

    /// The recruiter records that every contingency is met.
    pub(crate) fn meet_contingencies(&self) {
        while let Some(form) = self.page("").find_form("offers/resolve") {
            let before = form.value("kind").to_owned();
            let answer = form.fill("state", "cleared").fill("evidence", "report of the agency, on file").send();
            let next = answer.find_form("offers/resolve");
            assert!(next.is_none_or(|next| next.value("kind") != before), "`{before}` stays open:\n{}", answer.text());
        }
    }

    /// Somebody takes over a hand-off.
    pub(crate) fn acknowledge(&self, who: &str, recipient: &str) -> Page {
        let form = self.seen_by(who, &format!("/hand-off/{recipient}")).form("offers/acknowledge");
        let answer = form.fill("reference", "HP-4711").send();
        assert!(answer.find_form("offers/acknowledge").is_none(), "it was not taken over:\n{}", answer.text());
        answer
    }
}

/// The box of a field.
fn box_name(field: &str) -> String {
    format!("fields[{field}]")
}

/// The box of one code of a field that takes several.
fn tick_name(field: &str, code: &str) -> String {
    format!("codes[{field};{code}]")
}

/// A page of the intake with these answers, and something in every box that is needed and still empty.
fn filled(mut form: Form, answers: &[(&str, &str)]) -> Form {
    for (field, rest) in THE_REST {
        let name = box_name(field);
        if form.has(&name) && form.value(&name).is_empty() {
            form = form.fill(&name, rest);
        }
    }
    for (field, answer) in answers {
        let (text, tick) = (box_name(field), tick_name(field, answer));
        if form.has(&tick) {
            form = form.tick(&tick);
        } else if form.has(&text) {
            form = form.fill(&text, answer);
        }
    }
    form
}

/// The candidate signs.
pub(crate) fn accept(candidate: &Browser, name: &str) -> Page {
    candidate.open("/o/offer/accept").form("candidate/accept").tick("consent").fill("typed_name", name).send()
}
