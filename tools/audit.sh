#!/usr/bin/env bash
# Asks the advisories of the package index about every locked version; needs the network. What cannot be asked is a fault.
set -euo pipefail
cd "$(dirname "$0")/.."
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
.venv/bin/python -m venv "$home"
"$home/bin/pip" install -q 'pip-audit~=2.10'
"$home/bin/pip-audit" --strict --no-deps --disable-pip --progress-spinner off -r requirements/core.lock
