//! Mail into a folder, one .eml file each.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use async_trait::async_trait;
use lettre::Message;

use super::courier::{Courier, NotCarried};

/// Writes .eml files whose names sort by time and end in the id of the mail.
#[derive(Debug, Clone)]
pub(crate) struct FolderCourier {
    folder: PathBuf,
}

impl FolderCourier {
    /// A courier to this folder, which is made if it is not there.
    pub(crate) fn to(folder: &Path) -> io::Result<FolderCourier> {
        fs::create_dir_all(folder)?;
        Ok(FolderCourier { folder: folder.to_owned() })
    }

    /// A reader never finds half a mail: it gets its name when it is whole.
    fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let unfinished = self.folder.join(format!(".{name}.unfinished"));
        let mut file = File::create(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(unfinished, self.folder.join(name))
    }
}

#[async_trait]
impl Courier for FolderCourier {
    async fn carry(&self, id: &str, message: &Message, at: i64) -> Result<(), NotCarried> {
        // An id is hexadecimal; anything else must not become part of a path.
        if id.is_empty() || !id.chars().all(|character| character.is_ascii_alphanumeric() || character == '-') {
            return Err(NotCarried::Never("the id of the mail is no file name".to_owned()));
        }
        let name = format!("{at:020}-{id}.eml");
        self.put(&name, &message.formatted()).map_err(|error| NotCarried::Later(error.to_string()))
    }
}
