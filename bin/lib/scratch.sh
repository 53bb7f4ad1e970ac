# A database and a state folder that a command throws away at its end.
# Sourced after common.sh, install.sh and cluster.sh.

# Nobody's data is near, and nobody's settings change what is found.
unset DATABASE_URL SECRET_KEY DEBUG ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS FANS_HTTPS
unset FANS_PROXY_COUNT FANS_SITE_URL FANS_TILE_URL FANS_TILE_ATTRIBUTION FANS_MAIL_TRANSPORT
unset FANS_BASEMAP_PMTILES FANS_BASEMAP_ATTRIBUTION

throw_away() {
  leave_database immediate
  if [ -n "${scratch:-}" ]; then rm -rf "$scratch"; fi
}

throw_away_at_the_end() {
  trap throw_away EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# What a killed run of this checkout left behind.
sweep() {
  for folder in "$1"-??????; do
    [ "$(cat "$folder/project" 2>/dev/null)" = "$root" ] && [ -O "$folder/project" ] || continue
    exec 9>>"$folder/users.lock"
    if lock 9 try; then
      use_cluster "$folder"
      if [ -e "$folder/mode" ] && find_postgres; then stop_cluster immediate; fi
      rm -rf "$folder"
    fi
    exec 9>&-
  done
}

# use_scratch PREFIX [SERVER OPTION...]: a folder PREFIX-xxxxxx with a cluster in it, held.
use_scratch() {
  sweep "$1"
  scratch=$(mktemp -d "$1-XXXXXX")
  shift
  printf '%s\n' "$root" >"$scratch/project"
  export FANS_PG_DIR="$scratch" FANS_STATE_DIR="$scratch/var"
  use_cluster "$scratch" "$@"
  held=yes
  hold_cluster
}
