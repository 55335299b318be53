//! The folder of the private Postgres: where it can be, whose it is, and that only one program uses it.
use std::{
    ffi::OsStr,
    fs::{self, DirBuilder, File, Permissions, TryLockError},
    io::{ErrorKind, Read},
    os::unix::{
        ffi::OsStrExt,
        fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown, symlink},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};

use crate::config;

/// The folder's name within the data folder. Where the server's user cannot reach the data folder, a
/// link of this name leads to a folder under [`ELSEWHERE`].
const NAME: &str = "postgres";
const ELSEWHERE: &str = "/var/lib";

/// Sockets have one fixed name, and a path of at most 104 bytes (macOS; 108 on Linux).
pub const SOCKET: &str = ".s.PGSQL.5432";
const LONGEST_SOCKET: usize = 100;
/// Which line of `postmaster.pid` names the folder of the socket, counted from 0.
const SOCKETS_LINE: usize = 4;
/// More bytes than any file has of which one word is wanted.
const SMALL: u64 = 64 * 1024;

/// A folder ready for a private Postgres.
#[derive(Clone, Debug)]
pub struct Folder {
    /// The real path: no links in it.
    pub path: PathBuf,
    /// The folder of the server's socket, usually within `path`.
    pub sockets: PathBuf,
    owner: Option<Owner>,
}

/// The user a server runs as when the program is root, since Postgres refuses to be root.
#[derive(Clone, Copy, Debug)]
struct Owner {
    uid: u32,
    gid: u32,
}

impl Folder {
    /// Finds or makes the folder that belongs to the data folder `data`.
    pub fn prepare(data: &Path) -> Result<Self> {
        let data = config::absolute(data);
        fs::create_dir_all(&data)
            .with_context(|| format!("The folder {} cannot be made", data.display()))?;
        let data = fs::canonicalize(data)?;
        let named = data.join(NAME);
        let owner = if id(&["-u"])? == 0 { Some(Owner::of(&named)?) } else { None };
        let path = match fs::symlink_metadata(&named) {
            Ok(known) if known.is_symlink() => fs::canonicalize(&named)
                .with_context(|| format!("The data is not where {} leads to", named.display()))?,
            Ok(_) => named,
            Err(_) => make(&named, owner)?,
        };
        if let Some(Owner { uid, gid }) = owner
            && fs::metadata(&path)?.uid() != uid
        {
            chown(&path, Some(uid), Some(gid))?;
        }
        let sockets = sockets(&path, owner)?;
        Ok(Self { path, sockets, owner })
    }

    /// Holds the folder for this program until the file is dropped, also by a sudden death.
    /// `None` while another program holds it.
    pub fn hold(&self) -> Result<Option<File>> {
        let path = self.path.join("lock");
        // Made only where nothing is, and never written to: in a folder of another user's the name may
        // lead anywhere.
        let file = match File::options().write(true).create_new(true).open(&path) {
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists => open_plain(&path),
            made => made,
        };
        let file = file.with_context(|| format!("{} cannot be opened", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(cause)) => {
                Err(cause).with_context(|| format!("{} cannot be locked", path.display()))
            }
        }
    }

    /// Where the database's files are.
    pub fn cluster(&self) -> PathBuf {
        self.path.join("data")
    }

    /// The sockets of a server that may run here: where it said it listens, and where it would listen
    /// today. They differ when another version of the program started it.
    pub fn listening(&self) -> impl Iterator<Item = PathBuf> {
        let said = read_plain(&self.cluster().join("postmaster.pid")).unwrap_or_default();
        let said = said.lines().nth(SOCKETS_LINE).map(PathBuf::from);
        let other = said.filter(|said| *said != self.sockets && self.trusts(said).unwrap_or(false));
        other.into_iter().chain([self.sockets.clone()])
    }

    /// Whether the folder is the server's user's, and no link.
    fn trusts(&self, sockets: &Path) -> Result<bool> {
        is_private(sockets, self.owner)
    }

    /// A command that runs as the server's user, in the folder, and is not stopped by a Ctrl-C meant
    /// for the program.
    pub fn command(&self, program: impl AsRef<OsStr>) -> tokio::process::Command {
        let mut command = Command::new(program);
        command.current_dir(&self.path).env("LC_ALL", "C").process_group(0);
        for name in ["PGDATA", "PGHOST", "PGPORT", "PGUSER", "PGOPTIONS", "PGDATABASE"] {
            command.env_remove(name);
        }
        if let Some(owner) = self.owner {
            command.uid(owner.uid).gid(owner.gid);
        }
        command.into()
    }
}

/// What a small file says. In a folder of another user's its name may be made a link or a pipe at any time;
/// those are not followed and not waited for.
pub fn read_plain(path: &Path) -> std::io::Result<String> {
    let mut said = String::new();
    open_plain(path)?.take(SMALL).read_to_string(&mut said)?;
    Ok(said)
}

/// Opens a file, and nothing else that may stand there.
fn open_plain(path: &Path) -> std::io::Result<File> {
    if fs::symlink_metadata(path)?.is_file() {
        File::open(path)
    } else {
        Err(std::io::Error::new(ErrorKind::InvalidInput, "it is no plain file"))
    }
}

impl Owner {
    /// Whose folder it is already, or else the user that Postgres' package made.
    fn of(folder: &Path) -> Result<Self> {
        if let Ok(known) = fs::metadata(folder)
            && known.uid() != 0
        {
            return Ok(Self { uid: known.uid(), gid: known.gid() });
        }
        let missing = "Postgres does not run as root, and there is no user called postgres. \
                       Start Fingerpost as another user, or name a database in DATABASE_URL.";
        let uid = id(&["-u", "postgres"]).context(missing)?;
        let gid = id(&["-g", "postgres"]).context(missing)?;
        Ok(Self { uid, gid })
    }

    /// Whether this user can work in `folder`. Asked of the system itself, since each folder on the way counts.
    fn reaches(self, folder: &Path) -> bool {
        let mut test = self.command("cd \"$0\" 2>/dev/null && test -w .");
        test.arg(folder).status().is_ok_and(|status| status.success())
    }

    /// A few words of shell with this user's rights.
    fn command(self, script: &str) -> Command {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]).current_dir("/").uid(self.uid).gid(self.gid);
        command
    }
}

fn make(named: &Path, owner: Option<Owner>) -> Result<PathBuf> {
    make_private(named, owner)?;
    let Some(owner) = owner.filter(|owner| !owner.reaches(named)) else {
        return Ok(named.to_owned());
    };
    fs::remove_dir(named)?;
    let name = format!("fingerpost-{:08x}", short_hash(named));
    // A folder of that name without a link to it is another's, or was left on purpose: never reuse it.
    for number in 1.. {
        let path = Path::new(ELSEWHERE).join(match number {
            1 => name.clone(),
            _ => format!("{name}-{number}"),
        });
        match make_private(&path, Some(owner)) {
            Ok(()) => {
                symlink(&path, named)?;
                tracing::info!(
                    folder = %path.display(),
                    "The data is kept here, since Postgres' user cannot reach the data folder; a link there leads to it"
                );
                return Ok(path);
            }
            Err(cause) if is(&cause, ErrorKind::AlreadyExists) => continue,
            Err(cause) => return Err(cause),
        }
    }
    bail!("No folder under {ELSEWHERE} could be made for the data")
}

/// Makes a folder that nobody but `owner` (or this user) may look into.
fn make_private(path: &Path, owner: Option<Owner>) -> Result<()> {
    let made = DirBuilder::new().mode(0o700).create(path);
    made.with_context(|| format!("The folder {} cannot be made", path.display()))?;
    if let Some(owner) = owner {
        chown(path, Some(owner.uid), Some(owner.gid))?;
    }
    Ok(())
}

/// The folder for the socket: within `path`, unless that is too long or has characters that mean
/// something in a Postgres setting. Both a server and those who join it find it from `path` alone.
fn sockets(path: &Path, owner: Option<Owner>) -> Result<PathBuf> {
    let inside = path.join("socket");
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-".contains(byte);
    let bytes = inside.as_os_str().as_bytes();
    let fits = bytes.len() + 1 + SOCKET.len() <= LONGEST_SOCKET && bytes.iter().all(plain);
    let folder = match fits {
        true => inside,
        false => Path::new("/tmp").join(format!("fingerpost-{:016x}", long_hash(path))),
    };
    match owner {
        // With this user's rights alone: in a folder of its own it may turn any name into a link.
        Some(owner) => {
            let mut make = owner.command("umask 077; mkdir \"$0\" 2>/dev/null; chmod 700 \"$0\"");
            make.arg(&folder).status().context("/bin/sh cannot be run")?;
        }
        None => {
            match make_private(&folder, None) {
                Err(cause) if !is(&cause, ErrorKind::AlreadyExists) => return Err(cause),
                _ => {}
            }
            if is_private(&folder, None)? {
                fs::set_permissions(&folder, Permissions::from_mode(0o700))?;
            }
        }
    }
    // Anybody may make a folder in /tmp: one that is not ours must not be trusted.
    ensure!(
        is_private(&folder, owner)?,
        "The folder {} belongs to another user. Remove it and start again.",
        folder.display()
    );
    Ok(folder)
}

/// Whether `path` is a folder, and not a link to one, of the server's user.
fn is_private(path: &Path, owner: Option<Owner>) -> Result<bool> {
    let known = fs::symlink_metadata(path)?;
    let expected = match owner {
        Some(owner) => owner.uid,
        None => id(&["-u"])?,
    };
    Ok(known.is_dir() && known.uid() == expected)
}

fn is(cause: &anyhow::Error, kind: ErrorKind) -> bool {
    cause.downcast_ref::<std::io::Error>().is_some_and(|cause| cause.kind() == kind)
}

/// What the `id` command answers: a number.
fn id(arguments: &[&str]) -> Result<u32> {
    let said = Command::new("id").args(arguments).output().context("The command id is missing")?;
    ensure!(said.status.success(), "There is no such user");
    Ok(String::from_utf8_lossy(&said.stdout).trim().parse()?)
}

/// FNV-1a: the same in every version of the program, so that one finds what another has started.
fn long_hash(path: &Path) -> u64 {
    path.as_os_str().as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn short_hash(path: &Path) -> u32 {
    let hash = long_hash(path);
    (hash ^ (hash >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use std::{thread::sleep, time::Duration};

    use super::*;

    #[test]
    fn a_folder_is_held_once() {
        let data = tempfile::tempdir().unwrap();
        fs::set_permissions(data.path(), Permissions::from_mode(0o755)).unwrap();
        let folder = Folder::prepare(data.path()).unwrap();
        let held = folder.hold().unwrap();
        assert!(held.is_some());
        assert!(Folder::prepare(data.path()).unwrap().hold().unwrap().is_none());
        drop(held);
        // A process that another test starts just now has the lock too, until it runs its own program.
        let free = || folder.hold().unwrap().is_some();
        assert!((0..100).any(|_| free() || {
            sleep(Duration::from_millis(10));
            false
        }));
    }

    #[test]
    fn the_name_of_a_folder_elsewhere_never_changes() {
        // From the authors' list of test vectors.
        assert_eq!(long_hash(Path::new("")), 0xcbf2_9ce4_8422_2325);
        assert_eq!(long_hash(Path::new("foobar")), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn a_lock_that_leads_elsewhere_makes_nothing_there() {
        let data = tempfile::tempdir().unwrap();
        fs::set_permissions(data.path(), Permissions::from_mode(0o755)).unwrap();
        let folder = Folder::prepare(data.path()).unwrap();
        let elsewhere = data.path().join("elsewhere");
        symlink(&elsewhere, folder.path.join("lock")).unwrap();
        assert!(folder.hold().is_err());
        assert!(!elsewhere.exists());
    }

    #[test]
    fn a_server_that_another_version_started_is_looked_for_where_it_says() {
        let data = tempfile::tempdir().unwrap();
        fs::set_permissions(data.path(), Permissions::from_mode(0o755)).unwrap();
        let folder = Folder::prepare(data.path()).unwrap();
        let other = folder.path.join("other");
        make_private(&other, folder.owner).unwrap();
        fs::create_dir(folder.cluster()).unwrap();
        let says = |sockets: &Path| {
            let told = format!("1\ndata\n0\n5432\n{}\n\n", sockets.display());
            fs::write(folder.cluster().join("postmaster.pid"), told).unwrap();
            folder.listening().collect::<Vec<_>>()
        };
        let ours = std::slice::from_ref(&folder.sockets);
        assert_eq!(says(&other), [other.clone(), folder.sockets.clone()]);
        assert_eq!(says(Path::new("/nowhere")), ours);
        let link = folder.path.join("link");
        symlink(&other, &link).unwrap();
        assert_eq!(says(&link), ours, "a link is not followed");
    }

    #[test]
    fn a_long_or_odd_path_has_its_socket_elsewhere() {
        let data = tempfile::tempdir().unwrap();
        fs::set_permissions(data.path(), Permissions::from_mode(0o755)).unwrap();
        for name in ["x".repeat(90), "two words, and 'quotes'".to_owned()] {
            let folder = Folder::prepare(&data.path().join(name)).unwrap();
            assert!(folder.sockets.join(SOCKET).as_os_str().len() <= LONGEST_SOCKET);
            assert!(folder.sockets.starts_with("/tmp/"), "{:?}", folder.sockets);
            assert!(!folder.sockets.starts_with(data.path()));
            fs::remove_dir(&folder.sockets).unwrap();
        }
    }
}
