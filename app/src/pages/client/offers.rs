//! The offers for the accounts of the contact: first those that wait on the reader.

use leptos::prelude::*;
use offer::lifecycle::Status as Code;
use offer::moment::Moment;

use super::{absent, is_contact};
use crate::api::form::REJECTED;
use crate::desk::{Notice, OfferLine, OfferList, OfferListAsk};
use crate::pages::portal::{Firm, Leaf};
use crate::pages::{Times, Visit};
use crate::parts::{Empty, LinkButton, Notice as NoticeBox, NoticeKind, PageHead, Pager, Status};
use crate::shell::PageWidth;
use crate::words::en::client as words;

/// The list.
pub(super) async fn leaf(visit: Visit, firm: Firm) -> Leaf {
    if !is_contact(&visit.viewer) {
        return absent(&Notice::SignIn);
    }
    let ask = OfferListAsk { after: visit.query("after"), ..OfferListAsk::default() };
    match visit.desk.offers(&visit.viewer, ask).await.done() {
        Ok(list) => listed(list, &firm, &visit.times(), visit.query("said").as_deref() == Some(REJECTED)),
        Err(notice) => absent(&notice),
    }
}

fn listed(OfferList { mut lines, next, now }: OfferList, firm: &Firm, times: &Times, rejected: bool) -> Leaf {
    let rejected = rejected.then(|| view! { <NoticeBox kind=NoticeKind::Done title=words::rejected(&firm.name)/> });
    let waiting = lines.iter().filter(|line| on_you(line)).count();
    let count = lines.len();
    // what waits on the reader, then what is under way, then what has come to an end
    lines.sort_by_key(|line| (!on_you(line), line.status == Code::Started || line.status.is_ended()));
    let title = words::offers_for(&lines.iter().map(|line| line.client.as_str()).filter(|client| !client.is_empty()).collect());
    let next = next.map(|after| format!("/c?after={}", crate::api::identity::percent(&after)));
    let list = if lines.is_empty() {
        view! { <Empty title=words::NO_OFFERS text=words::no_offers_text(&firm.name)/> }.into_any()
    } else {
        view! { <div class="card-list">{lines.into_iter().map(|line| card(line, times, now)).collect_view()}</div> }.into_any()
    };
    let body = view! {
        <PageHead title=title.clone() lead=words::offers_lead(waiting)/>
        {rejected}
        {list}
        <Pager label=words::PAGES shown=words::shown(count) next=next/>
    };
    Leaf::new(title, PageWidth::Reading, body)
}

fn on_you(line: &OfferLine) -> bool {
    line.waiting.iter().any(|waiting| waiting.on_you)
}

fn card(line: OfferLine, times: &Times, now: Moment) -> AnyView {
    let waits = on_you(&line);
    let (state, text) = if waits { (Code::InReview.code(), words::WAITS_ON_YOU) } else { (line.status.code(), words::status(line.status)) };
    let foot = line.start.and_then(|day| words::starts(day, line.status));
    let due = line.waiting.iter().find(|waiting| waiting.on_you).and_then(|waiting| waiting.due_at);
    let due = due.map(|due| {
        let near = times.near(due, now);
        view! { <span>{if due < now { words::was_wanted_by(&near) } else { words::wanted_by(&near) }}</span> }
    });
    let href = format!("/c/offers/{}", line.id);
    let decide = waits.then(|| {
        let answer = format!("{href}#answer");
        view! { <p><LinkButton href=answer text=words::DECIDE/></p> }
    });
    view! {
        <article class="card" data-state=waits.then_some("wanted")>
            <h2 class="card-title"><a href=href>{words::person_for(&line.candidate, &line.title)}</a></h2>
            <p class="card-foot">
                <Status state=state text=text/>
                {due}
                {foot.map(|foot| view! { <span>{foot}</span> })}
                <span>{line.number}</span>
            </p>
            {decide}
        </article>
    }
    .into_any()
}
