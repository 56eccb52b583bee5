//! Who hires whom: the engagement decides employer, signatory, letter, route and who sees which side.

use crate::coded::coded;

coded! {
    /// Who hires whom.
    Engagement {
        /// The firm hires for itself.
        Internal = "internal",
        /// The client hires; the firm earns a fee.
        DirectHire = "direct_hire",
        /// The firm employs; the person works at the client.
        Temp = "temp",
        /// The firm employs first, then the client.
        ContractToHire = "contract_to_hire",
    }
}

impl Engagement {
    /// Whether the firm itself is the employer on the first day.
    pub const fn firm_employs(self) -> bool {
        !matches!(self, Self::DirectHire)
    }

    /// Whether a client takes part.
    pub const fn has_client(self) -> bool {
        !matches!(self, Self::Internal)
    }

    /// Whether hours are billed to a client.
    pub const fn is_billed(self) -> bool {
        matches!(self, Self::Temp | Self::ContractToHire)
    }
}

coded! {
    /// Whether the person is new to the employer.
    HireKind {
        /// For the first time.
        New = "new",
        /// Left before and comes back.
        Rehire = "rehire",
        /// Moves from one assignment to the next: no new-hire packet, payroll gets a rate line.
        Redeployment = "redeployment",
    }
}

coded! {
    /// What one unit of base pay is for.
    PayBasis {
        /// An hour.
        Hourly = "hourly",
        /// A year.
        Salary = "salary",
    }
}
