//! Mail as it leaves a house in earnest: by SMTP, to a real mail server.

use tests::{House, PostOffice};

use crate::firm::{RECRUITER, furnish};
use crate::on_both_engines;

on_both_engines! {
    fn an_imported_person_is_invited_by_mail_and_the_link_in_it_opens(engine) {
        let post_office = PostOffice::open(0);
        let mut house = House::prepare_with_mail_by(engine, &post_office);
        house.open();
        furnish(&house);

        let mail = post_office.mail().next(RECRUITER, "/join/");
        assert!(mail.message_id.contains('@'), "no stable id: {mail:?}");
        let page = house.browser().open(&mail.link()).must_say(RECRUITER);
        assert!(page.find_form("identity/join").is_some(), "{}", page.text());
        let sent_to_her = post_office.mail().all().into_iter().filter(|mail| mail.to.contains(RECRUITER)).count();
        assert_eq!(sent_to_her, 1, "invited once");
    }
}
