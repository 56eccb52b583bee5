//! A PostgreSQL server of this test run: in a temporary folder, on a socket of its own, gone with the run.

use std::fs;
use std::io::Write;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::wait_for;

/// Runs the server until standard input ends, which it does when the test run ends, however it ends.
const KEEPER: &str = r#"
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync="$3" -c full_page_writes="$3" -c max_connections=300 >"$2/log" 2>&1 &
server=$!
read -r _
kill -QUIT "$server"
wait "$server"
rm -rf "$2"
"#;

/// Whether a commit waits for the disk. A test ends before the machine does.
#[derive(Clone, Copy, Debug)]
enum Disk {
    Trusted,
    Written,
}

/// One PostgreSQL server for all tests of this process.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    user: Option<(u32, u32)>,
    databases: AtomicU32,
    creating: Mutex<()>,
    /// Its open standard input keeps the server alive.
    _keeper: Child,
}

impl Cluster {
    /// The cluster of this run, started when first asked for.
    #[must_use]
    pub fn of_this_run() -> &'static Self {
        static CLUSTER: OnceLock<Cluster> = OnceLock::new();
        CLUSTER.get_or_init(|| Self::start(Disk::Trusted))
    }

    /// Another cluster, which writes to the disk before it answers: for measuring.
    #[must_use]
    pub fn durable() -> Self {
        Self::start(Disk::Written)
    }

    /// An empty database, as the URL that Countersign takes.
    #[must_use]
    pub fn database(&self) -> String {
        let name = format!("house_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let _one_at_a_time = self.creating.lock().unwrap_or_else(PoisonError::into_inner);
        self.program("createdb").args(["--username", "postgres", "--host"]).arg(&self.folder).arg(&name).succeed();
        format!("postgres://postgres@localhost/{name}?host={}", self.folder.display())
    }

    fn start(disk: Disk) -> Self {
        let programs = programs().expect("PostgreSQL's `initdb` and `postgres`; run: sudo apt-get install postgresql");
        let folder = tempfile::Builder::new().prefix("countersign-pg-").tempdir().expect("a temporary folder").keep();
        let user = unprivileged_user(&folder);
        if let Some((uid, gid)) = user {
            chown(&folder, Some(uid), Some(gid)).expect("the folder can be given to the user postgres");
        }
        let as_user = |program: &Path| {
            let mut command = Command::new(program);
            command.current_dir(&folder).env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
            if let Some((uid, gid)) = user {
                command.uid(uid).gid(gid);
            }
            command
        };
        as_user(&programs.join("initdb"))
            .args(["--username", "postgres", "--auth", "trust", "--encoding", "UTF8", "--no-sync", "--pgdata"])
            .arg(folder.join("data"))
            .succeed();
        let keeper = as_user(Path::new("/bin/sh"))
            .args(["-c", KEEPER, "keeper"])
            .args([&programs, &folder])
            .arg(match disk {
                Disk::Trusted => "off",
                Disk::Written => "on",
            })
            .stdin(Stdio::piped())
            // Ctrl-C reaches the tests; the server ends after them.
            .process_group(0)
            .spawn()
            .expect("a shell to keep PostgreSQL");
        let cluster = Self { folder, programs, user, databases: AtomicU32::new(0), creating: Mutex::new(()), _keeper: keeper };
        wait_for("PostgreSQL to answer", || {
            let mut ask = cluster.program("pg_isready");
            let status = ask.arg("--quiet").arg("--host").arg(&cluster.folder).status();
            status.is_ok_and(|status| status.success()).then_some(())
        });
        cluster
    }

    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.current_dir(&self.folder).stdin(Stdio::null());
        if let Some((uid, gid)) = self.user {
            command.uid(uid).gid(gid);
        }
        command
    }
}

/// The folder of PostgreSQL's programs: Debian's, the newest, or one on the PATH.
fn programs() -> Option<PathBuf> {
    let of_debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut debian: Vec<PathBuf> = of_debian.map(|version| version.path().join("bin")).collect();
    debian.sort();
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    debian
        .into_iter()
        .rev()
        .chain(std::env::split_paths(&on_path))
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

/// PostgreSQL refuses to run as root; then it is the system's user `postgres`. `None` when we are not root.
fn unprivileged_user(ours: &Path) -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt;
    if fs::metadata(ours).expect("our own folder").uid() != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").expect("the list of users");
    let fields: Vec<&str> = users.lines().find(|line| line.starts_with("postgres:"))?.split(':').collect();
    Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?))
}

trait Succeed {
    fn succeed(&mut self);
}

impl Succeed for Command {
    fn succeed(&mut self) {
        let output = self.output().expect("the program starts");
        if !output.status.success() {
            let _ = std::io::stderr().write_all(&output.stderr);
            panic!("{self:?} ended with {}", output.status);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cluster;

    #[test]
    fn every_test_has_a_database_of_its_own() {
        let cluster = Cluster::of_this_run();
        let (one, other) = (cluster.database(), cluster.database());
        assert_ne!(one, other);
        for database in [one, other] {
            let mut ask = cluster.program("psql");
            let output = ask.args(["--no-psqlrc", "--tuples-only", "--command", "SELECT current_database()"]).arg(&database).output();
            let answer = String::from_utf8(output.expect("psql").stdout).expect("text");
            assert!(database.contains(answer.trim()) && !answer.trim().is_empty(), "{answer} in {database}");
        }
    }
}
