#!/bin/sh
# Starts the project's own database again that was killed while somebody holds it.
# usage: bin/lib/revive.sh FOLDER
set -eu
root=$(CDPATH='' cd "$(dirname "$0")/../.." && pwd -P)
. "$root/bin/lib/common.sh"
. "$root/bin/lib/install.sh"
. "$root/bin/lib/cluster.sh"

use_cluster "$1"
revive_cluster
