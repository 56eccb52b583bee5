//! The sixty offers of the demo firm: the opening, the candidate, the pay as typed, what happened, and how long ago the last of it did.
//!
//! All fictional. Openings from REQ-1000 on are those of the shared data, with starts ahead; the others lie earlier.

use super::{
    stories::*,
    story::{Story, Typed},
};

/// When the last thing of a story happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ago {
    /// So many working hours ago.
    Hours(i64),
    /// So many days ago.
    Days(i64),
    /// On the first day of the opening.
    OnTheFirstDay,
}
use Ago::{Days, Hours, OnTheFirstDay};

/// One offer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// The number of the opening.
    pub(super) opening: &'static str,
    /// The candidate's legal name.
    pub(super) name: &'static str,
    /// The pay as typed, by the opening's basis.
    pub(super) pay: &'static str,
    /// What happened.
    pub(super) story: Story,
    /// When the last of it did.
    pub(super) ago: Ago,
    /// What else was typed.
    pub(super) also: Typed,
}

const fn part(opening: &'static str, name: &'static str, pay: &'static str, story: Story, ago: Ago) -> Part {
    Part { opening, name, pay, story, ago, also: &[] }
}

impl Part {
    const fn and(self, also: Typed) -> Self {
        Self { also, ..self }
    }
}

pub(super) static CAST: [Part; 60] = [
    // Acme Regional Medical: temps of the healthcare desk
    part("REQ-0901", "Grace Adeyemi", "61.00", TEMP_STARTED, OnTheFirstDay),
    part("REQ-0901", "Noah Lindqvist", "58.50", TEMP_STARTED_AFTER_A_QUESTION, OnTheFirstDay),
    part("REQ-0901", "Imani Brooks", "64.00", TEMP_STARTED, OnTheFirstDay).and(&[("hire.kind", "redeployment")]),
    part("REQ-0902", "Priyanka Nair", "57.00", WAITS_ON_PAYROLL, Hours(9)),
    part("REQ-0902", "Daniel Okonkwo", "56.00", WAITS_ON_CHECKS, Hours(26)),
    part("REQ-0902", "Sofia Marchetti", "58.00", WAITS_ON_CLIENT, Hours(24)),
    part("REQ-0902", "Wei Zhang", "55.50", LETTER_RUNS_OUT, Hours(7)),
    part("REQ-0903", "Rebecca Stein", "50.00", LETTER_READ, Hours(4)), // at the client's cap: nobody else is asked
    part("REQ-0903", "Malik Johnson", "51.00", WAITS_ON_ONE_MORE, Hours(8)), // a dollar above it: two of Finance are
    part("REQ-1000", "Maria Silva", "62,5O", LEFT_AS_A_DRAFT, Hours(3)).and(&[("candidate.phone", "+1 916 555 0117")]),
    part("REQ-1000", "Jonah Reed", "70.00", WAITS_ON_OPS, Hours(5)),
    part("REQ-1002", "Chidi Eze", "46.00", REJECTED, Hours(6)),
    part("REQ-1003", "Latoya Freeman", "31.00", NO_TO_THE_PAY, Days(19)),
    part("REQ-1004", "Sarah Ivanoff", "22.00", RETURNED, Hours(2)),
    // Bridgeport Logistics
    part("REQ-0911", "Luis Herrera", "19.50", TEMP_STARTED, OnTheFirstDay),
    part("REQ-0911", "Tamika Ross", "20.00", TEMP_STARTED_AFTER_A_RETURN, OnTheFirstDay),
    part("REQ-0911", "Ahmed Farouk", "19.00", CANCELLED, Days(58)),
    part("REQ-0911", "Kayla Jensen", "20.50", RENEGED, OnTheFirstDay),
    part("REQ-0911", "Bogdan Petrescu", "19.75", NO_TO_THE_WAIT, Days(66)),
    part("REQ-0912", "Marcus Bell", "23.50", HANDING_OFF, Hours(6)),
    part("REQ-0912", "Ines Carvalho", "24.00", WAITS_ON_IT, Hours(18)),
    part("REQ-0912", "Jerome Whitfield", "22.00", WAITS_ON_START, Days(2)),
    part("REQ-0913", "Walter Kowalczyk", "30.00", TEMP_STARTED, OnTheFirstDay),
    part("REQ-0913", "Dwayne Foster", "31.00", EXPIRED, Days(44)),
    part("REQ-1006", "Aisha Diallo", "20.00", LETTER_UNREAD, Hours(3)),
    part("REQ-1006", "Kevin Tran", "", LEFT_AS_A_DRAFT, Hours(16)).and(&[("candidate.preferred_name", "Kev")]),
    part("REQ-1008", "Pedro Almeida", "29.00", WITHDREW, Days(11)),
    // Evergreen Foods
    part("REQ-0921", "Hannah Vogel", "21.00", TEMP_STARTED_AFTER_A_QUESTION, OnTheFirstDay),
    part("REQ-0921", "Carlos Mendoza", "22.00", RESCINDED, Days(39)),
    part("REQ-0921", "Emily Thao", "21.50", TEMP_STARTED, OnTheFirstDay),
    part("REQ-0922", "Derek Olson", "22.50", WAITS_ON_BILLING, Hours(8)),
    part("REQ-0922", "Fatima Noor", "23.00", WAITS_ON_ACCOUNT_MANAGER, Hours(5)),
    part("REQ-1009", "Joyce Mbeki", "21.00", MAIL_BOUNCED, Hours(4)),
    // Delta Energy Services
    part("REQ-0931", "Travis Boone", "44.00", TEMP_STARTED_AFTER_A_RETURN, OnTheFirstDay),
    part("REQ-0931", "Oksana Hrytsenko", "52.00", NO_BEFORE_ANYTHING_WAS_WRITTEN, Days(31)),
    part("REQ-0931", "Manuel Ortega", "45.00", TEMP_STARTED, OnTheFirstDay),
    part("REQ-0932", "Deepa Krishnan", "60.00", WAITS_ON_START, Days(4)),
    part("REQ-0932", "Brandon Cole", "62.00", WAITS_ON_HR_OPS, Hours(12)),
    part("REQ-1012", "Yusuf Demir", "60.00", WAITS_ON_LEGAL, Hours(11)).and(&[(
        "words.special_terms",
        "You may keep teaching one evening class a week at Houston Community College while you work for us.",
    )]),
    // Cascade Software
    part("REQ-0941", "Ethan Park", "79.00", TEMP_STARTED, OnTheFirstDay),
    part("REQ-0945", "Lucía Fernández", "80.00", EXPIRED_AND_REOPENED, Hours(6)),
    part("REQ-1013", "Priyanka Rao", "95.00", WAITS_ON_FINANCE, Hours(5)),
    part("REQ-1014", "Samuel Ortiz", "78.00", SPOKEN_IS_NOT_WRITTEN, Hours(7)),
    part("REQ-0942", "Linnea Berg", "198000", DIRECT_STARTED, OnTheFirstDay),
    part("REQ-0942", "Aaron Feldman", "204000", DIRECT_STARTED_AFTER_A_COUNTEROFFER, OnTheFirstDay),
    part("REQ-1017", "Mei-Ling Chou", "174000", NEGOTIATING_BY_PHONE, Hours(4)),
    part("REQ-0943", "Bianca Moreno", "21.00", TEMP_STARTED, OnTheFirstDay),
    part("REQ-0943", "Tyler Nguyen", "20.50", TEMP_STARTED, OnTheFirstDay).and(&[("hire.kind", "rehire")]),
    part("REQ-0943", "Rosa Delgado", "21.50", CLIENT_GAVE_UP, Days(12)),
    part("REQ-0944", "Patrick O'Neill", "46.00", QUESTION_OPEN, Hours(3)),
    // Northgate Credit Union
    part("REQ-0951", "Olivia Grant", "86000", DIRECT_STARTED, OnTheFirstDay),
    part("REQ-0951", "Henry Castellano", "84000", NO_TO_THE_PLACE, Days(26)),
    part("REQ-0952", "Zainab Hussain", "98000", NEGOTIATING_BY_LETTER, Hours(8)),
    part("REQ-1018", "Andre Wilson", "104000", WAITS_ON_HRBP, Hours(12)),
    // our own
    part("REQ-0961", "Camille Laurent", "66000", OWN_STARTED, OnTheFirstDay),
    part("REQ-0962", "Jordan Ellis", "82000", OWN_STARTED_FROM_HOME, OnTheFirstDay),
    part("REQ-0963", "Hye-jin Park", "71000", RESCISSION_ASKED, Hours(5)),
    part("REQ-1021", "Tomáš Novák", "132000", COUNTEROFFER_WITH_FINANCE, Hours(8)).and(&[(
        "words.special_terms",
        "We hold the position until your notice period ends, at the latest until the last day of February.",
    )]),
    part("REQ-1022", "Nathan Hughes", "70000", WAITS_ON_MANAGER, Hours(15)),
    part("REQ-1023", "Simone Baptiste", "84000", WAITS_ON_MANAGER, Hours(23)),
];
