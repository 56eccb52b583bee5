//! What happened to the offers of the demo firm, from the ordinary to the unlucky.

use offer::lifecycle::{DeclineReason, NotStartedBy, VerbalResponse};

use super::story::{Chapter, Deed::*, No, Spoken, Story, Until, hours, minutes};

// chapters

const BEGUN: Chapter = &[hours(0, Begin), minutes(35, Type)];
const SUBMITTED: Chapter = &[hours(2, Submit)];
const BY_OPS: Chapter = &[hours(4, Approve("ops"))];
const BY_CLIENT: Chapter = &[hours(11, Approve("client_contact"))];
const BY_MANAGER: Chapter = &[hours(8, Approve("hiring_manager"))];
const BY_HRBP: Chapter = &[hours(6, Approve("hrbp"))];
const BY_FINANCE: Chapter = &[hours(7, ApproveWith("finance", "Within what we planned for the quarter."))];
const BY_LEGAL: Chapter = &[hours(9, ApproveWith("legal", "The wording is fine as it stands."))];
const POSITIVE: Spoken =
    Spoken { also: &[], response: VerbalResponse::Positive, expectation: "the letter this week", competing: "", competing_days: 0 };
const SPOKEN: Chapter = &[hours(2, Speak(POSITIVE))];
const LETTER: Chapter = &[hours(3, Send(Until::For(9)))];
const READ: Chapter = &[hours(5, Read)];
const ASKED: Chapter = &[hours(2, Ask), hours(3, Answer)];
const REFERENCES: Chapter = &[hours(7, ClearBeforeSigning)];
const SIGNED: Chapter = &[hours(16, Sign)];
const CHECKED: Chapter = &[hours(18, ClearNext), hours(9, ClearRest)];
const START_CONFIRMED: Chapter = &[hours(3, ConfirmStart)];
const TAKEN_OVER: Chapter = &[hours(4, TakeOver), hours(3, TakeOver), hours(5, TakeOver), hours(4, TakeOver), hours(3, TakeOver)];
const FIRST_DAY: Chapter = &[hours(35, Start)];

// hires

/// A temp, or a contract that may become a hire, who started.
pub(super) const TEMP_STARTED: Story =
    &[BEGUN, SUBMITTED, BY_OPS, BY_CLIENT, SPOKEN, LETTER, READ, SIGNED, CHECKED, START_CONFIRMED, TAKEN_OVER, FIRST_DAY];
/// The same with a question on the way.
pub(super) const TEMP_STARTED_AFTER_A_QUESTION: Story =
    &[BEGUN, SUBMITTED, BY_OPS, BY_CLIENT, LETTER, READ, ASKED, SIGNED, CHECKED, TAKEN_OVER, FIRST_DAY];
/// The client's person asked first.
pub(super) const TEMP_STARTED_AFTER_A_RETURN: Story = &[
    BEGUN,
    SUBMITTED,
    BY_OPS,
    &[
        hours(9, Return("client_contact", "Does the start leave time for the safety class on the first morning?")),
        hours(3, AnswerStep("client_contact", "Yes: the class is booked for 7 AM on the first day.")),
    ],
    BY_CLIENT,
    LETTER,
    READ,
    SIGNED,
    CHECKED,
    START_CONFIRMED,
    TAKEN_OVER,
    FIRST_DAY,
];
/// A direct hire who started: references came before the signature.
pub(super) const DIRECT_STARTED: Story =
    &[BEGUN, SUBMITTED, BY_CLIENT, SPOKEN, LETTER, READ, REFERENCES, SIGNED, CHECKED, START_CONFIRMED, TAKEN_OVER, FIRST_DAY];
/// A direct hire who asked for more base pay and got it: the client, who is asked for each amount that it pays, approved once more.
pub(super) const DIRECT_STARTED_AFTER_A_COUNTEROFFER: Story = &[
    BEGUN,
    SUBMITTED,
    BY_CLIENT,
    LETTER,
    READ,
    &[
        hours(6, RequestChange("I would like to accept. Could the base be 208,000? I am leaving a bonus behind.")),
        hours(4, Adopt(&[("pay.base", "208000")], "Agreed with Cascade by phone; they approve it in writing.")),
    ],
    BY_CLIENT,
    LETTER,
    READ,
    REFERENCES,
    SIGNED,
    CHECKED,
    TAKEN_OVER,
    FIRST_DAY,
];
/// One of our own who started.
pub(super) const OWN_STARTED: Story =
    &[BEGUN, SUBMITTED, BY_MANAGER, SPOKEN, LETTER, READ, SIGNED, CHECKED, START_CONFIRMED, TAKEN_OVER, FIRST_DAY];
/// One of our own who works from home.
pub(super) const OWN_STARTED_FROM_HOME: Story =
    &[BEGUN, SUBMITTED, BY_MANAGER, BY_HRBP, SPOKEN, LETTER, READ, ASKED, SIGNED, CHECKED, START_CONFIRMED, TAKEN_OVER, FIRST_DAY];

// signed, on the way to the first day

/// Everything up to the signature, for temps and contracts.
const TEMP_SIGNED: Chapter = &[
    hours(0, Begin),
    minutes(40, Type),
    hours(2, Submit),
    hours(4, Approve("ops")),
    hours(10, Approve("client_contact")),
    hours(2, Speak(POSITIVE)),
    hours(3, Send(Until::For(9))),
    hours(5, Read),
    hours(14, Sign),
];

/// Waits on the background check and the others.
pub(super) const WAITS_ON_CHECKS: Story = &[TEMP_SIGNED];
/// Everybody has just been handed something.
pub(super) const HANDING_OFF: Story = &[TEMP_SIGNED, CHECKED];
/// Waits on HR operations alone.
pub(super) const WAITS_ON_HR_OPS: Story = &[TEMP_SIGNED, CHECKED, &[hours(4, TakeOverBut("hr_ops"))]];
/// Waits on IT alone.
pub(super) const WAITS_ON_IT: Story = &[TEMP_SIGNED, CHECKED, &[hours(5, TakeOverBut("it"))]];
/// Waits on payroll alone.
pub(super) const WAITS_ON_PAYROLL: Story = &[TEMP_SIGNED, CHECKED, &[hours(3, TakeOverBut("payroll"))]];
/// Waits on billing alone.
pub(super) const WAITS_ON_BILLING: Story = &[TEMP_SIGNED, CHECKED, &[hours(6, TakeOverBut("billing"))]];
/// Waits on the account manager's word to the client.
pub(super) const WAITS_ON_ACCOUNT_MANAGER: Story = &[TEMP_SIGNED, CHECKED, &[hours(3, TakeOverBut("client_confirmation"))]];
/// Waits on the first day.
pub(super) const WAITS_ON_START: Story = &[TEMP_SIGNED, CHECKED, START_CONFIRMED, TAKEN_OVER];
/// Signed, then the budget went: a rescission is asked for.
pub(super) const RESCISSION_ASKED: Story = &[
    BEGUN,
    SUBMITTED,
    BY_MANAGER,
    LETTER,
    READ,
    SIGNED,
    &[hours(14, AskRescission("The second accountant was taken out of this year's plan. Ruben has called the candidate."))],
];

// signed, and it came to nothing

/// The employer ended it after acceptance.
pub(super) const RESCINDED: Story = &[
    TEMP_SIGNED,
    CHECKED,
    &[
        hours(9, AskRescission("Evergreen closed the night line for good; there is no second place to offer.")),
        hours(5, AgreeRescission("hrbp")),
        hours(8, AgreeRescission("legal")),
    ],
];
/// Signed, and never came.
pub(super) const RENEGED: Story = &[
    TEMP_SIGNED,
    CHECKED,
    TAKEN_OVER,
    &[hours(
        20,
        NotStart(NotStartedBy::Candidate, "Did not come on the first morning; wrote at noon that another warehouse pays two dollars more."),
    )],
];
/// Signed, and the client gave the place up.
pub(super) const CLIENT_GAVE_UP: Story = &[
    TEMP_SIGNED,
    CHECKED,
    TAKEN_OVER,
    &[hours(6, NotStart(NotStartedBy::Client, "Cascade moved the evening line to another site a week before the start."))],
];

// with the candidate

/// A letter that nobody has opened yet.
pub(super) const LETTER_UNREAD: Story = &[BEGUN, SUBMITTED, BY_OPS, BY_CLIENT, SPOKEN, &[hours(3, Send(Until::Ahead(3)))]];
/// A letter that was read.
pub(super) const LETTER_READ: Story = &[BEGUN, SUBMITTED, BY_OPS, BY_CLIENT, SPOKEN, &[hours(3, Send(Until::Ahead(2)))], READ];
/// A letter that was read and runs out today.
pub(super) const LETTER_RUNS_OUT: Story = &[BEGUN, SUBMITTED, BY_OPS, BY_CLIENT, SPOKEN, &[hours(3, Send(Until::AheadHours(6)))], READ];
/// A candidate who asked something.
pub(super) const QUESTION_OPEN: Story = &[BEGUN, SUBMITTED, BY_OPS, BY_CLIENT, &[hours(3, Send(Until::Ahead(4)))], READ, &[hours(3, Ask)]];
/// A mail that came back.
pub(super) const MAIL_BOUNCED: Story = &[BEGUN, SUBMITTED, BY_OPS, BY_CLIENT, &[hours(2, Send(Until::Ahead(4))), minutes(6, Bounce)]];
/// A candidate who wants something else, in words.
pub(super) const NEGOTIATING_BY_LETTER: Story = &[
    BEGUN,
    SUBMITTED,
    BY_CLIENT,
    SPOKEN,
    &[hours(3, Send(Until::Ahead(4)))],
    READ,
    &[hours(8, RequestChange("Thank you. I am weighing another offer at 102,000. Could you meet 101,000, or add a sign-on of 4,000?"))],
];
/// Ran out while the candidate was away, was opened again, and lies with the candidate once more.
pub(super) const EXPIRED_AND_REOPENED: Story = &[
    BEGUN,
    SUBMITTED,
    BY_OPS,
    BY_CLIENT,
    &[hours(3, Send(Until::For(7)))],
    READ,
    &[
        hours(30, Expire),
        hours(5, Reopen("She was in hospital with her son and wrote the day after; Cascade still wants her.")),
        hours(1, Submit),
    ],
    BY_OPS,
    BY_CLIENT,
    &[hours(2, Send(Until::Ahead(3)))],
    READ,
];

// in review

/// Waits on operations.
pub(super) const WAITS_ON_OPS: Story = &[BEGUN, SUBMITTED];
/// Waits on the client's person.
pub(super) const WAITS_ON_CLIENT: Story = &[BEGUN, SUBMITTED, BY_OPS];
/// Waits on Finance.
pub(super) const WAITS_ON_FINANCE: Story = &[BEGUN, SUBMITTED, BY_OPS, BY_CLIENT];
/// Waits on the second of Finance: over the client's cap two of them decide.
pub(super) const WAITS_ON_ONE_MORE: Story = &[BEGUN, SUBMITTED, BY_OPS, BY_CLIENT, &[hours(3, Approve("finance"))]];
/// Waits on the HR business partner: Finance said yes.
pub(super) const WAITS_ON_HRBP: Story = &[BEGUN, SUBMITTED, BY_CLIENT, BY_FINANCE];
/// Waits on Legal.
pub(super) const WAITS_ON_LEGAL: Story = &[BEGUN, SUBMITTED, BY_OPS, BY_CLIENT];
/// Waits on the hiring manager.
pub(super) const WAITS_ON_MANAGER: Story = &[BEGUN, SUBMITTED];
/// Came back to the recruiter with a question.
pub(super) const RETURNED: Story =
    &[BEGUN, SUBMITTED, &[hours(3, Return("ops", "Burden in Alaska is 23 since July. Is 21 meant, or typed over from last year?"))]];
/// Negotiated by phone before anything is written.
pub(super) const NEGOTIATING_BY_PHONE: Story = &[
    BEGUN,
    SUBMITTED,
    &[
        hours(
            5,
            Speak(Spoken {
                also: &[],
                response: VerbalResponse::Negotiating,
                expectation: "178,000, because of the bonus that she leaves behind",
                competing: "a bank in San Jose, in writing",
                competing_days: 3,
            }),
        ),
        hours(
            2,
            Propose(
                &[("pay.base", "178000")],
                "She leaves an annual bonus behind and asks for 178,000. Above the budget of the year, so Finance would look at it too.",
            ),
        ),
    ],
];
/// T5: a counteroffer of base pay on an offer that Finance, the HR business partner and Legal had all approved. Only Finance looks again.
pub(super) const COUNTEROFFER_WITH_FINANCE: Story = &[
    BEGUN,
    SUBMITTED,
    BY_MANAGER,
    BY_FINANCE,
    BY_HRBP,
    BY_LEGAL,
    &[hours(3, Send(Until::Ahead(3)))],
    READ,
    &[
        hours(5, RequestChange("The role is right. With the move to Boston I need 136,000 to say yes.")),
        hours(4, Adopt(&[("pay.base", "136000")], "Agreed with Isaac; nothing else changes.")),
    ],
];
/// T3: the number that was spoken is not in the letter.
pub(super) const SPOKEN_IS_NOT_WRITTEN: Story = &[
    BEGUN,
    SUBMITTED,
    BY_OPS,
    BY_CLIENT,
    &[hours(
        4,
        Speak(Spoken {
            also: &[("sign_on.amount", "5000")],
            response: VerbalResponse::Accepted,
            expectation: "a letter that names the 5,000 sign-on he was told",
            competing: "",
            competing_days: 0,
        }),
    )],
];
/// Rejected by the client's person: a draft again.
pub(super) const REJECTED: Story = &[
    BEGUN,
    SUBMITTED,
    BY_OPS,
    &[hours(
        7,
        Reject("client_contact", "The unit needs telemetry experience; two years on a step-down floor are not that. Please look again."),
    )],
];

// drafts

/// A draft that somebody began and left.
pub(super) const LEFT_AS_A_DRAFT: Story = &[&[hours(0, Begin), minutes(20, Jot)]];

// noes

/// T1: yes by phone, Finance takes two days, no by phone, and nothing was ever written.
pub(super) const NO_BEFORE_ANYTHING_WAS_WRITTEN: Story = &[
    BEGUN,
    SUBMITTED,
    BY_OPS,
    &[hours(6, Approve("client_contact"))],
    &[
        hours(
            2,
            Speak(Spoken {
                also: &[],
                response: VerbalResponse::Accepted,
                expectation: "the letter by tomorrow",
                competing: "a shipyard in Tacoma that wants an answer this week",
                competing_days: 2,
            }),
        ),
        hours(7, Comment("Called Finance: the exception is on the pile. The candidate asked again where the letter is.")),
        hours(
            11,
            SaidNo(No {
                primary: DeclineReason::Timeline,
                secondary: Some(DeclineReason::CounterOffer),
                note: "Said yes to us at once, waited two days for a letter that did not come, and signed with the shipyard last night.",
            }),
        ),
    ],
];
/// More money elsewhere.
pub(super) const NO_TO_THE_PAY: Story = &[
    BEGUN,
    SUBMITTED,
    BY_OPS,
    BY_CLIENT,
    SPOKEN,
    LETTER,
    READ,
    &[hours(
        20,
        Decline(No {
            primary: DeclineReason::Comp,
            secondary: Some(DeclineReason::CounterOffer),
            note: "My present employer matched and added two dollars. Thank you for the care you took.",
        }),
    )],
];
/// It took too long.
pub(super) const NO_TO_THE_WAIT: Story = &[
    BEGUN,
    SUBMITTED,
    BY_OPS,
    &[hours(24, Approve("client_contact"))],
    LETTER,
    READ,
    &[hours(4, Decline(No { primary: DeclineReason::Timeline, secondary: None, note: "" }))],
];
/// Too far.
pub(super) const NO_TO_THE_PLACE: Story = &[
    BEGUN,
    SUBMITTED,
    BY_CLIENT,
    SPOKEN,
    LETTER,
    READ,
    ASKED,
    &[hours(
        26,
        Decline(No {
            primary: DeclineReason::Location,
            secondary: Some(DeclineReason::Personal),
            note: "We looked at houses and schools and decided not to move this year.",
        }),
    )],
];
/// Nobody answered.
pub(super) const EXPIRED: Story = &[BEGUN, SUBMITTED, BY_OPS, BY_CLIENT, SPOKEN, LETTER, READ, &[hours(40, Expire)]];
/// No longer to be had.
pub(super) const WITHDREW: Story = &[
    BEGUN,
    SUBMITTED,
    BY_OPS,
    BY_CLIENT,
    &[hours(6, Withdraw("His mother fell ill; he moves back to Fresno and asked to be called again in spring."))],
];
/// Ended before sending.
pub(super) const CANCELLED: Story =
    &[BEGUN, SUBMITTED, BY_OPS, &[hours(12, Cancel("Bridgeport halved the evening shift; the last two places are gone."))]];
