//! After acceptance: contingencies, the start, the hand-off.

use offer::id::{ContingencyKind, RecipientKey};
use offer::lifecycle::{Command, ContingencyState, NotStartedBy};

use crate::api::form::{act, act_from, command, form, offer_path, path_part};
use crate::api::read;

form!(
    /// Resolves a contingency.
    resolve at "offers/resolve" (offer, kind, state, evidence);
    |sent| {
        let state = read::choice("state", &state, ContingencyState::parse);
        act(&offer, sent, state.and_then(|state| command(Command::ResolveContingency { kind: ContingencyKind::new(kind), state, evidence }))).await
    }
);

form!(
    /// Confirms the start as it stands in the terms.
    confirm_start at "offers/confirm-start" (offer);
    |sent| act(&offer, sent, command(Command::ConfirmStart)).await
);

form!(
    /// Moves the start after acceptance.
    move_start at "offers/move-start" (offer, to, reason);
    |sent| act(&offer, sent, read::day("to", &to).and_then(|to| command(Command::MoveStart { to, reason }))).await
);

form!(
    /// Records that the person works.
    start at "offers/start" (offer, day);
    |sent| act(&offer, sent, read::day("day", &day).and_then(|day| command(Command::Start { day }))).await
);

form!(
    /// Records that the person did not start.
    not_start at "offers/not-start" (offer, by, reason);
    |sent| act(&offer, sent, read::choice("by", &by, NotStartedBy::parse).and_then(|by| command(Command::NotStart { by, reason }))).await
);

form!(
    /// Takes over what a hand-off carries.
    acknowledge at "offers/acknowledge" (offer, recipient, reference);
    |sent| {
        let page = format!("{}/hand-off/{}", offer_path(&offer), path_part(&recipient));
        let asked = command(Command::Acknowledge { recipient: RecipientKey::new(recipient), reference });
        act_from(&page, &page, &offer, sent, asked).await
    }
);
