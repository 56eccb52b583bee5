//! What the reading API says in words, for whoever reads the answer of a program that went wrong.

use crate::desk::{ApiFault, ApiParameter};

/// Title and sentence.
pub const fn fault(fault: ApiFault) -> (&'static str, &'static str) {
    match fault {
        ApiFault::NoToken => ("There is no token", "Send the header `Authorization: Bearer csn_...` with the token of an integration."),
        ApiFault::TokenUnknown => (
            "This token opens nothing",
            "It is mistyped, has expired or was revoked, or its integration has left. Ask an administrator for a new one.",
        ),
        ApiFault::NotAllowed => ("This was not allowed", "The roles of this integration do not let it do this. Ask an administrator."),
        ApiFault::NotFound => ("There is nothing here", "The address may be mistyped, or what is here is not for this integration to see."),
        ApiFault::ParameterUnknown => (
            "A parameter is not known",
            "The list takes `stage`, `waiting`, `client`, `limit` and `after`, each once; one offer takes no parameter.",
        ),
        ApiFault::QueryUnreadable => {
            ("This cannot be read", "The address is not encoded as one. Encode each value as UTF-8 with percent signs.")
        }
        ApiFault::ParameterUnreadable(parameter) => ("A parameter cannot be read", unreadable(parameter)),
        ApiFault::MethodUnknown => ("This cannot be asked like that", "Ask by GET: this API reads."),
        ApiFault::TooLong => ("This is too long", "Shorten the address."),
        ApiFault::OtherHost => ("This site has another address", "Send the request to the address that people use."),
        ApiFault::TooMany => ("Too much at once", "Wait as many seconds as the header `Retry-After` says."),
        ApiFault::Unavailable => ("Not right now", "The house does not answer at the moment. Try again in a minute."),
        ApiFault::Failed => {
            ("Something went wrong", "It is our fault and it has been noted. Try again; if it happens twice, tell an administrator.")
        }
    }
}

const fn unreadable(parameter: ApiParameter) -> &'static str {
    match parameter {
        ApiParameter::Stage => "`stage` is the code of a stage, such as `negotiation`.",
        ApiParameter::Waiting => "`waiting` is whom an offer waits on, such as `candidate`, `recruiter` or `step.finance`.",
        ApiParameter::Client => "`client` is the code of a client, as in the file of clients.",
        ApiParameter::Limit => "`limit` is a number from 1 to 100.",
        ApiParameter::After => "`after` is what the page before gave as `next`. Begin again without it.",
    }
}
