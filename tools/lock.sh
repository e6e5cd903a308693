#!/usr/bin/env bash
# Pins every requirement with its hashes, for every Python from 3.11 on; the locks name no host and no path.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/python -m pip install -q 'uv~=0.13.9'
lock() {
  local target=$1
  shift
  .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
    --no-emit-index-url --no-emit-find-links "$@" pyproject.toml -o "requirements/$target.lock"
}
lock core
lock dev --group test --group lint
if grep -nE '://|file:|^-' requirements/core.lock requirements/dev.lock; then
  echo "a lock names a place; see above" >&2
  exit 1
fi
