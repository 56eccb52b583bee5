//! An app's secret as a picture that a phone reads.

use std::fmt::Write as _;

use app::desk::Picture;
use qrcodegen::{QrCode, QrCodeEcc};

use super::Unreachable;

/// The quiet margin that readers need, in modules.
const MARGIN: i32 = 4;

/// The picture of a text: a path of squares, for an SVG that is `size` wide and high.
pub(super) fn of(text: &str) -> Result<Picture, Unreachable> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|_| Unreachable)?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).fold(0, |run, _| run + 1);
            if run > 0 {
                // writing to a String never fails
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + MARGIN, y + MARGIN);
            }
            x += run.max(1);
        }
    }
    Ok(Picture { size: u32::try_from(code.size() + 2 * MARGIN).unwrap_or_default(), path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_the_modules_of_the_code_row_by_row() {
        let text = "otpauth://totp/Firm:ava%40firm.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Firm";
        let (code, picture) = (QrCode::encode_text(text, QrCodeEcc::Medium).unwrap(), of(text).unwrap());
        assert_eq!(i64::from(picture.size), i64::from(code.size()) + 8);
        // what the path draws, square by square
        let drawn: usize = picture
            .path
            .split('M')
            .filter(|run| !run.is_empty())
            .map(|run| {
                let (_, width) = run.split_once('h').unwrap();
                width.split_once('v').unwrap().0.parse::<usize>().unwrap()
            })
            .sum();
        let dark = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y)).count();
        assert_eq!(drawn, dark);
        assert!(picture.path.starts_with("M4 4h7v1h-7z"), "the corner mark: {}", &picture.path[..20]);
    }
}
