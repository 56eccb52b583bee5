//! The guided intake and its review.

use super::{Computed, Titles};
use offer::check::Finding;
use offer::engagement::Engagement;
use offer::field::{FieldKey, FieldTable, Section};
use offer::id::{ClientCode, OfferId, PersonId, Role, StepKey};
use offer::intake::Problem;
use offer::lifecycle::{Refusal, Words};
use offer::moment::Moment;
use offer::outlook::Slice;
use offer::policy::Route;
use offer::terms::Entries;
use std::collections::BTreeMap;

/// A draft with everything as typed.
#[derive(Clone, Debug)]
pub struct IntakePage {
    /// The offer.
    pub id: OfferId,
    /// What people call it.
    pub number: String,
    /// The field table.
    pub table: FieldTable,
    /// What keys are called.
    pub titles: Titles,
    /// Who hires whom, as far as it is chosen.
    pub engagement: Option<Engagement>,
    /// Everything as typed.
    pub entries: Entries,
    /// The sections that have fields for this engagement, in order.
    pub sections: Vec<Section>,
    /// Problems of what is typed; a section's page shows its own once something was saved on it.
    pub problems: Vec<Problem>,
    /// People to choose from.
    pub people: Vec<PersonChoice>,
    /// Clients to choose from, code and name.
    pub clients: Vec<(ClientCode, String)>,
    /// Clauses to choose from, key and title.
    pub clauses: Vec<(String, String)>,
    /// Contingencies to choose from, kind and name.
    pub contingencies: Vec<(String, String)>,
    /// Answers that are known for fields that take any text.
    pub known: BTreeMap<FieldKey, Vec<String>>,
    /// The version of the draft that was read.
    pub version: i64,
    /// What the browser looks ahead with.
    pub slice: Slice,
    /// Fields that the viewer may fill; others are shown as they stand.
    pub editable: Vec<FieldKey>,
    /// Those of the viewer's that stay as they were first submitted.
    pub settled: Vec<FieldKey>,
    /// What the requisition says where nothing was typed: shown as where it comes from.
    pub prefilled: Vec<FieldKey>,
    /// Why it came back from its approvers, until it is submitted again.
    pub rejection: Option<Rejection>,
}

/// An approver's no, which made a draft of an offer again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The step.
    pub step: StepKey,
    /// By whom, by name.
    pub by: String,
    /// When.
    pub at: Moment,
    /// Why.
    pub reason: Words,
}

/// What somebody who types has before their eyes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The version of the draft that was read.
    pub version: i64,
    /// The window in which it is typed, named by the `once` of its form: what one window writes is never news to it.
    pub window: String,
}

/// A person to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonChoice {
    /// The person.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Roles.
    pub roles: Vec<Role>,
    /// The client whose person it is; empty for the firm's own.
    pub client: String,
}

/// The review before submission.
#[derive(Clone, Debug)]
pub struct ReviewPage {
    /// The draft.
    pub intake: IntakePage,
    /// Everything found.
    pub findings: Vec<Finding>,
    /// The route to come, and why.
    pub route: Route,
    /// How many rules that the viewer may not read have their say once it is submitted.
    pub hidden_rules: u32,
    /// Who may decide each step, by name, in the order of the route.
    pub people: Vec<Vec<String>>,
    /// Steps whose approval of an earlier version would stand.
    pub stands: Vec<StepKey>,
    /// Whether it differs from the version that was submitted last; nothing where none was.
    pub changed: Option<bool>,
    /// Why it would not be taken as it stands: nobody may decide some step.
    pub undecidable: Option<Refusal>,
    /// Figures.
    pub computed: Computed,
}
