//! What will come of a draft while it is typed: problems, findings, figures and the route, for a viewer who may not see everything.
//!
//! [`Slice`] is what a browser is given, reduced by sight; [`Slice::look`] runs the same reading, checks and rules over it as the
//! server runs over the whole. What it says is never different from what the server says, only less.

mod computed;
mod slice;

pub use computed::{Computed, computed};
pub use slice::{Decider, Slice, Whole};

use crate::access::{seen_findings, seen_route, tells_finding};
use crate::check::{self, Finding, Ground};
use crate::field::{FieldTable, Gate};
use crate::intake::{self, Fault, Problem};
use crate::policy::{self, Policy, Route};
use crate::terms::Entries;
use serde::{Deserialize, Serialize};

/// What will come of a draft, as far as its viewer may see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlook {
    /// What does not read or is missing, in the order of the table.
    pub problems: Vec<Problem>,
    /// What the checks find, strongest first.
    pub findings: Vec<Finding>,
    /// Figures.
    pub computed: Computed,
    /// Who is asked and who is not, under the rules that the viewer may read. What its approvals stand for is not told: that depends on every rule.
    pub route: Route,
    /// How many more rules are checked on the server.
    pub hidden_rules: u32,
}

impl Slice {
    /// Looks ahead. `table` is [`Slice::table`], made once.
    pub fn look(&self, entries: &Entries, table: &FieldTable) -> Outlook {
        let sight = self.sight();
        let (terms, mut problems) = intake::read_as_it_stands(entries, table, Gate::Submit);
        // a rule between two fields may name one that is not in sight
        problems.retain(|problem| table.get(&problem.field).is_some());
        let gone = self.gone().iter().map(|field| Problem { field: field.clone(), fault: Fault::NotAField });
        problems.splice(0..0, gone);
        let mut assessment = check::assess(&terms, Ground { rows: self, opening: self.opening(), today: self.today() });
        assessment.findings.retain(|finding| tells_finding(sight, finding.fact.kind()));
        let mut route = policy::route(&terms, &assessment, Policy { rules: self.rules(), deciders: &[] }, table).while_open(&problems);
        route.left_out.retain(|out| self.tells_whole(&out.step));
        route.steps.iter_mut().for_each(|step| step.inputs.clear());
        Outlook {
            problems,
            findings: seen_findings(&assessment.findings, sight, table),
            computed: computed(&terms, self, self.opening(), sight),
            route: seen_route(&route, sight, table),
            hidden_rules: terms.engagement().map_or(0, |engagement| self.hidden_rules(engagement)),
        }
    }
}
