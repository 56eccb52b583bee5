//! An empty store on each engine.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;

use crate::store::{Append, Database, Store, StoredEvent, schema};

pub(super) const FIRM: &str = "northstar";

/// A store of its own, gone with the test.
pub(crate) struct House {
    pub(crate) name: &'static str,
    pub(crate) database: Database,
    pub(crate) store: Store,
    _folder: Option<TempDir>,
}

/// SQLite, PostgreSQL, and PostgreSQL with every table partitioned by the hash of the firm.
pub(crate) async fn houses() -> Vec<House> {
    let on_server = async |name, partitioned| {
        let database = Database::Server { url: a_database(partitioned).await, connections_max: 12 };
        House { name, store: Store::open(&database).await.unwrap(), database, _folder: None }
    };
    vec![a_house_in_a_folder().await, on_server("postgresql", false).await, on_server("postgresql, partitioned", true).await]
}

/// PostgreSQL that refuses every interleaving it cannot put in an order (40001): those transactions are run again.
pub(crate) async fn a_serializable_house() -> House {
    let url = format!("{}&options=-c%20default_transaction_isolation=serializable", a_database(false).await);
    let mut connection = PgConnection::connect(&url).await.unwrap();
    let isolation: String = sqlx::query_scalar("SHOW transaction_isolation").fetch_one(&mut connection).await.unwrap();
    assert_eq!(isolation, "serializable");
    let database = Database::Server { url, connections_max: 12 };
    House { name: "postgresql, serializable", store: Store::open(&database).await.unwrap(), database, _folder: None }
}

/// SQLite alone.
pub(crate) async fn a_house_in_a_folder() -> House {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::Folder(folder.path().to_owned());
    House { name: "sqlite", store: Store::open(&database).await.unwrap(), database, _folder: Some(folder) }
}

/// The one PostgreSQL of this run: it lives in a temporary folder, listens on a socket only, and ends when our end of its pipe closes.
struct Cluster {
    folder: String,
    _keeper: Child,
}

const KEEPER: &str = r#"
set -e
PATH="$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)"
folder=$(mktemp -d /tmp/countersign-postgres.XXXXXX)
initdb -D "$folder/data" -U postgres -A trust -E UTF8 --no-sync >/dev/null
pg_ctl -D "$folder/data" -w -l "$folder/log" -o "-k $folder -c listen_addresses= -c fsync=off -c max_connections=300" start >/dev/null
echo "$folder"
read -r _ || true
pg_ctl -D "$folder/data" -m immediate stop >/dev/null
rm -rf "$folder"
"#;

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
        let mut keeper = if is_root { Command::new("runuser") } else { Command::new("sh") };
        if is_root {
            keeper.args(["-u", "postgres", "--", "sh"]); // PostgreSQL refuses to run as root
        }
        let mut keeper = keeper.args(["-c", KEEPER]).current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut folder = String::new();
        BufReader::new(keeper.stdout.take().unwrap()).read_line(&mut folder).unwrap();
        assert!(!folder.is_empty(), "PostgreSQL is needed for these tests: apt-get install postgresql");
        Cluster { folder: folder.trim().to_owned(), _keeper: keeper }
    })
}

async fn a_database(partitioned: bool) -> String {
    static DATABASES: AtomicU32 = AtomicU32::new(0);
    let url = |name: &str| format!("postgres://postgres@localhost/{name}?host={}", cluster().folder);
    let name = format!("house_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let mut server = PgConnection::connect(&url("postgres")).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut server).await.unwrap();
    server.close().await.unwrap();
    if partitioned {
        let mut database = PgConnection::connect(&url(&name)).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(partitioned_tables())).execute(&mut database).await.unwrap();
        database.close().await.unwrap();
    }
    url(&name)
}

/// The same tables, partitioned: PostgreSQL then refuses any key that does not hold the firm, as distributed ones do.
fn partitioned_tables() -> String {
    let text = schema::tables_for_postgres();
    let (version, tables) = text.split_once("\n);\n").unwrap();
    let mut script = format!("{version}\n);\n{}", tables.replace("\n);\n", "\n) PARTITION BY HASH (firm);\n"));
    let names = tables.lines().filter_map(|line| line.strip_prefix("CREATE TABLE ")?.strip_suffix(" ("));
    for name in names {
        for part in 0..3 {
            script += &format!("CREATE TABLE {name}_{part} PARTITION OF {name} FOR VALUES WITH (MODULUS 3, REMAINDER {part});\n");
        }
    }
    format!("{script} INSERT INTO schema_version (version) VALUES ({});", schema::VERSION)
}

/// An event that says nothing.
pub(crate) fn event(stream: &str, stream_seq: i64) -> StoredEvent {
    StoredEvent {
        stream: stream.to_owned(),
        stream_seq,
        kind: "offer".to_owned(),
        type_name: "drafted".to_owned(),
        at: 1_000 + stream_seq,
        envelope: format!("{{\"stream\":\"{stream}\",\"stream_seq\":{stream_seq}}}"),
        open: "{\"salt\":\"Zoë\"}".to_owned(),
        sealed: (stream_seq % 2 == 0).then(|| vec![0, 1, 255]),
        leaf: vec![u8::try_from(stream_seq % 256).unwrap(); 32],
    }
}

/// An append of events only.
pub(crate) fn append(events: Vec<StoredEvent>) -> Append {
    Append { firm: FIRM.to_owned(), events, ..Append::default() }
}
