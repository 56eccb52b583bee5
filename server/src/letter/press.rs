//! Setting a letter: typst in this process, a world of one file and the shipped fonts, two letters at a time.

use std::sync::Arc;

use offer::packet::{Block, Letter, Row, Span};
use tokio::sync::Semaphore;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::ecow::EcoVec;
use typst::foundations::{Bytes, Datetime, Dict, Duration, Smart, Value};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt, World};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::fonts::{SHIPPED, Unprintable, runs_right_to_left, unprintable};

/// How many letters are set at once; each takes a core.
const PRESSES: usize = 2;
/// The longest letter, in characters of its text.
const CHARS_MAX: usize = 250_000;
/// The one layout.
const LAYOUT: &str = include_str!("letter.typ");

/// Sets letters. Cloning shares the same two places.
#[derive(Debug, Clone)]
pub(crate) struct Press {
    places: Arc<Semaphore>,
}

/// Why a letter could not be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PrintFault {
    /// It holds characters that the shipped fonts do not have.
    Unprintable(Vec<Unprintable>),
    /// It is longer than a letter may be.
    TooLong,
    /// The layout failed: a fault of this program. What the typesetter said, for the log.
    Layout(Vec<String>),
    /// The thread that set it was lost.
    Lost,
}

impl Press {
    /// A press with its two places.
    pub(crate) fn new() -> Self {
        Self { places: Arc::new(Semaphore::new(PRESSES)) }
    }

    /// Sets a letter with its attachment `offer.json`, off the threads that serve requests. The same letter gives the same bytes.
    ///
    /// # Errors
    /// When the letter cannot be printed; see [`PrintFault`].
    pub(crate) async fn print(&self, letter: Letter, attachment: String) -> Result<Vec<u8>, PrintFault> {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| PrintFault::Lost)?;
        let setting = tokio::task::spawn_blocking(move || {
            let bytes = print_now(&letter, &attachment);
            // held until here, also when whoever asked has gone
            drop(place);
            bytes
        });
        setting.await.map_err(|_| PrintFault::Lost)?
    }
}

/// Sets a letter on this thread.
pub(super) fn print_now(letter: &Letter, attachment: &str) -> Result<Vec<u8>, PrintFault> {
    let missing = unprintable(letter);
    if !missing.is_empty() {
        return Err(PrintFault::Unprintable(missing));
    }
    let letter = isolated(letter);
    let json = serde_json::to_string(&letter).map_err(|fault| PrintFault::Layout(vec![fault.to_string()]))?;
    if json.len() > CHARS_MAX || attachment.len() > CHARS_MAX {
        return Err(PrintFault::TooLong);
    }
    let bytes = set(&letter, &json, attachment);
    // the cache belongs to the process: without this it keeps every letter ever set, the failed ones too
    comemo::evict(0);
    bytes
}

fn set(letter: &Letter, json: &str, attachment: &str) -> Result<Vec<u8>, PrintFault> {
    let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
        .map_err(|fault| PrintFault::Layout(vec![fault.message().to_string()]))?;
    let desk = Desk::new(json, attachment).ok_or_else(|| PrintFault::Layout(vec!["path".to_owned()]))?;
    let document = typst::compile(&desk).output.map_err(layout)?;
    let options = PdfOptions {
        ident: Smart::Custom(letter.document.to_string()),
        creator: Smart::Custom(Some("Countersign".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(layout)
}

fn layout(diagnostics: EcoVec<SourceDiagnostic>) -> PrintFault {
    PrintFault::Layout(diagnostics.iter().map(|diagnostic| diagnostic.message.to_string()).collect())
}

/// The letter with values that run right to left shut off from the words around them.
fn isolated(letter: &Letter) -> Letter {
    let mut letter = letter.clone();
    isolate(&mut letter.blocks);
    letter
}

fn isolate(blocks: &mut [Block]) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text } => isolate_spans(text),
            Block::List { items } => items.iter_mut().for_each(|item| isolate_spans(item)),
            Block::Terms { rows } => rows.iter_mut().for_each(|Row { label, value }| {
                isolate_spans(label);
                isolate_spans(value);
            }),
            Block::Clause { blocks, .. } | Block::Acceptance { blocks, .. } => isolate(blocks),
        }
    }
}

fn isolate_spans(spans: &mut [Span]) {
    for span in spans {
        if let Span::Value { text, .. } = span
            && runs_right_to_left(text)
        {
            *text = format!("\u{2068}{text}\u{2069}");
        }
    }
}

/// Everything the layout can see: itself, its two inputs and the shipped fonts. No files, no packages, no clock.
struct Desk {
    library: LazyHash<Library>,
    main: FileId,
    source: Source,
}

impl Desk {
    fn new(letter: &str, attachment: &str) -> Option<Self> {
        let inputs: Dict =
            [("letter", letter), ("offer", attachment)].into_iter().map(|(name, text)| (name.into(), Value::Str(text.into()))).collect();
        let features: Features = [Feature::A11yExtras].into_iter().collect();
        let main = RootedPath::new(VirtualRoot::Project, VirtualPath::new("letter.typ").ok()?).intern();
        Some(Self {
            library: LazyHash::new(Library::builder().with_inputs(inputs).with_features(features).build()),
            main,
            source: Source::new(main, LAYOUT.to_owned()),
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHIPPED.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHIPPED.faces.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The text of every page, run by run as it was set: what tests read.
#[cfg(test)]
pub(super) fn text_of_pages(letter: &Letter) -> Result<String, PrintFault> {
    use typst::layout::{Frame, FrameItem};

    fn walk(frame: &Frame, text: &mut String) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => walk(&group.frame, text),
                FrameItem::Text(run) => text.push_str(&run.text),
                _ => {}
            }
        }
    }

    let json = serde_json::to_string(letter).unwrap();
    let desk = Desk::new(&json, "{}").unwrap();
    let document = typst::compile(&desk).output.map_err(layout)?;
    // names the type of the document, which the crate of the typesetter keeps to itself
    typst_pdf::pdf(&document, &PdfOptions::default()).map_err(layout)?;
    let mut text = String::new();
    document.pages().iter().for_each(|page| walk(&page.frame, &mut text));
    comemo::evict(0);
    Ok(text)
}
