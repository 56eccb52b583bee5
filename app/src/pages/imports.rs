//! Imports: files in, what they would do beside their text, and one button that does exactly that.

use leptos::prelude::*;
use offer::field::FieldTable;
use offer::import::{ImportProblem, RowOutcome};

use super::{Ask, Found, Place, Question, Sheet, Visit, staff_page};
use crate::desk::{FileLine, ImportCounts, ImportDone, ImportFile, ImportLook, ImportPage};
use crate::parts::{Button, ButtonKind, Choice, Control, Form, LinkButton, Notice, NoticeKind, PageHead, Section};
use crate::shell::PageWidth;
use crate::words::en::{import as words, playbook};

/// The page of imports.
#[component]
pub fn ImportsPage() -> impl IntoView {
    staff_page(Place::Imports, imports)
}

pub(in crate::pages) async fn imports(visit: Visit) -> Found {
    let (look, done) = (visit.query("look"), visit.query("done"));
    let asked_for_a_look = look.is_some();
    let page = visit.desk.imports(&visit.viewer, &visit.browser, look, done).await.done()?;
    let mut body = vec![view! { <PageHead title=words::TITLE lead=words::LEAD/> }.into_any()];
    body.extend(came(&visit, asked_for_a_look && page.look.is_none()));
    body.extend(page.done.as_ref().map(done_view));
    if let Some(look) = &page.look {
        body.push(summary(&visit, look));
        body.extend(look.files.iter().enumerate().map(|(place, file)| file_view(place, file)));
    }
    if page.done.is_none() {
        body.push(upload(&visit, &page));
    }
    let body = vec![view! { <div class="stack" data-gap="loose">{body}</div> }.into_any()];
    let width = if page.look.is_some() { PageWidth::Wide } else { PageWidth::Page };
    Ok(Sheet { title: words::TITLE.to_owned(), width, body, ..Sheet::default() })
}

/// Why the visitor is back.
fn came(visit: &Visit, gone: bool) -> Option<AnyView> {
    let (title, why) = match visit.query("came").as_deref() {
        _ if gone => (words::GONE, words::GONE_WHY),
        Some("otherwise") => (words::OTHERWISE, words::OTHERWISE_WHY),
        Some("too-large") => (words::TOO_LARGE, words::TOO_LARGE_WHY),
        Some("no-file") => (words::NO_FILE, words::NO_FILE_WHY),
        Some("not-whole") => (words::NOT_RECEIVED, words::NOT_RECEIVED_WHY),
        _ => return None,
    };
    Some(view! { <Notice kind=NoticeKind::Warning title=title><p>{why}</p></Notice> }.into_any())
}

fn upload(visit: &Visit, page: &ImportPage) -> AnyView {
    let ask = Ask::new(visit, "look", &FieldTable::default());
    let told = Choice { value: "told".to_owned(), text: words::HOLDS_TOLD.to_owned(), hint: None };
    let kinds = page.kinds.iter().map(|kind| Choice { value: kind.code().to_owned(), text: words::kind(*kind).to_owned(), hint: None });
    let choices = std::iter::once(told).chain(kinds).collect();
    let title = if page.look.is_some() { words::OTHER_FILES } else { words::CHOOSE_FILES };
    view! {
        <Section id="choose" title=title lead=words::CHOOSE_FILES_LEAD>
            <form class="stack" id="look" method="post" action="/api/imports/look" enctype="multipart/form-data" novalidate>
                {ask.field(Question {
                    name: "holds".into(),
                    label: words::HOLDS.into(),
                    control: Control::Select(choices),
                    value: "told".into(),
                    ..Question::default()
                })}
                {ask.field(Question {
                    name: "files".into(),
                    label: words::FILES.into(),
                    control: Control::Files,
                    hint: words::FILES_HINT.into(),
                    required: true,
                    ..Question::default()
                })}
                <div class="button-row"><Button text=words::LOOK kind=ButtonKind::Primary/></div>
            </form>
        </Section>
    }
    .into_any()
}

/// Everything at a glance, and the button.
fn summary(visit: &Visit, look: &ImportLook) -> AnyView {
    let (added, changed) = (look.counts.all(RowOutcome::Added), look.counts.all(RowOutcome::Changed));
    let follows = [
        (look.playbook_changes > 0).then(|| words::playbook_changes(look.playbook_changes)),
        (look.joining > 0).then(|| words::joining(look.joining)),
    ];
    let stops = (!look.playbook_problems.is_empty()).then(|| {
        let lines = look.playbook_problems.iter().map(|found| view! { <li>{playbook::problem(found)}</li> }).collect_view();
        view! { <Notice kind=NoticeKind::Problem title=words::PLAYBOOK_STOPS><ul>{lines}</ul></Notice> }
    });
    let apply = if added + changed > 0 {
        let left_out = look.counts.all(RowOutcome::Conflict) + look.counts.all(RowOutcome::Faulty);
        let left_out = (left_out > 0).then(|| view! { <p>{words::left_out(left_out)}</p> });
        let hidden = vec![("look", look.id.clone()), ("proof", look.proof.clone())];
        view! {
            <Form key="apply" action="/api/imports/apply" once=visit.fresh.clone() hidden=hidden>
                <div class="stack" data-gap="tight"><p>{words::APPLY_MEANS}</p>{left_out}</div>
                <div class="button-row"><Button text=words::apply(added, changed) kind=ButtonKind::Primary/></div>
            </Form>
        }
        .into_any()
    } else {
        view! { <p>{words::NOTHING_TO_APPLY}</p> }.into_any()
    };
    let counted = counts(&look.counts);
    view! {
        <Section id="would" title=words::WOULD>
            {counted}
            {sentences(follows)}
            {stops}
            {apply}
        </Section>
    }
    .into_any()
}

fn done_view(done: &ImportDone) -> AnyView {
    let title = words::done(done.counts.all(RowOutcome::Added), done.counts.all(RowOutcome::Changed));
    let follows = [done.published.map(words::published), (done.joined > 0).then(|| words::joining(done.joined))];
    let not_invited =
        (!done.not_invited.is_empty()).then(|| view! { <Notice kind=NoticeKind::Warning title=words::not_invited(&done.not_invited)/> });
    let counted = counts(&done.counts);
    view! {
        <Notice kind=NoticeKind::Done title=title/>
        <Section id="did" title=words::DID>
            {counted}
            {sentences(follows)}
            {not_invited}
            <div class="button-row"><LinkButton href="/admin/imports" text=words::AGAIN/></div>
        </Section>
    }
    .into_any()
}

fn sentences(said: [Option<String>; 2]) -> AnyView {
    let said: Vec<AnyView> = said.into_iter().flatten().map(|said| view! { <p>{said}</p> }.into_any()).collect();
    view! { <div class="stack" data-gap="tight">{said}</div> }.into_any()
}

/// Rows by kind and outcome.
fn counts(counts: &ImportCounts) -> Option<AnyView> {
    let kinds = counts.kinds();
    if kinds.is_empty() {
        return None;
    }
    let heads =
        RowOutcome::ALL.map(|outcome| view! { <th scope="col" role="columnheader" data-align="end">{words::outcome_name(outcome)}</th> });
    let rows = kinds.into_iter().map(|kind| {
        let cells = RowOutcome::ALL.map(|outcome| {
            let count = counts.of_kind(kind, outcome);
            let said = if count > 0 { words::number(count) } else { "0".to_owned() };
            let zero = (count == 0).then_some("");
            view! { <td role="cell" data-align="end" data-label=words::outcome_name(outcome) data-zero=zero>{said}</td> }
        });
        view! { <tr role="row"><th scope="row" role="rowheader">{words::kind(kind)}</th>{cells.into_iter().collect_view()}</tr> }
    });
    Some(
        view! {
            <div class="table-scroll" role="region" tabindex="0" aria-label=words::COLUMN_KIND>
                <table class="table import-counts" data-kind="ledger" data-narrow="stack" role="table">
                    <thead role="rowgroup">
                        <tr role="row"><th scope="col" role="columnheader">{words::COLUMN_KIND}</th>{heads.into_iter().collect_view()}</tr>
                    </thead>
                    <tbody role="rowgroup">{rows.collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any(),
    )
}

/// A file: what to mend, beside its text.
fn file_view(place: usize, file: &ImportFile) -> AnyView {
    let id = format!("file-{place}");
    let kind = file.kind.map(words::kind);
    let lead = [kind.map(str::to_owned), Some(words::length(file.length))].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let problems: Vec<AnyView> = file.problems.iter().map(|found| problem(&id, found, &file.lines)).collect();
    let more = (file.problems_more > 0).then(|| view! { <p>{words::more_problems(file.problems_more)}</p> });
    let problems = if problems.is_empty() {
        view! { <p class="import-sound">{words::NO_PROBLEMS}</p> }.into_any()
    } else {
        view! { <ol class="import-problems">{problems}</ol> {more} }.into_any()
    };
    let lines: Vec<AnyView> = file.lines.iter().map(|line| line_view(&id, line)).collect();
    let (name, title) = (words::text_of(&file.name), file.name.clone());
    view! {
        <Section id=id title=title lead=lead>
            <div class="import-file">
                <div class="stack" data-gap="tight"><h3>{words::PROBLEMS}</h3>{problems}</div>
                <div class="stack" data-gap="tight">
                    <h3>{words::TEXT}</h3>
                    <div class="file-text" role="region" tabindex="0" aria-label=name>
                        <table>
                            <thead class="unseen">
                                <tr>
                                    <th scope="col">{words::COLUMN_LINE}</th>
                                    <th scope="col">{words::COLUMN_OUTCOME}</th>
                                    <th scope="col">{words::COLUMN_TEXT}</th>
                                </tr>
                            </thead>
                            <tbody>{lines}</tbody>
                        </table>
                    </div>
                </div>
            </div>
        </Section>
    }
    .into_any()
}

/// A problem, leading to its cell, or else to its line, if that is shown.
fn problem(id: &str, found: &ImportProblem, lines: &[FileLine]) -> AnyView {
    let line = found.place.line;
    let column = found.place.column.as_ref().map(|column| column.number);
    let target = lines.iter().find_map(|shown| match shown {
        FileLine::Said { number, marks, .. } if *number == line => {
            let cell = marks.iter().find(|(marked, _)| Some(*marked) == column);
            Some(cell.map_or_else(|| line_id(id, line), |(column, _)| cell_id(id, line, *column)))
        }
        _ => None,
    });
    let place = words::place(found);
    let place = match target {
        Some(target) => view! { <a href=format!("#{target}")>{place}</a> }.into_any(),
        None => view! { <span>{place}</span> }.into_any(),
    };
    let kind = if found.fault.is_note() { "note" } else { "fault" };
    view! { <li data-kind=kind>{place}" "{words::fault(&found.fault)}</li> }.into_any()
}

fn line_id(file: &str, line: u64) -> String {
    format!("{file}-line-{line}")
}

fn cell_id(file: &str, line: u64, column: u64) -> String {
    format!("{file}-line-{line}-cell-{column}")
}

fn line_view(id: &str, line: &FileLine) -> AnyView {
    match line {
        FileLine::Gap { from, to, unchanged } => {
            let said = if *unchanged { words::as_they_are(*from, *to) } else { words::not_shown(*from, *to) };
            view! { <tr class="file-gap"><td></td><td></td><td>{said}</td></tr> }.into_any()
        }
        FileLine::Said { number, text, outcome, wrong, marks } => {
            let state = match (wrong, outcome) {
                (true, _) => Some("wrong"),
                (false, outcome) => outcome.map(RowOutcome::code),
            };
            let outcome = outcome.filter(|outcome| *outcome != RowOutcome::Unchanged).map(words::outcome_name);
            let mut said: Vec<AnyView> = Vec::new();
            let mut from = 0;
            for (column, mark) in marks {
                said.push(text.get(from..mark.start).unwrap_or_default().to_owned().into_any());
                // an empty cell is marked between its separators
                let cell = text.get(mark.clone()).filter(|cell| !cell.is_empty()).unwrap_or("\u{a0}").to_owned();
                said.push(view! { <mark id=cell_id(id, *number, *column)>{cell}</mark> }.into_any());
                from = mark.end;
            }
            said.push(text.get(from..).unwrap_or_default().to_owned().into_any());
            view! {
                <tr id=line_id(id, *number) data-state=state>
                    <th scope="row">{number.to_string()}</th>
                    <td>{outcome}</td>
                    <td><code>{said}</code></td>
                </tr>
            }
            .into_any()
        }
    }
}
