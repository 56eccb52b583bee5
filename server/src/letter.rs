//! The letter on paper: from the blocks of `offer::packet` to a PDF/A-3 that is also PDF/UA-1, set in this process.
//!
//! A letter is data to one fixed layout (`letter/letter.typ`); nothing that a person typed ever becomes layout. The same letter
//! gives the same bytes: fonts are shipped, the date is the letter's own, and the layout reads nothing else.

mod fonts;
mod press;
#[cfg(test)]
mod tests;

pub(crate) use fonts::Unprintable;
pub(crate) use press::{Press, PrintFault};
