//! Whom a field may name: the client's person is the client's own, and everybody else works for the firm.

use super::Fault;
use crate::field::{self, FieldKey};
use crate::id::{ClientCode, role};
use crate::person::Person;

/// Whether a field of an offer for this client may name somebody. The list of an intake holds nobody else.
///
/// # Errors
/// [`Fault::NotTheClients`], [`Fault::NotOfTheFirm`].
pub fn may_be_named(field: &FieldKey, person: &Person, client: Option<&ClientCode>) -> Result<(), Fault> {
    let is_contact = person.is(&role::CLIENT_CONTACT);
    if *field != field::CLIENT_CONTACT {
        return if is_contact || person.is_program() { Err(Fault::NotOfTheFirm) } else { Ok(()) };
    }
    let speaks = is_contact && client.is_none_or(|client| person.clients.contains(client));
    if speaks { Ok(()) } else { Err(Fault::NotTheClients) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Role;
    use crate::private::Private;

    fn somebody(role: Role, clients: &[&str]) -> Person {
        Person {
            identity: Private::Erased,
            roles: vec![role],
            team: None,
            department: None,
            business_line: None,
            region: None,
            clients: clients.iter().map(|code| ClientCode::new(*code)).collect(),
            manager: None,
            approval_limit_annual: None,
            approval_limit_over_band: None,
            zone: "America/Chicago".to_owned(),
        }
    }

    #[test]
    fn a_clients_person_speaks_for_that_client() {
        let acme = ClientCode::new("ACME");
        let named = |person: &Person| may_be_named(&field::CLIENT_CONTACT, person, Some(&acme));
        assert_eq!(named(&somebody(role::CLIENT_CONTACT, &["ACME", "BRIDGE"])), Ok(()));
        assert_eq!(named(&somebody(role::CLIENT_CONTACT, &["BRIDGE"])), Err(Fault::NotTheClients));
        assert_eq!(named(&somebody(role::FINANCE, &["ACME"])), Err(Fault::NotTheClients), "nobody of the firm is the client");
    }

    #[test]
    fn everybody_else_is_somebody_of_the_firm() {
        for field in [field::RECRUITER, field::HIRING_MANAGER, field::ACCOUNT_MANAGER, FieldKey::named("house.mentor")] {
            assert_eq!(may_be_named(&field, &somebody(role::FINANCE, &[]), None), Ok(()));
            for stranger in [role::CLIENT_CONTACT, role::INTEGRATION] {
                assert_eq!(may_be_named(&field, &somebody(stranger, &["ACME"]), None), Err(Fault::NotOfTheFirm));
            }
        }
    }
}
