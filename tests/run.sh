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

# What the browser test needs: Chromium, fonts for Chinese, and what drives them. Outside CI the test is skipped, aloud, without them.
browser() {
    if ! command -v chromium >/dev/null || [ ! -d /usr/share/fonts/opentype/noto ]; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
    fi
    if [ ! -d target/browser/node_modules/playwright-core ]; then
        npm install --silent --no-audit --no-fund --prefix target/browser playwright-core@1.65.1
    fi
    command -v chromium >/dev/null && [ -d target/browser/node_modules/playwright-core ]
}
if [ -n "${CI:-}" ]; then step browser; else browser || true; fi

# Workbooks are opened and computed anew by LibreOffice. Outside CI those tests are skipped, aloud, without it.
office() {
    command -v soffice >/dev/null || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui >/dev/null; }
    command -v soffice >/dev/null
}
if [ -n "${CI:-}" ]; then step office; else office || true; fi

# The second opinion on scores (tests/oracles) is Python with fractions. Outside CI its test is skipped, aloud, without it.
python() {
    command -v python3 >/dev/null || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 >/dev/null; }
    command -v python3 >/dev/null
}
if [ -n "${CI:-}" ]; then step python; else python || true; fi

step cargo fmt --check
step cargo clippy --locked --all-targets -- -D warnings
step cargo build --locked --lib --no-default-features
step cargo run --locked --quiet -- test rules/innovation-cluster
((${#failed[@]} == 0)) || printf '\nfailed: %s\n' "${failed[@]}"

printf '\n== cargo test --locked --no-fail-fast\n'
cargo test --locked --no-fail-fast 2>&1 || exit 1
((${#failed[@]} == 0))
