//! The board: one row an offer, the scopes it lies in and the words it is found by.

use std::collections::BTreeMap;

use super::{
    Store, StoreError,
    cell::{Cell, rows},
    query::{Query, Step, queries},
    trouble::{AppendError, Unique},
};

/// `board_scope` has one row per offer and scope it lies in (`firm`, `team:west`, `client:acme`, `owner:<person>`, `waiting:finance`: the desk
/// names them); its key is the order of the board, oldest waiting first. `word` finds by prefix; its second index removes an offer's words.
pub(super) const TABLES: &str = r"
CREATE TABLE board (
    firm TEXT NOT NULL,
    offer TEXT NOT NULL,
    requisition TEXT NOT NULL,
    number BIGINT NOT NULL,
    candidate TEXT NOT NULL,
    version BIGINT NOT NULL,
    status TEXT NOT NULL,
    stage TEXT NOT NULL,
    live BIGINT NOT NULL,
    committed BIGINT NOT NULL,
    waiting_on TEXT NOT NULL,
    waiting_since BIGINT NOT NULL,
    engagement TEXT NOT NULL,
    client TEXT,
    owner TEXT NOT NULL,
    team TEXT,
    department TEXT,
    region TEXT,
    business_line TEXT,
    name_folded TEXT NOT NULL,
    accept_by BIGINT,
    changed_at BIGINT NOT NULL,
    summary TEXT NOT NULL,
    PRIMARY KEY (firm, offer),
    UNIQUE (firm, requisition, number)
);
CREATE INDEX board_of_candidate ON board (firm, candidate, offer);
CREATE TABLE board_scope (
    firm TEXT NOT NULL,
    scope TEXT NOT NULL,
    waiting_since BIGINT NOT NULL,
    offer TEXT NOT NULL,
    PRIMARY KEY (firm, scope, waiting_since, offer)
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
        /// The candidate's person id.
        candidate: text,
        /// The version of the stream this was made from.
        version: number,
        /// `draft`, `in_review` and so on, as the model names it.
        status: text,
        /// Which of the stages, as the model names it.
        stage: text,
        /// 1 while the offer counts for budget and seats, else 0.
        live: number,
        /// What it commits while live, minor units.
        committed: number,
        /// Whom it waits for, for reading; to find by it, put a scope.
        waiting_on: text,
        /// Since when, microseconds UTC; the order of the board.
        waiting_since: number,
        /// `internal`, `direct_hire`, `temp`, `contract_to_hire`.
        engagement: text,
        /// The client's key, if there is one.
        client: maybe_text,
        /// The recruiter's person id.
        owner: text,
        /// The team's key.
        team: maybe_text,
        /// The department.
        department: maybe_text,
        /// The region.
        region: maybe_text,
        /// The business line.
        business_line: maybe_text,
        /// The candidate's name, folded by Rust, for ordering.
        name_folded: text,
        /// The instant of accept-by, microseconds UTC, once sent.
        accept_by: maybe_number,
        /// When its last event was recorded, microseconds UTC.
        changed_at: number,
        /// What a line of the list shows, as JSON.
        summary: text,
    }
}

/// An offer's place on the board: its row, the scopes it lies in and the folded words it is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BoardPlace {
    /// The row.
    pub(crate) row: BoardRow,
    /// Every scope a viewer may read it through.
    pub(crate) scopes: Vec<String>,
    /// Folded words of names, numbers, title and client.
    pub(crate) words: Vec<String>,
}

/// Which part of the board to read.
#[derive(Debug, Clone, Default)]
pub(crate) struct BoardQuestion {
    /// The viewer's scopes; a row in any of them is shown once.
    pub(crate) scopes: Vec<String>,
    /// Must also lie in this scope (`waiting:finance`).
    pub(crate) also_in: Option<String>,
    /// Only this status.
    pub(crate) status: Option<String>,
    /// Only this stage.
    pub(crate) stage: Option<String>,
    /// Folded beginnings of words, all of which must be found; at most `WORDS_ASKED_MAX` count.
    pub(crate) words: Vec<String>,
    /// Where the last page ended: `waiting_since` and `offer` of its last row.
    pub(crate) after: Option<(i64, String)>,
    /// Rows of a page.
    pub(crate) rows_max: i64,
}

/// Words of a question that count.
pub(crate) const WORDS_ASKED_MAX: usize = 3;
/// Scopes or words written by one statement; a shorter list repeats its last.
const AT_ONCE: usize = 8;

queries! {
    PUT = "INSERT INTO board (firm, offer, requisition, number, candidate, version, status, stage, live, committed, waiting_on, waiting_since,
        engagement, client, owner, team, department, region, business_line, name_folded, accept_by, changed_at, summary)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
        ON CONFLICT (firm, offer) DO UPDATE SET requisition = excluded.requisition, number = excluded.number, candidate = excluded.candidate,
        version = excluded.version, status = excluded.status, stage = excluded.stage, live = excluded.live, committed = excluded.committed,
        waiting_on = excluded.waiting_on, waiting_since = excluded.waiting_since, engagement = excluded.engagement, client = excluded.client,
        owner = excluded.owner, team = excluded.team, department = excluded.department, region = excluded.region,
        business_line = excluded.business_line, name_folded = excluded.name_folded, accept_by = excluded.accept_by,
        changed_at = excluded.changed_at, summary = excluded.summary";
    REMOVE = "DELETE FROM board WHERE firm = $1 AND offer = $2";
    SCOPES_REMOVE = "DELETE FROM board_scope WHERE firm = $1 AND offer = $2";
    SCOPES_PUT = "INSERT INTO board_scope (firm, offer, waiting_since, scope) VALUES ($1, $2, $3, $4), ($1, $2, $3, $5), ($1, $2, $3, $6),
        ($1, $2, $3, $7), ($1, $2, $3, $8), ($1, $2, $3, $9), ($1, $2, $3, $10), ($1, $2, $3, $11) ON CONFLICT DO NOTHING";
    WORDS_REMOVE = "DELETE FROM word WHERE firm = $1 AND offer = $2";
    WORDS_PUT = "INSERT INTO word (firm, offer, word) VALUES ($1, $2, $3), ($1, $2, $4), ($1, $2, $5), ($1, $2, $6), ($1, $2, $7), ($1, $2, $8),
        ($1, $2, $9), ($1, $2, $10) ON CONFLICT DO NOTHING";
    ONE = "SELECT * FROM board WHERE firm = $1 AND offer = $2";
    BY_NUMBER = "SELECT * FROM board WHERE firm = $1 AND requisition = $2 AND number = $3";
    OF_REQUISITION = "SELECT * FROM board WHERE firm = $1 AND requisition = $2 ORDER BY number";
    SCOPES_OF = "SELECT scope FROM board_scope WHERE firm = $1 AND offer = $2 ORDER BY scope";
    /// One scope of the board, oldest waiting first: an index seek, then the filters row by row.
    IN_SCOPE = "SELECT b.* FROM board_scope s JOIN board b ON b.firm = s.firm AND b.offer = s.offer
        WHERE s.firm = $1 AND s.scope = $2 AND s.waiting_since >= $3 AND (s.waiting_since > $3 OR s.offer > $4)
        AND ($5 = '' OR b.status = $5) AND ($6 = '' OR b.stage = $6)
        AND ($7 = '' OR EXISTS (SELECT 1 FROM board_scope x WHERE x.firm = s.firm AND x.scope = $7 AND x.waiting_since = s.waiting_since AND x.offer = s.offer))
        ORDER BY s.waiting_since, s.offer LIMIT $8";
    /// The same for those found by words: the longest word is sought, the rest are looked up offer by offer.
    IN_SCOPE_BY_WORD = "SELECT b.* FROM board b JOIN board_scope s ON s.firm = b.firm AND s.offer = b.offer AND s.scope = $2
        WHERE b.firm = $1 AND b.offer IN (SELECT w.offer FROM word w WHERE w.firm = $1 AND w.word >= $9 AND w.word < $10)
        AND b.waiting_since >= $3 AND (b.waiting_since > $3 OR b.offer > $4)
        AND ($5 = '' OR b.status = $5) AND ($6 = '' OR b.stage = $6)
        AND ($7 = '' OR EXISTS (SELECT 1 FROM board_scope x WHERE x.firm = b.firm AND x.scope = $7 AND x.waiting_since = b.waiting_since AND x.offer = b.offer))
        AND ($11 = '' OR EXISTS (SELECT 1 FROM word w WHERE w.firm = b.firm AND w.offer = b.offer AND w.word >= $11 AND w.word < $12))
        AND ($13 = '' OR EXISTS (SELECT 1 FROM word w WHERE w.firm = b.firm AND w.offer = b.offer AND w.word >= $13 AND w.word < $14))
        ORDER BY b.waiting_since, b.offer LIMIT $8";
    COUNT_IN_SCOPE = "SELECT COUNT(*) AS offers FROM board_scope WHERE firm = $1 AND scope = $2";
}

/// Writes a place anew: row, scopes, words.
pub(super) fn put(firm: &str, place: &BoardPlace) -> Vec<Step> {
    let offer = &place.row.offer;
    let mut steps = vec![
        Step::one(PUT, place.row.cells(firm), AppendError::Duplicate(Unique::Id)),
        Step::new(SCOPES_REMOVE, vec![firm.into(), offer.into()]),
        Step::new(WORDS_REMOVE, vec![firm.into(), offer.into()]),
    ];
    steps.extend(in_eights(SCOPES_PUT, &[firm.into(), offer.into(), place.row.waiting_since.into()], &place.scopes));
    steps.extend(in_eights(WORDS_PUT, &[firm.into(), offer.into()], &place.words));
    steps
}

pub(super) fn remove(firm: &str, offer: &str) -> Vec<Step> {
    [REMOVE, SCOPES_REMOVE, WORDS_REMOVE].map(|query| Step::new(query, vec![firm.into(), offer.into()])).to_vec()
}

fn in_eights(query: Query, key: &[Cell], values: &[String]) -> impl Iterator<Item = Step> {
    values.chunks(AT_ONCE).map(move |chunk| {
        let padding = chunk.last().into_iter().cycle();
        let cells = key.iter().cloned().chain(chunk.iter().chain(padding).take(AT_ONCE).map(Cell::from));
        Step::new(query, cells.collect())
    })
}

/// The first word that no longer begins with this one, in the order of bytes.
fn after_prefix(prefix: &str) -> String {
    format!("{prefix}\u{10FFFF}")
}

fn or_empty(value: &Option<String>) -> Cell {
    Cell::text(value.as_deref().unwrap_or_default())
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

    /// How many offers lie in a scope.
    pub(crate) async fn offers_in_scope(&self, firm: &str, scope: &str) -> Result<i64, StoreError> {
        match self.rows(COUNT_IN_SCOPE, vec![firm.into(), scope.into()]).await?.first() {
            Some(row) => row.number("offers"),
            None => Ok(0),
        }
    }

    /// A page of the board, oldest waiting first: scope by scope (an index seek each), merged.
    pub(crate) async fn board(&self, firm: &str, question: &BoardQuestion) -> Result<Vec<BoardRow>, StoreError> {
        let mut merged = BTreeMap::new();
        for scope in &question.scopes {
            for row in self.board_in_scope(firm, scope, question).await? {
                merged.insert((row.waiting_since, row.offer.clone()), row);
            }
        }
        Ok(merged.into_values().take(usize::try_from(question.rows_max).unwrap_or(0)).collect())
    }

    async fn board_in_scope(&self, firm: &str, scope: &str, question: &BoardQuestion) -> Result<Vec<BoardRow>, StoreError> {
        let (since, offer) = question.after.clone().unwrap_or((i64::MIN, String::new()));
        let mut cells = vec![
            firm.into(),
            scope.into(),
            since.into(),
            Cell::from(&offer),
            or_empty(&question.status),
            or_empty(&question.stage),
            or_empty(&question.also_in),
            question.rows_max.into(),
        ];
        let mut words: Vec<&String> = question.words.iter().filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return self.all(IN_SCOPE, cells).await;
        }
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let nothing = String::new();
        for word in words.into_iter().chain(std::iter::repeat(&nothing)).take(WORDS_ASKED_MAX) {
            cells.extend([Cell::from(word), Cell::from(&after_prefix(word))]);
        }
        self.all(IN_SCOPE_BY_WORD, cells).await
    }
}
