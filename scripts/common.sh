# Sourced by the scripts beside it: where the workspace, the caches and the data are, and how tools get here.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit

if [[ -z ${HOME:-} ]]; then
    HOME=$(getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6 || true)
    export HOME=${HOME:-$root/target/home}
fi

# Outside the checkout, so that a fresh clone builds warm.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/lead
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$cache/target}
mkdir -p "$cache" "$CARGO_TARGET_DIR"
export PATH="$cache/tools/bin:$PATH"

# Cargo runs tests in the package's folder: the path must be absolute.
LEAD_SHARED=${LEAD_SHARED:-$root/../shared}
if [[ -d $LEAD_SHARED ]]; then LEAD_SHARED=$(cd "$LEAD_SHARED" && pwd); fi
export LEAD_SHARED

say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }

die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# need PACKAGE WHAT CHECK…: when CHECK fails, installs Debian's PACKAGE as root, else says what is missing.
need() {
    local package=$1 what=$2
    shift 2
    if "$@" >/dev/null 2>&1; then return; fi
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        say "installing $package ($what)"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null
    fi
    "$@" >/dev/null 2>&1 || die "$what is missing: install it (on Debian the package $package) and run this again"
}

# Chromium, or whatever LEAD_TEST_CHROMIUM names. A machine that forbids user namespaces sets LEAD_TEST_SANDBOX=off.
need_chromium() {
    if [[ -n ${LEAD_TEST_CHROMIUM:-} ]]; then
        [[ -x $LEAD_TEST_CHROMIUM ]] || die "LEAD_TEST_CHROMIUM names no program: $LEAD_TEST_CHROMIUM"
        return
    fi
    need chromium "Chromium, which renders pages" test -x /usr/lib/chromium/chromium
}

# cargo_tool CRATE VERSION COMMAND… [-- INSTALL OPTIONS…]: builds a cargo subcommand when it is not there.
cargo_tool() {
    local crate=$1 version=$2
    shift 2
    if cargo "${crate#cargo-}" --version >/dev/null 2>&1; then return; fi
    say "installing $crate $version (once, some minutes)"
    cargo install --quiet --locked --root "$cache/tools" "$crate@$version" "$@"
}

need_rust() {
    command -v cargo >/dev/null || die "Rust is missing: install it with rustup (version 1.95 or newer)"
    need build-essential "a C compiler" command -v cc
    own_builds
}

# Cargo tells whether the workspace's crates are up to date by times alone, and checkouts that share a target folder share
# their names: what another checkout built goes, or tests would run its code.
own_builds() {
    local stamp=$CARGO_TARGET_DIR/.checkout
    if [[ -e $stamp && $(<"$stamp") != "$root" ]]; then cargo clean --quiet --workspace; fi
    printf '%s\n' "$root" >"$stamp"
}

need_python() {
    need python3-venv "Python 3.10 or newer with venv" python3 -c 'import sys, venv, ensurepip; assert sys.version_info >= (3, 10)'
}

need_node() {
    need nodejs "Node 20 or newer" node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)'
    need npm "npm" npm --version
}

# python_tools VENV REQUIREMENTS: a venv with what the file wants, made anew when the file has changed.
python_tools() {
    local venv=$1 wanted=$2
    if cmp -s "$wanted" "$venv/.wanted"; then return; fi
    say "preparing Python tools"
    python3 -m venv --clear "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$wanted"
    cp "$wanted" "$venv/.wanted"
}

# npm_packages FOLDER: the packages of the lock file there, anew when it has changed.
npm_packages() {
    if cmp -s "$1/package-lock.json" "$1/node_modules/.wanted"; then return; fi
    say "preparing Node packages"
    (cd "$1" && npm ci --no-audit --no-fund --loglevel=error </dev/null && cp package-lock.json node_modules/.wanted)
}
