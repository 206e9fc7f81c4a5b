"""Plays Zed: loads the extension, asks it how to start the server, and starts that.

    cargo build --release --target wasm32-wasip2 && pip install wasmtime
    python test/host.py target/wasm32-wasip2/release/zed_spx.wasm PATH/TO/spx
"""

import json
import subprocess
import sys
import tempfile

from wasmtime import Config, Engine, Store, WasiConfig
from wasmtime.component import Component, Linker, ResourceHost, ResourceType, Variant

RESOURCE = 1
# What the settings of a repository may say; `binary` must not be what is started.
SETTINGS = {
    "binary": {"path": "/repository/program"},
    "initialization_options": {"debounce": 10},
    "settings": {"python": "3.12"},
}


def extension(wasm, which):
    """The extension's functions, in a Zed whose PATH is `which`."""
    engine = Engine(Config())
    component = Component.from_file(engine, wasm)
    linker = Linker(engine)
    linker.add_wasip2()

    def of_worktree(answer):
        def method(store, worktree, *arguments):
            worktree.drop(store)
            return answer(*arguments)

        return method

    with linker.root() as root:
        for name in ("worktree", "project", "key-value-store"):
            root.add_resource(name, ResourceType.host(RESOURCE), lambda store, which: None)
        root.add_func("[method]worktree.id", of_worktree(lambda: 7))
        root.add_func("[method]worktree.which", of_worktree(which))
        root.add_func("get-settings", lambda store, *key: Variant("ok", json.dumps(SETTINGS)))
        for name in component.type.imports(engine):
            if name.startswith("zed:extension/"):  # types alone
                root.add_instance(name).close()

    wasi = WasiConfig()
    wasi.env = [("PWD", "/")]
    wasi.preopen_dir(tempfile.mkdtemp(), "/")
    store = Store(engine)
    store.set_wasi(wasi)
    instance = linker.instantiate(store, component)
    instance.get_func(store, "init-extension")(store)

    def call(function):
        answer = instance.get_func(store, function)(store, "spx", ResourceHost.borrow(1, RESOURCE))
        return answer.payload if isinstance(answer, Variant) else answer

    return call


def main(wasm, spx):
    call = extension(wasm, {"spx": spx}.get)
    command = call("language-server-command")
    assert (command.command, command.args) == (spx, ["lsp"]), vars(command)
    options = json.loads(call("language-server-initialization-options"))
    assert options == SETTINGS["initialization_options"], options
    configuration = json.loads(call("language-server-workspace-configuration"))
    assert configuration == {"spx": SETTINGS["settings"]}, configuration

    params = {"capabilities": {}, "initializationOptions": options}
    message = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params})
    server = subprocess.Popen([command.command] + command.args, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    said, _ = server.communicate(("Content-Length: %d\r\n\r\n%s" % (len(message), message)).encode())
    assert b'"definitionProvider":true' in said, said

    problem = extension(wasm, {}.get)("language-server-command")
    assert "spx is not on PATH" in problem, problem
    print("the extension starts the server, and says what to do where there is none")


main(*sys.argv[1:])
