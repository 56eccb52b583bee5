//! PostgreSQL: a transaction each; conditional updates and unique keys decide, collisions are run again.

use sqlx::{
    ConnectOptions, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::{
    cell::{Row, bound_for_postgres},
    query::{Must, Work},
    schema,
    trouble::{AppendError, Fault, StoreError},
};

/// How often a transaction that met another (40001, 40P01) is run before giving up.
const RUNS_MAX: u32 = 5;
const DURABLE: &str = "SELECT setting FROM pg_catalog.pg_settings WHERE name = 'synchronous_commit'";

/// A pool of connections to the server at this URL.
pub(super) async fn open(url: &str, connections_max: u32) -> Result<PgPool, StoreError> {
    let options: PgConnectOptions = url.parse()?;
    let options = options.application_name("countersign").statement_cache_capacity(256).disable_statement_logging();
    let pool = PgPoolOptions::new().max_connections(connections_max).connect_with(options).await?;
    must_be_durable(&pool).await?;
    schema::make_or_check_on_server(&pool).await?;
    Ok(pool)
}

/// A server told to answer before its log is on the disk would make us break our word.
async fn must_be_durable(pool: &PgPool) -> Result<(), StoreError> {
    let setting: Option<String> = sqlx::query_scalar(DURABLE).fetch_optional(pool).await?;
    if setting.as_deref() == Some("off") { Err(StoreError::NotDurable) } else { Ok(()) }
}

/// Runs a transaction; the answer comes after its commit.
pub(super) async fn write(pool: &PgPool, work: &Work) -> Result<Vec<Row>, AppendError> {
    for _ in 0..RUNS_MAX {
        match run(pool, work).await {
            Ok(answer) => return answer,
            Err(error) => match Fault::of(&error) {
                Fault::Collision => tokio::task::yield_now().await,
                Fault::Full => return Err(AppendError::Full),
                Fault::Taken | Fault::Other => {
                    tracing::error!(%error, "a transaction failed");
                    return Err(AppendError::Unavailable);
                }
            },
        }
    }
    Err(AppendError::Unavailable)
}

/// The outer error is the engine's; the inner one is this transaction's own, and both undo it.
async fn run(pool: &PgPool, work: &Work) -> Result<Result<Vec<Row>, AppendError>, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    let answer = write_one(&mut transaction, work).await?;
    match answer {
        Ok(rows) => transaction.commit().await.map(|()| Ok(rows)),
        Err(refused) => transaction.rollback().await.map(|()| Err(refused)),
    }
}

async fn write_one(connection: &mut PgConnection, work: &Work) -> Result<Result<Vec<Row>, AppendError>, sqlx::Error> {
    for step in &work.steps {
        let outcome = bound_for_postgres(step.query, &step.cells).execute(&mut *connection).await;
        match (outcome, step.must) {
            (Ok(done), Must::ChangeOne(otherwise)) if done.rows_affected() != 1 => return Ok(Err(otherwise)),
            (Ok(_), _) => {}
            (Err(error), Must::ChangeOne(otherwise)) if Fault::of(&error) == Fault::Taken => return Ok(Err(otherwise)),
            (Err(error), _) => return Err(error),
        }
    }
    match &work.returning {
        None => Ok(Ok(Vec::new())),
        Some((query, cells)) => {
            let rows = bound_for_postgres(*query, cells).fetch_all(&mut *connection).await?;
            Ok(Ok(rows.into_iter().map(Row::Postgres).collect()))
        }
    }
}
