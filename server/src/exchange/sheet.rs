//! A file as rows of named cells, as spreadsheets of any country save it: a byte-order mark and either ending of lines are as good as none,
//! cells stand apart by commas, semicolons or tabs, and a cell in quotes may hold any of them and break its line.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use csv::{ReaderBuilder, StringRecord};
use offer::{
    import::{ImportColumn, ImportFault, ImportKind, ImportPlace},
    intake::Fault,
};
use serde::{Deserialize, Serialize};

use super::cells::Faults;

/// A file to import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SourceFile {
    /// What its rows are.
    pub(crate) kind: ImportKind,
    /// What it is called in the report.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) bytes: Vec<u8>,
}

impl SourceFile {
    /// A file of the demo, or of a test.
    pub(crate) fn of(kind: ImportKind, name: &str, text: &str) -> Self {
        Self { kind, name: name.to_owned(), bytes: text.as_bytes().to_vec() }
    }
}

/// What can stand between cells. The first is meant where a heading tells nothing.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// Columns that only one kind of file has.
const TELLING: [(&str, ImportKind); 4] = [
    ("requisition_id", ImportKind::Requisitions),
    ("approval_contact_email", ImportKind::Clients),
    ("pay_mid", ImportKind::Bands),
    ("email", ImportKind::People),
];

/// What the rows of a file are, told by its first line; nothing when it is none of ours.
pub(crate) fn kind_of(bytes: &[u8]) -> Option<ImportKind> {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let text = String::from_utf8_lossy(first);
    let names: BTreeSet<String> = SEPARATORS.into_iter().flat_map(|separator| heading_by(&text, separator)).collect();
    TELLING.into_iter().find(|(name, _)| names.contains(*name)).map(|(_, kind)| kind)
}

/// What stands between the cells of a text that has these columns: whatever makes its first line name most of them.
pub(super) fn separator(text: &str, columns: &[&str]) -> u8 {
    let named = |separator: u8| heading_by(text, separator).iter().filter(|name| columns.contains(&name.as_str())).count();
    let mut best = (SEPARATORS[0], 0);
    for separator in SEPARATORS {
        let count = named(separator);
        if count > best.1 {
            best = (separator, count);
        }
    }
    best.0
}

fn heading_by(text: &str, separator: u8) -> Vec<String> {
    let mut reader = ReaderBuilder::new().has_headers(true).delimiter(separator).from_reader(without_mark(text).as_bytes());
    reader.headers().map(|heading| heading.iter().map(|name| name.trim().to_owned()).collect()).unwrap_or_default()
}

fn without_mark(text: &str) -> &str {
    text.trim_start_matches('\u{feff}')
}

/// Where a cell stands in a line that is no part of a longer row: the bytes within quotes and separators.
pub(super) fn cell_in(line: &str, separator: u8, number: u64) -> Option<Range<usize>> {
    let (mut at, mut from, mut quoted) = (1, 0, false);
    for (place, byte) in line.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            _ if byte == separator && !quoted => {
                if at == number {
                    return Some(from..place);
                }
                (at, from) = (at + 1, place + 1);
            }
            _ => {}
        }
    }
    (at == number && !quoted).then_some(from..line.len())
}

/// One line of a file.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) file: String,
    pub(super) line: u64,
    cells: BTreeMap<String, (u64, String)>,
}

impl Row {
    /// What a cell says; nothing when it is empty.
    pub(super) fn text(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(|(_, text)| text.trim()).filter(|text| !text.is_empty())
    }

    /// The parts of a cell that lists several, `a;b`.
    pub(super) fn list(&self, column: &str) -> Vec<&str> {
        let text = self.text(column).unwrap_or_default();
        text.split(';').map(str::trim).filter(|part| !part.is_empty()).collect()
    }

    /// Where a cell stands.
    pub(super) fn place(&self, column: &str) -> ImportPlace {
        let number = self.cells.get(column).map(|(number, _)| *number);
        ImportPlace {
            file: self.file.clone(),
            line: self.line,
            column: number.map(|number| ImportColumn { number, name: column.to_owned() }),
        }
    }

    /// Whether two rows say the same, wherever they stand.
    pub(super) fn says_as(&self, other: &Self) -> bool {
        let said = |row: &Self| -> Vec<(String, String)> {
            row.cells.iter().map(|(name, (_, text))| (name.clone(), text.trim().to_owned())).collect()
        };
        said(self) == said(other)
    }
}

/// The rows of a file that has these columns; what is wrong with the file itself goes to the faults.
pub(super) fn rows(file: &SourceFile, columns: &[&str], faults: &mut Faults) -> Vec<Row> {
    let heading_place = |line| ImportPlace { file: file.name.clone(), line, column: None };
    let text = match std::str::from_utf8(&file.bytes) {
        Ok(text) => without_mark(text),
        Err(error) => {
            let read = file.bytes.get(..error.valid_up_to()).unwrap_or_default();
            faults.whole(heading_place(lines_before(read) + 1), ImportFault::NotText);
            return Vec::new();
        }
    };
    let delimiter = separator(text, columns);
    let mut reader = ReaderBuilder::new().has_headers(true).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let heading = match reader.headers() {
        Ok(heading) if heading.iter().any(|name| !name.trim().is_empty()) => heading.clone(),
        Ok(_) => {
            faults.whole(heading_place(1), ImportFault::NoHeading);
            return Vec::new();
        }
        Err(_) => {
            faults.whole(heading_place(1), ImportFault::NotCells);
            return Vec::new();
        }
    };
    if !heading_holds(&heading, columns, &file.name, faults) {
        return Vec::new();
    }
    let mut lines = Lines { text, byte: 0, line: 1 };
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = lines.of(record.position());
                rows.extend(row(&record, line, &heading, &file.name, faults));
            }
            Err(error) => faults.whole(heading_place(lines.of(error.position())), ImportFault::NotCells),
        }
    }
    rows
}

/// Lines of positions that only go forward. The reader's own count is one behind where lines end in CRLF: it leaves the LF to the next record.
struct Lines<'t> {
    text: &'t str,
    byte: usize,
    line: u64,
}

impl Lines<'_> {
    fn of(&mut self, position: Option<&csv::Position>) -> u64 {
        let from = position.and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(self.byte);
        let blank = self.text.bytes().skip(from).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let to = from.saturating_add(blank);
        self.line += lines_before(self.text.as_bytes().get(self.byte..to).unwrap_or_default());
        self.byte = self.byte.max(to);
        self.line
    }
}

fn heading_holds(heading: &StringRecord, columns: &[&str], file: &str, faults: &mut Faults) -> bool {
    let mut seen = BTreeSet::new();
    let mut holds = true;
    for (name, number) in heading.iter().map(str::trim).zip(1_u64..) {
        let column = Some(ImportColumn { number, name: name.to_owned() });
        let place = ImportPlace { file: file.to_owned(), line: 1, column };
        if !seen.insert(name) {
            faults.whole(place, ImportFault::ColumnTwice { column: name.to_owned() });
            holds = false;
        } else if !columns.contains(&name) && columns.len() > 1 {
            faults.whole(place, ImportFault::ColumnUnknown { column: name.to_owned() });
        }
    }
    for column in columns.iter().filter(|column| !seen.contains(*column)) {
        let place = ImportPlace { file: file.to_owned(), line: 1, column: None };
        faults.whole(place, ImportFault::ColumnMissing { column: (*column).to_owned() });
        holds = false;
    }
    holds
}

fn row(record: &StringRecord, line: u64, heading: &StringRecord, file: &str, faults: &mut Faults) -> Option<Row> {
    if record.iter().all(|cell| cell.trim().is_empty()) {
        return None;
    }
    if record.len() != heading.len() {
        let count = |cells: usize| u64::try_from(cells).unwrap_or(u64::MAX);
        let place = ImportPlace { file: file.to_owned(), line, column: None };
        // a quote that is not closed swallows the lines behind it
        let swallows = record.iter().any(|cell| cell.contains('\n'));
        let counted = ImportFault::CellCount { found: count(record.len()), expected: count(heading.len()) };
        faults.whole(place, if swallows { ImportFault::NotCells } else { counted });
        return None;
    }
    let named = heading.iter().zip(record.iter()).zip(1_u64..);
    let cells = named.map(|((name, text), number)| (name.trim().to_owned(), (number, on_one_line(text)))).collect();
    let row = Row { file: file.to_owned(), line, cells };
    let unfit = row.cells.iter().filter(|(_, (_, text))| text.chars().any(char::is_control));
    let unfit: Vec<&String> = unfit.map(|(name, _)| name).collect();
    for name in &unfit {
        faults.at(&row, name, ImportFault::Value { value: Fault::ForbiddenCharacter });
    }
    unfit.is_empty().then(|| row.clone())
}

/// A cell that breaks its line says the same on one.
fn on_one_line(text: &str) -> String {
    if text.contains(['\r', '\n', '\t']) {
        text.split(['\r', '\n', '\t']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    }
}

fn lines_before(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').map(|_| 1).sum()
}
