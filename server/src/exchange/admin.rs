//! Imports by the page: files are kept sealed for the browser that sent them, looked at as often as wanted, and applied as they were shown.

use std::collections::{BTreeMap, BTreeSet};

use app::desk::{Applied, Browser, FileLine, ImportCounts, ImportDone, ImportFile, ImportLook, ImportPage, Upload, Viewer};
use offer::{
    access::Actor,
    import::{ImportFault, ImportKind, ImportPlace, ImportProblem, ImportReport, RowOutcome},
    ledger::Digest,
};
use serde::{Deserialize, Serialize};

use super::{
    apply::{Look, invite, look, run_as_shown},
    columns_of,
    sheet::{self, SourceFile, kind_of},
};
use crate::{
    desk::{DeskFault, HouseDesk},
    identity::{Identity, Unreachable},
};

/// How much goes in at once: ten thousand rows are half of it.
pub(crate) const UPLOAD_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Problems of a file that are listed.
const PROBLEMS_MAX: usize = 100;
/// Lines of a file that are shown.
const LINES_MAX: usize = 300;
/// A file of so many lines is shown whole.
const LINES_OF_A_SHORT_FILE: usize = 60;
/// Characters of a line that are shown.
const LINE_CHARACTERS_MAX: usize = 600;

/// The page: what kept files would do now, or what files did.
pub(crate) async fn page(
    desk: &HouseDesk,
    identity: &Identity,
    viewer: &Viewer,
    browser: &Browser,
    (look_id, done_id): (Option<String>, Option<String>),
) -> Result<ImportPage, DeskFault> {
    let kinds = kinds_of(viewer)?;
    let done = match done_id {
        Some(id) => identity.kept_bytes(desk, browser, &id).await.and_then(|bytes| serde_json::from_slice(&bytes).ok()),
        None => None,
    };
    let look = match look_id {
        Some(id) => match uploads(desk, identity, browser, &id).await {
            Some(uploads) => {
                let by = viewer.actor().ok_or(DeskFault::SignIn)?;
                Some(looked_at(desk, id, &uploads, &kinds, &by).await?)
            }
            None => None,
        },
        None => None,
    };
    Ok(ImportPage { kinds, look, done })
}

/// Keeps files; the id of the look at them.
pub(crate) async fn kept(
    desk: &HouseDesk,
    identity: &Identity,
    viewer: &Viewer,
    browser: &Browser,
    uploads: &[Upload],
) -> Result<String, DeskFault> {
    kinds_of(viewer)?;
    identity.keep(desk, browser, &packed(uploads)?).await.map_err(out_of_reach)
}

/// Does with kept files what was shown, or nothing.
pub(crate) async fn applied(
    desk: &HouseDesk,
    identity: &Identity,
    viewer: &Viewer,
    browser: &Browser,
    (look_id, proof): (&str, &str),
) -> Result<Applied, DeskFault> {
    let kinds = kinds_of(viewer)?;
    let actor = viewer.actor().ok_or(DeskFault::SignIn)?;
    let Some(uploads) = uploads(desk, identity, browser, look_id).await else { return Ok(Applied::Otherwise) };
    let Some(shown) = Digest::parse(proof) else { return Err(DeskFault::NotFound) };
    let (files, _) = sorted(&uploads, &kinds);
    let imported = match run_as_shown(desk, &files, shown, &actor).await {
        Ok(imported) => imported,
        Err(DeskFault::Moved) => return Ok(Applied::Otherwise),
        Err(fault) => return Err(fault),
    };
    let joined = imported.joined.len();
    let done = ImportDone {
        counts: ImportCounts::of(&imported.report),
        published: imported.report.published,
        joined,
        not_invited: invite(identity, desk, imported.joined).await,
    };
    let id = identity.keep(desk, browser, &serde_json::to_vec(&done)?).await.map_err(out_of_reach)?;
    Ok(Applied::Done(id))
}

/// What the viewer may bring in. Whoever may bring in nothing does not learn that there is such a page.
fn kinds_of(viewer: &Viewer) -> Result<Vec<ImportKind>, DeskFault> {
    let Viewer::Staff { member, .. } = viewer else { return Err(DeskFault::SignIn) };
    let kinds = member.imports();
    if kinds.is_empty() { Err(DeskFault::NotFound) } else { Ok(kinds) }
}

fn out_of_reach(_: Unreachable) -> DeskFault {
    DeskFault::OutOfReach
}

/// What stands before the bytes of kept files.
#[derive(Serialize, Deserialize)]
struct Heading {
    name: String,
    chosen: Option<ImportKind>,
    length: usize,
}

/// Headings on the first line, then every file byte for byte.
fn packed(uploads: &[Upload]) -> Result<Vec<u8>, serde_json::Error> {
    let headings = uploads.iter().map(|upload| Heading { name: upload.name.clone(), chosen: upload.chosen, length: upload.bytes.len() });
    let mut bytes = serde_json::to_vec(&headings.collect::<Vec<_>>())?;
    bytes.push(b'\n');
    for upload in uploads {
        bytes.extend_from_slice(&upload.bytes);
    }
    Ok(bytes)
}

fn unpacked(bytes: &[u8]) -> Option<Vec<Upload>> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let (first, mut rest) = bytes.split_at_checked(end + 1)?;
    let headings: Vec<Heading> = serde_json::from_slice(first).ok()?;
    let mut uploads = Vec::new();
    for Heading { name, chosen, length } in headings {
        let (own, behind) = rest.split_at_checked(length)?;
        uploads.push(Upload { name, chosen, bytes: own.to_vec() });
        rest = behind;
    }
    Some(uploads)
}

async fn uploads(desk: &HouseDesk, identity: &Identity, browser: &Browser, id: &str) -> Option<Vec<Upload>> {
    unpacked(&identity.kept_bytes(desk, browser, id).await?)
}

/// Files as they are imported, and what keeps some of them out.
fn sorted(uploads: &[Upload], kinds: &[ImportKind]) -> (Vec<SourceFile>, Vec<ImportProblem>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for (name, upload) in named(uploads) {
        let kind = match (upload.chosen, kind_of(&upload.bytes)) {
            (Some(chosen), Some(found)) if chosen != found => Err(ImportFault::AnotherKind { found }),
            (Some(kind), _) | (None, Some(kind)) if !kinds.contains(&kind) => Err(ImportFault::NotYourKind { kind }),
            (Some(kind), _) | (None, Some(kind)) => Ok(kind),
            (None, None) => Err(ImportFault::KindUnknown),
        };
        match kind {
            Ok(kind) => files.push(SourceFile { kind, name, bytes: upload.bytes.clone() }),
            Err(fault) => problems.push(ImportProblem { place: ImportPlace { file: name, line: 1, column: None }, fault }),
        }
    }
    (files, problems)
}

/// Files by names that differ: a place is told by the name of its file.
fn named(uploads: &[Upload]) -> Vec<(String, &Upload)> {
    let mut seen = BTreeSet::new();
    let of = |upload| {
        let Upload { name, .. }: &Upload = upload;
        let names = std::iter::once(name.clone()).chain((2_u32..).map(|number| format!("{name} ({number})")));
        let mut free = names.skip_while(|name| !seen.insert(name.clone()));
        (free.next().unwrap_or_default(), upload)
    };
    uploads.iter().map(of).collect()
}

async fn looked_at(desk: &HouseDesk, id: String, uploads: &[Upload], kinds: &[ImportKind], by: &Actor) -> Result<ImportLook, DeskFault> {
    let (files, kept_out) = sorted(uploads, kinds);
    let Look { mut report, proof, joining } = look(desk, &files, by).await?;
    report.problems.extend(kept_out);
    let kinds: BTreeMap<&str, ImportKind> = files.iter().map(|file| (file.name.as_str(), file.kind)).collect();
    let shown = named(uploads).into_iter().map(|(name, upload)| file(kinds.get(name.as_str()).copied(), name, &upload.bytes, &report));
    Ok(ImportLook {
        id,
        proof: proof.to_string(),
        counts: ImportCounts::of(&report),
        playbook_changes: report.playbook_changes.len(),
        playbook_problems: report.playbook_problems.clone(),
        joining,
        files: shown.collect(),
    })
}

fn file(kind: Option<ImportKind>, name: String, bytes: &[u8], report: &ImportReport) -> ImportFile {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let lines: Vec<&str> = text.lines().collect();
    let problems: Vec<ImportProblem> = report.problems.iter().filter(|problem| problem.place.file == name).cloned().collect();
    // a row of a client tells of the people it names, too: the line is the client's
    let own = report.rows.iter().filter(|row| row.file == name && Some(row.kind) == kind);
    let outcomes: BTreeMap<u64, RowOutcome> = own.map(|row| (row.line, row.outcome)).collect();
    let separator = sheet::separator(text, kind.map_or(&[], columns_of));
    let shown = shown(&lines, &outcomes, &problems, separator);
    let problems_more = problems.len().saturating_sub(PROBLEMS_MAX);
    let problems = problems.into_iter().take(PROBLEMS_MAX).collect();
    ImportFile { name, kind, length: u64::try_from(lines.len()).unwrap_or(u64::MAX), problems, problems_more, lines: shown }
}

/// The lines that say something, and the heading; a short file whole.
fn shown(lines: &[&str], outcomes: &BTreeMap<u64, RowOutcome>, problems: &[ImportProblem], separator: u8) -> Vec<FileLine> {
    let mut wrong: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for problem in problems.iter().filter(|problem| !problem.fault.is_note()) {
        wrong.entry(problem.place.line).or_default().extend(problem.place.column.iter().map(|column| column.number));
    }
    let is_short = lines.len() <= LINES_OF_A_SHORT_FILE;
    let last = u64::try_from(lines.len()).unwrap_or(u64::MAX);
    let (mut shown, mut said, mut gap) = (Vec::new(), 0, None);
    let mut row_speaks = false;
    for (number, line) in (1_u64..).zip(lines) {
        let outcome = outcomes.get(&number).copied();
        if let Some(outcome) = outcome {
            row_speaks = outcome != RowOutcome::Unchanged;
        }
        // a line on which no row begins goes on with the row before
        let speaks = number == 1 || is_short || row_speaks || wrong.contains_key(&number);
        if !speaks {
            gap.get_or_insert(number);
            continue;
        }
        if let Some(from) = gap.take() {
            shown.push(FileLine::Gap { from, to: number - 1, unchanged: true });
        }
        if said == LINES_MAX {
            shown.push(FileLine::Gap { from: number, to: last, unchanged: false });
            return shown;
        }
        said += 1;
        let text: String = line.chars().take(LINE_CHARACTERS_MAX).collect();
        let columns = wrong.get(&number);
        let marks = columns.into_iter().flatten().filter_map(|column| Some((*column, sheet::cell_in(line, separator, *column)?)));
        let mut marks: Vec<_> = marks.filter(|(_, mark)| mark.end <= text.len()).collect();
        marks.sort_by_key(|(column, _)| *column);
        marks.dedup();
        shown.push(FileLine::Said { number, text, outcome, wrong: columns.is_some(), marks });
    }
    shown.extend(gap.map(|from| FileLine::Gap { from, to: last, unchanged: true }));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(name: &str, bytes: &[u8]) -> Upload {
        Upload { name: name.to_owned(), chosen: None, bytes: bytes.to_vec() }
    }

    #[test]
    fn kept_files_come_back_byte_for_byte() {
        let uploads = [
            Upload { chosen: Some(ImportKind::Bands), ..upload("a \"b\"\n.csv", b"x\n\xff\0y") },
            upload("empty.csv", b""),
            upload("c.csv", "\u{feff}\n".as_bytes()),
        ];
        assert_eq!(unpacked(&packed(&uploads).unwrap()).unwrap(), uploads);
        for broken in [&b"[]"[..], b"", b"{}\n", b"[{\"name\":\"a\",\"chosen\":null,\"length\":9}]\nshort"] {
            assert_eq!(unpacked(broken), None);
        }
    }

    #[test]
    fn files_of_one_name_are_told_apart() {
        let uploads = ["a.csv", "a.csv", "a.csv (2)", "a.csv"].map(|name| upload(name, b""));
        let names: Vec<String> = named(&uploads).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["a.csv", "a.csv (2)", "a.csv (2) (2)", "a.csv (3)"]);
    }

    #[test]
    fn a_file_says_what_it_is_and_whoever_may_not_bring_that_is_told() {
        let bands = include_bytes!("../../demo/bands.csv");
        let people = include_bytes!("../../demo/people.csv");
        let chosen = Upload { chosen: Some(ImportKind::Clients), ..upload("bands.csv", bands) };
        let uploads = [upload("bands.csv", bands), upload("people.csv", people), chosen, upload("x.csv", b"a,b\n")];
        let (files, problems) = sorted(&uploads, &[ImportKind::Clients, ImportKind::Bands]);
        assert_eq!(files.iter().map(|file| (file.name.as_str(), file.kind)).collect::<Vec<_>>(), [("bands.csv", ImportKind::Bands)]);
        let told: Vec<_> = problems.into_iter().map(|problem| (problem.place.file, problem.fault)).collect();
        assert_eq!(
            told,
            [
                ("people.csv".to_owned(), ImportFault::NotYourKind { kind: ImportKind::People }),
                ("bands.csv (2)".to_owned(), ImportFault::AnotherKind { found: ImportKind::Bands }),
                ("x.csv".to_owned(), ImportFault::KindUnknown),
            ]
        );
    }

    #[test]
    fn of_a_long_file_the_lines_that_say_something_are_shown_and_the_rest_passed_over() {
        let text: Vec<String> = (1..=100).map(|number| format!("row {number},x")).collect();
        let lines: Vec<&str> = text.iter().map(String::as_str).collect();
        let mut outcomes: BTreeMap<u64, RowOutcome> = (2..=100).map(|line| (line, RowOutcome::Unchanged)).collect();
        outcomes.insert(50, RowOutcome::Changed);
        outcomes.remove(&51); // the row of line 50 breaks its line
        let place =
            ImportPlace { file: String::new(), line: 80, column: Some(offer::import::ImportColumn { number: 2, name: "x".into() }) };
        let shown = shown(&lines, &outcomes, &[ImportProblem { place, fault: ImportFault::Empty }], b',');
        let told: Vec<String> = shown
            .iter()
            .map(|line| match line {
                FileLine::Said { number, marks, wrong, .. } => format!("{number} {wrong} {marks:?}"),
                FileLine::Gap { from, to, unchanged } => format!("{from}-{to} {unchanged}"),
            })
            .collect();
        assert_eq!(told, ["1 false []", "2-49 true", "50 false []", "51 false []", "52-79 true", "80 true [(2, 7..8)]", "81-100 true"]);
    }
}
