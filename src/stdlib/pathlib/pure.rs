//! Paths as text: an anchor and parts.

/// A path taken apart; always written with `/`.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Pure {
    /// Empty, `/`, or a drive such as `C:` or `C:/`.
    anchor: String,
    parts: Vec<String>,
}

impl Pure {
    /// By the rules of Windows, `\` separates too and a drive may stand in front.
    pub fn new(text: &str, windows: bool) -> Self {
        let slashed = if windows { text.replace('\\', "/") } else { text.to_owned() };
        let drive_end = if windows && slashed.as_bytes().get(1) == Some(&b':') { 2 } else { 0 };
        let (drive, rest) = slashed.split_at(drive_end);
        let root = match rest {
            // POSIX lets exactly two slashes mean something else.
            rest if !windows && rest.starts_with("//") && !rest.starts_with("///") => "//",
            rest if rest.starts_with('/') => "/",
            _ => "",
        };
        let parts =
            rest.split('/').filter(|part| !part.is_empty() && *part != ".").map(str::to_owned).collect();
        Self { anchor: format!("{drive}{root}"), parts }
    }

    pub fn posix(&self) -> String {
        let text = format!("{}{}", self.anchor, self.parts.join("/"));
        if text.is_empty() { ".".to_owned() } else { text }
    }

    pub fn is_absolute(&self) -> bool {
        self.anchor.ends_with('/')
    }

    /// The anchor, if any, and the parts.
    pub fn all_parts(&self) -> Vec<String> {
        let anchor = Some(self.anchor.clone()).filter(|anchor| !anchor.is_empty());
        anchor.into_iter().chain(self.parts.iter().cloned()).collect()
    }

    pub fn parts(&self) -> &[String] {
        &self.parts
    }

    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        if other.anchor.is_empty() {
            let parts = self.parts.iter().chain(&other.parts).cloned().collect();
            return Self { anchor: self.anchor.clone(), parts };
        }
        if other.anchor == "/" && self.anchor.contains(':') {
            // A root without a drive keeps the drive.
            return Self { anchor: format!("{}/", &self.anchor[..2]), parts: other.parts.clone() };
        }
        other.clone()
    }

    #[must_use]
    pub fn child(&self, name: &str) -> Self {
        let mut made = self.clone();
        made.parts.push(name.to_owned());
        made
    }

    #[must_use]
    pub fn parent(&self) -> Self {
        let mut made = self.clone();
        made.parts.pop();
        made
    }

    pub fn name(&self) -> &str {
        self.parts.last().map_or("", String::as_str)
    }

    /// Where the last suffix begins: a dot that is neither first nor last.
    fn suffix_start(&self) -> usize {
        let name = self.name();
        match name.rfind('.') {
            Some(at) if at > 0 && at < name.len() - 1 => at,
            _ => name.len(),
        }
    }

    pub fn stem(&self) -> &str {
        &self.name()[..self.suffix_start()]
    }

    pub fn suffix(&self) -> &str {
        &self.name()[self.suffix_start()..]
    }

    pub fn suffixes(&self) -> Vec<String> {
        let name = self.name();
        if name.ends_with('.') {
            return Vec::new();
        }
        name.trim_start_matches('.').split('.').skip(1).map(|suffix| format!(".{suffix}")).collect()
    }

    pub fn with_name(&self, name: &str) -> Result<Self, String> {
        if self.name().is_empty() {
            return Err(format!("{:?} has an empty name", self.posix()));
        }
        if name.is_empty() || name.contains('/') || name == "." {
            return Err(format!("Invalid name '{name}'"));
        }
        Ok(self.parent().child(name))
    }

    pub fn with_suffix(&self, suffix: &str) -> Result<Self, String> {
        if suffix.contains('/') || (!suffix.is_empty() && (!suffix.starts_with('.') || suffix == ".")) {
            return Err(format!("Invalid suffix '{suffix}'"));
        }
        self.with_name(&format!("{}{suffix}", self.stem()))
    }

    pub fn relative_to(&self, other: &Self) -> Result<Self, String> {
        if self.anchor == other.anchor && self.parts.starts_with(&other.parts) {
            let parts = self.parts[other.parts.len()..].to_vec();
            return Ok(Self { anchor: String::new(), parts });
        }
        Err(format!("'{}' is not in the subpath of '{}'", self.posix(), other.posix()))
    }
}
