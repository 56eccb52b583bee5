//! The letter on its sheet, laid out once for all who read it.

use leptos::prelude::*;

use crate::desk::PortalLetter;
use crate::parts::letter_words;

/// The sheet, as `LetterSheet` has it. What stands on it is HTML that `letter_words` made, every value escaped.
pub(super) fn sheet(letter: &PortalLetter, top: u8) -> AnyView {
    let words = &letter.letter;
    let laid_out = words.laid_out(top, |words| letter_words(words.clone(), top).to_html());
    let (language, title) = (words.language.clone(), words.title.clone());
    view! { <article class="letter" lang=language aria-label=title inner_html=laid_out></article> }.into_any()
}
