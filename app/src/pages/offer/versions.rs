//! Any two versions of the terms beside each other: what changed first, each marked by whether an approver decides it.

use leptos::prelude::*;
use offer::field::{FieldSpec, Section as Part};

use super::change::crumbs;
use super::shown::Shown;
use super::since::is_material;
use crate::desk::{Notice as CameBack, VersionLine};
use crate::pages::record::choice;
use crate::pages::{Found, Place, Sheet, Visit, staff_page};
use crate::parts::{Button, Control, Field, PageHead, Section, SideBySide, SideMark, SideRow};
use crate::words::en::{course as words, field};

/// Two versions of an offer.
#[component]
pub fn VersionsPage() -> impl IntoView {
    staff_page(Place::Offers, versions)
}

pub(in crate::pages) async fn versions(visit: Visit) -> Found {
    let id = visit.offer()?;
    let page = visit.desk.offer(&visit.viewer, &id).await.done()?;
    let shown = Shown { times: visit.times(), visit, page };
    let (one, other) = asked_for(&shown).ok_or(CameBack::NotFound)?;
    let title = words::VERSIONS;
    let body = view! {
        <PageHead title=title trail=crumbs(&shown) lead=words::VERSIONS_LEAD/>
        <div class="stack" data-gap="loose">{choose(&shown, one, other)}{compared(&shown, one, other)}</div>
    };
    Ok(Sheet {
        title: format!("{title} - {}", shown.page.number),
        table: shown.page.table.clone(),
        body: vec![body.into_any()],
        ..Sheet::default()
    })
}

/// The two that the address names; without one the newest and the one before it.
fn asked_for(shown: &Shown) -> Option<(&VersionLine, &VersionLine)> {
    let lines = &shown.page.course.versions;
    let named = |name: &str| {
        let asked: u32 = shown.visit.query(name)?.parse().ok()?;
        lines.iter().find(|line| line.version == asked)
    };
    let newest = lines.last()?;
    let other = named("other").unwrap_or(newest);
    let before = lines.iter().rev().find(|line| line.version < other.version).unwrap_or(other);
    Some((named("one").unwrap_or(before), other))
}

fn choose(shown: &Shown, one: &VersionLine, other: &VersionLine) -> AnyView {
    let choices = || {
        let line = |line: &VersionLine| {
            choice(line.version.to_string(), words::version_choice(line.version, &shown.times.full(line.at), line.revision))
        };
        Control::Select(shown.page.course.versions.iter().map(line).collect())
    };
    view! {
        <form class="search" method="get" action=shown.path("/versions")>
            <Field name="one" label=words::ONE_VERSION control=choices() value=one.version.to_string()/>
            <Field name="other" label=words::OTHER_VERSION control=choices() value=other.version.to_string()/>
            <Button text=words::COMPARE/>
        </form>
    }
    .into_any()
}

fn compared(shown: &Shown, one: &VersionLine, other: &VersionLine) -> AnyView {
    let page = &shown.page;
    let heads = vec![words::version_head(one.version), words::version_head(other.version)];
    let row = |spec: &FieldSpec| {
        let (left, right) = (one.terms.get(&spec.key), other.terms.get(&spec.key));
        let differs = left != right;
        let mark = match is_material(shown, &spec.key) {
            true => SideMark { code: "material", text: words::MATERIAL },
            false => SideMark { code: "cosmetic", text: words::COSMETIC },
        };
        let said = |value: Option<&offer::terms::Value>| value.map(|value| shown.names().value(&spec.key, value, &page.table));
        let is_there = left.is_some() || right.is_some();
        let row = SideRow { label: field::label(spec), mark: differs.then_some(mark), values: vec![said(left), said(right)] };
        is_there.then_some((spec.section, differs, row))
    };
    let rows: Vec<(Part, bool, SideRow)> = page.table.iter().filter_map(row).collect();
    let changed: Vec<SideRow> = rows.iter().filter(|(_, differs, _)| *differs).map(|(_, _, row)| row.clone()).collect();
    let material = changed.iter().filter(|row| row.mark.as_ref().is_some_and(|mark| mark.code == "material")).count();
    let lead = if changed.is_empty() { words::NO_DIFFERENCE.to_owned() } else { words::between(changed.len(), material) };
    let why = (!other.why.is_empty() && one.version < other.version)
        .then(|| words::version_since(other.version, &other.by, &shown.times.full(other.at), &other.why));
    let why = why.map(|said| view! { <p>{said}</p> });
    let same = Part::ALL.into_iter().flat_map(|part| rows.iter().filter(move |(of, differs, _)| *of == part && !differs));
    let same: Vec<SideRow> = same.map(|(_, _, row)| row.clone()).collect();
    let heads_again = heads.clone();
    let unchanged = (!same.is_empty()).then(|| {
        view! {
            <details class="act-choice" id="unchanged">
                <summary>{words::UNCHANGED_TERMS}</summary>
                <SideBySide label=words::UNCHANGED_TERMS term=words::TERM heads=heads_again rows=same/>
            </details>
        }
    });
    view! {
        <Section id="changed" title=words::CHANGED_TERMS lead=lead>
            {why}
            <SideBySide label=words::CHANGED_TERMS term=words::TERM heads=heads rows=changed/>
        </Section>
        {unchanged}
    }
    .into_any()
}
