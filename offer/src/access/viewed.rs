//! What somebody looked at, as the access log keeps it.

use crate::coded::coded;

coded! {
    /// A page or file with somebody's pay or personal data.
    Viewed {
        /// The offer's page.
        Offer = "offer",
        /// Its draft as typed.
        Intake = "intake",
        /// Its letter on screen.
        Letter = "letter",
        /// A file of it.
        Document = "document",
        /// What a recipient of the hand-off receives.
        HandOff = "hand_off",
        /// The candidate's own page.
        CandidatePage = "candidate_page",
    }
}
