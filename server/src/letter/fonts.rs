//! The shipped fonts, and what they can print: Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, and symbols with emoji in one
//! colour. Licences stand beside the files.

use std::sync::LazyLock;

use offer::id::FieldKey;
use offer::packet::{Letter, Span};
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// The files, in the order in which the layout asks for them.
const FILES: [&[u8]; 9] = [
    include_bytes!("../../fonts/LibertinusSerif-Regular.otf"),
    include_bytes!("../../fonts/LibertinusSerif-Italic.otf"),
    include_bytes!("../../fonts/LibertinusSerif-Semibold.otf"),
    include_bytes!("../../fonts/LibertinusSerif-SemiboldItalic.otf"),
    include_bytes!("../../fonts/NotoSerif-Regular.ttf"),
    include_bytes!("../../fonts/NotoSerifHebrew-Regular.ttf"),
    include_bytes!("../../fonts/NotoNaskhArabic-Regular.ttf"),
    include_bytes!("../../fonts/NotoSerifDevanagari-Regular.ttf"),
    include_bytes!("../../fonts/Symbola-Symbols.ttf"),
];

/// The fonts, read once.
#[derive(Debug)]
pub(super) struct Fonts {
    /// Each face.
    pub(super) faces: Vec<Font>,
    /// Their names and what they cover.
    pub(super) book: LazyHash<FontBook>,
}

/// The shipped fonts.
pub(super) static SHIPPED: LazyLock<Fonts> = LazyLock::new(|| {
    let faces: Vec<Font> = FILES.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
    let book = LazyHash::new(FontBook::from_fonts(&faces));
    Fonts { faces, book }
});

/// A text that the shipped fonts cannot print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unprintable {
    /// The field it comes from; nothing for words of the template.
    pub(crate) field: Option<FieldKey>,
    /// The characters, each once, in order of appearance.
    pub(crate) characters: Vec<char>,
}

/// Whether a text can be printed.
///
/// # Errors
/// The characters that cannot, each once.
pub(crate) fn printable(text: &str) -> Result<(), Vec<char>> {
    let mut missing = Vec::new();
    for c in text.chars() {
        if !prints(c) && !missing.contains(&c) {
            missing.push(c);
        }
    }
    if missing.is_empty() { Ok(()) } else { Err(missing) }
}

/// Everything in a letter that cannot be printed.
pub(super) fn unprintable(letter: &Letter) -> Vec<Unprintable> {
    let mut found: Vec<Unprintable> = Vec::new();
    let mut check = |field: Option<&FieldKey>, text: &str| {
        let Err(characters) = printable(text) else { return };
        match found.iter_mut().find(|known| known.field.as_ref() == field) {
            Some(known) => {
                for c in characters {
                    if !known.characters.contains(&c) {
                        known.characters.push(c);
                    }
                }
            }
            None => found.push(Unprintable { field: field.cloned(), characters }),
        }
    };
    check(None, &letter.title);
    check(None, &letter.letterhead.name);
    letter.letterhead.address.iter().for_each(|line| check(None, line));
    letter.each_span(&mut |span| match span {
        Span::Text { text, .. } => check(None, text),
        Span::Value { field, text, .. } => check(Some(field), text),
        Span::Break => {}
    });
    found
}

fn prints(c: char) -> bool {
    match c {
        ' ' | '\u{a0}' => true,
        c if c.is_control() => false,
        // these turn the reading order of what stands around them; a value keeps its own by isolation
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
        // joiners, marks of direction and variation selectors shape their neighbours and have no form of their own
        '\u{200c}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{ad}' => true,
        c => SHIPPED.faces.iter().any(|face| face.info().coverage.contains(u32::from(c))),
    }
}

/// Whether a text has letters that run from right to left.
pub(super) fn runs_right_to_left(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{200f}'))
}
