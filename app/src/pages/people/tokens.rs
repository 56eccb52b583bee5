//! The tokens of a program: those there are, a new one shown once, and the form that makes one.

use leptos::prelude::*;
use offer::access::TokenReads;
use offer::field::FieldTable;
use offer::id::PersonId;
use offer::person::TokenLasts;

use crate::desk::{Notice as CameBack, PersonPage as Page, TokenLine};
use crate::pages::{Ask, Question, Times, Visit};
use crate::parts::{Button, ButtonKind, Choice, Control, Form, Ledger, Notice, NoticeKind, Section};
use crate::words::en::token as words;

/// The section of a program's page.
pub(super) fn tokens(visit: &Visit, page: &Page, shown: Option<AnyView>) -> AnyView {
    let list = if page.tokens.is_empty() { view! { <p>{words::NONE}</p> }.into_any() } else { table(visit, page, &visit.times()) };
    let make = make(visit, page);
    view! { <Section id="tokens" title=words::TITLE lead=words::LEAD>{shown}{list}{make}</Section> }.into_any()
}

/// The secret of a token that was just made in this browser, or that it can be read no more.
pub(super) async fn shown(visit: &Visit, id: &PersonId) -> Result<Option<AnyView>, CameBack> {
    let Some(made) = visit.query("made") else { return Ok(None) };
    match visit.desk.new_token(&visit.viewer, &visit.browser, id, &made).await.done() {
        Ok(secret) => Ok(Some(secret_once(visit, id, made, secret))),
        Err(CameBack::NotFound) => Ok(Some(view! { <Notice title=words::GONE><p>{words::GONE_WHY}</p></Notice> }.into_any())),
        Err(notice) => Err(notice),
    }
}

fn secret_once(visit: &Visit, id: &PersonId, made: String, secret: String) -> AnyView {
    let hidden = vec![("person", id.to_string()), ("made", made)];
    view! {
        <Notice kind=NoticeKind::Warning title=words::MADE>
            <p>{words::MADE_WHY}</p>
            <p><code class="token-secret">{secret}</code></p>
        </Notice>
        <Form key="token-kept" action="/api/people/token-kept" once=visit.fresh.clone() hidden=hidden>
            <div class="button-row"><Button text=words::KEPT kind=ButtonKind::Primary/></div>
        </Form>
    }
    .into_any()
}

fn table(visit: &Visit, page: &Page, times: &Times) -> AnyView {
    const HEADS: &[&str] = &[words::COLUMN_NAME, words::COLUMN_USED, words::COLUMN_ENDS, words::COLUMN_REVOKE];
    let rows = page.tokens.iter().map(|line| row(visit, line, page, times).into_any()).collect();
    view! { <Ledger heads=HEADS rows=rows/> }.into_any()
}

fn row(visit: &Visit, line: &TokenLine, page: &Page, times: &Times) -> impl IntoView + use<> {
    let over = line.expires_at <= page.now;
    let ends = if over { words::ended(&times.near(line.expires_at, page.now)) } else { times.near(line.expires_at, page.now) };
    let used = line.used_at.map_or_else(|| words::NEVER.to_owned(), |at| times.near(at, page.now));
    let revoke = if over { view! { <span>{words::OVER}</span> }.into_any() } else { revoke(visit, line, page) };
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                {line.name.clone()}
                <span class="table-sub">{words::about(line.reads, &times.near(line.made_at, page.now), &line.made_by)}</span>
            </th>
            <td role="cell" data-label=words::COLUMN_USED>{used}</td>
            <td role="cell" data-label=words::COLUMN_ENDS>{ends}</td>
            <td role="cell" data-label=words::COLUMN_REVOKE>{revoke}</td>
        </tr>
    }
}

fn revoke(visit: &Visit, line: &TokenLine, page: &Page) -> AnyView {
    let key = format!("revoke-{}", line.id);
    let (id, named) = (key.clone(), words::revoke_named(&line.name));
    view! {
        <form id=id method="post" action="/api/people/revoke-token">
            <input type="hidden" name="form" value=key/>
            <input type="hidden" name="once" value=format!("{}-{}", visit.fresh, line.id)/>
            <input type="hidden" name="person" value=page.id.to_string()/>
            <input type="hidden" name="token_id" value=line.id.to_string()/>
            <button class="button" data-kind="quiet" type="submit" aria-label=named>{words::REVOKE}</button>
        </form>
    }
    .into_any()
}

fn make(visit: &Visit, page: &Page) -> AnyView {
    let ask = Ask::new(visit, "make-token", &FieldTable::default());
    let choice = |value: &'static str, text: &'static str, hint: Option<&'static str>| Choice {
        value: value.to_owned(),
        text: text.to_owned(),
        hint: hint.map(str::to_owned),
    };
    let reads = TokenReads::ALL.iter().map(|reads| choice(reads.code(), words::reads(*reads), Some(words::reads_hint(*reads)))).collect();
    let lasts = TokenLasts::ALL.iter().map(|lasts| choice(lasts.code(), words::lasts(*lasts), None)).collect();
    let questions = [
        Question {
            name: "token_name".into(),
            label: words::NAME.into(),
            hint: words::NAME_HINT.into(),
            required: true,
            autocomplete: "off".into(),
            ..Question::default()
        },
        Question {
            name: "reads".into(),
            label: words::READS.into(),
            control: Control::Choices(reads),
            value: TokenReads::All.code().into(),
            ..Question::default()
        },
        Question {
            name: "lasts".into(),
            label: words::LASTS.into(),
            control: Control::Select(lasts),
            value: TokenLasts::Days90.code().into(),
            ..Question::default()
        },
    ];
    let questions = questions.map(|question| ask.field(question)).into_iter().collect_view();
    let (once, hidden) = (ask.once.clone(), vec![("person", page.id.to_string())]);
    view! {
        <Form key="make-token" action="/api/people/make-token" once=once hidden=hidden>
            <h3>{words::MAKE}</h3>
            {questions}
            <div class="button-row"><Button text=words::MAKE_DO/></div>
        </Form>
    }
    .into_any()
}
