//! Saved views of the board.

use super::form::{answered, form};
use crate::desk::{Answer, BoardAsk};
use crate::pages::board::address;
use crate::viewer::{desk, viewer};
use leptos_router::params::ParamsMap;

form!(
    /// Saves what the board shows under a name, and shows it again.
    save at "views/save" (name, asks);
    |sent| {
        let ask = read(&asks);
        let answer = match desk() {
            Some(desk) => desk.save_view(&viewer(), &name, ask.clone()).await,
            None => Answer::Unavailable,
        };
        let page = address(&ask);
        answered(answer, sent, &page, |()| page.clone()).await
    }
);

form!(
    /// Removes a saved view.
    remove at "views/remove" (name);
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.remove_view(&viewer(), &name).await,
            None => Answer::Unavailable,
        };
        answered(answer, sent, "/offers", |()| "/offers".to_owned()).await
    }
);

/// What stands in a query of the board; whatever else it holds is dropped.
fn read(asks: &str) -> BoardAsk {
    let pairs: ParamsMap =
        asks.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, value)| (name.to_owned(), percent_decoded(value))).collect();
    BoardAsk::read(|name| pairs.get(name)).from_the_start()
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digits = if byte == b'%' { rest.clone().next().zip(rest.clone().nth(1)) } else { None };
        let hex = |(high, low): (u8, u8)| Some(char::from(high).to_digit(16)? * 16 + char::from(low).to_digit(16)?);
        match digits.and_then(hex).and_then(|code| u8::try_from(code).ok()) {
            Some(code) => {
                bytes.push(code);
                rest.nth(1);
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_reads_back_as_the_board_wrote_it() {
        let narrow = crate::desk::Narrow { words: "zoë & co + 5%".to_owned(), mine: true, ..Default::default() };
        let ask = BoardAsk { narrow, ..BoardAsk::default() };
        assert_eq!(read(address(&ask).split_once('?').unwrap().1), ask);
        assert_eq!(read("q=%zz&nonsense=1&after=7.x").narrow.words, "%zz");
        assert_eq!(read("q=%zz&nonsense=1&after=7.x").after, None);
    }
}
