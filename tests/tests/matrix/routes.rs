//! Who may reach which address. An address that the server answers and that is not here fails the test.

use offer::access::Action;
use offer::lifecycle::Giver;

/// What an address is, and by which rule of the model it is answered.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Route {
    /// For anybody: the way in, the looks, the signs of life. What it gives away is said beside it.
    Open,
    /// A page of the firm's people that is about no offer.
    House(House),
    /// A page below an offer, for the firm's people.
    OfOffer(Below),
    /// A page of a client's contacts: the list of their offers, or one of them.
    OfClient,
    /// A page of the candidate of one offer.
    OfCandidate,
    /// The stream of changes.
    Stream,
    /// A form that asks an offer for something, with answers that the model refuses once it has let the asker ask.
    Form(Giver, &'static [(&'static str, &'static str)]),
    /// The same, where the answer that is let through would change the offer: asked only of those who are not let through.
    FormThatActs(Giver, &'static [(&'static str, &'static str)]),
    /// A form of a client's contact.
    ClientForm(&'static [(&'static str, &'static str)]),
    /// A form of a candidate, about the one offer of the session.
    CandidateForm(&'static [(&'static str, &'static str)]),
    /// Saving a draft.
    SaveDraft,
    /// Beginning a draft.
    Begin,
    /// A form of the firm's people about nothing but themselves.
    OwnForm(&'static [(&'static str, &'static str)]),
    /// Bringing files in.
    Import,
    /// A form about people, for whoever runs them.
    PeopleForm(&'static [(&'static str, &'static str)]),
    /// The list of offers, for programs with a token.
    ApiOffers,
    /// One offer, for programs with a token.
    ApiOffer,
    /// The same, which everybody also has for themselves.
    AbsenceForm(&'static [(&'static str, &'static str)]),
}

/// A page of the firm's people.
#[derive(Clone, Copy, Debug)]
pub(crate) enum House {
    Everybody,
    WhoDrafts,
    WhoImports,
    WhoRunsPeople,
    WhoAuditsAll,
    Nobody,
}

/// A page below an offer.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Below {
    Offer,
    Letter,
    Verbal,
    Change,
    Adopt,
    HandOff,
    IntakeFirst,
    IntakeSection,
    Review,
    Versions,
    Reroute,
    Access,
    Document,
}

use Giver::{CandidateOr, Member};
use Route::{
    AbsenceForm, ApiOffer, ApiOffers, Begin, CandidateForm, ClientForm, Form, FormThatActs, Import, OfCandidate, OfClient, OfOffer, Open,
    OwnForm, PeopleForm, SaveDraft, Stream,
};

/// No proposal, question or the like has this id.
const NONE: &str = "00000000000000000000000000000000";

#[rustfmt::skip]
pub(crate) const TABLE: &[(&str, Route)] = &[
    // the way in and what is for everybody
    ("/sign-in", Open), ("/join/{token}", Open), ("/healthz", Open), ("/readyz", Open),
    ("/o/i/{token}", Open), ("/o/code", Open), ("/c/i/{token}", Open), ("/c/code", Open),
    ("/api/identity/sign-in", Open), ("/api/identity/sign-out", Open), ("/api/identity/join", Open),
    ("/api/portal/mail-code", Open), ("/api/portal/open", Open), ("/api/portal/leave", Open),
    ("/sign-in/code", Open), ("/sign-in/forgot", Open), ("/api/identity/forgot", Open), ("/api/identity/second-step", Open),
    // on the way to the firm's identity provider and back, of which there is none here: `it sso` holds them against their promises
    ("/sign-in/sso", Open), ("/sign-in/sso/callback", Open), ("/api/identity/sso/begin", Open), ("/api/identity/sso/link", Open),
    ("/api/account/sso/unlink", Open),
    // behind the secret of a mail and a browser that a code made known: `it mailed` holds them against their promises
    ("/a/i/{token}", Open), ("/a/i/{token}/code", Open),
    ("/api/mailed/approve", Open), ("/api/mailed/ask", Open), ("/api/mailed/reject", Open), ("/api/mailed/forget", Open),
    // one's own sign-in and nobody else's: `it identity` holds them against their promises, for they would end the sessions of this test
    ("/account/prove", Open), ("/account/recovery-codes", Open), ("/api/account/prove", Open), ("/api/account/password", Open),
    ("/api/account/end-session", Open), ("/api/account/sign-out-everywhere", Open),
    ("/api/account/second-factor/begin", Open), ("/api/account/second-factor/confirm", Open), ("/api/account/second-factor/remove", Open),
    ("/api/account/recovery-codes/make", Open), ("/api/account/recovery-codes/kept", Open),
    // a demo is everybody's; elsewhere there is nothing of it
    ("/demo", Open), ("/demo/mail", Open), ("/api/demo/be", Open), ("/api/demo/invite", Open),

    ("/", Route::House(House::Everybody)), ("/offers", Route::House(House::Everybody)), ("/requisitions", Route::House(House::Everybody)),
    ("/offers/new", Route::House(House::WhoDrafts)), ("/admin/imports", Route::House(House::WhoImports)),
    ("/audit/looked", Route::House(House::WhoAuditsAll)), ("/live", Stream),
    ("/account", Route::House(House::Everybody)), ("/account/second-factor", Route::House(House::Everybody)),
    ("/out-of-office", Route::House(House::Everybody)),
    ("/people", Route::House(House::WhoRunsPeople)), ("/people/new", Route::House(House::WhoRunsPeople)),
    ("/people/{id}", Route::House(House::Nobody)), // of somebody who is not there

    ("/offers/{id}", OfOffer(Below::Offer)), ("/offers/{id}/preview", OfOffer(Below::Offer)),
    ("/offers/{id}/letter", OfOffer(Below::Letter)), ("/offers/{id}/verbal", OfOffer(Below::Verbal)),
    ("/offers/{id}/change", OfOffer(Below::Change)), ("/offers/{id}/change/{proposal}", OfOffer(Below::Adopt)),
    ("/offers/{id}/hand-off/{recipient}", OfOffer(Below::HandOff)), ("/offers/{id}/intake", OfOffer(Below::IntakeFirst)),
    ("/offers/{id}/intake/{section}", OfOffer(Below::IntakeSection)), ("/offers/{id}/review", OfOffer(Below::Review)),
    ("/offers/{id}/versions", OfOffer(Below::Versions)), ("/offers/{id}/re-route", OfOffer(Below::Reroute)),
    ("/offers/{id}/access", OfOffer(Below::Access)), ("/offers/{offer}/documents/{digest}", OfOffer(Below::Document)),

    // what programs read; whoever comes without a token is nobody there, whatever cookie they bring
    ("/api/v1/offers", ApiOffers), ("/api/v1/offers/{id}", ApiOffer),

    ("/c", OfClient), ("/c/offers/{id}", OfClient),
    ("/o/offer", OfCandidate), ("/o/offer/accept", OfCandidate), ("/o/offer/decline", OfCandidate), ("/o/offer/ask", OfCandidate),
    ("/o/offer/change", OfCandidate), ("/o/documents/{digest}", OfCandidate),

    ("/api/offers/comment", Form(Member(Action::Comment), &[("text", "")])),
    ("/api/offers/approve", Form(Member(Action::Decide), &[("step", "none"), ("version", "0"), ("comment", "")])),
    ("/api/offers/return", Form(Member(Action::Decide), &[("step", "none"), ("question", "")])),
    ("/api/offers/reject", Form(Member(Action::Decide), &[("step", "none"), ("version", "0"), ("reason", "")])),
    ("/api/offers/delegate", Form(Member(Action::Decide), &[("step", "none"), ("to", NONE), ("reason", "")])),
    ("/api/offers/force", Form(Member(Action::Force), &[("step", "none"), ("version", "0"), ("reason", "")])),
    ("/api/offers/reroute", Form(Member(Action::Reroute), &[("playbook", "0"), ("why", "")])),
    ("/api/offers/answer-step", Form(Member(Action::Submit), &[("step", "none"), ("answer", "")])),
    ("/api/offers/verbal", Form(Member(Action::RecordVerbal), &[("response", "positive"), ("occurred_at", "")])),
    ("/api/offers/propose", Form(Member(Action::Change), &[("version", "0"), ("asked_by", "employer"), ("why", "")])),
    ("/api/offers/adopt", Form(Member(Action::Change), &[("proposal", NONE), ("version", "0"), ("why", "")])),
    ("/api/offers/refuse-proposal", Form(Member(Action::Change), &[("proposal", NONE), ("reason", "")])),
    ("/api/offers/answer-question", Form(Member(Action::Answer), &[("question", NONE), ("text", "")])),
    ("/api/offers/resolve", Form(Member(Action::Verify), &[("kind", "none"), ("state", "cleared"), ("evidence", "")])),
    ("/api/offers/move-start", Form(Member(Action::Start), &[("to", "2000-01-01"), ("reason", "")])),
    ("/api/offers/start", Form(Member(Action::Start), &[("day", "2099-01-01")])),
    ("/api/offers/not-start", Form(Member(Action::Start), &[("by", "candidate"), ("reason", "")])),
    ("/api/offers/acknowledge", Form(Member(Action::Acknowledge), &[("recipient", "none"), ("reference", "")])),
    ("/api/offers/decline", FormThatActs(CandidateOr(Action::RecordCandidate), &[("primary", "comp"), ("note", "")])),
    ("/api/offers/withdraw", Form(Member(Action::RecordCandidate), &[("reason", "")])),
    ("/api/offers/cancel", Form(Member(Action::Cancel), &[("reason", "")])),
    ("/api/offers/ask-rescission", Form(Member(Action::Rescind), &[("reason", "")])),
    ("/api/offers/agree-rescission", FormThatActs(Member(Action::Rescind), &[])),
    ("/api/offers/drop-rescission", Form(Member(Action::Rescind), &[("reason", "")])),
    ("/api/offers/reopen", Form(Member(Action::Reopen), &[("reason", "")])),
    ("/api/offers/send", Form(Member(Action::Send), &[("version", "0"), ("accept_by", ""), ("zone", "")])),
    ("/api/offers/hold", Form(Member(Action::Send), &[("reason", "")])),
    ("/api/offers/release", FormThatActs(Member(Action::Send), &[])),
    ("/api/offers/move-accept-by", Form(Member(Action::Send), &[("accept_by", ""), ("zone", ""), ("reason", "")])),
    ("/api/offers/submit", FormThatActs(Member(Action::Submit), &[])),
    ("/api/offers/confirm-start", FormThatActs(Member(Action::Start), &[])),
    ("/api/offers/save", SaveDraft), ("/api/offers/begin", Begin),

    ("/api/client/approve", ClientForm(&[("step", "none"), ("version", "0"), ("comment", "")])),
    ("/api/client/return", ClientForm(&[("step", "none"), ("question", "")])),
    ("/api/client/reject", ClientForm(&[("step", "none"), ("version", "0"), ("reason", "")])),
    ("/api/candidate/accept", CandidateForm(&[("version", "0"), ("letter", ""), ("typed_name", "")])),
    ("/api/candidate/decline", CandidateForm(&[("primary", "")])),
    ("/api/candidate/ask", CandidateForm(&[("text", "")])),
    ("/api/candidate/change", CandidateForm(&[("why", "")])),

    ("/api/views/save", OwnForm(&[("name", ""), ("asks", "")])), ("/api/views/remove", OwnForm(&[("name", "none")])),
    ("/api/people/leave", PeopleForm(&[("person", NONE), ("sure", "yes")])), ("/api/people/invite", PeopleForm(&[("person", NONE)])),
    ("/api/people/reset-second-step", PeopleForm(&[("person", NONE)])), ("/api/people/reset-single-sign-on", PeopleForm(&[("person", NONE)])),
    ("/api/people/end-sessions", PeopleForm(&[("person", NONE)])),
    ("/api/people/take-in", PeopleForm(&[("name", "Never There"), ("email", "never@mail.example"), ("zone", "America/Chicago")])),
    ("/api/people/move", PeopleForm(&[("person", NONE), ("name", "Never There"), ("email", "never@mail.example"), ("zone", "America/Chicago")])),
    ("/api/people/make-token", PeopleForm(&[("person", NONE), ("token_name", "never"), ("reads", "all"), ("lasts", "30")])),
    ("/api/people/revoke-token", PeopleForm(&[("person", NONE), ("token_id", NONE)])),
    ("/api/people/token-kept", PeopleForm(&[("person", NONE), ("made", "none")])),
    ("/api/people/away", AbsenceForm(&[("person", NONE), ("from", "2027-01-01"), ("until", "2027-01-02"), ("stand_in", "")])),
    ("/api/people/back", AbsenceForm(&[("person", NONE)])),
    ("/api/imports/apply", Import),
    // takes files alone, which a form of text is not: `it access` and `it imports` hold it against who may
    ("/api/imports/look", Open),
];

/// Styles, scripts and pictures of the site, which are the same for everybody.
pub(crate) fn is_a_file(address: &str) -> bool {
    address.starts_with("/pkg/") || address.rsplit('/').next().is_some_and(|name| name.contains('.') && !name.contains('{'))
}
