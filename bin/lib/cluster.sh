# The project's own PostGIS: made, started when somebody needs it, stopped by the last.
# Sourced after common.sh and install.sh. It listens on a Unix socket in a private folder
# and on no port; settings read its place and password from two files in $pg_home.
#
# Who runs it ($pg_mode): `self`, an ordinary user; `mapped`, root seen as postgres inside a
# user namespace, so that the files stay in the project; `service`, postgres itself, with
# the data in its own home, where user namespaces are refused (a chroot, most containers).

# use_cluster FOLDER [SERVER OPTION...]: says which cluster the functions below mean.
use_cluster() {
  pg_home=$1
  shift
  pg_options=$*
  (umask 077 && mkdir -p "$pg_home")
  pg_home=$(cd "$pg_home" && pwd -P)
  pg_data=$pg_home/data
  pg_mode=$(cat "$pg_home/mode" 2>/dev/null) || pg_mode=
  if [ "$pg_mode" = service ]; then pg_data=$(cat "$pg_home/place")/data; fi
}

as_owner() {
  case $pg_mode in
  self) "$@" ;;
  mapped) unshare --user --map-user="$(id -u postgres)" --map-group="$(id -g postgres)" -- "$@" ;;
  service) setpriv --reuid=postgres --regid=postgres --init-groups -- "$@" ;;
  esac
}

# postgres_tool NAME ARGUMENT...: in /, since its owner may not be let into the project.
postgres_tool() {
  tool=$1
  shift
  (cd / && as_owner "$pg_bin/$tool" "$@") </dev/null >>"$pg_home/log" 2>&1 3>&- 7>&- 8>&- 9>&-
}

choose_mode() {
  pg_mode=self
  [ "$(id -u)" = 0 ] || return 0
  pg_mode=mapped
  as_owner test -w "$pg_home" 2>/dev/null || pg_mode=service
}

# In `service` mode: the folder of postgres' own where the data goes.
make_service_place() {
  case $pg_home in
  "$root"/*) place=$(getent passwd postgres | cut -d: -f6)/fans-$(printf %s "$root" | sha256sum | cut -c1-12) ;;
  *) place=$pg_home ;; # the tests' own, already outside the project
  esac
  (umask 077 && mkdir -p "$place") && chown postgres: "$place"
  place=$(cd "$place" && pwd -P)
  printf '%s\n' "$place" >"$pg_home/place"
  pg_data=$place/data
}

run_initdb() {
  rm -rf "$pg_data.part"
  postgres_tool initdb --pgdata="$pg_data.part" --username=fans --pwfile="$1" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 "$initdb_sync" &&
    mv "$pg_data.part" "$pg_data"
}

make_cluster() {
  find_postgres || fail "PostgreSQL with PostGIS is not installed here. Run bin/setup."
  choose_mode
  place=$pg_home
  if [ "$pg_mode" = service ]; then make_service_place; fi
  if [ -e "$pg_data/PG_VERSION" ]; then
    say "Found the database of an earlier checkout here: $pg_data"
  else
    say "Making a database of our own: $pg_data"
    (umask 077 && python3 -c 'import secrets; print(secrets.token_urlsafe(24))' >"$place/password")
    if [ "$pg_mode" = service ]; then chown postgres: "$place/password"; fi
    case $pg_options in *fsync=off*) initdb_sync=--no-sync ;; *) initdb_sync=--data-checksums ;; esac
    run_initdb "$place/password" || cluster_failed "The database could not be made."
  fi
  if [ "$place" != "$pg_home" ]; then (umask 077 && cat "$place/password" >"$pg_home/password"); fi
  printf '%s\n' "$pg_mode" >"$pg_home/mode"
}

cluster_failed() {
  show_end "$pg_home/log"
  fail "$@"
}

# Prints the server's process id if one is really serving this data. After a crash the pid
# file names a process that is gone, or by now somebody else's.
server_pid() {
  pid=$(head -n 1 "$pg_data/postmaster.pid" 2>/dev/null) || return 1
  [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null || return 1
  if [ -d /proc/self ]; then
    [ "$(readlink "/proc/$pid/cwd")" = "$pg_data" ] || return 1
  else
    ps -p "$pid" -o command= | grep -q postgres || return 1
  fi
  printf '%s\n' "$pid"
}

# The folder in /tmp may be gone while the server still runs: then it is out of reach.
cluster_is_up() {
  server_pid >/dev/null && [ -S "$(cat "$pg_home/socket" 2>/dev/null)/.s.PGSQL.5432" ]
}

# A socket's path may be about 100 bytes long, and postgres must be let in.
make_socket_folder() {
  drop_socket_folder
  base=${TMPDIR:-/tmp}
  case $base in *[!A-Za-z0-9/._-]*) base=/tmp ;; esac
  if [ "$pg_mode" = service ] || [ ${#base} -gt 60 ]; then base=/tmp; fi
  socket=$(mktemp -d "$base/fans-XXXXXX")
  if [ "$pg_mode" = service ]; then chown postgres: "$socket"; fi
  printf '%s\n' "$socket" >"$pg_home/socket"
}

check_mode_still_works() {
  if [ "$pg_mode" = mapped ] && ! as_owner test -r "$pg_data/PG_VERSION" 2>/dev/null; then
    fail "The database in $pg_home was made where root may map users, which is refused here." \
      "Move $pg_home aside to begin with a new one."
  fi
  find_postgres ||
    fail "The database in $pg_data was made by PostgreSQL $(cat "$pg_data/PG_VERSION"), which is not installed here (with PostGIS)." \
      "Install that version, or move $pg_home aside to begin with a new database."
}

start_cluster() {
  if [ -z "$pg_mode" ] || [ ! -e "$pg_data/PG_VERSION" ]; then make_cluster; fi
  check_mode_still_works
  if server_pid >/dev/null; then stop_cluster; else rm -f "$pg_data/postmaster.pid"; fi
  make_socket_folder
  start_server || { sleep 3 && start_server; } || # after a crash its processes linger
    cluster_failed "The database did not start."
  sql "select 1 from pg_database where datname = 'fans'" | grep -q 1 ||
    sql 'create database fans' >/dev/null || cluster_failed "The database could not be made."
}

start_server() {
  postgres_tool pg_ctl start -D "$pg_data" -s -w -t 300 -o "-p 5432 -c listen_addresses='' \
    -c unix_socket_directories=$socket -c jit=off -c shared_buffers=256MB $pg_options"
}

# Runs as whoever called: the socket's folder and the password are theirs.
sql() {
  PGPASSWORD=$(cat "$pg_home/password") "$pg_bin/psql" -X -q -A -t -v ON_ERROR_STOP=1 \
    -h "$(cat "$pg_home/socket")" -p 5432 -U fans -d postgres -c "$1"
}

stop_cluster() {
  postgres_tool pg_ctl stop -D "$pg_data" -s -m "${1:-fast}" -w -t 120 || :
  drop_socket_folder
}

drop_socket_folder() {
  socket=$(cat "$pg_home/socket" 2>/dev/null) || return 0
  case $socket in */fans-??????) rm -rf "$socket" ;; esac
  rm -f "$pg_home/socket"
}

# Everybody who needs the cluster holds a shared lock on fd 9 for as long as they do.
hold_cluster() {
  exec 9>>"$pg_home/users.lock"
  lock 9 shared
  exec 7>>"$pg_home/start.lock"
  lock 7 exclusive
  cluster_is_up || start_cluster
  find_postgres
  exec 7>&-
}

# Starts a server again that was killed, where it was: whoever uses it knows its socket.
revive_cluster() {
  exec 7>>"$pg_home/start.lock"
  lock 7 exclusive
  socket=$(cat "$pg_home/socket" 2>/dev/null) || socket=
  if [ -d "$socket" ] && ! server_pid >/dev/null; then
    check_mode_still_works
    rm -f "$pg_data/postmaster.pid"
    start_server || { sleep 3 && start_server; } || # after a crash its processes linger
      cluster_failed "The database did not start again."
  fi
  exec 7>&-
}

# Whoever can have the lock alone is the last, and turns off the light.
release_cluster() {
  if lock 9 try && server_pid >/dev/null; then stop_cluster "$@"; fi
  exec 9>&-
}
