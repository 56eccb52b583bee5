//! An event as somebody may see it: values by the side of their field, and what staff say among themselves for staff alone.

use super::Sight;
use super::said::{is_between_staff, is_with_the_client, reads, silence, silence_words};
use crate::check::{CapFrom, Fact, FactKind, Figure, Finding};
use crate::engagement::Engagement;
use crate::field::{FieldKey, FieldTable, Side};
use crate::id::StepKey;
use crate::ledger::Digest;
use crate::lifecycle::{AcceptanceEvidence, By, Event, Exception, RoutedAnew, StepReopened, StepStands, Verbal};
use crate::playbook::CapOn;
use crate::policy::{Because, Condition, Coverage, Reason, Reopening, Route, RouteStep, Rule, StepLeftOut};
use crate::terms::Change;
use std::collections::BTreeSet;

/// An event as somebody with this sight may see it; nothing when it is between others.
///
/// Whoever does not read staff's talk, a client's contact above all, sees that things happened and not what was written about them.
pub fn seen(event: &Event, by: &By, sight: &Sight, table: &FieldTable) -> Option<Event> {
    let staff = sight.reads_talk();
    let own = sight.of_the_client && is_with_the_client(event);
    if !staff && !own && is_between_staff(event) {
        return None;
    }
    let is_read = reads(event, by, sight);
    let mut event = event.clone();
    keep_person(&mut event, sight);
    if !is_read {
        silence_words(&mut event);
    }
    match &mut event {
        Event::Drafted { about, .. } if !staff => {
            about.business_line = None;
            about.region = None;
            about.team = None;
        }
        Event::Submitted { terms, findings, exceptions, route, stands, written_by, .. } => {
            written_by.retain(|_| staff);
            keep_standing(stands, sight, table);
            *terms = sight.of(terms, table);
            *findings = seen_findings(findings.iter(), sight, table);
            keep_explained(exceptions, sight, table);
            *route = seen_route(route, sight, table);
        }
        Event::TermsChanged { terms, changes, findings, exceptions, route, stands, reopened, .. } => {
            keep_standing(stands, sight, table);
            keep_reopened(reopened, sight, table);
            *terms = sight.of(terms, table);
            *changes = changes.retain(|field| shows(sight, field, table));
            *findings = seen_findings(findings.iter(), sight, table);
            keep_explained(exceptions, sight, table);
            *route = seen_route(route, sight, table);
        }
        // the rules are the firm's own, so nobody else reads this event
        Event::Rerouted(RoutedAnew { findings, exceptions, route, stands, reopened, .. }) => {
            keep_standing(stands, sight, table);
            keep_reopened(reopened, sight, table);
            *findings = seen_findings(findings.iter(), sight, table);
            keep_explained(exceptions, sight, table);
            *route = seen_route(route, sight, table);
        }
        Event::StepApproved { coverage, .. } | Event::StepCounted { coverage, .. } | Event::StepForced { coverage, .. } => {
            *coverage = seen_coverage(coverage, sight, table);
        }
        Event::VerbalRecorded { verbal, outside_approval, .. } => {
            *verbal = seen_verbal(verbal, sight, table);
            outside_approval.retain(|field| shows(sight, field, table));
        }
        Event::SendRequested { exceptions, .. } => keep_explained(exceptions, sight, table),
        Event::Proposed { changes, .. } => *changes = changes.retain(|field| shows(sight, field, table)),
        _ => {}
    }
    Some(event)
}

/// The candidate's name, and where the candidate is reached: a mail system's answer says the address that it refused.
fn keep_person(event: &mut Event, sight: &Sight) {
    match event {
        Event::Accepted { typed_name, evidence, .. } => {
            if !sight.shows(Side::Person) {
                silence(typed_name);
            }
            if !sight.shows(Side::Contact) {
                let nowhere = |_| AcceptanceEvidence { address: String::new(), user_agent: String::new(), email: String::new() };
                *evidence = evidence.clone().map(nowhere);
            }
        }
        Event::SendFailed { reason } | Event::Bounced { reason } if !sight.shows(Side::Contact) => silence(reason),
        _ => {}
    }
}

/// A finding as far as it is seen; nothing where its field or a figure in it is not. What the firm holds against a client stays with the firm.
#[must_use]
pub fn seen_finding(finding: &Finding, sight: &Sight, table: &FieldTable) -> Option<Finding> {
    let is_seen = shows(sight, &finding.field, table) && shows_fact(sight, &finding.fact);
    is_seen.then(|| Finding { fact: seen_fact(&finding.fact, sight), ..finding.clone() })
}

/// The findings that are seen, each as far as it is.
#[must_use]
pub fn seen_findings<'a>(findings: impl IntoIterator<Item = &'a Finding>, sight: &Sight, table: &FieldTable) -> Vec<Finding> {
    findings.into_iter().filter_map(|finding| seen_finding(finding, sight, table)).collect()
}

/// Whether a fact is told at all.
fn shows_fact(sight: &Sight, fact: &Fact) -> bool {
    let (talk, sides) = told_by(fact);
    (!talk || sight.reads_talk()) && sides.iter().all(|side| sight.shows(*side))
}

/// A fact that is told, as far as it is: what other offers pay, and how many there are, is the firm's own, and that it is too much is not.
fn seen_fact(fact: &Fact, sight: &Sight) -> Fact {
    match fact {
        Fact::OverBudget { .. } if !sight.shows(Side::Internal) => Fact::OverBudget { budget: None, committed: None, this: None },
        Fact::OverSeats { .. } if !sight.shows(Side::Internal) => Fact::OverSeats { seats_free: None, live: None },
        other => other.clone(),
    }
}

/// The sides that somebody of the firm must see to read of an exception; every side when its field is not known.
pub fn sides_of_exception(finding: &Finding, table: &FieldTable) -> Vec<Side> {
    let Some(spec) = table.get(&finding.field) else { return Side::ALL.to_vec() };
    let sides: BTreeSet<Side> = told_by(&finding.fact).1.iter().copied().chain([spec.side]).collect();
    sides.into_iter().collect()
}

/// Whether a fact is what staff tell each other, and the sides that its figures tell.
const fn told_by(fact: &Fact) -> (bool, &'static [Side]) {
    match fact {
        Fact::AboveBand { .. }
        | Fact::BelowBand { .. }
        | Fact::OverBudget { .. }
        | Fact::OutsideRequisition { .. }
        | Fact::FixedPay { .. }
        | Fact::SpokenDiffers { .. }
        | Fact::NoBand
        | Fact::StaleBand { .. }
        | Fact::CannotCheck { .. }
        | Fact::OverSeats { .. }
        | Fact::SheetReviewDue { .. } => (true, &[]),
        // the client's own cap, on what the client pays; a cap of the offer's own is the firm's
        Fact::OverCap { on: CapOn::Bill, from: CapFrom::Sheet, .. } | Fact::PurchaseOrderMissing => (false, &[Side::Bill]),
        Fact::OverCap { on: CapOn::Pay, .. } => (false, &[Side::Package, Side::Margin]),
        Fact::OverCap { on: CapOn::Bill | CapOn::Markup, .. } | Fact::BelowMarkupFloor { .. } | Fact::NoMargin { .. } => {
            (false, &[Side::Bill, Side::Margin])
        }
        Fact::UnknownClient { .. }
        | Fact::ClauseMissing { .. }
        | Fact::UnknownClause { .. }
        | Fact::NonStandardClause { .. }
        | Fact::SpecialTerms
        | Fact::StartPassed { .. }
        | Fact::AcceptByPassed { .. }
        | Fact::AttachmentMissing { .. } => (false, &[]),
    }
}

/// Whether everything from which a kind of finding is computed is seen, so that a viewer's own browser finds what the server finds.
pub fn tells_finding(sight: &Sight, kind: FactKind) -> bool {
    let (talk, sides): (bool, &[Side]) = match kind {
        FactKind::AboveBand
        | FactKind::BelowBand
        | FactKind::NoBand
        | FactKind::StaleBand
        | FactKind::FixedPay
        | FactKind::OutsideRequisition
        | FactKind::SheetReviewDue
        | FactKind::SpokenDiffers => (true, PAID),
        FactKind::OverBudget | FactKind::OverSeats => (true, COUNTED),
        FactKind::CannotCheck => (true, COUNTED_AND_BILLED),
        FactKind::OverCap | FactKind::BelowMarkupFloor | FactKind::NoMargin => (false, WITH_MARGIN),
        FactKind::PurchaseOrderMissing => (false, &[Side::Job, Side::Bill]),
        FactKind::UnknownClient
        | FactKind::ClauseMissing
        | FactKind::UnknownClause
        | FactKind::NonStandardClause
        | FactKind::SpecialTerms
        | FactKind::StartPassed
        | FactKind::AcceptByPassed
        | FactKind::AttachmentMissing => (false, &[Side::Job]),
    };
    (!talk || sight.reads_talk()) && sides.iter().all(|side| sight.shows(*side))
}

/// The same for a figure.
fn tells_figure(sight: &Sight, figure: Figure) -> bool {
    let (talk, sides): (bool, &[Side]) = match figure {
        Figure::AnnualPay | Figure::FirstYearCash => (false, PAID),
        Figure::OverBand | Figure::CompaRatio => (true, PAID),
        Figure::Committed | Figure::OverBudget => (true, COUNTED),
        Figure::Markup | Figure::PlacementFee => (false, BILLED),
        Figure::Margin
        | Figure::MarginShare
        | Figure::UnderMarkupFloor
        | Figure::OverBillCap
        | Figure::OverPayCap
        | Figure::OverMarkupCap => (false, WITH_MARGIN),
        Figure::DaysToStart => (false, &[Side::Job]),
    };
    (!talk || sight.reads_talk()) && sides.iter().all(|side| sight.shows(*side))
}

const PAID: &[Side] = &[Side::Job, Side::Package];
const BILLED: &[Side] = &[Side::Job, Side::Package, Side::Bill];
/// What is counted over the other offers of an opening is the firm's own.
const COUNTED: &[Side] = &[Side::Job, Side::Package, Side::Internal];
const COUNTED_AND_BILLED: &[Side] = &[Side::Job, Side::Package, Side::Bill, Side::Internal];
/// A cap of the offer's own goes before that of the sheet, and stands on the margin's side.
const WITH_MARGIN: &[Side] = &[Side::Job, Side::Package, Side::Bill, Side::Margin];

/// Whether a viewer may read a rule and sees everything that it looks at. What else there is in a playbook is checked on the server.
pub fn tells_rule(sight: &Sight, rule: &Rule, table: &FieldTable) -> bool {
    sight.shows(Side::Job) && (sight.reads_talk() || rule.when == Condition::Always) && tells(sight, &rule.when, table)
}

/// The rules of a playbook as a viewer is told of them.
#[derive(Clone, Debug)]
pub struct RulesTold<'a> {
    /// Those that are told.
    pub told: Vec<&'a Rule>,
    /// Those that are checked on the server.
    pub hidden: Vec<&'a Rule>,
}

impl<'a> RulesTold<'a> {
    /// Parts them.
    pub fn of(rules: &'a [Rule], sight: &Sight, table: &FieldTable) -> Self {
        let (told, hidden) = rules.iter().partition(|rule| tells_rule(sight, rule, table));
        Self { told, hidden }
    }

    /// The steps for which every rule that may ask is told. Whether another one is asked, or not, tells of what its rules look at.
    pub fn whole_steps(&self) -> BTreeSet<&'a StepKey> {
        let unsure: BTreeSet<&StepKey> = self.hidden.iter().map(|rule| &rule.step.key).collect();
        self.told.iter().map(|rule| &rule.step.key).filter(|step| !unsure.contains(step)).collect()
    }

    /// How many are checked on the server for such an engagement.
    pub fn hidden_for(&self, engagement: Engagement) -> u32 {
        u32::try_from(self.hidden.iter().filter(|rule| rule.counts_for(engagement)).count()).unwrap_or(u32::MAX)
    }

    /// A route to come with the steps of which it is told for sure that they are asked, or not.
    #[must_use]
    pub fn route(&self, route: &Route, sight: &Sight, table: &FieldTable) -> Route {
        let whole = self.whole_steps();
        let mut told = seen_route(route, sight, table);
        told.steps.retain(|step| !step.because.is_empty() || whole.contains(&step.step));
        told.left_out.retain(|out| whole.contains(&out.step));
        told
    }
}

fn tells(sight: &Sight, condition: &Condition, table: &FieldTable) -> bool {
    let seen = |key: &FieldKey| table.get(key).is_none_or(|spec| sight.shows_field(spec));
    match condition {
        Condition::Always => true,
        Condition::Finding(kind) => tells_finding(sight, *kind),
        Condition::Field(test) => seen(&test.key),
        Condition::Fields(test) => seen(&test.one) && seen(&test.other),
        Condition::Figure(test) => tells_figure(sight, test.key) && shows_figure(sight, test.key, table),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().all(|part| tells(sight, part, table)),
        Condition::Not(part) => tells(sight, part, table),
    }
}

/// A route with the reasons that are seen; steps that are not needed are for those who read staff's talk.
#[must_use]
pub fn seen_route(route: &Route, sight: &Sight, table: &FieldTable) -> Route {
    let left_out = route.left_out.iter().map(|out| StepLeftOut { because: seen_because(&out.because, sight, table), ..out.clone() });
    Route {
        steps: route.steps.iter().map(|step| seen_step(step, sight, table)).collect(),
        left_out: if sight.reads_talk() { left_out.collect() } else { Vec::new() },
    }
}

/// A step with the reasons and fields that are seen.
#[must_use]
pub fn seen_step(step: &RouteStep, sight: &Sight, table: &FieldTable) -> RouteStep {
    let staff = sight.reads_talk();
    let seen_fields = |fields: &[FieldKey]| fields.iter().filter(|field| shows(sight, field, table)).cloned().collect();
    RouteStep {
        because: if staff { seen_because(&step.because, sight, table) } else { Vec::new() },
        decides: seen_fields(&step.decides),
        inputs: if staff { seen_fields(&step.inputs) } else { Vec::new() },
        ..step.clone()
    }
}

/// Why a step is in the route or not, as far as every figure of it is seen. A rule of which nothing is left to say is not named.
fn seen_because(because: &[Because], sight: &Sight, table: &FieldTable) -> Vec<Because> {
    let seen = |one: &Because| Because {
        rule: one.rule.clone(),
        reasons: one.reasons.iter().filter(|reason| shows_reason(reason, sight, table)).map(|reason| seen_reason(reason, sight)).collect(),
    };
    because.iter().map(seen).filter(|one| !one.reasons.is_empty()).collect()
}

fn shows_reason(reason: &Reason, sight: &Sight, table: &FieldTable) -> bool {
    match reason {
        Reason::Found { fact } => shows_fact(sight, fact),
        Reason::FieldPasses { field, .. } | Reason::FieldFails { field, .. } => shows(sight, field, table),
        Reason::FigurePasses { figure, .. } | Reason::FigureFails { figure, .. } => shows_figure(sight, *figure, table),
        Reason::Compared { test, .. } => shows(sight, &test.one, table) && shows(sight, &test.other, table),
        // that nothing was found bounds the number in which it was looked for
        Reason::NotFound { kind } => tells_finding(sight, *kind),
        Reason::CannotTell { field } => shows(sight, field, table),
        Reason::CannotCompute { figure } => shows_figure(sight, *figure, table),
        Reason::Always => true,
    }
}

fn seen_reason(reason: &Reason, sight: &Sight) -> Reason {
    match reason {
        Reason::Found { fact } => Reason::Found { fact: seen_fact(fact, sight) },
        other => other.clone(),
    }
}

/// Whether every field that a figure is made of is seen; what it says about the budget is the firm's own.
pub fn shows_figure(sight: &Sight, figure: Figure, table: &FieldTable) -> bool {
    let fields = figure.inputs().all().all(|field| shows(sight, field, table));
    let of_the_budget = matches!(figure, Figure::Committed | Figure::OverBudget);
    fields && (!of_the_budget || sight.shows(Side::Internal))
}

/// What an approval stands for, without salt and digest: with both, a pay rate could be guessed.
fn seen_coverage(coverage: &Coverage, sight: &Sight, table: &FieldTable) -> Coverage {
    let staff = sight.reads_talk();
    let seen_fields = |fields: &[FieldKey]| fields.iter().filter(|field| shows(sight, field, table)).cloned().collect();
    Coverage {
        version: coverage.version,
        // the name of a rule may say what was held against a number
        rules: if sight.reads_words() { coverage.rules.clone() } else { Vec::new() },
        fields: seen_fields(&coverage.fields),
        inputs: if staff { seen_fields(&coverage.inputs) } else { Vec::new() },
        // how far somebody may still go is nobody's to know who does not decide it, and no client's
        ranges: coverage.ranges.iter().filter(|range| staff && shows(sight, &range.field, table)).cloned().collect(),
        salt: String::new(),
        digest: Digest::ZERO,
    }
}

/// A conversation with the values that are seen.
#[must_use]
pub fn seen_verbal(verbal: &Verbal, sight: &Sight, table: &FieldTable) -> Verbal {
    Verbal { spoken: sight.of(&verbal.spoken, table), ..verbal.clone() }
}

/// The changes whose field is seen.
#[must_use]
pub fn seen_changes(changes: &[Change], sight: &Sight, table: &FieldTable) -> Vec<Change> {
    changes.iter().filter(|change| shows(sight, &change.field, table)).cloned().collect()
}

/// What goes ahead all the same is staff's talk, as far as what was found is seen.
fn keep_explained(exceptions: &mut Vec<Exception>, sight: &Sight, table: &FieldTable) {
    let staff = sight.reads_talk();
    let seen = |exception: &Exception| {
        let finding = seen_finding(&exception.finding, sight, table).filter(|_| staff)?;
        Some(Exception { finding, reason: exception.reason.clone() })
    };
    *exceptions = exceptions.iter().filter_map(seen).collect();
}

fn keep_standing(stands: &mut [StepStands], sight: &Sight, table: &FieldTable) {
    let staff = sight.reads_talk();
    for step in stands {
        step.within.retain(|within| staff && shows(sight, &within.range.field, table));
    }
}

fn keep_reopened(reopened: &mut [StepReopened], sight: &Sight, table: &FieldTable) {
    for step in reopened {
        step.because = seen_reopenings(&step.because, sight, table);
    }
}

/// Why an approval does not stand any more, as far as it is seen.
#[must_use]
pub fn seen_reopenings(because: &[Reopening], sight: &Sight, table: &FieldTable) -> Vec<Reopening> {
    let staff = sight.reads_talk();
    let seen = |because: &&Reopening| match because {
        Reopening::Left { field, .. } | Reopening::NotApproved { field } => shows(sight, field, table),
        Reopening::NewRule { .. } => sight.reads_words(),
        Reopening::OwnRequest => staff,
    };
    let without_range = |because: &Reopening| match because {
        Reopening::Left { field, .. } if !staff => Reopening::Left { field: field.clone(), range: None },
        other => other.clone(),
    };
    because.iter().filter(seen).map(without_range).collect()
}

fn shows(sight: &Sight, field: &FieldKey, table: &FieldTable) -> bool {
    table.get(field).is_some_and(|spec| sight.shows_field(spec))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Strength;
    use crate::field;
    use crate::id::StepKey;
    use crate::intake;
    use crate::ledger::ActorKind;
    use crate::lifecycle::{Status, VerbalResponse, Words};
    use crate::moment::Moment;
    use crate::money::{BasisPoints, Money};
    use crate::private::Private;
    use crate::terms::{Entries, Terms, Value};

    const CANARY: &str = "canary";

    fn sight(sides: &[Side]) -> Sight {
        Sight { sides: sides.iter().copied().collect(), of_the_firm: true, quiet: false, of_the_client: false }
    }

    fn a_client_of_a_temp() -> Sight {
        Sight { of_the_firm: false, of_the_client: true, ..sight(&[Side::Job, Side::Bill]) }
    }

    fn table() -> FieldTable {
        FieldTable::default()
    }

    fn terms() -> Terms {
        let typed = [
            (field::ENGAGEMENT, "temp"),
            (field::JOB_TITLE, "Nurse"),
            (field::PAY_BASIS, "hourly"),
            (field::PAY_BASE, "62.50"),
            (field::BILL_RATE, "92"),
            (field::BURDEN, "24"),
        ];
        let entries: Entries = typed.into_iter().map(|(key, text)| (key, text.to_owned())).collect();
        intake::read_what_stands(&entries, &table())
    }

    fn said() -> Words {
        Private::Kept(CANARY.to_owned())
    }

    /// What staff did, as somebody may see it.
    fn shown(event: &Event, sight: &Sight) -> Option<Event> {
        seen(event, &By { kind: ActorKind::Person, id: "1".repeat(32) }, sight, &table())
    }

    fn submitted() -> Event {
        let finding = |field: &FieldKey, fact| Finding { strength: Strength::Approval, field: field.clone(), fact };
        let no_margin = finding(&field::BILL_RATE, Fact::NoMargin { margin: Money::cents(-5) });
        Event::Submitted {
            version: 1,
            terms: terms(),
            findings: vec![
                no_margin.clone(),
                finding(&field::PAY_BASE, Fact::AboveBand { pay: Money::cents(6250), max: Money::cents(6000), over: BasisPoints(416) }),
                finding(&field::CLAUSES, Fact::SpecialTerms),
            ],
            exceptions: vec![Exception { finding: no_margin, reason: said() }],
            route: Route::default(),
            playbook: 1,
            stands: Vec::new(),
            written_by: Vec::new(),
        }
    }

    #[test]
    fn a_client_sees_of_a_submission_the_bill_and_never_pay_burden_or_margin() {
        let Some(Event::Submitted { terms, findings, exceptions, .. }) = shown(&submitted(), &a_client_of_a_temp()) else {
            panic!("a client sees that terms were handed in")
        };
        assert_eq!(terms.money(&field::BILL_RATE), Some(Money::cents(9200)));
        assert_eq!((terms.get(&field::PAY_BASE), terms.get(&field::BURDEN)), (None, None));
        assert_eq!(findings.len(), 1);
        assert!(exceptions.is_empty());
    }

    #[test]
    fn staff_who_see_everything_see_the_event_but_for_what_could_be_guessed_from_it() {
        assert_eq!(shown(&submitted(), &Sight::everything()), Some(submitted()));
    }

    #[test]
    fn a_limit_above_the_band_is_named_to_staff_alone() {
        use crate::access::seen_limit;
        use crate::policy::BeyondLimit;
        let beyond = BeyondLimit::OverBand { most: BasisPoints(100), over: Some(BasisPoints(526)) };
        let (staff, blind) = (sight(&[Side::Job, Side::Package]), sight(&[Side::Job]));
        let client = Sight { of_the_firm: false, of_the_client: true, ..sight(&[Side::Job, Side::Package, Side::Bill]) };
        let told = [&staff, &blind, &client].map(|sight| seen_limit(beyond, sight));
        assert_eq!(told, [beyond, BeyondLimit::Untold, BeyondLimit::Untold]);
    }

    #[test]
    fn what_staff_say_among_themselves_reaches_no_client() {
        let client = a_client_of_a_temp();
        for event in [
            Event::Commented { text: said() },
            Event::RescissionAsked { reason: said(), approvers: Vec::new() },
            Event::Bounced { reason: said() },
        ] {
            assert_eq!(shown(&event, &client), None);
            assert!(shown(&event, &Sight::everything()).is_some());
        }
        for event in [Event::Cancelled { reason: said() }, Event::Reopened { reason: said() }] {
            let told = serde_json::to_string(&shown(&event, &client).unwrap()).unwrap();
            assert!(!told.contains(CANARY), "{told}");
        }
    }

    #[test]
    fn a_client_reads_its_own_question_and_our_answer_and_nobody_elses() {
        let returned = |step| Event::StepReturned { step: StepKey::named(step), question: said(), seconds_left: 1 };
        let answered = |step| {
            let at = Moment::new(chrono::DateTime::UNIX_EPOCH);
            Event::StepAnswered { step: StepKey::named(step), answer: said(), due_at: at, remind_at: at }
        };
        for (step, seen_by_client) in [("client_contact", true), ("finance", false)] {
            for event in [returned(step), answered(step)] {
                assert_eq!(shown(&event, &a_client_of_a_temp()).is_some(), seen_by_client, "{step}");
            }
        }
    }

    #[test]
    fn whoever_does_not_see_the_package_reads_no_talk_about_it() {
        let it = sight(&[Side::Job, Side::Contact]);
        assert_eq!(shown(&Event::Commented { text: said() }, &it), None);
        let a_client_who_sees_pay = Sight { of_the_firm: false, ..sight(&[Side::Job, Side::Package, Side::Bill]) };
        assert_eq!(shown(&Event::Commented { text: said() }, &a_client_who_sees_pay), None);
    }

    #[test]
    fn a_conversation_shows_the_spoken_values_that_are_seen() {
        let verbal = Verbal {
            occurred_at: Moment::parse("2026-11-20T15:00:00Z").unwrap(),
            spoken: terms(),
            response: VerbalResponse::Positive,
            expectation: None,
            competing_offer: None,
            competing_deadline: None,
            notes: Some(said()),
        };
        let event = Event::VerbalRecorded { verbal, status: Status::Approved, outside_approval: vec![field::PAY_BASE, field::JOB_TITLE] };
        let Some(Event::VerbalRecorded { verbal, outside_approval, .. }) = shown(&event, &sight(&[Side::Package])) else {
            panic!("staff see that it was spoken")
        };
        assert_eq!(verbal.spoken.get(&field::PAY_BASE), Some(&Value::Money(Money::cents(6250))));
        assert_eq!(verbal.spoken.get(&field::JOB_TITLE), None);
        assert_eq!(outside_approval, [field::PAY_BASE]);
    }

    #[test]
    fn what_other_offers_pay_is_told_to_those_who_see_the_firms_own_and_that_it_is_too_much_to_all_staff() {
        let found = |field: FieldKey, fact| Finding { strength: Strength::Approval, field, fact };
        let cents = |cents| Some(Money::cents(cents));
        let over_budget = Fact::OverBudget { budget: cents(8_350_000), committed: cents(2_777_143), this: cents(6_000_000) };
        let over_seats = Fact::OverSeats { seats_free: Some(1), live: Some(3) };
        let findings = [found(field::PAY_BASE, over_budget.clone()), found(field::ENGAGEMENT, over_seats)];
        let route = Route {
            steps: vec![RouteStep {
                because: vec![Because {
                    rule: crate::policy::RuleRef { rule: crate::id::RuleKey::new("over-budget"), version: 1 },
                    reasons: vec![Reason::Found { fact: over_budget }],
                }],
                ..RouteStep::new(StepKey::named("finance"), crate::policy::Who::Role(crate::id::role::FINANCE))
            }],
            left_out: Vec::new(),
        };
        let everything = Sight::everything();
        assert_eq!(seen_findings(&findings, &everything, &table()), findings);
        assert_eq!(seen_route(&route, &everything, &table()), route);

        let approver = sight(&[Side::Job, Side::Person, Side::Package]);
        let told = seen_findings(&findings, &approver, &table());
        let without = [Fact::OverBudget { budget: None, committed: None, this: None }, Fact::OverSeats { seats_free: None, live: None }];
        assert_eq!(told.iter().map(|finding| &finding.fact).collect::<Vec<_>>(), without.iter().collect::<Vec<_>>());
        let step = seen_step(&route.steps[0], &approver, &table());
        assert_eq!(step.because[0].reasons, [Reason::Found { fact: without[0].clone() }]);
        assert_eq!(seen_findings(&findings, &a_client_of_a_temp(), &table()), []);
    }

    #[test]
    fn nobody_sees_the_salt_of_an_approval() {
        let step = RouteStep {
            decides: vec![field::PAY_BASE, field::BILL_RATE],
            ..RouteStep::new(StepKey::named("ops"), crate::policy::Who::Role(crate::id::role::OPS))
        };
        let coverage = Coverage::of(&step, &terms(), 1, Vec::new(), [7; 16]);
        let event = Event::StepApproved { step: step.step.clone(), coverage, comment: Some(said()), on_behalf_of: None };
        let Some(Event::StepApproved { coverage, comment, .. }) = shown(&event, &a_client_of_a_temp()) else {
            panic!("a client sees that a step approved")
        };
        assert_eq!((coverage.salt.as_str(), coverage.digest, comment), ("", Digest::ZERO, None));
        assert_eq!(coverage.fields, [field::BILL_RATE]);
    }
}
