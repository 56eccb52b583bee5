//! Where things lie in the workspace.

use std::path::{Path, PathBuf};

use crate::{Failure, Outcome};

/// The workspace: its root and the folder that cargo builds into.
#[derive(Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
    built: PathBuf,
}

impl Workspace {
    /// The workspace that this program was built from.
    pub(crate) fn find() -> Outcome<Self> {
        let metadata = cargo_metadata::MetadataCommand::new()
            .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
            .no_deps()
            .exec()
            .map_err(|error| Failure::because(format!("cargo metadata: {error}")))?;
        Ok(Self { root: metadata.workspace_root.into_std_path_buf(), built: metadata.target_directory.into_std_path_buf() })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path below the root.
    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// A folder below the one that cargo builds into.
    pub(crate) fn built(&self, name: &str) -> PathBuf {
        self.built.join(name)
    }

    /// The server's binary as `cargo build` leaves it.
    pub(crate) fn countersign(&self) -> PathBuf {
        self.built.join("debug").join("countersign")
    }

    /// The server's binary as `cargo build --release` leaves it.
    pub(crate) fn countersign_released(&self) -> PathBuf {
        self.built.join("release").join("countersign")
    }

    /// Python with the packages that the tests need. It lies beside what cargo builds and goes with it.
    pub(crate) fn python(&self) -> PathBuf {
        self.at("target/venv/bin/python")
    }
}
