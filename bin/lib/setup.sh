# Brings a checkout from nothing to ready, or finds that it is. Sourced after the others.

manage() {
  "$python" "$root/manage.py" "$@"
}

# The operator's own database where DATABASE_URL names one, else the project's own.
need_database() {
  if [ -n "${DATABASE_URL:-}" ]; then
    [ -n "${SECRET_KEY:-}" ] || fail "DATABASE_URL is set, and SECRET_KEY is not. Make one with:" \
      "  export SECRET_KEY=\"\$(python3 -c 'import secrets; print(secrets.token_urlsafe(50))')\""
    return
  fi
  use_cluster "${FANS_PG_DIR:-$root/.pg}"
  export FANS_PG_DIR="$pg_home"
  held=yes
  hold_cluster
  if [ "$pg_mode" = service ]; then say "The database lies outside the project: $pg_data"; fi
}

# Stops the database where nobody else needs it. Called on the way out, whatever happened.
leave_database() {
  if [ "${held:-}" = yes ]; then
    held=no
    release_cluster "$@"
  fi
}

leave_on_signals() {
  trap leave_database EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

npm_build() {
  (cd "$root/frontend" && npm run build)
}

build_frontend() {
  sources=$(cd "$root/frontend" && fingerprint src ./*.json ./*.ts)
  built=$root/frontend/static/frontend/build/manifest.json
  if [ -e "$built" ] && fresh "$stamps/frontend" "$sources"; then return; fi
  install_node_packages
  say "Building the front end"
  rm -f "$stamps/frontend"
  quietly build npm_build || fail "The front end could not be built."
  printf '%s\n' "$sources" >"$stamps/frontend"
}

migrate() {
  say "Bringing the database's tables up to date"
  quietly migrate manage migrate --no-input ||
    fail "The database's tables could not be brought up to date."
  made=${pg_home:-/nowhere}/tables
  if [ -n "${DATABASE_URL:-}" ] || [ ! -e "$made" ]; then
    quietly cache manage createcachetable || fail "The cache's table could not be made."
  fi
  [ -n "${DATABASE_URL:-}" ] || : >"$made"
}

# What any command needs: Python packages, and a database with its tables.
set_up_commands() {
  prepare_folders
  if [ -e "$root/.venv/.installed-requirements.txt" ] &&
    { [ -n "${DATABASE_URL:-}" ] || [ -e "${FANS_PG_DIR:-$root/.pg}/tables" ]; }; then
    install_python requirements.txt
    need_database
    return
  fi
  begin_turn
  install_system run
  install_python requirements.txt
  need_database
  migrate
  end_turn
}

collect_static() {
  target=${FANS_STATE_DIR:-$root/var}/static
  set -- "$root/frontend/storage.py" "$root/requirements.txt"
  for folder in "$root"/*/static "$root"/fans/*/static; do
    if [ -d "$folder" ] && [ "$folder" != "$target" ]; then set -- "$@" "$folder"; fi
  done
  files=$(fingerprint "$@")
  if [ -d "$target" ] && fresh "$stamps/static" "$files"; then return; fi
  say "Collecting and compressing the pages' files"
  rm -f "$stamps/static"
  quietly static manage collectstatic --no-input --clear ||
    fail "The pages' files could not be collected."
  printf '%s\n' "$files" >"$stamps/static"
}

# Coast, areas and names of places: without them a map that gets no tiles is a grey box.
load_ground() {
  say "Loading areas and place names"
  quietly ground manage load_ground || fail "The areas and place names could not be loaded."
}

# What people are asked to agree to. A published text that was changed stops here.
load_wordings() {
  quietly wordings manage load_wordings || fail "The wordings of consents could not be loaded."
}

load_demo() {
  if [ -n "${DATABASE_URL:-}" ]; then
    say "No demo: DATABASE_URL names your own database"
    return
  fi
  say "Loading the demo, unless it is there: a made-up locality over real postcodes"
  code=0
  manage load_demo </dev/null >"$logs/demo.log" 2>&1 || code=$?
  case $code in
  0) ;;
  2) say "$(sed -n 's/^CommandError: //p' "$logs/demo.log")" ;; # refused, for its reason
  *)
    show_end "$logs/demo.log"
    fail "The demo could not be loaded." "To go on without it: add --no-demo"
    ;;
  esac
}

# set_up demo|no-demo
set_up() {
  cd "$root"
  prepare_folders
  begin_turn
  install_system run
  install_python requirements.txt
  build_frontend
  need_database
  migrate
  load_ground
  load_wordings
  collect_static
  if [ "$1" = demo ]; then load_demo; fi
  end_turn
}
