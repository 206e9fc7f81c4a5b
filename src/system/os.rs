//! The machine itself: the only file that opens files, reads the environment or writes.
#![allow(clippy::disallowed_methods)] // everything else goes through here

use super::{Kind, Metadata, ReadError};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::IsADirectory => Self::IsDirectory,
            io::ErrorKind::NotADirectory => Self::NotADirectory,
            _ => Self::Io(error.to_string()),
        }
    }
}

/// Opens a regular file for reading; never blocks on a pipe and follows no link in the last component.
pub fn open_regular(path: &Path) -> Result<fs::File, ReadError> {
    let mut options = fs::OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::CLOEXEC;
        options.custom_flags(flags.bits() as i32);
    }
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        Err(ReadError::IsDirectory)
    } else if metadata.is_file() {
        Ok(file)
    } else {
        Err(ReadError::NotRegular)
    }
}

/// The content of a regular file of at most `limit` bytes, judged before and while reading.
pub fn read_regular(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    let file = open_regular(path)?;
    let len = file.metadata()?.len();
    if len > limit {
        return Err(ReadError::TooLarge { len, limit });
    }
    let mut content = Vec::with_capacity(len as usize);
    file.take(limit + 1).read_to_end(&mut content)?;
    if content.len() as u64 > limit {
        return Err(ReadError::TooLarge { len: content.len() as u64, limit });
    }
    Ok(content)
}

/// Like [`read_regular`] with links followed: for files the user named (an archive, a CA bundle, `~/.netrc`).
pub fn read_followed(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    read_regular(&canonical(path)?, limit)
}

pub fn canonical(path: &Path) -> Result<PathBuf, ReadError> {
    Ok(fs::canonicalize(path)?)
}

/// The names in a directory, sorted; names that are not UTF-8 are left out, as no Python metadata can name them.
pub fn list(path: &Path, limit: usize) -> Result<Vec<String>, ReadError> {
    Ok(entries(path, limit)?.into_iter().map(|(name, _)| name).collect())
}

/// Like [`list`], with what each is; `None` for a link, wherever that leads.
pub fn entries(path: &Path, limit: usize) -> Result<Vec<(String, Option<Kind>)>, ReadError> {
    let mut names = Vec::new();
    for entry in fs::read_dir(path)? {
        if names.len() == limit {
            return Err(ReadError::TooMany);
        }
        let entry = entry?;
        if let Ok(name) = entry.file_name().into_string() {
            let kind = entry.file_type().ok().filter(|kind| !kind.is_symlink()).map(kind_of);
            names.push((name, kind));
        }
    }
    names.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(names)
}

fn kind_of(kind: fs::FileType) -> Kind {
    if kind.is_file() {
        Kind::File
    } else if kind.is_dir() {
        Kind::Directory
    } else {
        Kind::Other
    }
}

/// Follows links.
pub fn metadata(path: &Path) -> Result<Metadata, ReadError> {
    Ok(described(&fs::metadata(path)?))
}

/// Follows no link in the last component: `None` when it is one.
pub fn metadata_unless_link(path: &Path) -> Result<Option<Metadata>, ReadError> {
    let metadata = fs::symlink_metadata(path)?;
    Ok((!metadata.file_type().is_symlink()).then(|| described(&metadata)))
}

fn described(metadata: &fs::Metadata) -> Metadata {
    let kind = kind_of(metadata.file_type());
    #[cfg(unix)]
    let executable = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o111 != 0;
    #[cfg(not(unix))]
    let executable = false;
    Metadata { kind, len: metadata.len(), executable }
}

pub fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|m| m.file_type().is_symlink())
}

pub fn is_file(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|m| m.is_file())
}

pub fn is_directory(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|m| m.is_dir())
}

/// When a file was last written, in seconds since 1970.
pub fn modified(path: &Path) -> Option<u64> {
    let time = fs::metadata(path).ok()?.modified().ok()?;
    Some(time.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs())
}

/// What changes when a file is written: when that was, as exactly as the file system knows, and how many bytes there are.
pub type Stamp = (std::time::SystemTime, u64);

pub fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// Now, in seconds since 1970.
pub fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs())
}

/// A variable of the environment; `None` when unset, empty or not UTF-8.
pub fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

pub fn home_directory() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| home.is_absolute())
}

pub fn current_directory() -> Result<PathBuf, ReadError> {
    Ok(std::env::current_dir()?)
}

/// The directory for spx's build-time cache: `SPX_CACHE`, else `spx` in the platform's cache directory.
pub fn cache_directory() -> Option<PathBuf> {
    if let Some(named) = environment("SPX_CACHE") {
        return Some(PathBuf::from(named));
    }
    let base = if cfg!(windows) {
        environment("LOCALAPPDATA").map(PathBuf::from)
    } else if cfg!(target_os = "macos") {
        home_directory().map(|home| home.join("Library/Caches"))
    } else {
        environment("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
            .or_else(|| home_directory().map(|home| home.join(".cache")))
    };
    base.map(|base| base.join("spx"))
}

/// Makes a directory and its parents; the ones made are for the user alone when `private`.
pub fn create_directories(path: &Path, private: bool) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    if private {
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    }
    let _ = private;
    builder.create(path)
}

/// Writes a file whole or not at all: a temporary one in the same directory, synced, given its mode, renamed into place.
///
/// `fill` writes the content; when it fails, the target is as it was. Where the system allows, the temporary file has no
/// name until it is whole, so that a killed process leaves nothing behind.
pub fn write_atomically<E: From<io::Error>>(
    path: &Path,
    executable: bool,
    fill: impl FnOnce(&mut fs::File) -> Result<(), E>,
) -> Result<(), E> {
    write_file(path, executable, true, fill)
}

/// Writes a file whole or not at all as far as this process goes: a loss of power soon after may lose it, because nothing waits
/// for the disk. For what can be made again at any time.
pub fn write_whole(path: &Path, content: &[u8]) -> io::Result<()> {
    write_file(path, false, false, |file| file.write_all(content))
}

fn write_file<E: From<io::Error>>(
    path: &Path,
    executable: bool,
    synced: bool,
    fill: impl FnOnce(&mut fs::File) -> Result<(), E>,
) -> Result<(), E> {
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    #[cfg(target_os = "linux")]
    if let Some(mut file) = unnamed_file(parent) {
        fill(&mut file)?;
        settle(&mut file, executable, synced)?;
        return Ok(name_file(&file, parent, path)?);
    }
    let mut temporary = tempfile::Builder::new().prefix(".spx-").tempfile_in(parent)?;
    fill(temporary.as_file_mut())?;
    settle(temporary.as_file_mut(), executable, synced)?;
    temporary.persist(path).map_err(|error| E::from(error.error))?;
    Ok(())
}

/// Gives a written file its mode and, if `synced`, waits until it is on the disk.
fn settle(file: &mut fs::File, executable: bool, synced: bool) -> io::Result<()> {
    file.flush()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = if executable { 0o777 } else { 0o666 } & !umask();
        file.set_permissions(fs::Permissions::from_mode(mode & 0o755))?;
    }
    let _ = executable;
    if synced { file.sync_all() } else { Ok(()) }
}

/// A file in a directory under no name; `None` where the file system has none such, or where it could not be named later.
#[cfg(target_os = "linux")]
fn unnamed_file(directory: &Path) -> Option<fs::File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
    let named_later = fs::metadata("/proc/self/fd").is_ok();
    named_later
        .then(|| rustix::fs::open(directory, flags, Mode::RUSR | Mode::WUSR).ok().map(fs::File::from))?
}

/// Names a file of [`unnamed_file`]. Where the name is free, that is one step; a name cannot be taken from another file, so
/// there it is a passing one that is renamed.
#[cfg(target_os = "linux")]
fn name_file(file: &fs::File, directory: &Path, path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD};
    use std::os::fd::AsRawFd;
    use std::sync::atomic::{AtomicU64, Ordering};
    static NAMED: AtomicU64 = AtomicU64::new(0);
    let own = format!("/proc/self/fd/{}", file.as_raw_fd());
    let link = |name: &Path| match rustix::fs::linkat(CWD, &own, CWD, name, AtFlags::SYMLINK_FOLLOW) {
        Ok(()) => Ok(true),
        Err(rustix::io::Errno::EXIST) => Ok(false),
        Err(error) => Err(io::Error::from(error)),
    };
    if link(path)? {
        return Ok(());
    }
    loop {
        let number = NAMED.fetch_add(1, Ordering::Relaxed);
        let passing = directory.join(format!(".spx-{}-{number}", std::process::id()));
        if link(&passing)? {
            return fs::rename(&passing, path).inspect_err(|_| {
                // What cannot be renamed is not left under its passing name either.
                let _ = fs::remove_file(&passing);
            });
        }
    }
}

/// The process's umask, read the only way there is: by setting it and setting it back.
#[cfg(unix)]
fn umask() -> u32 {
    use std::sync::OnceLock;
    static UMASK: OnceLock<u32> = OnceLock::new();
    *UMASK.get_or_init(|| {
        let old = rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
        rustix::process::umask(old);
        old.as_raw_mode()
    })
}

/// How long a helper program of the user's may take: people type a pass phrase in that time.
const PATIENCE: std::time::Duration = std::time::Duration::from_mins(1);

/// What a program of the user's choice prints; `None` when it is not there, fails, takes more than a minute, or prints
/// more than 64 KiB. Only for programs that the user asked for by an option.
pub fn output_of(program: &str, arguments: &[&str]) -> Option<String> {
    let mut child = std::process::Command::new(program)
        .args(arguments)
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .ok()?;
    let stdout = child.stdout.take()?;
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut output = String::new();
        let read = stdout.take(64 * 1024).read_to_string(&mut output);
        // The receiver may have given up.
        let _ = sender.send(read.ok().map(|_| output));
    });
    let output = receiver.recv_timeout(PATIENCE).ok().flatten();
    if output.is_none() {
        // It may have ended by itself.
        let _ = child.kill();
    }
    let status = child.wait().ok()?;
    output.filter(|_| status.success())
}

/// A new directory in `parent`, which goes when the value does.
pub fn temporary_directory(parent: &Path) -> io::Result<tempfile::TempDir> {
    tempfile::Builder::new().prefix(".spx-").tempdir_in(parent)
}

pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

/// Becomes another program, so that signals and the exit status are its own; returns only when that fails. Only for
/// programs that the user asked to run.
#[cfg(unix)]
pub fn become_program(program: &Path, arguments: &[String]) -> io::Error {
    std::os::unix::process::CommandExt::exec(std::process::Command::new(program).args(arguments))
}

/// Runs another program to its end and gives its exit status. Only for programs that the user asked to run.
pub fn run_program(program: &Path, arguments: &[String]) -> io::Result<i32> {
    Ok(std::process::Command::new(program).args(arguments).status()?.code().unwrap_or(1))
}

/// Removes a file; one that is not there is no error.
pub fn remove_file(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

pub fn remove_directory(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_what_was_there() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("x");
        write_atomically(&path, false, |file| file.write_all(b"old")).unwrap();
        let failed = write_atomically(&path, false, |file| {
            file.write_all(b"new")?;
            Err(io::Error::other("no"))
        });
        assert!(failed.is_err());
        assert_eq!(read_regular(&path, 10).unwrap(), b"old");
        assert_eq!(list(directory.path(), 10).unwrap(), ["x"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_out_of_the_project_are_not_followed() {
        use super::super::{Rooted, System};
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret"), "s").unwrap();
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("inside"), "i").unwrap();
        std::os::unix::fs::symlink(outside.path().join("secret"), root.path().join("out")).unwrap();
        std::os::unix::fs::symlink("inside", root.path().join("in")).unwrap();
        std::os::unix::fs::symlink(outside.path(), root.path().join("directory")).unwrap();
        let system = Rooted::new(root.path()).unwrap();
        assert_eq!(system.read("in").unwrap(), b"i");
        assert_eq!(system.read("out"), Err(ReadError::Outside));
        assert_eq!(system.read("directory/secret"), Err(ReadError::Outside));
        assert_eq!(system.read("../x"), Err(ReadError::Outside));
        assert_eq!(system.read("."), Err(ReadError::IsDirectory));
        assert_eq!(system.read_up_to("inside", 0), Err(ReadError::TooLarge { len: 1, limit: 0 }));
        let listed = system.list("").unwrap();
        assert_eq!(
            listed,
            [
                ("directory".to_owned(), Kind::Other),
                ("in".to_owned(), Kind::File),
                ("inside".to_owned(), Kind::File),
                ("out".to_owned(), Kind::Other)
            ]
        );
    }
}
