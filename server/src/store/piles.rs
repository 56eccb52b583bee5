//! Questions of the board: a few piles of a few scopes, read together.
//!
//! Each pile is an index seek that stops at the rows wanted; what lies in several of them is found once. However many offers there are, a
//! question costs what it answers.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Store, StoreError,
    board::BoardRow,
    cell::{Cell, Row, Stored},
    query::Query,
};

/// A pile of a scope.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pile {
    /// The scope.
    pub(crate) scope: String,
    /// Its name there.
    pub(crate) name: String,
}

/// Which part of which piles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PileQuestion {
    /// The piles; an offer in several of them is found once.
    pub(crate) piles: Vec<Pile>,
    /// Where the last page ended: rank and offer of its last row.
    pub(crate) after: Option<(i64, String)>,
    /// Only below this rank.
    pub(crate) below: i64,
    /// Rows wanted.
    pub(crate) rows_max: i64,
}

/// A row of the board with its rank in the pile it was found in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ranked {
    /// The rank.
    pub(crate) rank: i64,
    /// The row.
    pub(crate) row: BoardRow,
}

impl Stored for Ranked {
    fn stored(row: &Row) -> Result<Self, StoreError> {
        Ok(Ranked { rank: row.number("rank")?, row: BoardRow::stored(row)? })
    }
}

/// Which offers are found by words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct WordQuestion {
    /// The scope they lie in.
    pub(crate) scope: String,
    /// Folded beginnings of words, all of which must be found; at most `WORDS_ASKED_MAX` count.
    pub(crate) words: Vec<String>,
    /// Where the last page ended: its last offer.
    pub(crate) after: Option<String>,
    /// Rows wanted.
    pub(crate) rows_max: i64,
}

/// Words of a question that count.
pub(crate) const WORDS_ASKED_MAX: usize = 3;

/// Piles of one statement: most viewers need a few, a viewer of many scopes all of them.
const FEW: usize = 4;
const MANY: usize = 16;

// what lies in one pile, cut to what is wanted
macro_rules! ranked {
    ($scope:literal, $pile:literal) => {
        concat!(
            "SELECT rank, offer FROM (SELECT rank, offer FROM board_scope WHERE firm = $1 AND scope = ",
            $scope,
            " AND pile = ",
            $pile,
            " AND (rank, offer) > ($2, $3) AND rank < $4 ORDER BY rank, offer LIMIT $5) AS one"
        )
    };
}
macro_rules! counted {
    ($scope:literal, $pile:literal) => {
        concat!(
            "SELECT offer FROM (SELECT offer FROM board_scope WHERE firm = $1 AND scope = ",
            $scope,
            " AND pile = ",
            $pile,
            " AND rank < $2 LIMIT $3) AS one"
        )
    };
}
macro_rules! united {
    ($each:ident: $first:tt $(, $more:tt)*) => { concat!(united!(@ $each $first) $(, " UNION ", united!(@ $each $more))*) };
    (@ $each:ident ($scope:literal, $pile:literal)) => { $each!($scope, $pile) };
}
// the order of the join is said: the piles first, then a row each
macro_rules! page {
    ($($slot:tt),*) => {
        Query {
            text: concat!(
                "SELECT b.*, m.rank FROM (SELECT rank, offer FROM (", united!(ranked: $($slot),*), ") AS every ORDER BY rank, offer LIMIT $5) AS m
                CROSS JOIN board b WHERE b.firm = $1 AND b.offer = m.offer ORDER BY m.rank, m.offer"
            ),
        }
    };
}
macro_rules! count {
    ($($slot:tt),*) => {
        Query { text: concat!("SELECT COUNT(*) AS offers FROM (", united!(counted: $($slot),*), ") AS every") }
    };
}
macro_rules! ids {
    ($($slot:tt),*) => {
        Query { text: united!(counted: $($slot),*) }
    };
}

const PAGE_OF_FEW: Query = page!(("$6", "$7"), ("$8", "$9"), ("$10", "$11"), ("$12", "$13"));
const PAGE_OF_MANY: Query = page!(
    ("$6", "$7"),
    ("$8", "$9"),
    ("$10", "$11"),
    ("$12", "$13"),
    ("$14", "$15"),
    ("$16", "$17"),
    ("$18", "$19"),
    ("$20", "$21"),
    ("$22", "$23"),
    ("$24", "$25"),
    ("$26", "$27"),
    ("$28", "$29"),
    ("$30", "$31"),
    ("$32", "$33"),
    ("$34", "$35"),
    ("$36", "$37")
);
const COUNT_OF_FEW: Query = count!(("$4", "$5"), ("$6", "$7"), ("$8", "$9"), ("$10", "$11"));
const COUNT_OF_MANY: Query = count!(
    ("$4", "$5"),
    ("$6", "$7"),
    ("$8", "$9"),
    ("$10", "$11"),
    ("$12", "$13"),
    ("$14", "$15"),
    ("$16", "$17"),
    ("$18", "$19"),
    ("$20", "$21"),
    ("$22", "$23"),
    ("$24", "$25"),
    ("$26", "$27"),
    ("$28", "$29"),
    ("$30", "$31"),
    ("$32", "$33"),
    ("$34", "$35")
);
const IDS_OF_MANY: Query = ids!(
    ("$4", "$5"),
    ("$6", "$7"),
    ("$8", "$9"),
    ("$10", "$11"),
    ("$12", "$13"),
    ("$14", "$15"),
    ("$16", "$17"),
    ("$18", "$19"),
    ("$20", "$21"),
    ("$22", "$23"),
    ("$24", "$25"),
    ("$26", "$27"),
    ("$28", "$29"),
    ("$30", "$31"),
    ("$32", "$33"),
    ("$34", "$35")
);
macro_rules! ranks {
    ($($slot:tt),*) => {
        Query { text: concat!("SELECT rank, offer FROM (", united!(ranked: $($slot),*), ") AS every ORDER BY rank, offer LIMIT $5") }
    };
}
const RANKS_OF_FEW: Query = ranks!(("$6", "$7"), ("$8", "$9"), ("$10", "$11"), ("$12", "$13"));
/// The names of a scope's piles between two, one seek each: how many offers lie in them does not matter.
const NAMES: Query = Query {
    text: "WITH RECURSIVE named (name) AS (
        SELECT MIN(pile) FROM board_scope WHERE firm = $1 AND scope = $2 AND pile >= $3 AND pile < $4
        UNION ALL
        SELECT (SELECT MIN(s.pile) FROM board_scope s WHERE s.firm = $1 AND s.scope = $2 AND s.pile > named.name AND s.pile < $4)
        FROM named WHERE named.name IS NOT NULL)
        SELECT name FROM named WHERE name IS NOT NULL",
};
/// Found by words, the newest offer first: the longest word is sought, the rest are looked up offer by offer.
const BY_WORDS: Query = Query {
    text: "SELECT b.* FROM board b
        WHERE b.firm = $1 AND b.offer IN (SELECT w.offer FROM word w WHERE w.firm = $1 AND w.word >= $5 AND w.word < $6)
        AND ($3 = '' OR b.offer < $3)
        AND EXISTS (SELECT 1 FROM board_scope s WHERE s.firm = b.firm AND s.offer = b.offer AND s.scope = $2)
        AND ($7 = '' OR EXISTS (SELECT 1 FROM word w WHERE w.firm = b.firm AND w.offer = b.offer AND w.word >= $7 AND w.word < $8))
        AND ($9 = '' OR EXISTS (SELECT 1 FROM word w WHERE w.firm = b.firm AND w.offer = b.offer AND w.word >= $9 AND w.word < $10))
        ORDER BY b.offer DESC LIMIT $4",
};

/// Every statement of this file.
#[cfg(test)]
pub(super) const ALL: &[Query] = &[PAGE_OF_FEW, PAGE_OF_MANY, COUNT_OF_FEW, COUNT_OF_MANY, IDS_OF_MANY, RANKS_OF_FEW, NAMES, BY_WORDS];

/// The first word that no longer begins with this one, in the order of bytes.
fn after_prefix(prefix: &str) -> String {
    format!("{prefix}\u{10FFFF}")
}

/// The cells of so many piles; a place that is not needed names a scope in which nothing lies.
fn slots(piles: &[Pile], places: usize) -> impl Iterator<Item = Cell> {
    let empty = std::iter::repeat_n(["", ""], places.saturating_sub(piles.len()));
    piles.iter().map(|pile| [pile.scope.as_str(), pile.name.as_str()]).chain(empty).flatten().map(Cell::from)
}

impl Store {
    /// A page of some piles, lowest rank first.
    pub(crate) async fn piled(&self, firm: &str, question: &PileQuestion) -> Result<Vec<Ranked>, StoreError> {
        let (rank, offer) = question.after.clone().unwrap_or((i64::MIN, String::new()));
        let mut merged: BTreeMap<(i64, String), Ranked> = BTreeMap::new();
        for piles in question.piles.chunks(MANY) {
            let (query, places) = if piles.len() <= FEW { (PAGE_OF_FEW, FEW) } else { (PAGE_OF_MANY, MANY) };
            let key = [firm.into(), rank.into(), Cell::from(&offer), question.below.into(), question.rows_max.into()];
            let cells = key.into_iter().chain(slots(piles, places)).collect();
            let found: Vec<Ranked> = self.all(query, cells).await?;
            merged.extend(found.into_iter().map(|found| ((found.rank, found.row.offer.clone()), found)));
        }
        Ok(merged.into_values().take(usize::try_from(question.rows_max).unwrap_or(0)).collect())
    }

    /// The ranks of everything in some piles, each offer once; no more than `rows_max` of a pile are read.
    pub(crate) async fn ranks(&self, firm: &str, piles: &[Pile], rows_max: i64) -> Result<BTreeMap<String, i64>, StoreError> {
        let mut ranks = BTreeMap::new();
        for piles in piles.chunks(FEW) {
            let key = [firm.into(), i64::MIN.into(), Cell::from(""), i64::MAX.into(), rows_max.into()];
            for row in self.rows(RANKS_OF_FEW, key.into_iter().chain(slots(piles, FEW)).collect()).await? {
                ranks.insert(row.text("offer")?, row.number("rank")?);
            }
        }
        Ok(ranks)
    }

    /// How many offers lie below a rank in some piles, each counted once; counting stops somewhere beyond `enough`.
    pub(crate) async fn piled_up(&self, firm: &str, piles: &[Pile], below: i64, enough: i64) -> Result<i64, StoreError> {
        let key = || [firm.into(), below.into(), enough.saturating_add(1).into()].into_iter();
        if piles.len() <= MANY {
            let (query, places) = if piles.len() <= FEW { (COUNT_OF_FEW, FEW) } else { (COUNT_OF_MANY, MANY) };
            let rows = self.rows(query, key().chain(slots(piles, places)).collect()).await?;
            return rows.first().map_or(Ok(0), |row| row.number("offers"));
        }
        let mut offers = BTreeSet::new();
        for piles in piles.chunks(MANY) {
            for row in self.rows(IDS_OF_MANY, key().chain(slots(piles, MANY)).collect()).await? {
                offers.insert(row.text("offer")?);
            }
        }
        Ok(i64::try_from(offers.len()).unwrap_or(i64::MAX))
    }

    /// The names of a scope's piles that begin so.
    pub(crate) async fn pile_names(&self, firm: &str, scope: &str, beginning: &str) -> Result<Vec<String>, StoreError> {
        let cells = vec![firm.into(), scope.into(), beginning.into(), Cell::from(&after_prefix(beginning))];
        self.rows(NAMES, cells).await?.iter().map(|row| row.text("name")).collect()
    }

    /// Offers of a scope that are found by words, the newest first.
    pub(crate) async fn worded(&self, firm: &str, question: &WordQuestion) -> Result<Vec<BoardRow>, StoreError> {
        let after = question.after.clone().unwrap_or_default();
        let mut cells = vec![firm.into(), Cell::from(&question.scope), Cell::from(&after), question.rows_max.into()];
        let mut words: Vec<&str> = question.words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        for word in words.into_iter().chain(std::iter::repeat("")).take(WORDS_ASKED_MAX) {
            cells.extend([Cell::from(word), Cell::from(&after_prefix(word))]);
        }
        self.all(BY_WORDS, cells).await
    }
}
