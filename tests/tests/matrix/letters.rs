//! What a letter says besides its pages: its metadata and the data that it carries.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

/// Everything of a PDF that is no drawing: what stands in it as it is, and every stream that is text.
pub(crate) fn told_by(pdf: &[u8]) -> String {
    let mut told = String::from_utf8_lossy(pdf).into_owned();
    for (at, _) in pdf.windows(BEGIN.len()).enumerate().filter(|(_, window)| *window == BEGIN) {
        let mut stream = String::new();
        // what is no text, a font say, is left where it fails
        let is_text = ZlibDecoder::new(pdf.get(at + BEGIN.len()..).unwrap_or_default()).read_to_string(&mut stream).is_ok();
        let is_drawing = stream.contains(" Tj") || stream.contains(" TJ");
        if is_text && !is_drawing {
            told.push_str(&stream);
        }
    }
    told
}

const BEGIN: &[u8] = b"stream\n";
