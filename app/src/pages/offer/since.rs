//! What became of approvals after a change: who still stands, what changed since somebody approved, and why they are needed again.

use leptos::prelude::*;
use offer::field::FieldKey;
use offer::id::StepKey;
use offer::lifecycle::Refusal;
use offer::terms::Change;

use super::shown::Shown;
use crate::desk::{Notice as CameBack, SinceApproved, StepView, VersionLine};
use crate::parts::{Diff, Notice, NoticeKind, Section};
use crate::words::en::{course as words, offer as offer_words, reason, role, standing};

/// "2 of 3 approvals still stand; Finance looks at Base pay only": while the newest version is a change of an earlier one.
pub fn aftermath(shown: &Shown) -> Option<AnyView> {
    let page = &shown.page;
    let after = page.course.aftermath.as_ref().filter(|after| after.version == page.version && page.status.is_negotiable())?;
    // once those who were asked again have decided, the route says it better
    let is_approved =
        |step: &StepKey| page.route.iter().any(|line| line.step.step == *step && matches!(line.state, StepView::Approved { .. }));
    if !after.reopened.is_empty() && after.reopened.iter().all(|again| is_approved(&again.step)) {
        return None;
    }
    let said = standing::aftermath(&after.route, &after.stands, &after.reopened, &page.table);
    (!said.is_empty()).then(|| view! { <p class="aftermath">{said}</p> }.into_any())
}

/// What changed since approvals that are needed again: the viewer's own, which they see before everything else.
pub fn yours(shown: &Shown) -> Vec<AnyView> {
    shown.page.course.since.iter().filter(|since| since.yours).map(|since| part(shown, since)).collect()
}

/// The same of the steps of others.
pub fn others(shown: &Shown) -> Vec<AnyView> {
    shown.page.course.since.iter().filter(|since| !since.yours).map(|since| part(shown, since)).collect()
}

fn part(shown: &Shown, since: &SinceApproved) -> AnyView {
    let step = role::step(&since.step);
    let title = if since.by_you { words::SINCE_YOU_APPROVED.to_owned() } else { words::since_step_approved(&step) };
    let lead = words::since_approved(&step, &since.by, since.by_you, since.version, &shown.times.full(since.at));
    let table = &shown.page.table;
    // what this step decides stands apart from what it is only shown
    let (decided, told): (Vec<Change>, Vec<Change>) =
        since.changes.iter().cloned().partition(|change| since.decides.contains(&change.field));
    let because: Vec<String> = since.because.iter().map(|because| standing::reopening(because, table)).collect();
    let because = (!because.is_empty()).then(|| view! { <p>{because.join(" ")}</p> });
    let rules = reason::asked(&since.asked_by, table);
    let rules = (!rules.is_empty()).then(|| view! { <p class="section-lead">{rules}</p> });
    let came = came_since(shown, since.version);
    let compare = shown.path(&format!("/versions?one={}&other={}", since.version, shown.page.version));
    let compare_text = words::compare(since.version, shown.page.version);
    let (decided, told) = (shown.names().diff(&decided, table), shown.names().diff(&told, table));
    let id = format!("since-{}", since.step);
    view! {
        <Section id=id title=title lead=lead>
            <div class="stack">
                <Diff rows=decided/>
                {came}
                <div><h3>{words::WHY_AGAIN}</h3>{because}{rules}</div>
                <Diff rows=told/>
                <p><a href=compare>{compare_text}</a></p>
            </div>
        </Section>
    }
    .into_any()
}

/// The versions that came since, each with who made it and why.
fn came_since(shown: &Shown, version: u32) -> AnyView {
    let line = |line: &VersionLine| words::version_since(line.version, &line.by, &shown.times.full(line.at), &line.why);
    let lines = shown.page.course.versions.iter().filter(|known| known.version > version).map(line);
    view! { <ul class="plain-list">{lines.map(|said| view! { <li>{said}</li> }).collect_view()}</ul> }.into_any()
}

/// After a decision on a version that is not the newest any more: what changed since it was read.
pub fn moved_on(shown: &Shown) -> Option<AnyView> {
    let Some(CameBack::Refused(Refusal::MovedOn { .. })) = shown.visit.kept.notice() else { return None };
    let read: u32 = shown.visit.kept.typed("version")?.parse().ok()?;
    let changes = between(shown, read, shown.page.version)?;
    let came = came_since(shown, read);
    let compare = shown.path(&format!("/versions?one={read}&other={}", shown.page.version));
    let (rows, compare_text) = (shown.names().diff(&changes, &shown.page.table), words::compare(read, shown.page.version));
    Some(
        view! {
            <Notice kind=NoticeKind::Warning title=words::MOVED_ON>
                <Diff rows=rows/>
                {came}
                <p><a href=compare>{compare_text}</a></p>
            </Notice>
        }
        .into_any(),
    )
}

/// What differs between two versions, as far as seen.
pub fn between(shown: &Shown, one: u32, other: u32) -> Option<Vec<Change>> {
    let of = |version: u32| shown.page.course.versions.iter().find(|line| line.version == version).map(|line| &line.terms);
    Some(of(one)?.diff(of(other)?))
}

/// Whether a field is one that somebody decides.
pub fn is_material(shown: &Shown, field: &FieldKey) -> bool {
    shown.page.table.get(field).is_some_and(|spec| spec.material)
}

/// A link to the comparison of a version with the one before it.
pub fn compare_link(shown: &Shown, version: u32) -> Option<(String, String)> {
    let before = shown.page.course.versions.iter().map(|line| line.version).filter(|known| *known < version).max()?;
    Some((shown.path(&format!("/versions?one={before}&other={version}")), words::compare(before, version)))
}

/// The way to the comparison, once there is something to compare.
pub fn to_versions(shown: &Shown) -> Option<AnyView> {
    let (href, _) = compare_link(shown, shown.page.version)?;
    let (said, versions) = (offer_words::version(shown.page.version), words::VERSIONS);
    Some(view! { <p class="section-lead">{said}" · "<a href=href>{versions}</a></p> }.into_any())
}
