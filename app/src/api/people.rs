//! Joining, moving, leaving: the forms of whoever runs people.

use std::collections::BTreeMap;

use offer::id::PersonId;
use offer::intake::{Fault, Problem};

use super::form::{Sent, answered, form, path_part};
use crate::desk::{Answer, PersonTyped, SeeTo};
use crate::viewer::{desk, viewer};

/// The address of somebody's page.
pub fn person_path(id: &str) -> String {
    format!("/people/{}", path_part(id))
}

fn ticked(boxes: &BTreeMap<String, String>) -> Vec<String> {
    boxes.iter().filter(|(_, ticked)| *ticked == "yes").map(|(key, _)| key.clone()).collect()
}

form!(
    /// Takes somebody in.
    take_in at "people/take-in" (
        name, email, team, department, business_line, region, manager, approval_limit_annual, approval_limit_over_band, zone
    ) groups (roles, clients);
    |sent| {
        let (roles, clients) = (ticked(&roles), ticked(&clients));
        let typed = PersonTyped {
            name, email, roles, team, department, business_line, region, clients, manager, approval_limit_annual, approval_limit_over_band, zone,
        };
        let answer = match desk() {
            Some(desk) => desk.take_in(&viewer(), &typed).await,
            None => Answer::Unavailable,
        };
        answered(answer, sent, "/people/new", |id| person_path(id.as_str())).await
    }
);

form!(
    /// Changes how somebody stands.
    move_person at "people/move" (
        person, name, team, department, business_line, region, manager, approval_limit_annual, approval_limit_over_band, zone
    ) groups (roles, clients);
    |sent| {
        let (roles, clients) = (ticked(&roles), ticked(&clients));
        let typed = PersonTyped {
            name, email: String::new(), roles, team, department, business_line, region, clients, manager, approval_limit_annual,
            approval_limit_over_band, zone,
        };
        let answer = match desk() {
            Some(desk) => desk.move_person(&viewer(), &PersonId::new(person.as_str()), &typed).await,
            None => Answer::Unavailable,
        };
        let page = person_path(&person);
        answered(answer, sent, &page, |()| format!("{page}?done=moved")).await
    }
);

form!(
    /// Ends somebody's access.
    leave at "people/leave" (person, sure);
    |sent| {
        if sure == "yes" {
            see_to(&person, SeeTo::Leave, sent).await
        } else {
            let problem = Problem { field: offer::field::FieldKey::named("sure"), fault: Fault::Missing { gate: offer::field::Gate::Submit } };
            answered(Answer::<()>::Problems(vec![problem]), sent, &person_path(&person), |()| String::new()).await
        }
    }
);

form!(
    /// Mails somebody a new link to choose a password.
    invite_again at "people/invite" (person);
    |sent| see_to(&person, SeeTo::Invite, sent).await
);

form!(
    /// Takes somebody's second factor away.
    reset_second_factor at "people/reset-second-step" (person);
    |sent| see_to(&person, SeeTo::ResetSecondFactor, sent).await
);

form!(
    /// Takes the link to somebody's account at the identity provider away.
    reset_single_sign_on at "people/reset-single-sign-on" (person);
    |sent| see_to(&person, SeeTo::ResetSingleSignOn, sent).await
);

form!(
    /// Ends somebody's sessions.
    end_sessions at "people/end-sessions" (person);
    |sent| see_to(&person, SeeTo::EndSessions, sent).await
);

async fn see_to(person: &str, what: SeeTo, sent: Sent) -> Answer<()> {
    let answer = match desk() {
        Some(desk) => desk.see_to(&viewer(), &PersonId::new(person), what).await,
        None => Answer::Unavailable,
    };
    let page = person_path(person);
    let done = match what {
        SeeTo::Leave => "left",
        SeeTo::Invite => "invited",
        SeeTo::ResetSecondFactor => "reset",
        SeeTo::ResetSingleSignOn => "unlinked",
        SeeTo::EndSessions => "ended",
    };
    answered(answer, sent, &page, |()| format!("{page}?done={done}")).await
}
