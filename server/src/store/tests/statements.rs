//! Every statement is understood by both engines.

use sqlx::{Executor, SqlSafeStr};

use super::houses::houses;
use crate::store::{
    Engine, api_tokens, backup, board, documents, drafts, history, invitations, known_browsers, pace, people, piles, playbooks,
    query::Query, queue, receipts, requisitions, schema, sessions, sso_links, views,
};

fn every_statement() -> Vec<&'static Query> {
    [
        api_tokens::ALL,
        backup::ALL,
        board::ALL,
        documents::ALL,
        drafts::ALL,
        history::ALL,
        invitations::ALL,
        known_browsers::ALL,
        pace::ALL,
        people::ALL,
        piles::ALL,
        playbooks::ALL,
        queue::ALL,
        receipts::ALL,
        requisitions::ALL,
        schema::ALL,
        sessions::ALL,
        sso_links::ALL,
        views::ALL,
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[tokio::test]
async fn every_statement_prepares_on_every_engine() {
    for house in houses().await {
        for statement in every_statement() {
            let prepared = match house.store.engine() {
                Engine::Sqlite(sqlite) => sqlite.readers.prepare(statement.text.into_sql_str()).await.map(drop),
                Engine::Postgres(pool) => pool.prepare(statement.text.into_sql_str()).await.map(drop),
            };
            assert!(prepared.is_ok(), "{}: {}\n{prepared:?}", house.name, statement.text);
        }
    }
}

#[test]
fn no_statement_uses_what_the_engines_do_differently() {
    for statement in every_statement() {
        let text = statement.text.to_uppercase();
        for different in
            [" LIKE ", "LOWER(", "SKIP LOCKED", "FOR UPDATE", "NOTIFY", "AVG(", "NOW()", "CURRENT_", "RANDOM", " TRUE", " FALSE", "::"]
        {
            assert!(!text.contains(different), "{different} in {text}");
        }
    }
}

#[test]
fn every_key_begins_with_the_firm() {
    for line in schema::tables().lines().map(str::trim) {
        let is_key = line.starts_with("PRIMARY KEY") || line.starts_with("UNIQUE") || line.starts_with("CREATE INDEX");
        assert!(!is_key || line.contains("(firm, ") || line == "PRIMARY KEY (version)", "{line}");
    }
}
