# What every change passes; CI runs exactly this.
ready: format lint test

# Formatting, checked.
format:
    cargo fmt --check

# Clippy with warnings denied, tests and benches too.
lint:
    cargo clippy --all-targets --locked -- -D warnings

# The README's tests: no network.
test:
    cargo test --locked

# The tests that need the real package index; they say so, loudly, where it cannot be reached.
test-index:
    SPX_TEST_INDEX=1 cargo test --locked --test main -- index_real --nocapture

# spx beside pex and shiv in one run: ratios of build time and start-up time.
bench:
    python3 benches/peers.py

# Resolving beside uv and building beside pex, and how cost grows with the number of packages.
bench-dependencies *ARGUMENTS:
    python3 benches/dependencies.py {{ARGUMENTS}}

# `spx metadata` over a directory of unpacked projects.
bench-metadata DIRECTORY:
    python3 benches/metadata.py {{DIRECTORY}}

# Accept changed snapshots.
record:
    INSTA_UPDATE=always cargo test
