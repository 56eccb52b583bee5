//! The second factor: codes that an app makes every half minute (RFC 6238), and recovery codes for the day on which the phone is gone.
//!
//! The app's secret is shown once, while it is set up, and lies sealed from then on. Recovery codes are shown once and kept as hashes for
//! passwords. Every code opens once: a receipt with the code's own half minute, or the place of the recovery code, says that it did.

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use offer::{id::PersonId, moment::Moment};
use totp_rs::{Builder, Secret, Totp};

use super::{Household, Identity, Unreachable};
use crate::{
    fresh::{self, RecoveryCode},
    store::{Change, CredentialRow, ReceiptRow},
    vault::Place,
};

/// The kind of credential that is an app's secret.
pub(super) const APP: &str = "totp";
/// The beginning of the kinds that are recovery codes; the place in the list follows.
const RECOVERY: &str = "recovery-";
/// The places of the list.
const PLACES: [char; 10] = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K'];
/// How many half minutes a phone's clock may be wrong, either way.
const SKEW_STEPS: u16 = 1;

/// An app's secret. It cannot be printed.
pub(super) struct App(Totp);

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App(..)")
    }
}

impl App {
    /// A new secret for somebody's account with the firm.
    pub(super) fn new(firm: &str, account: &str) -> Result<Self, Unreachable> {
        Self::of(fresh::bytes::<20>()?.to_vec(), firm, account)
    }

    /// The app behind these bytes.
    pub(super) fn of(secret: Vec<u8>, firm: &str, account: &str) -> Result<Self, Unreachable> {
        // a colon parts the two in the address of the secret
        let plain = |text: &str| text.replace(':', " ");
        let secret = Secret::new(secret.into_boxed_slice());
        let made =
            Builder::new().with_secret(secret).with_skew(SKEW_STEPS).with_issuer(Some(plain(firm))).with_account_name(plain(account));
        made.build().map(Self).map_err(|error| {
            tracing::error!(%error, "a second factor cannot be read");
            Unreachable
        })
    }

    /// The secret, for sealing.
    pub(super) fn bytes(&self) -> &[u8] {
        self.0.secret().as_bytes()
    }

    /// The secret as it is typed into an app.
    pub(super) fn key(&self) -> String {
        self.0.secret().to_base32()
    }

    /// The address that an app reads from a picture.
    pub(super) fn address(&self) -> Result<String, Unreachable> {
        self.0.to_url().map_err(|_| Unreachable)
    }

    /// The half minute whose code this is, within the skew; nothing when it is none.
    pub(super) fn step_of(&self, code: &str, now: Moment) -> Option<u64> {
        let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let seconds = u64::try_from(now.micros() / 1_000_000).ok()?;
        self.0.check(&digits, seconds)
    }

    #[cfg(test)]
    pub(super) fn code_at(&self, now: Moment) -> String {
        self.0.generate(u64::try_from(now.micros() / 1_000_000).unwrap()).to_string()
    }
}

/// A code that fits, and the rows that make it the last time it does.
#[derive(Debug)]
pub(super) struct Fits {
    /// To be written with whatever the code opens. Whoever comes second with the same code is told `Duplicate(Receipt)`.
    pub(super) changes: Vec<Change>,
    /// How many recovery codes are left, if it was one of them.
    pub(super) recovery_left: Option<u32>,
}

impl Identity {
    /// Somebody's app, if one was set up.
    pub(super) async fn app_of(&self, household: &dyn Household, person: &PersonId) -> Result<Option<App>, Unreachable> {
        let Some(row) = self.store.credential(&self.firm, person.as_str(), APP).await? else { return Ok(None) };
        let sealed = STANDARD_NO_PAD.decode(&row.hash).map_err(|_| Unreachable)?;
        let secret = household.open(&self.place_of_app(person), &sealed).await?;
        App::of(secret, "", "").map(Some)
    }

    /// Whether somebody set up a second factor.
    pub(super) async fn has_app(&self, person: &PersonId) -> Result<bool, Unreachable> {
        Ok(self.store.credential(&self.firm, person.as_str(), APP).await?.is_some())
    }

    /// The row of an app's secret.
    pub(super) async fn app_row(&self, household: &dyn Household, person: &PersonId, app: &App) -> Result<Change, Unreachable> {
        let sealed = household.seal(&self.place_of_app(person), app.bytes()).await?;
        Ok(Change::Credential(self.credential_row(person.as_str(), APP, STANDARD_NO_PAD.encode(sealed))))
    }

    fn place_of_app<'a>(&'a self, person: &'a PersonId) -> Place<'a> {
        Place::Row { firm: &self.firm, table: "credential", key: person.as_str() }
    }

    /// Whether a code is one of somebody's: of their app, or a recovery code. A wrong one takes as long as a right one of its kind.
    pub(super) async fn fits(&self, household: &dyn Household, person: &PersonId, code: &str) -> Result<Option<Fits>, Unreachable> {
        if let Some(code) = RecoveryCode::read(code) {
            return self.recovery_fits(person, &code).await;
        }
        let Some(app) = self.app_of(household, person).await? else { return Ok(None) };
        Ok(app.step_of(code, self.now()).map(|step| Fits { changes: vec![self.once(person, &step.to_string())], recovery_left: None }))
    }

    async fn recovery_fits(&self, person: &PersonId, code: &RecoveryCode) -> Result<Option<Fits>, Unreachable> {
        let kind = format!("{RECOVERY}{}", code.which());
        let row = self.store.credential(&self.firm, person.as_str(), &kind).await?;
        let fits = self.passwords.verify(code.secret(), row.as_ref().map(|row| row.hash.as_str())).await?;
        let Some(row) = row.filter(|_| fits) else { return Ok(None) };
        let left = self.recovery_codes_left(person).await?.saturating_sub(1);
        let used = vec![
            self.once(person, &format!("{kind} {}", row.set_at)),
            Change::CredentialRemove { person: person.as_str().to_owned(), kind },
        ];
        Ok(Some(Fits { changes: used, recovery_left: Some(left) }))
    }

    /// How many recovery codes somebody has not used.
    pub(super) async fn recovery_codes_left(&self, person: &PersonId) -> Result<u32, Unreachable> {
        let rows = self.store.credentials_of(&self.firm, person.as_str()).await?;
        Ok(rows.iter().filter(|row| row.kind.starts_with(RECOVERY)).fold(0, |left, _| left + 1))
    }

    /// Ten new recovery codes, to be shown once, and the rows that put them in place of the earlier ones.
    pub(super) async fn new_recovery_codes(&self, person: &PersonId) -> Result<(Vec<String>, Vec<Change>), Unreachable> {
        let (mut shown, mut rows) = (Vec::new(), Vec::new());
        for place in PLACES {
            let code = RecoveryCode::new(place)?;
            let hash = self.passwords.hash(code.secret()).await?;
            rows.push(Change::Credential(self.credential_row(person.as_str(), &format!("{RECOVERY}{place}"), hash)));
            shown.push(code.text());
        }
        Ok((shown, rows))
    }

    /// The rows that take somebody's second factor away, recovery codes and all.
    pub(super) fn without_second_factor(person: &PersonId) -> Vec<Change> {
        let kinds = PLACES.iter().map(|place| format!("{RECOVERY}{place}")).chain([APP.to_owned()]);
        kinds.map(|kind| Change::CredentialRemove { person: person.as_str().to_owned(), kind }).collect()
    }

    pub(super) fn once(&self, person: &PersonId, code: &str) -> Change {
        Change::Receipt(ReceiptRow {
            actor: format!("{APP} {person}"),
            once: code.to_owned(),
            at: self.now().micros(),
            asked: Vec::new(),
            result: "{}".to_owned(),
        })
    }

    pub(super) fn credential_row(&self, person: &str, kind: &str, hash: String) -> CredentialRow {
        CredentialRow { person: person.to_owned(), kind: kind.to_owned(), hash, set_at: self.now().micros(), failures: 0, locked_until: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Moment {
        Moment::from_micros(seconds * 1_000_000).unwrap()
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // appendix B, the rows of SHA-1; six of its eight digits
        let app = App::of(b"12345678901234567890".to_vec(), "Firm", "ava@firm.example").unwrap();
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(app.code_at(at(seconds)), code);
            assert_eq!(app.step_of(code, at(seconds)), Some(u64::try_from(seconds / 30).unwrap()), "{seconds}");
        }
    }

    #[test]
    fn a_phone_may_be_half_a_minute_wrong_and_no_more() {
        let app = App::new("Firm", "ava@firm.example").unwrap();
        let code = app.code_at(at(1_000_000_020));
        for (now, fits) in [(1_000_000_020, true), (999_999_990, true), (1_000_000_050, true), (999_999_989, false), (1_000_000_080, false)]
        {
            assert_eq!(app.step_of(&code, at(now)).is_some(), fits, "{now}");
        }
        let spaced = format!("{} {}", &code[..3], &code[3..]);
        assert!(app.step_of(&spaced, at(1_000_000_020)).is_some(), "apps show it in two halves");
        for wrong in ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"] {
            assert_eq!(app.step_of(wrong, at(1_000_000_020)), None, "{wrong}");
        }
    }

    #[test]
    fn the_address_of_a_secret_names_firm_and_account() {
        let app = App::of(b"12345678901234567890".to_vec(), "Harbor & Pine: Staffing", "ava@firm.example").unwrap();
        assert_eq!(app.key(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let address = app.address().unwrap();
        assert!(address.starts_with("otpauth://totp/Harbor%20%26%20Pine%20%20Staffing:ava%40firm.example?secret=GEZDGNBV"), "{address}");
        assert_eq!(format!("{app:?}"), "App(..)");
    }
}
