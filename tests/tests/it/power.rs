//! A power cut at any moment: what was acknowledged is there once, and every chain is whole.

use std::sync::mpsc;

use crate::firm::{Firm, RECRUITER};
use crate::hands::Offer;
use crate::on_both_engines;

/// How often the power fails.
const ROUNDS: u32 = 20;

on_both_engines! {
    fn after_each_of_twenty_power_cuts_every_acknowledged_comment_is_there_once_and_every_chain_is_whole(engine) {
        let mut firm = Firm::open(engine);
        let path = {
            let offer = Offer::begin(&firm, RECRUITER, "REQ-1000", "Maria Silva", "maria@example.com").fill(&[]);
            let _ = offer.submit("as agreed");
            format!("/offers/{}", offer.id())
        };
        let (mut acknowledged, mut uncertain) = (Vec::new(), Vec::new());
        for round in 0..ROUNDS {
            let browser = firm.person(RECRUITER);
            let (written, heard) = mpsc::channel();
            let writer = std::thread::spawn({
                let path = path.clone();
                move || {
                    for number in 0_u32.. {
                        let text = format!("comment {round} {number}.");
                        let form = browser.try_open(&path).map(|page| page.form("offers/comment").fill("text", &text));
                        let Ok(form) = form else { return };
                        let sent = form.try_submit().ok().filter(|answer| answer.header("location").is_some_and(|to| !to.contains("kept=")));
                        if written.send((text, sent.is_some())).is_err() || sent.is_none() {
                            return;
                        }
                    }
                }
            });
            // Between the first and the seventh acknowledgement, and then in the middle of whatever comes next.
            let before_the_cut = heard.iter().take(usize::try_from(round % 7 + 1).expect("a small number")).collect::<Vec<_>>();
            firm.house.cut_power();
            writer.join().expect("the writer ends when the house is gone");
            for (text, is_acknowledged) in before_the_cut.into_iter().chain(heard.iter()) {
                if is_acknowledged { acknowledged.push(text) } else { uncertain.push(text) }
            }
            firm.reopen();
        }
        assert!(acknowledged.len() >= usize::try_from(ROUNDS).expect("a small number"), "comments were acknowledged in every round");
        let page = firm.person(RECRUITER).open(&path).text();
        for text in &acknowledged {
            assert_eq!(page.matches(text.as_str()).count(), 1, "`{text}` was acknowledged:\n{page}");
        }
        for text in &uncertain {
            assert!(page.matches(text.as_str()).count() <= 1, "`{text}` is there twice");
        }
        let _ = firm.house.run(&["verify"]);
    }
}
