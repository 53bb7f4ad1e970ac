# Shared by every script in bin/: telling what happens, keeping logs, taking turns.
# Sourced by a script that has set $root, the project's folder.

began=$(date +%s)
logs=$root/var/log
stamps=$root/var/stamps

# Where a person hears what is going on; bin/manage points it to stderr.
exec 3>&1

# A closed stdin would give its number to the next file opened.
if ! (exec 4<&0) 2>/dev/null; then exec </dev/null; fi

# What somebody's own set-up of Python or PostgreSQL must not change here.
unset PYTHONHOME PYTHONPATH VIRTUAL_ENV CDPATH
unset PGHOST PGHOSTADDR PGPORT PGUSER PGDATABASE PGPASSWORD PGPASSFILE PGDATA
unset PGSERVICE PGSERVICEFILE PGOPTIONS PGSSLMODE PGTARGETSESSIONATTRS

say() {
  printf '[%4ds] %s\n' $(($(date +%s) - began)) "$*" >&3 || :
}

# fail SENTENCE...: one line each, then exit 1.
fail() {
  printf '\n' >&2
  for sentence; do printf '%s\n' "$sentence" >&2; done
  exit 1
}

# quietly LOG COMMAND...: its output goes to var/log; the end of it is shown where it fails.
quietly() {
  log=$logs/$1.log
  shift
  if "$@" </dev/null >"$log" 2>&1; then return; fi
  show_end "$log"
  return 1
}

show_end() {
  printf '\nThe last lines of %s:\n\n' "$1" >&2
  tail -n 25 "$1" 2>/dev/null | sed 's/^/    /' >&2
}

# again COMMAND...: twice more, after a pause, where a download failed.
again() {
  for pause in 3 10; do
    if "$@"; then return; fi
    printf 'That failed; once more in %s seconds.\n' "$pause"
    sleep "$pause"
  done
  "$@"
}

# lock FD shared|exclusive|try: an open file's lock lasts until every copy of FD is closed.
lock() {
  case $2 in shared) kind=1 ;; exclusive) kind=2 ;; try) kind=6 ;; esac
  python3 -I -S -c '
import fcntl, sys
try:
    fcntl.flock(int(sys.argv[1]), int(sys.argv[2]))
except BlockingIOError:
    sys.exit(1)' "$1" "$kind"
}

# fingerprint FILE...: one word that changes with the files' names or contents.
fingerprint() {
  find "$@" -type f -exec cksum {} + 2>/dev/null | LC_ALL=C sort | cksum | tr ' ' -
}

# fresh STAMP VALUE: says whether the step that left this stamp may be skipped.
fresh() {
  [ "$(cat "$1" 2>/dev/null)" = "$2" ]
}

owner_of() {
  python3 -I -S -c '
import os, pwd, sys
uid = os.stat(sys.argv[1]).st_uid
try:
    print(pwd.getpwuid(uid).pw_name)
except KeyError:
    print(uid)' "$1"
}

# Folders that git does not keep; nobody else's, so that no file ends up half readable.
prepare_folders() {
  if [ -e "$root/var" ] && [ ! -O "$root/var" ]; then
    fail "This checkout was set up by $(owner_of "$root/var"), and belongs to them." \
      "Run the command as $(owner_of "$root/var"), or make your own clone."
  fi
  mkdir -p "$logs" "$stamps" 2>/dev/null ||
    fail "Cannot write in $root." "Clone the project into a folder of your own."
}

# Two commands that set up the same checkout take turns; fd 8 holds the turn.
begin_turn() {
  exec 8>>"$root/var/setup.lock"
  if ! lock 8 try; then
    say "Waiting for another bin/ command that is setting up this checkout"
    lock 8 exclusive
  fi
}

end_turn() {
  exec 8>&-
}
