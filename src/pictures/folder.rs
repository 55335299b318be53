//! A folder of pictures: each size a file, there whole or not at all.
use std::{
    fs::{self, File},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use jiff::Timestamp;

use super::{Encoded, PictureId, Size};

#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Makes it when it is missing.
    pub fn open(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        Ok(Self(path.to_owned()))
    }

    /// Safe against a power cut once it returns.
    pub fn write(&self, id: PictureId, picture: &Encoded) -> io::Result<()> {
        for (size, bytes) in &picture.files {
            let path = self.path(id, *size);
            let unfinished = path.with_extension("part");
            let mut file = File::create(&unfinished)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&unfinished, &path)?;
        }
        File::open(&self.0)?.sync_all()
    }

    pub fn read(&self, id: PictureId, size: Size) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.path(id, size)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(cause),
        }
    }

    /// Pictures of which a file was last written before `before`, unfinished ones too.
    pub fn older(&self, before: Timestamp) -> io::Result<Vec<PictureId>> {
        let seconds = u64::try_from(before.as_second()).unwrap_or(0);
        let before = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.0)? {
            let entry = entry?;
            let name = entry.file_name();
            // Other people's files stay.
            let Some(id) = name.to_str().and_then(id_of) else { continue };
            if entry.metadata()?.modified()? < before && !found.contains(&id) {
                found.push(id);
            }
        }
        Ok(found)
    }

    pub fn remove(&self, id: PictureId) -> io::Result<()> {
        for size in Size::ALL {
            let path = self.path(id, size);
            for path in [path.with_extension("part"), path] {
                match fs::remove_file(path) {
                    Err(cause) if cause.kind() != ErrorKind::NotFound => return Err(cause),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn path(&self, id: PictureId, size: Size) -> PathBuf {
        self.0.join(format!("{id}-{}.webp", size.code()))
    }
}

fn id_of(name: &str) -> Option<PictureId> {
    let (name, kind) = name.rsplit_once('.')?;
    let (id, size) = name.rsplit_once('-')?;
    let ours = ["webp", "part"].contains(&kind) && Size::ALL.iter().any(|one| one.code() == size);
    id.parse().ok().filter(|_| ours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_our_own_files_are_pictures() {
        let id = PictureId::from_u128(7);
        assert_eq!(id_of(&format!("{id}-small.webp")), Some(id));
        assert_eq!(id_of(&format!("{id}-large.part")), Some(id));
        for other in ["holiday.webp", "notes.txt", "a-small.webp", ".hidden"] {
            assert_eq!(id_of(other), None, "{other}");
        }
        assert_eq!(id_of(&format!("{id}-small.jpg")), None);
        assert_eq!(id_of(&format!("{id}-huge.webp")), None);
    }
}
