//! The port of the pages, for one's own sign-in: identity knows it all.

use app::desk::{AccountPage, Accounts, Answer, Browser, FactorSetUp, Proof, SessionCookie, SsoFound, SsoWants};
use async_trait::async_trait;

use super::Port;

#[async_trait]
impl Accounts for Port {
    async fn awaits_second_step(&self, browser: &Browser) -> bool {
        self.identity.awaits_second_step(browser).await
    }

    async fn second_step(&self, code: &str, browser: &Browser) -> Answer<SessionCookie> {
        self.identity.second_step(&self.house, code, browser).await
    }

    async fn forgot_password(&self, email: &str, browser: &Browser) -> Answer<()> {
        self.identity.forgot_password(&self.house, email, browser).await
    }

    async fn account(&self, browser: &Browser) -> Answer<AccountPage> {
        self.identity.account(&self.house, browser).await
    }

    async fn end_session(&self, key: &str, browser: &Browser) -> Answer<()> {
        self.identity.end_session(&self.house, key, browser).await
    }

    async fn sign_out_everywhere(&self, browser: &Browser) -> Answer<SessionCookie> {
        self.identity.sign_out_everywhere(&self.house, browser).await
    }

    async fn change_password(&self, current: &str, password: &str, browser: &Browser) -> Answer<SessionCookie> {
        self.identity.change_password(&self.house, current, password, browser).await
    }

    async fn begin_second_factor(&self, browser: &Browser) -> Answer<String> {
        self.identity.begin_second_factor(&self.house, browser).await
    }

    async fn second_factor_set_up(&self, id: &str, browser: &Browser) -> Answer<FactorSetUp> {
        self.identity.second_factor_set_up(&self.house, id, browser).await
    }

    async fn confirm_second_factor(&self, id: &str, code: &str, browser: &Browser) -> Answer<SessionCookie> {
        self.identity.confirm_second_factor(&self.house, id, code, browser).await
    }

    async fn remove_second_factor(&self, browser: &Browser) -> Answer<SessionCookie> {
        self.identity.remove_second_factor(&self.house, browser).await
    }

    async fn make_recovery_codes(&self, browser: &Browser) -> Answer<String> {
        self.identity.make_recovery_codes(&self.house, browser).await
    }

    async fn recovery_codes(&self, id: &str, browser: &Browser) -> Answer<Vec<String>> {
        self.identity.recovery_codes(&self.house, id, browser).await
    }

    async fn recovery_codes_kept(&self, id: &str, browser: &Browser) -> Answer<()> {
        self.identity.recovery_codes_kept(&self.house, id, browser).await
    }

    async fn proof(&self, browser: &Browser) -> Answer<Proof> {
        self.identity.proof(&self.house, browser).await
    }

    async fn prove(&self, password: &str, code: &str, browser: &Browser) -> Answer<SessionCookie> {
        self.identity.prove(&self.house, password, code, browser).await
    }

    fn single_sign_on(&self) -> Option<String> {
        self.identity.single_sign_on()
    }

    async fn begin_single_sign_on(&self, wants: SsoWants, to: &str, browser: &Browser) -> Answer<String> {
        self.identity.begin_single_sign_on(&self.house, wants, to, browser).await
    }

    async fn leaving_for_provider(&self, id: &str, browser: &Browser) -> Answer<String> {
        self.identity.leaving_for_provider(&self.house, id, browser).await
    }

    async fn single_sign_on_found(&self, id: &str, browser: &Browser) -> Answer<SsoFound> {
        self.identity.single_sign_on_found(&self.house, id, browser).await
    }

    async fn link_single_sign_on(&self, id: &str, browser: &Browser) -> Answer<SessionCookie> {
        self.identity.link_single_sign_on(&self.house, id, browser).await
    }

    async fn unlink_single_sign_on(&self, browser: &Browser) -> Answer<SessionCookie> {
        self.identity.unlink_single_sign_on(&self.house, browser).await
    }
}
