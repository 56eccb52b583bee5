//! What can be wrong with a playbook, and where: codes and values, never sentences.

use crate::access::{Action, Scope};
use crate::check::Figure;
use crate::engagement::Engagement;
use crate::field::{FieldKey, Side};
use crate::id::{ClauseKey, ContingencyKind, RecipientKey, Role, StepKey, TemplateKey};
use crate::packet;
use serde::{Serialize, Serializer};

/// One thing wrong with a playbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaybookProblem {
    /// Where in the document, by names: `rules.over-cap.step.after`.
    pub path: Path,
    /// Where in the text, when there is one.
    pub place: Option<packet::Place>,
    /// What is wrong.
    #[serde(flatten)]
    pub fault: Fault,
}

impl PlaybookProblem {
    /// Whether this stops publication.
    pub fn strength(&self) -> packet::Strength {
        match &self.fault {
            Fault::Letter { letter, .. } => letter.strength(),
            _ => packet::Strength::Error,
        }
    }
}

/// Where something stands in a playbook.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(pub Vec<Segment>);

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Segment {
    /// A name: `rules`, `step`.
    Name(String),
    /// An item of a section.
    Item {
        /// Its place in the document, from 0.
        index: usize,
        /// Its key, when it has one.
        key: String,
    },
    /// A place in a list, from 0.
    Index(usize),
}

impl Path {
    /// A section or a table of the document.
    pub fn of(name: &str) -> Self {
        Self(vec![Segment::Name(name.to_owned())])
    }

    /// A name further in.
    #[must_use]
    pub fn at(&self, name: &str) -> Self {
        self.with(Segment::Name(name.to_owned()))
    }

    /// An item further in.
    #[must_use]
    pub fn item(&self, index: usize, key: impl Into<String>) -> Self {
        self.with(Segment::Item { index, key: key.into() })
    }

    /// A place in a list further in.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.with(Segment::Index(index))
    }

    fn with(&self, segment: Segment) -> Self {
        Self(self.0.iter().cloned().chain([segment]).collect())
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, segment) in self.0.iter().enumerate() {
            let dot = if place == 0 { "" } else { "." };
            match segment {
                Segment::Name(name) => write!(out, "{dot}{name}")?,
                Segment::Item { index, key } if key.is_empty() => write!(out, "[{index}]")?,
                Segment::Item { key, .. } => write!(out, "{dot}{key}")?,
                Segment::Index(index) => write!(out, "[{index}]")?,
            }
        }
        Ok(())
    }
}

impl Serialize for Path {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

crate::coded::coded! {
    /// What kind of value stands in a document.
    TomlKind {
        /// Text in quotes.
        Text = "text",
        /// A whole number.
        Number = "number",
        /// A number with a decimal point; never money (law 7).
        Decimal = "decimal",
        /// `true` or `false`.
        Truth = "truth",
        /// A date or time.
        Date = "date",
        /// A list.
        List = "list",
        /// A table.
        Table = "table",
    }
}

/// Everything that can be wrong with a playbook. Closed: a new one does not compile until it has words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// The text is not TOML from here on.
    NotToml,
    /// A name that means nothing here.
    UnknownKey {
        /// The name.
        key: String,
    },
    /// A name that must stand here and does not.
    MissingKey {
        /// The name.
        key: String,
    },
    /// A word that is none of those accepted here.
    UnknownCode {
        /// The word.
        code: String,
        /// Those accepted.
        accepted: Vec<String>,
    },
    /// A value of another kind than the one that belongs here.
    WrongKind {
        /// The kind that stands here; nothing when it cannot be named.
        found: Option<TomlKind>,
    },
    /// Not an amount such as `"52.00"`.
    NotMoney,
    /// Not a percentage such as `"38"`.
    NotAPercentage,
    /// A value of the right kind that does not read: a date that is none, a number out of range.
    Unreadable,

    /// A key that an item of the section already has.
    DoubleKey {
        /// The key.
        key: String,
    },
    /// A key that is not words in lower case joined by hyphens.
    NotKebab {
        /// The key.
        key: String,
    },
    /// A key that is empty or holds anything but letters, digits, `_`, `-`, `.`.
    KeyUnfit {
        /// The key.
        key: String,
    },
    /// A field that is neither built in nor a custom field.
    UnknownField {
        /// The field.
        field: FieldKey,
    },
    /// A field that is not built in where only built-in ones may stand.
    NotBuiltIn {
        /// The field.
        field: FieldKey,
    },
    /// A role without a row in `roles`.
    UnknownRole {
        /// The role.
        role: Role,
    },
    /// A step that no rule asks for.
    UnknownStep {
        /// The step.
        step: StepKey,
    },
    /// A clause that the playbook does not hold.
    UnknownClause {
        /// The clause.
        clause: ClauseKey,
    },
    /// A contingency that offers cannot name.
    UnknownContingency {
        /// The contingency.
        contingency: ContingencyKind,
    },
    /// The same thing twice in one list.
    Twice {
        /// What.
        value: String,
    },
    /// A list that must hold something.
    NothingListed,
    /// A text that must say something.
    NothingSaid,
    /// A number that must be at least one.
    NotPositive,

    /// Steps that wait for one another.
    StepCircle {
        /// In which engagement.
        engagement: Engagement,
        /// The steps.
        steps: Vec<StepKey>,
    },
    /// Two rules ask for the same step of different people.
    StepOfTwo {
        /// The step.
        step: StepKey,
    },
    /// What a rule holds a field against cannot be typed into that field.
    TestUnreadable {
        /// The field.
        field: FieldKey,
        /// The text.
        text: String,
    },
    /// A rule asks for more or less of a field that has no order.
    TestUnfit {
        /// The field.
        field: FieldKey,
    },
    /// A rule compares a field that is sealed under a person's key; its reasons would repeat what must go with the person.
    TestPrivate {
        /// The field.
        field: FieldKey,
    },
    /// Two fields that cannot be compared so.
    FieldsUnfit {
        /// The one.
        one: FieldKey,
        /// The other.
        other: FieldKey,
    },
    /// A figure that cannot be held against this test.
    FigureUnfit {
        /// The figure.
        figure: Figure,
    },
    /// A bound that is not written as the figure is.
    FigureUnreadable {
        /// The figure.
        figure: Figure,
        /// The text.
        text: String,
    },
    /// More than one approval of a step that one person decides.
    QuorumOfOne,
    /// A reminder that comes when the decision is due already, or later.
    RemindsTooLate,
    /// The recruiter, who asks, would decide.
    RecruiterDecides,
    /// `all` or `any` of nothing: the rule would always or never ask.
    ConditionEmpty,
    /// A material field that no group of deciders holds.
    FieldUndecided {
        /// The field.
        field: FieldKey,
        /// For which engagements.
        engagements: Vec<Engagement>,
    },
    /// The last decider of a group is not asked on every offer of an engagement, so that its fields could go undecided.
    LastDeciderConditional {
        /// The engagement.
        engagement: Engagement,
        /// The step; nothing when no decider of the group has a step there.
        step: Option<StepKey>,
    },
    /// A field that another group of deciders holds too.
    FieldDecidedTwice {
        /// The field.
        field: FieldKey,
        /// The other group.
        other: String,
    },
    /// A field that is not material, and so needs no decider.
    FieldNotMaterial {
        /// The field.
        field: FieldKey,
    },

    /// A custom field whose key does not begin with `custom.`.
    CustomPrefix {
        /// The field.
        field: FieldKey,
    },
    /// A choice without choices.
    ChoicesMissing,
    /// Choices where the kind of field has none.
    ChoicesUnfit,
    /// A bound that cannot be typed into the field.
    BoundUnreadable {
        /// The text.
        text: String,
    },
    /// The smallest value lies above the largest.
    BoundsCrossed,
    /// A band whose lowest, middle and highest pay are not in this order, or not above nothing.
    BandOutOfOrder,
    /// A percentage below nothing or beyond the whole.
    PercentOutOfRange,

    /// A fault of a letter template or clause.
    Letter {
        /// Where in its body.
        body: packet::Place,
        /// What.
        letter: packet::FaultKind,
    },
    /// Two templates fit the same offers equally well.
    TemplateTie {
        /// The other one.
        other: TemplateKey,
    },
    /// No template is meant for offers of an engagement.
    TemplateMissing {
        /// The engagement.
        engagement: Engagement,
    },

    /// A recipient gets a field that its role does not see.
    RecipientMayNotSee {
        /// The recipient.
        recipient: RecipientKey,
        /// The field.
        field: FieldKey,
    },
    /// A role would do what it promises never to do.
    RoleMayNotAct {
        /// The role.
        role: Role,
        /// What it would do.
        action: Action,
    },
    /// A role would see what it promises never to see.
    RoleMayNotSee {
        /// The role.
        role: Role,
        /// The side.
        side: Side,
    },
    /// A role would reach offers that it promises never to reach.
    RoleMayNotReach {
        /// The role.
        role: Role,
        /// On which offers.
        scope: Scope,
    },
    /// A role would publish playbooks or run people, which it promises never to do.
    RoleMayNotRun {
        /// The role.
        role: Role,
    },
    /// No role may publish playbooks and import, or none may run people: nobody could ever change it again.
    NobodyRuns,
    /// A role drafts or changes offers and may write none of their fields.
    EditsNothing {
        /// The role.
        role: Role,
    },
    /// A role would write what it does not see.
    EditsUnseen {
        /// The role.
        role: Role,
        /// The side.
        side: Side,
    },
    /// Not an hour of the clock such as `"08:00"`.
    NotATime {
        /// The text.
        text: String,
    },
    /// The office closes before it opens.
    ClosesBeforeOpening,
    /// Not a day of the week: `"mon"` to `"sun"`.
    NotAWeekday {
        /// The text.
        text: String,
    },
    /// Not the name of a time zone such as `"America/Chicago"`.
    NotAZone {
        /// The text.
        text: String,
    },
    /// Not a state, by its two letters.
    NotAState {
        /// The text.
        text: String,
    },
    /// Not an address that mail could reach.
    NotAnEmail {
        /// The text.
        text: String,
    },
    /// Names a person, by address or in a rule; people stand in streams of their own (law 11).
    NamesAPerson,
    /// Holds a character that text cannot have, such as NUL.
    ForbiddenCharacter,
}
