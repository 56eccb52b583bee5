//! What is said where there is no page to show.

/// Title and sentence for the status of an answer; for too many requests, with the seconds until another one is taken.
pub fn fault(status: u16, wait_seconds: Option<u64>) -> (&'static str, String) {
    let (title, sentence) = match status {
        400 => ("This cannot be read", "The address or the form arrived incomplete. Go back and try again."),
        401 | 403 => (
            "This was not allowed",
            "The request did not come from a page of this site, or you may not do this. Open the page again and repeat what you wanted to do.",
        ),
        404 => ("There is nothing here", "The address may be mistyped, or what was here may not be for you to see."),
        405 => ("This cannot be opened like that", "Go back to the page you came from."),
        408 | 503 | 504 => ("Not right now", "The house does not answer at the moment. Nothing was lost; try again in a minute."),
        413 => ("This is too long", "What you sent is longer than this site takes. Go back, shorten it, and send it again."),
        414 => ("This address is too long", "Go back, shorten what you searched for, and try again."),
        415 => ("This was not sent as a form", "Open the page again and send its form with the button on it."),
        421 => ("This site has another address", "Use the link in your mail, or ask whoever sent you here for the address of this site."),
        429 => return ("Too much at once", format!("More was sent than this site takes in a minute. {}", come_back(wait_seconds))),
        _ => ("Something went wrong", "It is our fault and it has been noted. Try again; if it happens twice, tell whoever sent you here."),
    };
    (title, sentence.to_owned())
}

fn come_back(wait_seconds: Option<u64>) -> String {
    match wait_seconds {
        Some(1) => "Wait a second, then try again.".to_owned(),
        Some(seconds) if seconds <= 90 => format!("Wait {seconds} seconds, then try again."),
        Some(seconds) => format!("Wait {} minutes, then try again.", seconds.div_ceil(60)),
        None => "Wait a little, then try again.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn too_much_says_when_to_come_back() {
        for (seconds, said) in
            [(Some(1), "Wait a second,"), (Some(40), "Wait 40 seconds,"), (Some(900), "Wait 15 minutes,"), (None, "Wait a little,")]
        {
            let (_, sentence) = fault(429, seconds);
            assert!(sentence.contains(said), "{sentence}");
        }
    }
}
