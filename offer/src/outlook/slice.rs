//! What a browser is given to look ahead with: a playbook, an opening and a draft, reduced to what the viewer may see.

use crate::access::{RulesTold, Sight};
use crate::check::{BandFigures, ClauseRow, Opening, Rows, Sheet};
use crate::engagement::{Engagement, PayBasis};
use crate::field::{self, FieldKey, FieldTable, Side};
use crate::id::{ClauseKey, ClientCode, PersonId, StepKey};
use crate::intake;
use crate::moment::Day;
use crate::money::BasisPoints;
use crate::playbook::{Band, Cap, Client, CustomField, GateOverride, Playbook};
use crate::policy::Rule;
use crate::terms::Entries;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Everything from which a slice is cut.
#[derive(Clone, Copy, Debug)]
pub struct Whole<'a> {
    /// Today's playbook.
    pub playbook: &'a Playbook,
    /// Its field table.
    pub table: &'a FieldTable,
    /// Everything as typed.
    pub entries: &'a Entries,
    /// The opening.
    pub opening: Opening,
    /// Today.
    pub today: Day,
    /// Who may decide each step.
    pub deciders: &'a BTreeMap<StepKey, Decider>,
}

/// Who may decide a step of the route to come, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decider {
    /// One of these.
    OneOf(Vec<String>),
    /// It depends on whom a field names.
    NamedBy {
        /// The field.
        field: FieldKey,
        /// Who could be named, and who may decide then.
        people: BTreeMap<PersonId, Vec<String>>,
    },
}

/// What a viewer may see of everything that looking ahead needs. It stands readable in the source of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slice {
    sight: Sight,
    fields: Vec<CustomField>,
    gates: Vec<GateOverride>,
    entries: Entries,
    gone: Vec<FieldKey>,
    today: Day,
    opening: Opening,
    bands: Vec<BandRow>,
    sheets: Vec<SheetRow>,
    clauses: BTreeMap<ClauseKey, KnownClause>,
    rules: Vec<Rule>,
    whole_steps: BTreeSet<StepKey>,
    hidden_rules: BTreeMap<Engagement, u32>,
    deciders: BTreeMap<StepKey, Decider>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KnownClause {
    title: String,
    standard: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct BandRow {
    department: String,
    level: String,
    state: String,
    basis: PayBasis,
    figures: BandFigures,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct SheetRow {
    client: ClientCode,
    markup_floor: Option<BasisPoints>,
    cap: Option<Cap>,
    clauses: Vec<ClauseKey>,
    attachments: Vec<String>,
    purchase_order: bool,
    review_on: Option<Day>,
}

impl Slice {
    /// Cuts out what is in sight.
    pub fn of(whole: &Whole<'_>, sight: &Sight) -> Self {
        let Whole { playbook, table, entries, opening, today, deciders } = *whole;
        let shows = |key: &FieldKey| table.get(key).is_some_and(|spec| sight.shows_field(spec));
        let (talk, job) = (sight.reads_talk(), sight.shows(Side::Job));
        let rules = RulesTold::of(&playbook.rules, sight, table);
        let steps: BTreeSet<&StepKey> = rules.told.iter().map(|rule| &rule.step.key).collect();
        Self {
            fields: playbook.fields.iter().filter(|custom| sight.shows(custom.side)).cloned().collect(),
            gates: playbook.gates.iter().filter(|gate| shows(&gate.field)).cloned().collect(),
            entries: entries.iter().filter(|(key, _)| shows(key)).map(|(key, text)| (key.clone(), text.to_owned())).collect(),
            gone: entries
                .iter()
                .filter(|(key, text)| talk && job && table.get(key).is_none() && !text.trim().is_empty())
                .map(|(key, _)| key.clone())
                .collect(),
            today,
            opening: match (talk, sight.shows(Side::Internal)) {
                (true, true) => opening,
                // what its other offers pay, and how many there are, is the firm's own
                (true, false) => Opening { pay: opening.pay, ..Opening::default() },
                (false, _) => Opening::default(),
            },
            bands: if talk { playbook.bands.iter().map(BandRow::of).collect() } else { Vec::new() },
            sheets: if job { playbook.clients.iter().map(|client| SheetRow::of(client, sight)).collect() } else { Vec::new() },
            clauses: if job {
                playbook
                    .clauses
                    .iter()
                    .map(|clause| (clause.key.clone(), KnownClause { title: clause.title.clone(), standard: clause.standard }))
                    .collect()
            } else {
                BTreeMap::new()
            },
            whole_steps: rules.whole_steps().into_iter().cloned().collect(),
            hidden_rules: Engagement::ALL.into_iter().map(|engagement| (engagement, rules.hidden_for(engagement))).collect(),
            deciders: deciders
                .iter()
                .filter(|(step, _)| talk && steps.contains(step))
                .map(|(step, who)| (step.clone(), who.clone()))
                .collect(),
            // why a rule exists is the firm's own note
            rules: rules.told.iter().map(|rule| Rule { note: String::new(), ..(*rule).clone() }).collect(),
            sight: sight.clone(),
        }
    }

    /// The same without rows that cannot matter while only these fields can change.
    #[must_use]
    pub fn while_filling(mut self, fields: &[FieldKey]) -> Self {
        let table = self.table();
        let terms = intake::read_what_stands(&self.entries, &table);
        let fits = |key: &FieldKey, code: &str| fields.contains(key) || terms.text(key) == Some(code);
        self.bands.retain(|band| {
            fits(&field::DEPARTMENT, &band.department)
                && fits(&field::LEVEL, &band.level)
                && fits(&field::STATE, &band.state)
                && fits(&field::PAY_BASIS, band.basis.code())
        });
        self.sheets.retain(|sheet| fits(&field::CLIENT, sheet.client.as_str()));
        if !fields.contains(&field::CLAUSES) {
            let told: BTreeSet<ClauseKey> = terms.clauses().chain(self.sheets.iter().flat_map(|sheet| sheet.clauses.clone())).collect();
            self.clauses.retain(|clause, _| told.contains(clause));
        }
        if let Some(engagement) = terms.engagement().filter(|_| !fields.contains(&field::ENGAGEMENT)) {
            self.rules.retain(|rule| rule.counts_for(engagement));
            self.hidden_rules.retain(|counted, _| *counted == engagement);
        }
        for decider in self.deciders.values_mut() {
            if let Decider::NamedBy { field, people } = decider
                && !fields.contains(field)
            {
                people.retain(|person, _| terms.person(field) == Some(person));
            }
        }
        self
    }

    /// The fields in sight; none for whoever does not see who hires whom, for without that nothing can be told.
    pub fn table(&self) -> FieldTable {
        let gates = self.gates.iter().map(|gate| (gate.field.clone(), gate.gate));
        FieldTable::with_gates(self.fields.iter().map(CustomField::spec), gates)
            .retain(|spec| self.sight.shows(Side::Job) && self.sight.shows_field(spec))
    }

    /// What was typed when the slice was cut, as far as it is in sight.
    pub const fn entries(&self) -> &Entries {
        &self.entries
    }

    /// What the viewer sees.
    pub const fn sight(&self) -> &Sight {
        &self.sight
    }

    /// Who may decide a step, by name, under these entries; nothing while nobody is named for it.
    pub fn deciders(&self, step: &StepKey, entries: &Entries) -> Option<Vec<String>> {
        match self.deciders.get(step)? {
            Decider::OneOf(names) => Some(names.clone()),
            Decider::NamedBy { field, people } => {
                let named = PersonId::parse(entries.get(field)?.trim())?;
                Some(people.get(&named).cloned().unwrap_or_default())
            }
        }
    }

    /// Fields that were filled in and that the playbook does not hold any more.
    pub(super) fn gone(&self) -> &[FieldKey] {
        &self.gone
    }

    pub(super) const fn opening(&self) -> Opening {
        self.opening
    }

    pub(super) const fn today(&self) -> Day {
        self.today
    }

    pub(super) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether every rule that may ask for a step is told.
    pub(super) fn tells_whole(&self, step: &StepKey) -> bool {
        self.whole_steps.contains(step)
    }

    pub(super) fn hidden_rules(&self, engagement: Engagement) -> u32 {
        self.hidden_rules.get(&engagement).copied().unwrap_or_default()
    }
}

impl Rows for Slice {
    fn band(&self, department: &str, level: &str, state: &str, basis: PayBasis) -> Option<BandFigures> {
        let fits = |row: &&BandRow| row.department == department && row.level == level && row.state == state && row.basis == basis;
        self.bands.iter().find(fits).map(|row| row.figures)
    }

    fn sheet(&self, client: &ClientCode) -> Option<Sheet<'_>> {
        self.sheets.iter().find(|row| row.client == *client).map(|row| Sheet {
            markup_floor: row.markup_floor,
            cap: row.cap,
            clauses: &row.clauses,
            attachments: &row.attachments,
            purchase_order: row.purchase_order,
            review_on: row.review_on,
        })
    }

    fn clause(&self, clause: &ClauseKey) -> Option<ClauseRow<'_>> {
        self.clauses.get(clause).map(|known| ClauseRow { title: &known.title, standard: known.standard })
    }
}

impl BandRow {
    fn of(band: &Band) -> Self {
        Self {
            department: band.department.clone(),
            level: band.level.clone(),
            state: band.state.clone(),
            basis: band.basis,
            figures: band.figures(),
        }
    }
}

impl SheetRow {
    fn of(client: &Client, sight: &Sight) -> Self {
        let sheet = client.sheet();
        let bill = sight.shows(Side::Bill);
        let margin = bill && sight.shows(Side::Margin) && sight.shows(Side::Package);
        Self {
            client: client.code.clone(),
            markup_floor: sheet.markup_floor.filter(|_| margin),
            cap: sheet.cap.filter(|_| margin),
            clauses: sheet.clauses.to_vec(),
            attachments: sheet.attachments.to_vec(),
            purchase_order: sheet.purchase_order && bill,
            review_on: sheet.review_on.filter(|_| sight.reads_talk()),
        }
    }
}
