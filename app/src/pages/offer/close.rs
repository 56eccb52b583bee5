//! Ends without a hire, each with what it means, and the way back.

use leptos::prelude::*;
use offer::lifecycle::{DeclineReason, NotStartedBy};

use super::shown::{Shown, Words, button};
use crate::desk::Button as May;
use crate::pages::Question;
use crate::pages::record::choice;
use crate::parts::{ButtonKind, Control};
use crate::words::en::{offer as words, status};

/// Everything that ends the offer or leads it back.
pub fn ways(shown: &Shown) -> Vec<AnyView> {
    let mut ways = Vec::new();
    if shown.may(May::Reopen) {
        ways.push(with_reason(shown, "reopen", words::REOPEN, words::REOPEN_MEANS, false, words::REOPEN_DO));
    }
    if shown.may(May::AgreeRescission) {
        let ask = shown.ask("agree-rescission");
        let form = shown.form(&ask, "agree-rescission", Vec::new(), vec![button(words::AGREE_RESCISSION_DO, ButtonKind::Stop)]);
        // it waits on whoever is asked, so it is not folded
        ways.push(view! { <div class="stack"><p>{words::AGREE_RESCISSION_MEANS}</p>{form}</div> }.into_any());
    }
    if shown.may(May::DropRescission) {
        ways.push(with_reason(
            shown,
            "drop-rescission",
            words::DROP_RESCISSION,
            words::DROP_RESCISSION_MEANS,
            false,
            words::DROP_RESCISSION_DO,
        ));
    }
    if shown.may(May::Decline) {
        ways.push(decline(shown));
    }
    if shown.may(May::Withdraw) {
        ways.push(with_reason(shown, "withdraw", words::WITHDRAW, words::WITHDRAW_MEANS, true, words::WITHDRAW_DO));
    }
    if shown.may(May::Cancel) {
        ways.push(with_reason(shown, "cancel", words::CANCEL, words::CANCEL_MEANS, true, words::CANCEL_DO));
    }
    if shown.may(May::AskRescission) {
        ways.push(with_reason(shown, "ask-rescission", words::ASK_RESCISSION, words::ASK_RESCISSION_MEANS, true, words::ASK_RESCISSION_DO));
    }
    if shown.may(May::NotStart) {
        ways.push(not_start(shown));
    }
    ways
}

fn with_reason(shown: &Shown, key: &'static str, title: &str, means: &str, stops: bool, verb: &'static str) -> AnyView {
    let kind = if stops { ButtonKind::Stop } else { ButtonKind::Plain };
    let form = shown.words_form(key, key, Vec::new(), Words::reason(verb, kind));
    shown.way(key, title, means, stops, form)
}

fn decline(shown: &Shown) -> AnyView {
    let ask = shown.ask("decline");
    let reasons = || DeclineReason::ALL.map(|reason| choice(reason.code(), status::decline_reason(reason))).to_vec();
    let inner = vec![
        ask.field(Question {
            name: "primary".into(),
            label: words::DECLINE_PRIMARY.into(),
            control: Control::Select(reasons()),
            required: true,
            ..Question::default()
        }),
        ask.field(Question {
            name: "secondary".into(),
            label: words::DECLINE_SECONDARY.into(),
            control: Control::Select(reasons()),
            ..Question::default()
        }),
        ask.field(Question { name: "note".into(), label: words::DECLINE_NOTE.into(), control: Control::Long, ..Question::default() }),
        button(words::DECLINE_DO, ButtonKind::Stop),
    ];
    let form = shown.form(&ask, "decline", Vec::new(), inner);
    shown.way("decline", words::DECLINE, words::DECLINE_MEANS, true, form)
}

fn not_start(shown: &Shown) -> AnyView {
    let ask = shown.ask("not-start");
    let by = NotStartedBy::ALL.map(|by| choice(by.code(), status::not_started_by(by))).to_vec();
    let inner = vec![
        ask.field(Question {
            name: "by".into(),
            label: words::NOT_START_BY.into(),
            control: Control::Select(by),
            required: true,
            ..Question::default()
        }),
        ask.field(Question {
            name: "reason".into(),
            label: words::WHY.into(),
            control: Control::Long,
            required: true,
            ..Question::default()
        }),
        button(words::NOT_START_DO, ButtonKind::Stop),
    ];
    let form = shown.form(&ask, "not-start", Vec::new(), inner);
    shown.way("not-start", words::NOT_START, words::NOT_START_MEANS, true, form)
}
