//! What is said of people: why somebody is not changed, and what happened to them.

use offer::id::PersonId;
use offer::money::{BasisPoints, Money};
use offer::person::{CredentialChange, Person, PersonEvent, PersonRefusal, Power};

use super::{date, money, role, token};

/// The page, and the way to it.
pub const TITLE: &str = "People";
/// Under the title.
pub const LEAD: &str = "Who signs in, what they do, and for whom.";
/// A link to the new form.
pub const ADD: &str = "Add somebody";
/// The search box.
pub const SEARCH: &str = "Search by name or address";
/// The other list.
pub const SHOW_LEFT: &str = "Those who left";
/// The other list.
pub const SHOW_PRESENT: &str = "Those who are here";
/// Nobody is found.
pub const NOBODY: &str = "Nobody found";
/// Nobody is found.
pub const NOBODY_WHY: &str = "Try fewer words, or the beginning of a name.";
/// There are more.
pub const MORE: &str = "There are more. Search to find somebody.";
/// A column.
pub const COLUMN_NAME: &str = "Name";
/// A column.
pub const COLUMN_ROLES: &str = "Roles";
/// A column.
pub const COLUMN_TEAM: &str = "Team";
/// A column.
pub const COLUMN_CLIENTS: &str = "Clients";
/// Clients beyond those that are listed.
pub fn more_clients(count: usize) -> String {
    format!("and {count} more")
}

/// The title of the new form.
pub const ADD_TITLE: &str = "Add somebody";
/// Under the title.
pub const ADD_LEAD: &str = "They are mailed a link to choose a password; it works for 7 days. A client's contact needs none: the first offer to decide brings their link. Nor does an integration: it gets a token on its page.";
/// Button.
pub const ADD_DO: &str = "Add and invite";
/// A section.
pub const MOVE: &str = "Role and place";
/// Under the heading.
pub const MOVE_LEAD: &str = "What you change counts from their next click.";
/// Button.
pub const MOVE_DO: &str = "Save";
/// A section, of somebody who left.
pub const COME_BACK: &str = "Take them back";
/// Button.
pub const COME_BACK_DO: &str = "Take back and invite";
/// About oneself.
pub const IT_IS_YOU: &str = "This is you. Your name and time zone you may change; your roles, limits and place only somebody else.";
/// About somebody with more power.
pub const ABOVE_YOU: &str = "Only somebody who holds the same powers may change this person.";
/// Somebody left.
pub const LEFT: &str = "Left";
/// A group of boxes.
pub const ROLES: &str = "Roles";
/// A group of boxes.
pub const CLIENTS: &str = "Clients";
/// Help for a group of boxes.
pub const CLIENTS_HINT: &str = "Those they work for, or speak for.";
/// A box.
pub const NAME: &str = "Name";
/// A box.
pub const EMAIL: &str = "Email";
/// A box.
pub const TEAM: &str = "Team";
/// A box.
pub const DEPARTMENT: &str = "Department";
/// A box.
pub const BUSINESS_LINE: &str = "Business line";
/// A box.
pub const REGION: &str = "Region";
/// A box.
pub const MANAGER: &str = "Manager";
/// A box.
pub const LIMIT_ANNUAL: &str = "May approve pay up to";
/// After a box.
pub const A_YEAR: &str = "a year";
/// A box.
pub const LIMIT_OVER_BAND: &str = "May approve above the band by";
/// Help for a box.
pub const LIMIT_HINT: &str = "Leave empty for the limit of the role.";
/// A box.
pub const ZONE: &str = "Time zone";
/// Help for a box.
pub const ZONE_HINT: &str = "As America/Chicago or Europe/Berlin.";
/// A choice.
pub const NONE: &str = "None";

/// A section.
pub const SIGN_IN: &str = "Sign-in";
/// How a client's contact signs in.
pub const BY_LINK: &str = "Signs in by a link and a code from a mail.";

/// How somebody signs in.
pub fn signs_in(has_password: bool, has_second_factor: bool, is_linked: bool, sessions: usize) -> String {
    let how = match (has_password, has_second_factor) {
        (false, false) if is_linked => "Has no password",
        (true, true) => "Has a password and a second step",
        (true, false) => "Has a password, no second step",
        (false, true) => "Has a second step, no password",
        (false, false) => "Has not set a password yet",
    };
    let linked = if is_linked { ", signs in by single sign-on" } else { "" };
    let open = match sessions {
        0 => "not signed in now".to_owned(),
        1 => "signed in at one place".to_owned(),
        _ => format!("signed in at {sessions} places"),
    };
    format!("{how}{linked}; {open}.")
}

/// Button.
pub const INVITE: &str = "Mail a new link to choose a password";
/// What follows.
pub const INVITE_WHY: &str = "It signs them out; a second step stays.";
/// Button.
pub const END_SESSIONS: &str = "Sign out everywhere";
/// Button.
pub const RESET: &str = "Reset the second step";
/// What follows.
pub const RESET_WHY: &str = "For a lost phone. Make sure that it is them who ask; they are told by mail and signed out.";
/// Button.
pub const UNLINK: &str = "Unlink the company account";
/// What follows.
pub const UNLINK_WHY: &str =
    "For an account that is not theirs any more. They are told by mail and signed out, and link another one under My account.";
/// A section.
pub const LEAVE: &str = "They leave";
/// What follows.
pub const LEAVE_WHY: &str = "They are signed out at once and can do nothing any more. What they did stays in the history.";
/// A box.
pub const LEAVE_SURE: &str = "Yes, they leave now";
/// Button.
pub const LEAVE_DO: &str = "End their access";
/// The same of an integration.
pub const COME_BACK_PROGRAM_DO: &str = "Take back";
/// The same of an integration.
pub const MOVE_LEAD_PROGRAM: &str = "What you change counts from its next request.";
/// The same of an integration.
pub const RETIRE: &str = "Retire this integration";
/// What follows.
pub const RETIRE_WHY: &str = "Its tokens stop working at once and for good. What it read stays in the access log.";
/// A box.
pub const RETIRE_SURE: &str = "Yes, retire it now";
/// A section.
pub const HISTORY: &str = "History";

/// What was done.
pub fn done(what: &str) -> Option<&'static str> {
    Some(match what {
        "moved" => "Saved.",
        "left" => "They have no access any more.",
        "invited" => "A link is on its way to them.",
        "reset" => "The second step is reset. They were told by mail.",
        "unlinked" => "The company account is unlinked. They were told by mail.",
        "ended" => "They are signed out everywhere.",
        "revoked" => "The token is revoked. Its next request is refused.",
        _ => return None,
    })
}

/// Somebody at the command line.
pub fn operator(os_user: &str) -> String {
    format!("{os_user}, on the server")
}

/// Why somebody is not changed like that.
pub fn refusal(why: &PersonRefusal) -> String {
    match why {
        PersonRefusal::NotYours => "You do not run people. Ask an administrator.".to_owned(),
        PersonRefusal::OwnPlace => {
            "You cannot change your own roles, limits, team, clients or manager. Ask somebody else who runs people.".to_owned()
        }
        PersonRefusal::Yourself => "You cannot do this to yourself. Ask somebody else who runs people.".to_owned(),
        PersonRefusal::MoreThanYouHold { role } => {
            format!("The role \"{}\" has a power that you do not hold, so you cannot give it.", role::role(role))
        }
        PersonRefusal::AboveYou { role } => {
            format!("This person is \"{}\", which has a power that you do not hold. Ask somebody who holds it.", role::role(role))
        }
        PersonRefusal::LastOne { power } => match power {
            Power::People => "Nobody would be left who runs people. Give that role to somebody else first.".to_owned(),
            Power::Firm => "Nobody would be left who runs the firm. Give that role to somebody else first.".to_owned(),
        },
        PersonRefusal::NotThere => "This person has left.".to_owned(),
        PersonRefusal::ThereAlready => "Somebody with this address is here already. Search for them and change their roles.".to_owned(),
        PersonRefusal::OtherKind => {
            "A client's contact, somebody of the firm and an integration come in differently: add them a second time instead of changing one into the other."
                .to_owned()
        }
        PersonRefusal::ManagerCircle => "They would be their own manager, around one or more corners.".to_owned(),
        PersonRefusal::NoSuchManager => "The manager is not here any more. Choose another.".to_owned(),
        PersonRefusal::NothingChanges => "There is nothing to change.".to_owned(),
        PersonRefusal::NotForPrograms { role } => {
            format!("An integration cannot also be \"{}\": it runs nothing and speaks for no client. Take one of the two away.", role::role(role))
        }
        PersonRefusal::Program => "An integration does not sign in, so there is nothing to mail. Make it a token instead.".to_owned(),
        PersonRefusal::NoProgram => "Only an integration has tokens. Add one with the role \"Integration\".".to_owned(),
        PersonRefusal::TooManyTokens { most } => format!("It has {most} tokens that work. Revoke one before you make another."),
        PersonRefusal::NoSuchToken => "This token does not work any more.".to_owned(),
    }
}

/// What happened to somebody.
pub fn event(event: &PersonEvent) -> String {
    match event {
        PersonEvent::Joined { person } => format!("Joined as {}.", roles(person)),
        PersonEvent::Changed { .. } => "Changed.".to_owned(),
        PersonEvent::Away { absence } => {
            format!("Away from {} to {}.", date::day(absence.from), date::day(absence.until))
        }
        PersonEvent::Back => "Back.".to_owned(),
        PersonEvent::Credential { change } => credential(change),
        PersonEvent::Left => "Left.".to_owned(),
    }
}

fn credential(change: &CredentialChange) -> String {
    match change {
        CredentialChange::PasswordSet => "Set a password.".to_owned(),
        CredentialChange::SecondFactorSet => "Set up the second step.".to_owned(),
        CredentialChange::SecondFactorRemoved => "Removed the second step.".to_owned(),
        CredentialChange::SecondFactorReset => "The second step was reset.".to_owned(),
        CredentialChange::SingleSignOnLinked => "Linked single sign-on.".to_owned(),
        CredentialChange::SingleSignOnUnlinked => "Unlinked single sign-on.".to_owned(),
        CredentialChange::SingleSignOnReset => "Taken off single sign-on.".to_owned(),
        CredentialChange::SessionsEnded => "Was signed out everywhere.".to_owned(),
        CredentialChange::RecoveryCodesMade => "Made new recovery codes.".to_owned(),
        CredentialChange::TokenMade { name, reads, expires_at, .. } => {
            let name = name.kept().map(|name| format!(" \"{name}\"")).unwrap_or_default();
            let reads = token::reads(*reads).to_lowercase();
            format!("A token{name} was made. It reads {reads}, until {}.", date::day(expires_at.instant().date_naive()))
        }
        CredentialChange::TokenRevoked { .. } => "A token was revoked.".to_owned(),
        CredentialChange::RecoveryCodeUsed { left } => format!("Used a recovery code; {left} are left."),
    }
}

fn roles(person: &Person) -> String {
    listed(person.roles.iter().map(role::role))
}

fn listed(texts: impl Iterator<Item = String>) -> String {
    let texts: Vec<String> = texts.collect();
    if texts.is_empty() { "nothing".to_owned() } else { texts.join(", ") }
}

/// What of somebody changed: the column, then what it was and what it is.
pub fn changes(before: &Person, after: &Person, name: impl Fn(&PersonId) -> String) -> Vec<(&'static str, String, String)> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let manager = |person: &Person| person.manager.as_ref().map(&name).unwrap_or_default();
    let annual = |limit: Option<Money>| limit.map(money::amount).unwrap_or_default();
    let over = |limit: Option<BasisPoints>| limit.map(money::percent).unwrap_or_default();
    let team = |person: &Person| person.team.as_ref().map(|team| role::read_out(team.as_str())).unwrap_or_default();
    let clients = |person: &Person| person.clients.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let columns = [
        (NAME, before.name().unwrap_or_default().to_owned(), after.name().unwrap_or_default().to_owned()),
        (ROLES, roles(before), roles(after)),
        (TEAM, team(before), team(after)),
        (DEPARTMENT, text(&before.department), text(&after.department)),
        (BUSINESS_LINE, text(&before.business_line), text(&after.business_line)),
        (REGION, text(&before.region), text(&after.region)),
        (CLIENTS, clients(before), clients(after)),
        (MANAGER, manager(before), manager(after)),
        (LIMIT_ANNUAL, annual(before.approval_limit_annual), annual(after.approval_limit_annual)),
        (LIMIT_OVER_BAND, over(before.approval_limit_over_band), over(after.approval_limit_over_band)),
        (ZONE, before.zone.clone(), after.zone.clone()),
    ];
    columns.into_iter().filter(|(_, was, is)| was != is).collect()
}
