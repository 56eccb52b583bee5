//! The schema: one text for both engines, made at the first opening.

use sqlx::{AssertSqlSafe, PgPool, SqliteConnection};

use super::{
    StoreError, api_tokens, board, documents, drafts, history, invitations, known_browsers, pace, people, playbooks,
    query::{Query, Step, queries},
    queue, receipts, requisitions, sessions, sso_links, views,
};

/// The version of the schema that this binary reads and writes.
pub(crate) const VERSION: i64 = 2;

const TABLES: &str = r"
CREATE TABLE schema_version (
    version BIGINT NOT NULL,
    PRIMARY KEY (version)
);
";

const IN_FILE: &str = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'";
const ON_SERVER: &str = "SELECT COUNT(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_version'";
const FOUND: &str = "SELECT version FROM schema_version ORDER BY version DESC LIMIT 1";

queries! {
    FORGET_BOARD = "DELETE FROM board WHERE firm = $1";
    FORGET_SCOPES = "DELETE FROM board_scope WHERE firm = $1";
    FORGET_WORDS = "DELETE FROM word WHERE firm = $1";
    FORGET_PEOPLE = "DELETE FROM person WHERE firm = $1";
    FORGET_REQUISITIONS = "DELETE FROM requisition WHERE firm = $1";
    FORGET_TALLIES = "DELETE FROM requisition_tally WHERE firm = $1";
    FORGET_SEATS = "DELETE FROM seat WHERE firm = $1";
    FORGET_COUNTERS = "DELETE FROM counter WHERE firm = $1";
    FORGET_PLAYBOOKS = "DELETE FROM playbook_version WHERE firm = $1";
    FORGET_PACE = "DELETE FROM pace WHERE firm = $1";
    FORGET_DUE = "DELETE FROM due WHERE firm = $1";
}

/// Empties what the desk rebuilds from the history.
pub(super) fn forget_projections(firm: &str) -> Vec<Step> {
    ALL_FORGOTTEN.iter().map(|query| Step::new(*query, vec![firm.into()])).collect()
}

const ALL_FORGOTTEN: [Query; 11] = [
    FORGET_BOARD,
    FORGET_SCOPES,
    FORGET_WORDS,
    FORGET_PEOPLE,
    FORGET_REQUISITIONS,
    FORGET_TALLIES,
    FORGET_SEATS,
    FORGET_COUNTERS,
    FORGET_PLAYBOOKS,
    FORGET_PACE,
    FORGET_DUE,
];

/// The whole text, as SQLite reads it.
pub(super) fn tables() -> String {
    [
        TABLES,
        history::TABLES,
        requisitions::TABLES,
        people::TABLES,
        documents::TABLES,
        board::TABLES,
        pace::TABLES,
        drafts::TABLES,
        sessions::TABLES,
        invitations::TABLES,
        known_browsers::TABLES,
        sso_links::TABLES,
        queue::TABLES,
        receipts::TABLES,
        playbooks::TABLES,
        views::TABLES,
        api_tokens::TABLES,
    ]
    .concat()
}

/// The same text with the words of PostgreSQL: its name for bytes, and text ordered by bytes, as SQLite orders it.
pub(super) fn tables_for_postgres() -> String {
    tables().replace(" BLOB", " BYTEA").replace(" TEXT", " TEXT COLLATE \"C\"")
}

/// Makes the tables in an empty file; refuses one of another version.
pub(super) async fn make_or_check_in_file(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let made: i64 = sqlx::query_scalar(IN_FILE).fetch_one(&mut *connection).await?;
    if made == 0 {
        let script = format!("BEGIN IMMEDIATE; {} COMMIT;", with_version(tables()));
        sqlx::raw_sql(AssertSqlSafe(script)).execute(connection).await?;
        return Ok(());
    }
    must_be_ours(sqlx::query_scalar(FOUND).fetch_optional(connection).await?)
}

/// Makes the tables in an empty schema; refuses one of another version.
pub(super) async fn make_or_check_on_server(pool: &PgPool) -> Result<(), StoreError> {
    let made: i64 = sqlx::query_scalar(ON_SERVER).fetch_one(pool).await?;
    if made == 0 {
        // One simple query is one transaction. Of two servers that start at once, one makes the tables and the other finds them.
        let making = sqlx::raw_sql(AssertSqlSafe(with_version(tables_for_postgres()))).execute(pool).await;
        let made: i64 = sqlx::query_scalar(ON_SERVER).fetch_one(pool).await?;
        if made == 0 {
            making?;
        }
    }
    must_be_ours(sqlx::query_scalar(FOUND).fetch_optional(pool).await?)
}

fn with_version(tables: String) -> String {
    format!("{tables} INSERT INTO schema_version (version) VALUES ({VERSION});")
}

fn must_be_ours(found: Option<i64>) -> Result<(), StoreError> {
    match found {
        Some(VERSION) => Ok(()),
        Some(found) => Err(StoreError::SchemaOf { found }),
        None => Err(StoreError::Damaged("the schema has no version")),
    }
}
