#!/usr/bin/env bash
# All checks of the project, each step named. The tests come last, so that the output ends with their results.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

failed=()
step() {
    printf '\n== %s\n' "$*"
    "$@" || failed+=("$*")
}

for part in rustfmt clippy; do
    rustup component list --installed 2>/dev/null | grep -q "^$part" || rustup component add "$part" || true
done

step cargo fmt --check
step cargo clippy --locked --all-targets -- -D warnings
step cargo build --locked --lib --no-default-features
step cargo run --locked --quiet -- test rules/innovation-cluster
((${#failed[@]} == 0)) || printf '\nfailed: %s\n' "${failed[@]}"

printf '\n== cargo test --locked --no-fail-fast\n'
cargo test --locked --no-fail-fast 2>&1 || exit 1
((${#failed[@]} == 0))
