//! Why something cannot be done: what is wrong, where, and what to do about it.

use offer::access::Denial;
use offer::field::{FieldKey, FieldTable, Gate};
use offer::lifecycle::{Refusal, Status, Subjectless};
use offer::person::AbsenceFault;
use offer::policy::{BeyondLimit, RangeFault};
use offer::terms::{FieldConflict, Value};

use super::{field, finding, money, person, role, status};

/// A refusal in words.
pub fn refusal(refusal: &Refusal, table: &FieldTable) -> String {
    let labels = |keys: &[FieldKey]| keys.iter().map(|key| field::label_of(key, table)).collect::<Vec<_>>().join(", ");
    match refusal {
        Refusal::Hidden => "There is no such offer.".to_owned(),
        Refusal::Person { why } => person::refusal(why),
        Refusal::ProveFirst => "Confirm that it is you. What you typed is kept; check it, then send it once more.".to_owned(),
        Refusal::NotAllowed { because } => denial(*because).to_owned(),
        Refusal::FieldsNotYours { fields } => {
            format!(
                "You can change this offer, but not these fields: {}. Leave them as they are, or ask somebody whose they are.",
                labels(fields)
            )
        }
        Refusal::Settled { fields } => format!(
            "{} of an offer stays as it was when the offer was first submitted. For another, end this offer and begin a new one.",
            labels(fields)
        ),
        Refusal::AnotherPerson => {
            "Name and address together are another person's than those to whom a letter went. Put right one of them; for somebody \
             else, end this offer and begin a new one."
                .to_owned()
        }
        Refusal::NotInThisState { status } => {
            format!(
                "The offer is {} now, and this cannot be done while it is. Read the page again to see what can.",
                status::in_sentence(*status)
            )
        }
        Refusal::MovedOn { now_at, changed } if changed.is_empty() => {
            format!("The offer has moved on to version {now_at} since you read it. Read it again, then decide.")
        }
        Refusal::MovedOn { now_at, changed } => {
            format!(
                "The offer has moved on to version {now_at} since you read it. Changed: {}. Read it again, then decide.",
                labels(changed)
            )
        }
        Refusal::Conflict { now_at, conflicts } => {
            let both = |conflict: &FieldConflict| {
                let value = |value: &Option<Value>| {
                    value.as_ref().map_or_else(|| "empty".to_owned(), |value| field::value_of(&conflict.field, value, table))
                };
                format!("{}: yours {}, now {}", field::label_of(&conflict.field, table), value(&conflict.yours), value(&conflict.theirs))
            };
            let listed = conflicts.iter().map(both).collect::<Vec<_>>().join("; ");
            format!("Somebody else changed the same fields meanwhile (version {now_at}). {listed}. Agree on one value, then decide again.")
        }
        Refusal::RangeUnfit { field, because } => range_unfit(field, *because, table),
        Refusal::ReasonMissing => "Write a few words first. They are kept in the history.".to_owned(),
        Refusal::TextTooLong { characters_max } => format!("Shorten the text to {characters_max} characters or fewer."),
        Refusal::Blocked { findings } => format!("This has to be mended first. {}", finding::listed(findings, table)),
        Refusal::Unexplained { findings } => format!("Give a reason for each of these. {}", finding::listed(findings, table)),
        Refusal::NobodyFor { step, who } => format!(
            "Nobody can decide the step \"{}\": no {} other than the person who submits is there for this offer. Ask an administrator to add one, or name another person on the offer.",
            role::step(step),
            role::who(who)
        ),
        Refusal::TooFewFor { step, who, needed, there } => format!(
            "The step \"{}\" needs {needed} approvals by {}, and only {there} can decide it. Ask an administrator.",
            role::step(step),
            role::who(who)
        ),
        Refusal::NobodyWithinLimits { step, who, beyond } => format!(
            "Nobody can decide the step \"{}\": {} Ask an administrator who else of {} may approve that much.",
            role::step(step),
            beyond_limit(*beyond),
            role::who(who)
        ),
        Refusal::BeyondLimit { step, beyond } => {
            format!("You cannot approve the step \"{}\": {}", role::step(step), beyond_limit(*beyond))
        }
        Refusal::DelegateLoops => "The decision would come back to whom it came from. Name somebody else.".to_owned(),
        Refusal::NotADelegate { step } => {
            format!("The step \"{}\" can be handed only to somebody who holds its role and cannot decide it yet.", role::step(step))
        }
        Refusal::AbsenceUnfit { because } => absence(*because).to_owned(),
        Refusal::PlaybookMoved { now_at } => {
            format!("Version {now_at} of the playbook was published since you looked. Read again what it would change, then decide.")
        }
        Refusal::NotDue { .. } => "This is not due yet.".to_owned(),
        Refusal::NoRoute => "The playbook has no approval route for this kind of engagement. Ask an administrator to add one.".to_owned(),
        Refusal::StepNotOpen { step } => {
            format!("The step \"{}\" is not waiting for a decision now. Read the page again.", role::step(step))
        }
        Refusal::NotYourStep { step } => format!("The step \"{}\" is waiting for somebody else.", role::step(step)),
        Refusal::OwnRequest => "You asked for this yourself, so somebody else has to decide it.".to_owned(),
        Refusal::NoSuch { what } => subjectless(*what).to_owned(),
        Refusal::FieldsMissing { fields, .. } if fields.is_empty() => {
            "Something that you do not see is missing or does not read. Ask whoever fills it in.".to_owned()
        }
        Refusal::FieldsMissing { gate, fields } => format!("{} {}.", missing(*gate), labels(fields)),
        Refusal::SendingAlready => "A letter is already on its way. Wait until the mail system has taken it.".to_owned(),
        Refusal::AcceptByPast => "The accept-by time is in the past. Choose a later one.".to_owned(),
        Refusal::NothingSent => "Nothing has been sent to the candidate yet.".to_owned(),
        Refusal::LetterReplaced { now_at } => {
            format!("This letter was replaced. The offer is at version {now_at} now; only its newest letter counts.")
        }
        Refusal::LetterDiffers => "This is not the letter that can be signed now. Read the page again.".to_owned(),
        Refusal::LetterHeld => "The letter is on hold and cannot be accepted until it is released.".to_owned(),
        Refusal::Expired { .. } => "The accept-by time has passed.".to_owned(),
        Refusal::NotExpired { .. } => "The accept-by time has not passed yet.".to_owned(),
        Refusal::ConsentMissing => "Tick the box to agree before you sign.".to_owned(),
        Refusal::NameMissing => "Type your full name to sign.".to_owned(),
        Refusal::NameOfAnother => "The letter is made out to another name.".to_owned(),
        Refusal::NameInPart => "Type your full name, first and last, to sign.".to_owned(),
        Refusal::AnsweredAlready { status } => format!("The offer is {} already, so nothing was changed.", status::in_sentence(*status)),
        Refusal::ContingencyOpen { kinds } => format!(
            "This waits for something that is still open: {}.",
            kinds.iter().map(|kind| field::choice(&offer::field::CONTINGENCIES, kind.as_str())).collect::<Vec<_>>().join(", ")
        ),
        Refusal::NoSeatFree => "Every seat of this opening is taken. Add a seat to the opening, or let this offer go.".to_owned(),
        Refusal::NothingChanges => "It stands like this already.".to_owned(),
        Refusal::AcknowledgedAlready { .. } => "This hand-off was acknowledged already.".to_owned(),
        Refusal::RescissionUnderWay => "A request to rescind is already under way.".to_owned(),
        Refusal::NotAsked => "Your agreement is not asked for, or you gave it already.".to_owned(),
        Refusal::AgreedForAnother { role: asked } => format!(
            "You agreed already, for another role, and one person agrees once. {} must agree through somebody else. If nobody else holds that role, ask an administrator to give it to somebody.",
            role::role(asked)
        ),
        Refusal::NotThatDay => "Choose another day: this one does not fit with today.".to_owned(),
    }
}

/// Why an approval cannot stand for a range.
pub fn range_unfit(field: &FieldKey, because: RangeFault, table: &FieldTable) -> String {
    let why = match because {
        RangeFault::NotCovered => "your approval does not stand for this field.".to_owned(),
        RangeFault::NoOrder => "this field has no range.".to_owned(),
        RangeFault::OtherKind => "its ends do not fit the field.".to_owned(),
        RangeFault::EndsCrossed => "write a lowest value, a highest one, or both, the lowest first.".to_owned(),
        RangeFault::ValueOutside => "the value as it stands lies outside of it.".to_owned(),
        RangeFault::Beyond(limit) => format!("at its highest, {}", beyond_limit(limit)),
    };
    format!("The range of \"{}\" cannot be approved: {why}", field::label_of(field, table))
}

const fn absence(fault: AbsenceFault) -> &'static str {
    match fault {
        AbsenceFault::DatesCrossed => "The last day is before the first. Write the first day first.",
        AbsenceFault::Loops => {
            "The person who would stand in is away in these days too, and in the end waits for the person they stand in for. Choose somebody else."
        }
        AbsenceFault::NobodyThere => "The person who would stand in is no longer with the firm. Choose somebody else.",
        AbsenceFault::OtherRole => "The person who would stand in cannot decide the same things. Choose somebody who has the same role.",
    }
}

/// The limit that keeps somebody from approving: "pay for a year is $260,000.00, above the limit of $250,000.00."
pub fn beyond_limit(beyond: BeyondLimit) -> String {
    match beyond {
        BeyondLimit::Annual { most, pay: Some(pay) } => {
            format!("pay for a year is {}, above the limit of {}.", money::amount(pay), money::amount(most))
        }
        BeyondLimit::Annual { most, pay: None } => {
            format!("pay for a year cannot be computed, and the limit is {}.", money::amount(most))
        }
        BeyondLimit::OverBand { most, over: Some(over) } => {
            format!("pay is {} above the band, and the limit is {}.", money::percent(over), money::percent(most))
        }
        BeyondLimit::OverBand { most, over: None } => {
            format!("there is no band to compare with, and the limit above the band is {}.", money::percent(most))
        }
        BeyondLimit::Untold => "what it comes to is more than you may decide alone.".to_owned(),
    }
}

/// Why somebody may not do something.
pub const fn denial(denial: Denial) -> &'static str {
    match denial {
        Denial::NotYourRole => "Your role does not include this. Ask an administrator if it should.",
        Denial::NotYourOffer => "You can do this with other offers, but not with this one.",
        Denial::NotInThisState => "You can do this, but not while the offer is where it is now.",
        Denial::SecondFactorMissing => "Your role decides after signing in with a second factor. Sign in, then decide.",
    }
}

const fn missing(gate: Gate) -> &'static str {
    match gate {
        Gate::Submit | Gate::Never => "Fill these in first:",
        Gate::Generate => "The letter cannot be made without these:",
        Gate::Send => "The letter cannot be sent without these:",
    }
}

const fn subjectless(what: Subjectless) -> &'static str {
    match what {
        Subjectless::Proposal => "There is no such proposed change, or it was decided already. Read the page again.",
        Subjectless::Question => "There is no such question, or it was answered already. Read the page again.",
        Subjectless::Step => "There is no such step in the route now. Read the page again.",
        Subjectless::Contingency => "This offer does not depend on that.",
        Subjectless::Recipient => "This offer is not handed off to that recipient.",
        Subjectless::Rescission => "There is no request to rescind.",
    }
}

/// What a status refuses, for a page that has lost its forms.
pub fn closed(status: Status) -> String {
    format!("This offer is {}.", status::in_sentence(status))
}
