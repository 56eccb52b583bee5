//! What is said where there is no page to show.

/// Title and sentence for the status of an answer.
pub const fn fault(status: u16) -> (&'static str, &'static str) {
    match status {
        400 => ("This cannot be read", "The address or the form arrived incomplete. Go back and try again."),
        401 | 403 => (
            "This was not allowed",
            "The request did not come from a page of this site, or you may not do this. Open the page again and repeat what you wanted to do.",
        ),
        404 => ("There is nothing here", "The address may be mistyped, or what was here may not be for you to see."),
        405 => ("This cannot be opened like that", "Go back to the page you came from."),
        408 | 503 | 504 => ("Not right now", "The house does not answer at the moment. Nothing was lost; try again in a minute."),
        413 => ("This is too long", "What you sent is longer than this site takes. Go back, shorten it, and send it again."),
        429 => ("Too many attempts", "Wait a quarter of an hour, then try again."),
        _ => ("Something went wrong", "It is our fault and it has been noted. Try again; if it happens twice, tell whoever sent you here."),
    }
}
