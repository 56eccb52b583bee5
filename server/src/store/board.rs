//! The board: one row an offer, the scopes it lies in and the words it is found by.

use super::{
    Store, StoreError,
    cell::{Cell, rows},
    query::{Query, Step, queries},
    trouble::{AppendError, Unique},
};

/// `board_scope` has one row per offer, scope it lies in and pile of that scope. The desk names both: a scope says who may read it there
/// (`all:`, `team:west`, `own:<person>`), a pile what is together there (`stage:approvals/in_review`, `due/sent`), so that every question of the
/// board is a seek and none of them looks at an offer that it does not answer. `rank` is the order within a pile. `word` finds by prefix; its
/// second index removes an offer's words. `revision` counts every writing of a row; with `changed_at` it tells what is new since a while ago.
pub(super) const TABLES: &str = r"
CREATE TABLE board (
    firm TEXT NOT NULL,
    offer TEXT NOT NULL,
    requisition TEXT NOT NULL,
    number BIGINT NOT NULL,
    status TEXT NOT NULL,
    stage TEXT NOT NULL,
    live BIGINT NOT NULL,
    engagement TEXT NOT NULL,
    client TEXT,
    owner TEXT NOT NULL,
    team TEXT,
    accept_by BIGINT,
    told_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    summary TEXT NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (firm, offer),
    UNIQUE (firm, requisition, number)
);
CREATE INDEX board_by_change ON board (firm, changed_at, offer);
CREATE TABLE board_scope (
    firm TEXT NOT NULL,
    scope TEXT NOT NULL,
    pile TEXT NOT NULL,
    rank BIGINT NOT NULL,
    offer TEXT NOT NULL,
    PRIMARY KEY (firm, scope, pile, rank, offer)
);
CREATE INDEX board_scope_of_offer ON board_scope (firm, offer, scope);
CREATE TABLE word (
    firm TEXT NOT NULL,
    word TEXT NOT NULL,
    offer TEXT NOT NULL,
    PRIMARY KEY (firm, word, offer)
);
CREATE INDEX word_of_offer ON word (firm, offer, word);
";

rows! {
    /// An offer on the board.
    pub(crate) struct BoardRow {
        /// The offer's id, which is also the stream's.
        offer: text,
        /// The requisition's id.
        requisition: text,
        /// The running number within the requisition.
        number: number,
        /// `draft`, `in_review` and so on, as the model names it.
        status: text,
        /// Which of the stages, as the model names it.
        stage: text,
        /// 1 while the offer counts for budget and seats, else 0.
        live: number,
        /// `internal`, `direct_hire`, `temp`, `contract_to_hire`.
        engagement: text,
        /// The client's key, if there is one.
        client: maybe_text,
        /// The recruiter's person id.
        owner: text,
        /// The team's key.
        team: maybe_text,
        /// The instant of accept-by, microseconds UTC, once sent.
        accept_by: maybe_number,
        /// When that last happened which whoever sees the offer may learn of, whether they read staff's talk or not; microseconds UTC.
        told_at: number,
        /// When its last event was recorded, microseconds UTC.
        changed_at: number,
        /// What a line of the list shows, as JSON.
        summary: text,
    }
}

/// Where an offer lies: a pile of a scope, and its rank there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Lying {
    /// The scope.
    pub(crate) scope: String,
    /// The pile.
    pub(crate) pile: String,
    /// Its rank in the pile, lowest first.
    pub(crate) rank: i64,
}

/// An offer's place on the board: its row, where it lies and the folded words it is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BoardPlace {
    /// The row.
    pub(crate) row: BoardRow,
    /// Every pile of every scope it lies in.
    pub(crate) lies: Vec<Lying>,
    /// Folded words of names, numbers, title and client.
    pub(crate) words: Vec<String>,
}

/// Piles or words written by one statement; a shorter list repeats its last.
const AT_ONCE: usize = 8;

queries! {
    PUT = "INSERT INTO board (firm, offer, requisition, number, status, stage, live, engagement, client, owner, team, accept_by, told_at, changed_at,
        summary, revision)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)
        ON CONFLICT (firm, offer) DO UPDATE SET requisition = excluded.requisition, number = excluded.number, status = excluded.status,
        stage = excluded.stage, live = excluded.live, engagement = excluded.engagement, client = excluded.client, owner = excluded.owner,
        team = excluded.team, accept_by = excluded.accept_by, told_at = excluded.told_at, changed_at = excluded.changed_at,
        summary = excluded.summary, revision = board.revision + 1";
    REMOVE = "DELETE FROM board WHERE firm = $1 AND offer = $2";
    SCOPES_REMOVE = "DELETE FROM board_scope WHERE firm = $1 AND offer = $2";
    SCOPES_PUT = "INSERT INTO board_scope (firm, offer, scope, pile, rank) VALUES ($1, $2, $3, $4, $5), ($1, $2, $6, $7, $8), ($1, $2, $9, $10, $11),
        ($1, $2, $12, $13, $14), ($1, $2, $15, $16, $17), ($1, $2, $18, $19, $20), ($1, $2, $21, $22, $23), ($1, $2, $24, $25, $26) ON CONFLICT DO NOTHING";
    WORDS_REMOVE = "DELETE FROM word WHERE firm = $1 AND offer = $2";
    WORDS_PUT = "INSERT INTO word (firm, offer, word) VALUES ($1, $2, $3), ($1, $2, $4), ($1, $2, $5), ($1, $2, $6), ($1, $2, $7), ($1, $2, $8),
        ($1, $2, $9), ($1, $2, $10) ON CONFLICT DO NOTHING";
    ONE = "SELECT * FROM board WHERE firm = $1 AND offer = $2";
    BY_NUMBER = "SELECT * FROM board WHERE firm = $1 AND requisition = $2 AND number = $3";
    OF_REQUISITION = "SELECT * FROM board WHERE firm = $1 AND requisition = $2 ORDER BY number";
    SCOPES_OF = "SELECT DISTINCT scope FROM board_scope WHERE firm = $1 AND offer = $2 ORDER BY scope";
    LIES_OF = "SELECT scope, pile, rank FROM board_scope WHERE firm = $1 AND offer = $2 ORDER BY scope, pile, rank";
    CHANGED = "SELECT offer, revision, status, engagement, told_at, changed_at FROM board WHERE firm = $1 AND changed_at >= $2
        ORDER BY changed_at DESC, offer DESC LIMIT $3";
}

rows! {
    /// That a row of the board was written.
    pub(crate) struct ChangedRow {
        /// The offer.
        offer: text,
        /// Counts every writing of the row.
        revision: number,
        /// Its state.
        status: text,
        /// Its engagement.
        engagement: text,
        /// When that last happened which is told to whoever sees the offer, microseconds UTC.
        told_at: number,
        /// When, microseconds UTC.
        changed_at: number,
    }
}

/// Writes a place anew: row, scopes, words.
pub(super) fn put(firm: &str, place: &BoardPlace) -> Vec<Step> {
    let offer = &place.row.offer;
    let mut steps = vec![
        Step::one(PUT, place.row.cells(firm), AppendError::Duplicate(Unique::Id)),
        Step::new(SCOPES_REMOVE, vec![firm.into(), offer.into()]),
        Step::new(WORDS_REMOVE, vec![firm.into(), offer.into()]),
    ];
    let lies =
        place.lies.iter().map(|lying| vec![Cell::from(&lying.scope), Cell::from(&lying.pile), lying.rank.into()]).collect::<Vec<_>>();
    let words = place.words.iter().map(|word| vec![Cell::from(word)]).collect::<Vec<_>>();
    steps.extend(in_eights(SCOPES_PUT, [firm, offer], &lies));
    steps.extend(in_eights(WORDS_PUT, [firm, offer], &words));
    steps
}

pub(super) fn remove(firm: &str, offer: &str) -> Vec<Step> {
    [REMOVE, SCOPES_REMOVE, WORDS_REMOVE].map(|query| Step::new(query, vec![firm.into(), offer.into()])).to_vec()
}

fn in_eights(query: Query, key: [&str; 2], rows: &[Vec<Cell>]) -> impl Iterator<Item = Step> {
    rows.chunks(AT_ONCE).map(move |chunk| {
        let padding = chunk.last().into_iter().cycle();
        let cells = key.into_iter().map(Cell::from).chain(chunk.iter().chain(padding).take(AT_ONCE).flatten().cloned());
        Step::new(query, cells.collect())
    })
}

impl Store {
    /// An offer's row.
    pub(crate) async fn board_row(&self, firm: &str, offer: &str) -> Result<Option<BoardRow>, StoreError> {
        self.one(ONE, vec![firm.into(), offer.into()]).await
    }

    /// An offer's row by the number people see; it never authorises.
    pub(crate) async fn board_row_by_number(&self, firm: &str, requisition: &str, number: i64) -> Result<Option<BoardRow>, StoreError> {
        self.one(BY_NUMBER, vec![firm.into(), requisition.into(), number.into()]).await
    }

    /// All offers of a requisition, in the order of their numbers.
    pub(crate) async fn offers_of_requisition(&self, firm: &str, requisition: &str) -> Result<Vec<BoardRow>, StoreError> {
        self.all(OF_REQUISITION, vec![firm.into(), requisition.into()]).await
    }

    /// The scopes an offer lies in.
    pub(crate) async fn scopes_of(&self, firm: &str, offer: &str) -> Result<Vec<String>, StoreError> {
        self.rows(SCOPES_OF, vec![firm.into(), offer.into()]).await?.iter().map(|row| row.text("scope")).collect()
    }

    /// Where an offer lies, with every pile.
    pub(crate) async fn lies_of(&self, firm: &str, offer: &str) -> Result<Vec<Lying>, StoreError> {
        let rows = self.rows(LIES_OF, vec![firm.into(), offer.into()]).await?;
        rows.iter().map(|row| Ok(Lying { scope: row.text("scope")?, pile: row.text("pile")?, rank: row.number("rank")? })).collect()
    }

    /// Rows written at `since` or later, the latest first.
    pub(crate) async fn board_changes(&self, firm: &str, since: i64, rows_max: i64) -> Result<Vec<ChangedRow>, StoreError> {
        self.all(CHANGED, vec![firm.into(), since.into(), rows_max.into()]).await
    }
}
