//! What the reading API says when it does not answer what was asked.

/// A parameter of the list of offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiParameter {
    /// Only offers in a stage.
    Stage,
    /// Only offers that wait on somebody.
    Waiting,
    /// Only offers for a client.
    Client,
    /// How many on a page.
    Limit,
    /// Where the page before ended.
    After,
}

impl ApiParameter {
    const ALL: [Self; 5] = [Self::Stage, Self::Waiting, Self::Client, Self::Limit, Self::After];

    /// Its name in the address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Waiting => "waiting",
            Self::Client => "client",
            Self::Limit => "limit",
            Self::After => "after",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|parameter| parameter.name() == name)
    }
}

/// Why not. Closed: a program can tell each apart by its code, and none repeats what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiFault {
    /// There is no token with it.
    NoToken,
    /// The token opens nothing: unknown, expired, revoked, or its owner is gone.
    TokenUnknown,
    /// It is not for this token to do.
    NotAllowed,
    /// There is no such thing, or it is not this token's to know of.
    NotFound,
    /// A parameter of the query is not known.
    ParameterUnknown,
    /// The query cannot be read.
    QueryUnreadable,
    /// The value of a parameter does not read.
    ParameterUnreadable(ApiParameter),
    /// It is asked by another method than the ones there are.
    MethodUnknown,
    /// The address, or what came with it, is longer than is taken.
    TooLong,
    /// It was meant for another host.
    OtherHost,
    /// More in a minute than is taken.
    TooMany,
    /// The store is out of reach, or it took too long.
    Unavailable,
    /// Something fell over.
    Failed,
}

impl ApiFault {
    /// Its name for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoToken => "no-token",
            Self::TokenUnknown => "token-unknown",
            Self::NotAllowed => "not-allowed",
            Self::NotFound => "not-found",
            Self::ParameterUnknown => "parameter-unknown",
            Self::QueryUnreadable => "query-unreadable",
            Self::ParameterUnreadable(_) => "parameter-unreadable",
            Self::MethodUnknown => "method-unknown",
            Self::TooLong => "too-long",
            Self::OtherHost => "other-host",
            Self::TooMany => "too-many",
            Self::Unavailable => "unavailable",
            Self::Failed => "failed",
        }
    }

    /// The status of its answer.
    pub const fn status(self) -> u16 {
        match self {
            Self::ParameterUnknown | Self::QueryUnreadable | Self::ParameterUnreadable(_) => 400,
            Self::NoToken | Self::TokenUnknown => 401,
            Self::NotAllowed => 403,
            Self::NotFound => 404,
            Self::MethodUnknown => 405,
            Self::TooLong => 414,
            Self::OtherHost => 421,
            Self::TooMany => 429,
            Self::Failed => 500,
            Self::Unavailable => 503,
        }
    }

    /// What a bare status of the layers around means.
    pub const fn of_status(status: u16) -> Self {
        match status {
            400 => Self::QueryUnreadable,
            401 => Self::NoToken,
            403 => Self::NotAllowed,
            404 => Self::NotFound,
            405 => Self::MethodUnknown,
            413 | 414 => Self::TooLong,
            421 => Self::OtherHost,
            429 => Self::TooMany,
            408 | 503 | 504 => Self::Unavailable,
            _ => Self::Failed,
        }
    }

    /// The parameter that it is about.
    pub const fn parameter(self) -> Option<ApiParameter> {
        match self {
            Self::ParameterUnreadable(parameter) => Some(parameter),
            _ => None,
        }
    }
}
