//! Tells Zed how to start `spx lsp`. Everything else is the server's.

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{register_extension, serde_json, Command, Extension, LanguageServerId, Result, Worktree};

struct Spx;

impl Extension for Spx {
    fn new() -> Self {
        Self
    }

    /// The program on `PATH`. The settings that Zed would tell us about may be those of the repository, which must not say
    /// what is run: `lsp.spx.binary` is left to Zed, which asks people whether they trust it.
    fn language_server_command(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let command = worktree
            .which("spx")
            .ok_or("spx is not on PATH: install it, or name it as lsp.spx.binary.path in Zed's settings")?;
        Ok(Command { command, args: vec!["lsp".to_owned()], env: Vec::new() })
    }

    fn language_server_initialization_options(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        Ok(LspSettings::for_worktree(server.as_ref(), worktree)?.initialization_options)
    }

    fn language_server_workspace_configuration(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        let settings = LspSettings::for_worktree(server.as_ref(), worktree)?.settings;
        Ok(settings.map(|settings| serde_json::json!({ "spx": settings })))
    }
}

register_extension!(Spx);
