//! What an offer is about, as far as it decides who may see it.

use super::Relations;
use crate::engagement::Engagement;
use crate::field::{self, FieldKey};
use crate::id::{ClientCode, TeamKey};
use crate::terms::Terms;
use serde::{Deserialize, Serialize};

/// What an offer is about, as far as it decides who may see it: of a draft as it was typed, after that as it was submitted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The engagement.
    pub engagement: Option<Engagement>,
    /// The client.
    pub client: Option<ClientCode>,
    /// The team.
    pub team: Option<TeamKey>,
    /// The department.
    pub department: Option<String>,
    /// The business line.
    pub business_line: Option<String>,
    /// The region.
    pub region: Option<String>,
    /// The people it names.
    pub relations: Relations,
}

impl About {
    /// What these terms are about.
    pub fn of(terms: &Terms) -> Self {
        let text = |key: &FieldKey| terms.text(key).map(str::to_owned);
        let person = |key: &FieldKey| terms.person(key).cloned();
        Self {
            engagement: terms.engagement(),
            client: terms.client(),
            team: terms.text(&field::TEAM).map(TeamKey::new),
            department: text(&field::DEPARTMENT),
            business_line: text(&field::BUSINESS_LINE),
            region: text(&field::REGION),
            relations: Relations {
                recruiter: person(&field::RECRUITER),
                hiring_manager: person(&field::HIRING_MANAGER),
                account_manager: person(&field::ACCOUNT_MANAGER),
                client_contact: person(&field::CLIENT_CONTACT),
            },
        }
    }
}
