#!/usr/bin/env bash
# Installs what one purpose needs: `tools/setup.sh run|check|test`. Safe to call again; quick when nothing changed.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-run}
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

say() { echo "set-up: $*" >&2; }
has_command() { local name; for name in "$@"; do command -v "$name" >/dev/null 2>&1 && return; done; return 1; }
has_library() { [[ "$({ /sbin/ldconfig -p || ldconfig -p; } 2>/dev/null)" == *"$1"* ]]; }
has_file() { compgen -G "$1" >/dev/null; }

# --- Python: the newest of 3.13, 3.12, 3.11 that can make a virtual environment, else python3 -------------------
python=""
can() { "$1" -c "import sys; sys.exit(sys.version_info < (3, 11))" >/dev/null 2>&1; }
can_venv() { "$1" -c "import ensurepip, venv" >/dev/null 2>&1; }
choose_python() {
  local name
  for name in python3.13 python3.12 python3.11 python3; do
    if can "$name" && can_venv "$name"; then python=$name; return; fi
  done
  for name in python3.13 python3.12 python3.11 python3; do
    if can "$name"; then python=$name; return; fi
  done
}

# --- what the system must bring ---------------------------------------------------------------------------------
missing=()
look() {
  missing=()
  has_library libpangoft2-1.0.so.0 || missing+=(libpangoft2-1.0-0)
  has_library libharfbuzz-subset.so.0 || missing+=(libharfbuzz-subset0)
  has_file '/usr/share/fonts/*/*/DejaVuSans.ttf' || missing+=(fonts-dejavu-core)
  choose_python
  if [ -z "$python" ]; then missing+=(python3 python3-venv); elif ! can_venv "$python"; then missing+=("$python-venv"); fi
  [ "$purpose" = test ] || return 0
  has_command chromium-headless-shell || missing+=(chromium-headless-shell)
  { has_command initdb || has_file '/usr/lib/postgresql/*/bin/initdb'; } || missing+=(postgresql)
  has_command redis-server || missing+=(redis-server)
  has_command pdftotext || missing+=(poppler-utils)
}
look
if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && has_command apt-get; then
  say "installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends ca-certificates "${missing[@]}"; } \
    >&2 </dev/null || say "apt-get could not install them all"
  look
fi
if [ ${#missing[@]} -gt 0 ]; then
  say "these system packages are missing: ${missing[*]}"
  say "install them with: sudo apt-get install --no-install-recommends ${missing[*]}"
  if [ "$purpose" = test ] || [ -z "$python" ] || ! can_venv "$python"; then exit 1; fi
fi

# --- the virtual environment: renewed only when a lock, the Python or the folder changed ------------------------
mark() { { cat requirements/core.lock requirements/dev.lock; pwd; .venv/bin/python --version; } | sha256sum; }
if ! .venv/bin/python -c "" >/dev/null 2>&1; then
  say "making .venv with $("$python" --version)"
  rm -rf .venv
  "$python" -m venv .venv
fi
install_lock() {
  [ "$(cat ".venv/.installed-$1" 2>/dev/null)" = "$(mark)" ] && return
  say "installing requirements/$1.lock"
  .venv/bin/python -m pip install -q --require-hashes -r "requirements/$1.lock" >&2
  mark >".venv/.installed-$1"
}
if [ "$purpose" = run ]; then
  [ "$(cat .venv/.installed-dev 2>/dev/null)" = "$(mark)" ] || install_lock core
else
  install_lock dev
fi
if [ ${#missing[@]} -gt 0 ]; then
  .venv/bin/python -c "import weasyprint" || { say "certificates cannot be drawn without them; stopping"; exit 1; }
  say "going on without them"
fi

# --- translations -----------------------------------------------------------------------------------------------
for source in p2k2lms/translations/*/LC_MESSAGES/messages.po; do
  [ -e "$source" ] || continue
  target=${source%.po}.mo
  [ "$target" -nt "$source" ] || .venv/bin/python -m babel.messages.frontend -q compile -i "$source" -o "$target"
done
