//! Ends without a hire, and the way back from them.

use offer::lifecycle::{self, Command, DeclineReason};

use crate::api::form::{act, command, form};
use crate::api::read::{self, Read};
use crate::desk::Asked;

form!(
    /// Records, on the candidate's word, that the candidate said no.
    decline at "offers/decline" (offer, primary, secondary, note);
    |sent| {
        let asked = || -> Read<Asked> {
            let primary = read::choice("primary", &primary, DeclineReason::parse)?;
            let secondary = read::some_choice("secondary", &secondary, DeclineReason::parse)?;
            command(Command::Decline(lifecycle::Decline { primary, secondary, note }))
        };
        act(&offer, sent, asked()).await
    }
);

form!(
    /// Records that the candidate is no longer to be had.
    withdraw at "offers/withdraw" (offer, reason);
    |sent| act(&offer, sent, command(Command::Withdraw { reason })).await
);

form!(
    /// Ends the offer before it was sent.
    cancel at "offers/cancel" (offer, reason);
    |sent| act(&offer, sent, command(Command::Cancel { reason })).await
);

form!(
    /// Asks to end the offer after it was sent.
    ask_rescission at "offers/ask-rescission" (offer, reason);
    |sent| act(&offer, sent, command(Command::AskRescission { reason })).await
);

form!(
    /// Agrees to end the offer after it was sent.
    agree_rescission at "offers/agree-rescission" (offer);
    |sent| act(&offer, sent, command(Command::AgreeRescission)).await
);

form!(
    /// Drops the request to end the offer.
    drop_rescission at "offers/drop-rescission" (offer, reason);
    |sent| act(&offer, sent, command(Command::DropRescission { reason })).await
);

form!(
    /// Makes an ended offer a draft again.
    reopen at "offers/reopen" (offer, reason);
    |sent| act(&offer, sent, command(Command::Reopen { reason })).await
);
