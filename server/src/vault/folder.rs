//! DIR/keys: the wrapping key as a file, and the note that it was backed up.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use offer::{ledger::Digest, moment::Moment};

use super::{
    Secret, Vault, VaultError,
    backup::{KeysBackup, WrappedKey},
};

/// The folder of the keys, within the data folder.
#[derive(Clone, Debug)]
pub(crate) struct KeyFolder {
    data: PathBuf,
    keys: PathBuf,
}

/// Whether the wrapping key lies anywhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BackedUp {
    /// It lies in this folder only.
    Never,
    /// Another key was backed up; this one was not.
    AnotherKey,
    /// It was backed up last at this instant.
    At(Moment),
}

impl KeyFolder {
    /// The key folder of a data folder; nothing is read yet.
    pub(crate) fn of(data: &Path) -> Self {
        Self { data: data.to_owned(), keys: data.join("keys") }
    }

    /// The vault of this folder.
    ///
    /// # Errors
    /// [`VaultError::KeyMissing`], [`VaultError::KeyDamaged`], [`VaultError::KeyExposed`], [`VaultError::File`].
    pub(crate) fn unlock(&self) -> Result<Vault, VaultError> {
        let path = self.key_file();
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(VaultError::KeyMissing(path)),
            other => other.map_err(at(&path))?,
        };
        if fs::metadata(&path).map_err(at(&path))?.mode() & 0o077 != 0 {
            return Err(VaultError::KeyExposed(path));
        }
        let wrapping = bytes.try_into().map_err(|_| VaultError::KeyDamaged(path))?;
        Ok(Vault { wrapping: Secret(wrapping) })
    }

    /// Makes the wrapping key. For the first start, when the store is empty; at any other time a new key would open nothing.
    ///
    /// # Errors
    /// [`VaultError::KeyExists`], [`VaultError::NoRandomness`], [`VaultError::File`].
    pub(crate) fn create(&self) -> Result<Vault, VaultError> {
        self.put(Secret::new()?)
    }

    /// Puts the wrapping key of a backup here, and notes that it is backed up: it lies in the file that it came from. Its rows are the
    /// store's to put back. The same key may lie here already, from a restore that went no further.
    ///
    /// # Errors
    /// [`VaultError::KeyExists`] when another key lies here, [`VaultError::File`].
    pub(crate) fn restore(&self, backup: &KeysBackup) -> Result<Vault, VaultError> {
        let vault = match self.put(Secret(backup.wrapping.0)) {
            Err(VaultError::KeyExists(path)) => {
                let vault = self.unlock()?;
                if vault.fingerprint() == backup.fingerprint() { Ok(vault) } else { Err(VaultError::KeyExists(path)) }
            }
            put => put,
        }?;
        self.note(backup.made(), vault.fingerprint())?;
        Ok(vault)
    }

    /// Writes a backup of the wrapping key, and of the wrapped keys that the store gave, to a new file, reads it back, and notes it.
    ///
    /// The file is as secret as the data; it has no passphrase.
    ///
    /// # Errors
    /// [`VaultError::BackupBesideTheData`], [`VaultError::File`] (also if there is such a file already), and those of
    /// [`KeyFolder::unlock`].
    pub(crate) fn back_up(&self, rows: Vec<WrappedKey>, made: Moment, file: &Path) -> Result<(), VaultError> {
        let vault = self.unlock()?;
        let fingerprint = vault.fingerprint();
        self.must_be_apart(file)?;
        let backup = KeysBackup::new(made, vault, rows);
        write_new(file, backup.text().as_bytes()).map_err(at(file))?;
        if KeysBackup::read_file(file)?.fingerprint() != fingerprint {
            return Err(VaultError::BackupUnreadable(file.to_owned()));
        }
        self.note(made, fingerprint)
    }

    /// Notes that the key of this fingerprint was backed up.
    fn note(&self, made: Moment, fingerprint: Digest) -> Result<(), VaultError> {
        let (note, draft) = (self.note_file(), self.keys.join("backed_up.new"));
        remove_if_there(&draft).map_err(at(&draft))?;
        write_new(&draft, format!("{made} {fingerprint}\n").as_bytes()).map_err(at(&draft))?;
        fs::rename(&draft, &note).map_err(at(&note))?;
        sync_folder(&self.keys)
    }

    /// Whether the key was backed up, for `doctor`.
    ///
    /// # Errors
    /// Those of [`KeyFolder::unlock`].
    pub(crate) fn backed_up(&self) -> Result<BackedUp, VaultError> {
        let fingerprint = self.unlock()?.fingerprint();
        let note = match fs::read_to_string(self.note_file()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BackedUp::Never),
            other => other.map_err(at(&self.note_file()))?,
        };
        let read = note.trim_end().split_once(' ').and_then(|(made, of)| Some((Moment::parse(made)?, Digest::parse(of)?)));
        Ok(match read {
            Some((made, of)) if of == fingerprint => BackedUp::At(made),
            Some(_) => BackedUp::AnotherKey,
            None => BackedUp::Never,
        })
    }

    fn key_file(&self) -> PathBuf {
        self.keys.join("wrapping.key")
    }

    fn note_file(&self) -> PathBuf {
        self.keys.join("backed_up")
    }

    /// The key is written whole under another name and then linked: a crash leaves all of it or none, and no key is overwritten.
    fn put(&self, wrapping: Secret) -> Result<Vault, VaultError> {
        let (path, draft) = (self.key_file(), self.keys.join("wrapping.key.new"));
        DirBuilder::new().recursive(true).mode(0o700).create(&self.keys).map_err(at(&self.keys))?;
        remove_if_there(&draft).map_err(at(&draft))?;
        write_new(&draft, &wrapping.0).map_err(at(&draft))?;
        let linked = fs::hard_link(&draft, &path);
        remove_if_there(&draft).map_err(at(&draft))?;
        match linked {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(VaultError::KeyExists(path)),
            other => other.map_err(at(&path))?,
        }
        sync_folder(&self.keys)?;
        Ok(Vault { wrapping })
    }

    fn must_be_apart(&self, file: &Path) -> Result<(), VaultError> {
        let folder = match file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let folder = folder.canonicalize().map_err(at(folder))?;
        let data = self.data.canonicalize().map_err(at(&self.data))?;
        if folder.starts_with(data) { Err(VaultError::BackupBesideTheData(file.to_owned())) } else { Ok(()) }
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn sync_folder(folder: &Path) -> Result<(), VaultError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(at(folder))
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> VaultError {
    let path = path.to_owned();
    |error| VaultError::File(path, error)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use tempfile::TempDir;

    use super::*;
    use crate::vault::{DataKey, KeyOwner, Place};

    const ANA: KeyOwner<'_> = KeyOwner::Person { firm: "default", person: "ana" };

    fn a_folder() -> (TempDir, KeyFolder) {
        let data = tempfile::tempdir().unwrap();
        let keys = KeyFolder::of(data.path());
        (data, keys)
    }

    fn made() -> Moment {
        Moment::from_micros(1_795_193_524_000_001).unwrap()
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o777
    }

    #[test]
    fn the_key_is_made_once_and_only_its_owner_may_read_it() {
        let (_data, keys) = a_folder();
        assert!(matches!(keys.unlock(), Err(VaultError::KeyMissing(_))));
        let vault = keys.create().unwrap();
        assert_eq!(keys.unlock().unwrap().fingerprint(), vault.fingerprint());
        assert!(matches!(keys.create(), Err(VaultError::KeyExists(_))));
        assert_eq!(keys.unlock().unwrap().fingerprint(), vault.fingerprint());
        assert_eq!((mode(&keys.keys), mode(&keys.key_file())), (0o700, 0o600));
        assert_eq!(fs::read_dir(&keys.keys).unwrap().count(), 1);
    }

    #[test]
    fn a_key_that_others_may_read_is_refused() {
        let (_data, keys) = a_folder();
        keys.create().unwrap();
        fs::set_permissions(keys.key_file(), fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(keys.unlock(), Err(VaultError::KeyExposed(_))));
    }

    #[test]
    fn a_short_key_is_refused_and_not_replaced() {
        let (_data, keys) = a_folder();
        keys.create().unwrap();
        fs::write(keys.key_file(), b"short").unwrap();
        assert!(matches!(keys.unlock(), Err(VaultError::KeyDamaged(_))));
        assert!(matches!(keys.create(), Err(VaultError::KeyExists(_))));
    }

    #[test]
    fn a_start_that_died_while_making_the_key_does_not_hinder_the_next() {
        let (_data, keys) = a_folder();
        fs::create_dir(&keys.keys).unwrap();
        fs::write(keys.keys.join("wrapping.key.new"), b"half").unwrap();
        keys.create().unwrap();
        keys.unlock().unwrap();
    }

    #[test]
    fn a_backup_brings_the_key_and_its_rows_to_another_machine() {
        let (_data, keys) = a_folder();
        let vault = keys.create().unwrap();
        let place = Place::Draft { firm: "default", offer: "o" };
        let key = DataKey::new().unwrap();
        let sealed = key.seal(&place, b"Ana Ruiz").unwrap();
        let row = WrappedKey::new(&ANA, &vault.wrap(&ANA, &key).unwrap()).unwrap();
        assert_eq!(keys.backed_up().unwrap(), BackedUp::Never);

        let elsewhere = tempfile::tempdir().unwrap();
        let file = elsewhere.path().join("keys.txt");
        keys.back_up(vec![row], made(), &file).unwrap();
        assert_eq!(mode(&file), 0o600);
        assert_eq!(keys.backed_up().unwrap(), BackedUp::At(made()));

        let (_other, restored) = a_folder();
        let backup = KeysBackup::read_file(&file).unwrap();
        let vault = restored.restore(&backup).unwrap();
        let row = backup.rows().first().unwrap();
        assert_eq!(vault.unwrap(&row.owner(), row.wrapped()).unwrap().open(&place, &sealed).unwrap(), b"Ana Ruiz");
        assert_eq!(restored.unlock().unwrap().fingerprint(), vault.fingerprint());
        assert_eq!(restored.backed_up().unwrap(), BackedUp::At(made()), "a key that came out of a backup lies in it");
        assert!(restored.restore(&backup).is_ok(), "a restore that went no further can be given again");
        let (_another, occupied) = a_folder();
        occupied.create().unwrap();
        assert!(matches!(occupied.restore(&backup), Err(VaultError::KeyExists(_))), "no other key is overwritten");
    }

    #[test]
    fn a_backup_overwrites_nothing_and_does_not_lie_beside_the_data() {
        let (data, keys) = a_folder();
        keys.create().unwrap();
        for inside in [data.path().join("keys.txt"), data.path().join("keys/../keys/copy")] {
            assert!(matches!(keys.back_up(Vec::new(), made(), &inside), Err(VaultError::BackupBesideTheData(_))));
        }
        let elsewhere = tempfile::tempdir().unwrap();
        let file = elsewhere.path().join("taken");
        fs::write(&file, b"mine").unwrap();
        assert!(matches!(keys.back_up(Vec::new(), made(), &file), Err(VaultError::File(..))));
        assert_eq!(fs::read(&file).unwrap(), b"mine");
        assert_eq!(keys.backed_up().unwrap(), BackedUp::Never);
    }

    #[test]
    fn a_note_about_another_key_does_not_count() {
        let (_data, keys) = a_folder();
        keys.create().unwrap();
        fs::write(keys.note_file(), format!("{} {}\n", made(), Digest::of(b"another"))).unwrap();
        assert_eq!(keys.backed_up().unwrap(), BackedUp::AnotherKey);
    }
}
