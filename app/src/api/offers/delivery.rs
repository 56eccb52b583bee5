//! Sending the letter, holding it, and moving its deadline.

use offer::lifecycle::Command;

use crate::api::form::{act, act_from, command, form, offer_path};
use crate::api::identity::percent;
use crate::api::read;
use crate::desk::Asked;

form!(
    /// Makes the letter with this accept-by and sends it.
    send_letter at "offers/send" (offer, version, accept_by, zone) groups (reasons);
    |sent| {
        let page = offer_path(&offer);
        let back = format!("{page}/letter?accept_by={}&zone={}", percent(&accept_by), percent(&zone));
        let asked = read::version(&version).map(|version| Asked::Send { version, accept_by, zone, reasons: read::reasons(&reasons) });
        act_from(&back, &page, &offer, sent, asked).await
    }
);

form!(
    /// Puts the letter on hold.
    hold at "offers/hold" (offer, reason);
    |sent| act(&offer, sent, command(Command::Hold { reason })).await
);

form!(
    /// Lets the letter be accepted again.
    release at "offers/release" (offer);
    |sent| act(&offer, sent, command(Command::Release)).await
);

form!(
    /// Moves the accept-by and makes the letter anew.
    move_accept_by at "offers/move-accept-by" (offer, accept_by, zone, reason);
    |sent| act(&offer, sent, Ok(Asked::MoveAcceptBy { accept_by, zone, reason })).await
);
