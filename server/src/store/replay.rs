//! What the store writes, written again without the product: the baseline of `cargo xtask bench`.

use std::{path::Path, sync::PoisonError};

use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, SqliteConnection};

use super::{
    Database, Store, StoreError,
    cell::{Cell, bound_for_sqlite},
    query::{Step, Work},
    sqlite,
};

impl Store {
    /// From now on keeps what it writes.
    pub(crate) fn record(&self) {
        *self.inner.recorded.lock().unwrap_or_else(PoisonError::into_inner) = Some(Vec::new());
    }

    /// What it wrote since `record`.
    pub(crate) fn recorded(&self) -> Written {
        Written(self.inner.recorded.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default())
    }

    /// Keeps a transaction that is about to be written, if somebody asked.
    pub(super) fn note(&self, work: &Work) {
        if let Some(works) = self.inner.recorded.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            works.push(work.clone());
        }
    }
}

/// Transactions, in the order in which they were asked for.
#[derive(Debug)]
pub(crate) struct Written(Vec<Work>);

impl Written {
    /// How many.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Copies the file of a store that nobody writes to just now, and opens the copy with the same durability.
pub(crate) async fn copy(from: &Path, to: &Path) -> Result<SqliteConnection, StoreError> {
    let mut original = sqlite::options(from).connect().await?;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut original).await?;
    original.close().await?;
    std::fs::create_dir_all(to)?;
    std::fs::copy(from.join(sqlite::FILE), to.join(sqlite::FILE))?;
    Ok(sqlite::options(to).connect().await?)
}

/// Runs the transactions again, so many in a commit, and nothing else.
pub(crate) async fn again(connection: &mut SqliteConnection, written: &Written, group: usize) -> Result<(), StoreError> {
    for works in written.0.chunks(group) {
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *connection).await?;
        for step in works.iter().flat_map(|work| &work.steps) {
            bound_for_sqlite(step.query, &step.cells).execute(&mut *connection).await?;
        }
        sqlx::query("COMMIT").execute(&mut *connection).await?;
    }
    Ok(())
}

/// One recorded transaction of an offer as a script of pgbench, in which every client has an offer of its own, and the rows that it begins with.
pub(crate) async fn script(written: &Written, offer: &str, url: &str, clients: usize) -> Result<String, StoreError> {
    let is_of_offer = |work: &&Work| work.steps.first().is_some_and(|step| step.cells.contains(&Cell::text(offer)));
    let work = written.0.iter().find(is_of_offer).ok_or(StoreError::Damaged("nothing was recorded"))?;
    // makes the tables
    drop(Store::open(&Database::Server { url: url.to_owned(), connections_max: 2 }).await?);
    let mut connection = PgConnection::connect(url).await?;
    for client in 0..clients {
        let begin = format!(
            "INSERT INTO stream (firm, stream, kind, version, head) VALUES ('firm', '{}', 'offer', 0, ''::bytea)",
            Name(offer).of(&client.to_string())
        );
        sqlx::raw_sql(AssertSqlSafe(begin)).execute(&mut connection).await?;
    }
    connection.close().await?;
    let events = work.steps.iter().filter(|step| is_event(step)).count();
    let mut lines = vec![
        "\\set turn :turn + 1".to_owned(),
        format!("\\set seq :turn * {events}"),
        format!("\\set before :seq - {events}"),
        "BEGIN;".to_owned(),
    ];
    let mut event = 0;
    for step in &work.steps {
        event += usize::from(is_event(step));
        lines.push(statement(step, offer, event));
    }
    lines.push("COMMIT;".to_owned());
    Ok(lines.join("\n"))
}

/// The id of an offer, of which a client's own is made by replacing its end.
struct Name<'a>(&'a str);

impl Name<'_> {
    fn begin(&self) -> &str {
        self.0.get(..16).unwrap_or(self.0)
    }

    fn of(&self, client: &str) -> String {
        format!("{}{client}", self.begin())
    }
}

fn is_event(step: &Step) -> bool {
    step.query.text.starts_with("INSERT INTO event")
}

/// A statement with its values in place, of the transaction's events the so-manyth. The offer becomes the client's own; what is made once becomes
/// made once per client and turn.
fn statement(step: &Step, offer: &str, event: usize) -> String {
    let is_stream = step.query.text.starts_with("UPDATE stream");
    let is_kept = ["stream", "event", "board", "word"].iter().any(|table| {
        let written = [format!("INSERT INTO {table}"), format!("UPDATE {table}"), format!("DELETE FROM {table}")];
        written.iter().any(|beginning| step.query.text.starts_with(beginning.as_str()))
    });
    let mut text = step.query.text.to_owned();
    for (place, cell) in step.cells.iter().enumerate().rev() {
        let value = match (cell, place) {
            // ADVANCE: $3 is the new version, $5 the old one; PUT of an event: $3 is its number
            (Cell::Number(_), 2) if is_stream => ":seq".to_owned(),
            (Cell::Number(_), 2) if is_event(step) => format!("CAST(:before AS BIGINT) + {event}"),
            (Cell::Number(_), 4) if is_stream => ":before".to_owned(),
            // PUT of a board's row: $4 is its number within the opening, and every client has a row of its own
            (Cell::Number(Some(number)), 3) if step.query.text.starts_with("INSERT INTO board (") => {
                format!("CAST({number} AS BIGINT) + CAST(:client_id AS BIGINT)")
            }
            (Cell::Number(Some(number)), _) => format!("CAST({number} AS BIGINT)"),
            (Cell::Number(None), _) => "CAST(NULL AS BIGINT)".to_owned(),
            (Cell::Text(None), _) => "CAST(NULL AS TEXT)".to_owned(),
            (Cell::Bytes(None), _) => "CAST(NULL AS BYTEA)".to_owned(),
            (Cell::Bytes(Some(bytes)), place) => {
                let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                if place == 1 && !is_kept {
                    format!("sha256(convert_to('{hex}-' || :client_id || '-' || :seq, 'UTF8'))")
                } else {
                    format!("CAST('\\x{hex}' AS BYTEA)")
                }
            }
            (Cell::Text(Some(text)), 1) if !is_kept => format!("CAST({} || '-' || :client_id || '-' || :seq AS TEXT)", quoted(text, offer)),
            (Cell::Text(Some(text)), _) => format!("CAST({} AS TEXT)", quoted(text, offer)),
        };
        text = text.replace(&format!("${}", place + 1), &value);
    }
    format!("{};", text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A text as a literal in which pgbench finds no variable but the client's number within the offer's id.
fn quoted(text: &str, offer: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('\'', "''").replace(':', "\\x3a").replace('\n', "\\n");
    let parts: Vec<String> = escaped.split(offer).map(|part| format!("E'{part}'")).collect();
    parts.join(&format!(" || '{}' || :client_id || ", Name(offer).begin()))
}
