//! What was typed: the one definition of the command line, from which help, completions and the man page come.

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  spx . -c serve -o serve.pyz             choose one of several programs
  spx httpie -c http -o http.pyz          a package from the index

Versions: --exclude NAME, --resolution lowest, --exclude-newer DATE, --require-hashes.
The cache: --cache-dir DIR, --no-cache, --refresh.
As pip has them: --cert, --trusted-host, --proxy, --keyring-provider; pip.conf, PIP_…, netrc.";

/// Turns a Python project with a setup.py into one file that runs, without ever running setup.py
#[derive(Parser, Debug)]
#[command(
    name = "spx",
    version,
    max_term_width = 110,
    after_help = EXAMPLES,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    override_usage = "spx [OPTIONS] [PROJECT|REQUIREMENT]...\n       spx COMMAND"
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub app: AppArgs,
    #[command(flatten)]
    pub global: GlobalArgs,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Print what setup.py, setup.cfg and pyproject.toml say, and where
    Metadata(MetadataArgs),
    /// Build the project's wheel
    Wheel(BuildArgs),
    /// Build the project's source distribution
    Sdist(BuildArgs),
    /// Build the source distribution and the wheel
    Build(BuildArgs),
    /// Find what is wrong in setup files, say where and why, and mend it
    Lint(LintArgs),
    /// Explain a rule of `spx lint`
    Explain(ExplainArgs),
    /// Choose versions and write them down as pylock.toml
    Lock(LockArgs),
    /// Show who brings what
    Tree(ResolveArgs),
    /// Check a wheel, a source distribution or an application: framing, hashes, limits
    Verify(VerifyArgs),
    /// Build into the cache and run at once: spx run httpie -- --version
    Run(Box<AppArgs>),
    /// Print what an application file carries, for whom, and why
    Inspect(InspectArgs),
    /// Write the wheels of an application file, as they came
    Extract(ExtractArgs),
    /// Show, clean or prune the cache
    Cache(CacheArgs),
    /// Serve an editor: the language server protocol on standard input and output
    Lsp,
    /// Print a completion script for a shell
    Completions {
        /// The shell to complete for
        shell: clap_complete::Shell,
    },
    /// Print the manual page (roff), or a command's
    Man {
        /// The command that the page is about
        #[arg(value_name = "COMMAND")]
        command: Option<String>,
    },
}

/// Options that every command has.
#[derive(Args, Debug)]
#[command(next_help_heading = "Output")]
pub struct GlobalArgs {
    /// Say only what is wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say what is done
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Color the output
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    pub color: Color,
    /// human or json; lint has more
    #[arg(long, global = true, value_name = "FORMAT", default_value = "human", hide_possible_values = true)]
    pub format: Format,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    Human,
    Json,
    Concise,
    JsonLines,
    Sarif,
    Github,
    Gitlab,
    Junit,
    Rdjson,
}

/// What is to be resolved, and for which Pythons and platforms.
#[derive(Args, Debug)]
pub struct ResolveArgs {
    /// A project's directory [default: .], requirements such as 'httpie>=3'
    #[arg(value_name = "PROJECT|REQUIREMENT", value_hint = ValueHint::DirPath)]
    pub inputs: Vec<String>,
    /// Requirements file, instead of the project's requirements.txt
    #[arg(short, long = "requirement", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub requirement: Vec<String>,
    /// Constraints file
    #[arg(long = "constraints", alias = "constraint", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub constraints: Vec<String>,
    /// Pythons to serve: 3.12, '>=3.8' [default: all that fit]
    #[arg(long, value_name = "VERSION")]
    pub python: Vec<String>,
    /// linux, macos, windows, or a tag: win_arm64 [default: all]
    #[arg(long, value_name = "PLATFORM")]
    pub platform: Vec<String>,
    /// Leave this project out, wherever it is required
    #[arg(long, value_name = "NAME", hide = true)]
    pub exclude: Vec<String>,
    /// highest or lowest versions that fit
    #[arg(long, value_name = "WHICH", default_value = "highest", hide_possible_values = true, hide = true)]
    pub resolution: Resolution,
    /// Take nothing that was uploaded later: 2024-05-31
    #[arg(long, value_name = "DATE", hide = true)]
    pub exclude_newer: Option<String>,
    /// Take only files whose hashes are listed
    #[arg(long, hide = true)]
    pub require_hashes: bool,
    /// Take the versions of pylock.toml, and no others
    #[arg(long)]
    pub locked: bool,
    #[command(flatten)]
    pub index: IndexArgs,
}

/// What `spx lock` does with the lock that is there.
const LOCK: &str = "\
Versions that the lock already has stay as long as the requirements admit them and
they are not withdrawn: only what has to move moves. --upgrade takes the newest of
everything, --upgrade-package of one project; --diff says what that would change.";

#[derive(Args, Debug)]
#[command(after_help = LOCK)]
pub struct LockArgs {
    #[command(flatten)]
    pub resolve: ResolveArgs,
    /// Write this file [default: pylock.toml beside the project]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "The lock")]
    pub output: Option<PathBuf>,
    /// Write nothing: say what would change
    #[arg(long, help_heading = "The lock")]
    pub diff: bool,
    /// Take the newest versions, whatever the lock has
    #[arg(short = 'U', long, help_heading = "The lock")]
    pub upgrade: bool,
    /// Take the newest version of this project; may be repeated
    #[arg(short = 'P', long, value_name = "NAME", help_heading = "The lock")]
    pub upgrade_package: Vec<String>,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resolution {
    Highest,
    Lowest,
}

/// The options of `spx .`
#[derive(Args, Debug)]
pub struct AppArgs {
    #[command(flatten)]
    pub resolve: ResolveArgs,
    /// Arguments to bake in, with --inject-args
    #[arg(last = true, value_name = "ARGS", hide = true)]
    pub arguments: Vec<String>,

    /// Run this script or console script
    #[arg(
        short = 'c',
        long = "script",
        visible_alias = "console-script",
        value_name = "NAME",
        group = "entry",
        help_heading = "What runs"
    )]
    pub script: Option<String>,
    /// Run this function or module: module[:attr]
    #[arg(
        short = 'e',
        long = "entry-point",
        value_name = "MODULE[:ATTR]",
        group = "entry",
        help_heading = "What runs"
    )]
    pub entry_point: Option<String>,
    /// Run this module, as python -m does
    #[arg(short = 'm', long = "module", value_name = "MODULE", group = "entry", help_heading = "What runs")]
    pub module: Option<String>,
    /// Bake in arguments: one string, or what follows --
    #[arg(long, value_name = "ARGS", num_args = 0..=1, default_missing_value = "", allow_hyphen_values = true, help_heading = "What runs")]
    pub inject_args: Vec<String>,
    /// Set a variable unless the user has
    #[arg(long, value_name = "NAME=VALUE", help_heading = "What runs")]
    pub inject_env: Vec<String>,

    /// Write this file [default: dist/NAME.pyz]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "The file")]
    pub output: Option<PathBuf>,
    /// First line, instead of one that finds a Python
    #[arg(long, value_name = "SHEBANG", help_heading = "The file")]
    pub python_shebang: Option<String>,
    /// Add the files of this directory, for programs without a setup.py
    #[arg(short = 'D', long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "The file")]
    pub sources_directory: Vec<PathBuf>,
    /// Add a package and what is below it: a.b, or a.b@DIR
    #[arg(short = 'P', long, value_name = "NAME[@DIR]", help_heading = "The file", hide = true)]
    pub package: Vec<String>,
    /// Add one module: a.b, or a.b@DIR
    #[arg(short = 'M', long, value_name = "NAME[@DIR]", help_heading = "The file", hide = true)]
    pub module_file: Vec<String>,
    /// Leave these files of -D and -P out: '*.txt', 'tests/*'
    #[arg(long, value_name = "PATTERN", help_heading = "The file", hide = true)]
    pub exclude_file: Vec<String>,
    /// See the interpreter's own packages too: fallback or prefer
    #[arg(
        long,
        value_name = "WHICH",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "prefer",
        hide_possible_values = true,
        help_heading = "The file"
    )]
    pub inherit_path: Option<Inherit>,
    /// Let Pythons that the application starts see its modules
    #[arg(short = 'E', long, help_heading = "The file")]
    pub extend_pythonpath: bool,
    /// Unpack as a virtual environment, for what it starts
    #[arg(long, help_heading = "The file")]
    pub venv: bool,
    /// Run the .pth files of its wheels
    #[arg(long, help_heading = "The file", hide = true)]
    pub pth: bool,
    /// zipapp (one file) or loose (a directory)
    #[arg(long, value_name = "LAYOUT", default_value = "zipapp", hide_possible_values = true, hide = true)]
    pub layout: Layout,
    /// Deflate the wheels, which are packed already
    #[arg(long, help_heading = "The file", hide = true)]
    pub compress: bool,
    /// Write no bytecode into the cache at run time
    #[arg(long, help_heading = "The file", hide = true)]
    pub no_compile: bool,
    /// Start with a script that finds a Python: what is done anyway
    #[arg(long, conflicts_with = "python_shebang", hide = true)]
    pub sh_boot: bool,
}

/// Which of the interpreter's own packages an application sees, as pex has it.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Inherit {
    False,
    /// After the application's own.
    Fallback,
    /// Before them.
    Prefer,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layout {
    Zipapp,
    Loose,
}

/// Where distributions come from.
#[derive(Args, Debug)]
#[command(next_help_heading = "Where dependencies come from")]
pub struct IndexArgs {
    /// The package index
    #[arg(short, long, value_name = "URL")]
    pub index_url: Option<String>,
    /// A further index, asked first
    #[arg(long, value_name = "URL")]
    pub extra_index_url: Vec<String>,
    /// A folder or page of wheels
    #[arg(short, long, value_name = "DIR|URL")]
    pub find_links: Vec<String>,
    /// Ask no index: --find-links only
    #[arg(long)]
    pub no_index: bool,
    /// Use no network: the cache and folders only
    #[arg(long)]
    pub offline: bool,
    /// Take pre-releases too
    #[arg(long)]
    pub pre: bool,
    /// Keep downloads here [default: SPX_CACHE, or the user's]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, hide = true)]
    pub cache_dir: Option<PathBuf>,
    /// Keep nothing
    #[arg(long, conflicts_with = "cache_dir", hide = true)]
    pub no_cache: bool,
    /// Ask the index anew, however fresh the cache
    #[arg(long, hide = true)]
    pub refresh: bool,
    /// Certificates to trust, a PEM file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, hide = true)]
    pub cert: Option<PathBuf>,
    /// A host to trust without a certificate (several times)
    #[arg(long, value_name = "HOST", hide = true)]
    pub trusted_host: Vec<String>,
    /// subprocess: ask the keyring command for passwords
    #[arg(long, value_name = "HOW", default_value = "disabled", hide = true)]
    pub keyring_provider: KeyringProvider,
    /// Proxy for HTTP and HTTPS
    #[arg(long, value_name = "URL", hide = true)]
    pub proxy: Option<String>,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyringProvider {
    Disabled,
    Subprocess,
}

#[derive(Args, Debug)]
pub struct MetadataArgs {
    /// The project directory; with --statistics, any number of them and of directories that hold them
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    pub paths: Vec<PathBuf>,
    /// Answer for this Python: 3.12 [default: all of them at once]
    #[arg(long, value_name = "X.Y")]
    pub python: Option<String>,
    /// Answer for linux, macos or windows [default: all of them at once]
    #[arg(long, value_name = "PLATFORM")]
    pub platform: Option<String>,
    /// Answer for this setuptools [default: the newest that the Python can have]
    #[arg(long, value_name = "VERSION")]
    pub setuptools: Option<String>,
    /// Show the places that each value came through
    #[arg(long)]
    pub origin: bool,
    /// Count what is unknown, by reason: the work list of whoever extends the interpreter
    #[arg(long, conflicts_with = "origin")]
    pub statistics: bool,
}

#[derive(Args, Debug)]
pub struct BuildArgs {
    /// The project directory, or a source distribution (`.tar.gz`, `.tgz`, `.zip`)
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    pub path: PathBuf,
    /// Write into this directory
    #[arg(short, long, value_name = "DIR", default_value = "dist", value_hint = ValueHint::DirPath)]
    pub out_dir: PathBuf,
    /// Write nothing: print what would be in it, and from which rule each file comes
    #[arg(short, long)]
    pub list: bool,
    /// Build what setuptools would build on this Python [default: for all of them at once]
    #[arg(long, value_name = "X.Y")]
    pub python: Option<String>,
    /// Build what setuptools would build on linux, macos or windows [default: for all of them at once]
    #[arg(long, value_name = "PLATFORM")]
    pub platform: Option<String>,
    /// Read setup.py as this setuptools does [default: the newest that the Python can have]
    #[arg(long, value_name = "VERSION")]
    pub setuptools: Option<String>,
}

const FORMATS: &str = "\
Formats: human, concise, json, json-lines, sarif, github, gitlab, junit, rdjson.
Exit status: 0, nothing worse than remarks; 1, warnings or errors; 2, spx could not do its work.";

#[derive(Args, Debug)]
#[command(after_help = FORMATS)]
pub struct LintArgs {
    /// Project directories, directories that hold some, or single files
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// Only these rules: names, or patterns such as 'requirement-*'
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    pub select: Vec<String>,
    /// Not these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    pub ignore: Vec<String>,
    /// Rules of hygiene and taste too
    #[arg(long, help_heading = "Rules")]
    pub pedantic: bool,
    /// Rules of security too
    #[arg(long, help_heading = "Rules")]
    pub security: bool,
    /// Judge for this Python: 3.12 [default: all of them at once]
    #[arg(long, value_name = "X.Y", help_heading = "Rules")]
    pub target_python: Option<String>,
    /// Judge by this setuptools: what it has dropped is an error [default: the newest]
    #[arg(long, value_name = "VERSION", help_heading = "Rules")]
    pub target_setuptools: Option<String>,
    /// Mend what can be mended without changing what a file means
    #[arg(long, help_heading = "Fixes")]
    pub fix: bool,
    /// Mend that too at which somebody should look
    #[arg(long, help_heading = "Fixes")]
    pub unsafe_fixes: bool,
    /// Write nothing: print what fixes would change
    #[arg(long, help_heading = "Fixes")]
    pub diff: bool,
    /// Findings that this file has do not count
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub baseline: Option<PathBuf>,
    /// Write the findings there, and end
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["baseline", "fix", "diff"])]
    pub write_baseline: Option<PathBuf>,
    /// Count the findings of each rule
    #[arg(long)]
    pub statistics: bool,
    /// Look at the text on standard input as if it stood in this file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "paths")]
    pub stdin_filename: Option<PathBuf>,
    /// Look again whenever a file changes
    #[arg(long, conflicts_with_all = ["stdin_filename", "write_baseline"])]
    pub watch: bool,
    /// End with status 0 whatever was found
    #[arg(long)]
    pub exit_zero: bool,
}

#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// The rule's name
    #[arg(required_unless_present = "list")]
    pub rule: Option<String>,
    /// A line for each rule
    #[arg(long)]
    pub list: bool,
}

#[derive(Args, Debug)]
pub struct VerifyArgs {
    /// A .whl, .tar.gz, .tgz or .zip, or an application file
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Read symbolic links to the source distribution's own files as copies
    #[arg(long)]
    pub allow_sdist_links: bool,
}

#[derive(Args, Debug)]
pub struct InspectArgs {
    /// An application file
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// For programs, as --format json
    #[arg(long)]
    pub json: bool,
    /// Print the bill of materials: CycloneDX 1.6, JSON
    #[arg(long, conflicts_with = "json")]
    pub sbom: bool,
}

#[derive(Args, Debug)]
pub struct ExtractArgs {
    /// An application file
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Write into this directory
    #[arg(short, long, value_name = "DIR", default_value = "wheels", value_hint = ValueHint::DirPath)]
    pub out_dir: PathBuf,
}

#[derive(Args, Debug)]
pub struct CacheArgs {
    #[command(subcommand)]
    pub action: CacheAction,
    /// The cache [default: SPX_CACHE, or the user's]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub cache_dir: Option<PathBuf>,
}

#[derive(Subcommand, Clone, Copy, Debug)]
pub enum CacheAction {
    /// Print where it is and what it holds
    Info,
    /// Remove everything
    Clean,
    /// Remove what was not used for some time
    Prune {
        /// Days since the last use
        #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(..36_500))]
        days: u64,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound_and_help_is_one_screen() {
        Cli::command().debug_assert();
        let help = Cli::command().term_width(100).render_help().to_string();
        assert!(help.lines().count() <= 84, "{} lines:\n{help}", help.lines().count());
    }
}
