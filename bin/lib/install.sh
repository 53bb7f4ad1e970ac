# Puts in place what the project needs: Debian packages, Python packages, Node.
# Sourced after common.sh. Every part is skipped where nothing has changed.

python=$root/.venv/bin/python
createcluster=/etc/postgresql-common/createcluster.conf

# The newest PostgreSQL here that has PostGIS, or the one that made $pg_data: sets $pg_bin.
find_postgres() {
  wanted=$(cat "${pg_data:-/nowhere}/PG_VERSION" 2>/dev/null) || wanted=
  pg_bin='' newest=0
  for control in /usr/share/postgresql/*/extension/postgis.control; do
    version=${control#/usr/share/postgresql/}
    version=${version%%/*}
    [ -x "/usr/lib/postgresql/$version/bin/initdb" ] || continue
    [ "${wanted:-$version}" = "$version" ] && [ "$version" -gt "$newest" ] || continue
    newest=$version pg_bin=/usr/lib/postgresql/$version/bin
  done
  if [ -z "$pg_bin" ] && command -v pg_config >/dev/null && # Homebrew and the like
    [ -e "$(pg_config --sharedir)/extension/postgis.control" ]; then
    pg_bin=$(pg_config --bindir)
  fi
  [ -n "$pg_bin" ]
}

has_library() {
  for found in /usr/lib/*/"$1" /usr/lib/"$1"; do
    if [ -e "$found" ]; then return; fi
  done
  return 1
}

# What text in a PDF is drawn with; WeasyPrint brings none of it.
missing_for_pdf() {
  has_library libpango-1.0.so.0 || printf 'libpango-1.0-0 '
  has_library libpangoft2-1.0.so.0 || printf 'libpangoft2-1.0-0 '
  has_library libharfbuzz-subset.so.0 || printf 'libharfbuzz-subset0 '
  [ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || printf 'fonts-dejavu-core '
}

find_chromium() {
  command -v chromium || command -v chromium-browser || command -v google-chrome
}

# missing_packages run|test: the Debian packages to install, by name. To run on the
# operator's own database none is made here.
missing_packages() {
  command -v python3 >/dev/null || printf 'python3 '
  python3 -c 'import ensurepip, venv' 2>/dev/null || printf 'python3-venv '
  if [ "$1" = test ] || [ -z "${DATABASE_URL:-}" ]; then
    find_postgres || printf 'postgresql postgresql-postgis '
  fi
  [ "$1" = run ] && return
  missing_for_pdf
  find_chromium >/dev/null || printf 'chromium '
  command -v shellcheck >/dev/null || printf 'shellcheck '
  ls /usr/lib/*/libatomic.so.1 >/dev/null 2>&1 || printf 'libatomic1 ' # Playwright's driver
}

# Debian's postgresql makes and starts a cluster on port 5432 unless told not to.
no_main_cluster() {
  [ -e "$createcluster" ] && return
  $as_root mkdir -p "${createcluster%/*}" &&
    printf 'create_main_cluster = false\n' | $as_root tee "$createcluster" >/dev/null
}

apt_install() {
  apt_get="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300"
  no_main_cluster &&
    again $apt_get update &&
    again $apt_get install --no-install-recommends -o Dpkg::Options::=--force-confold "$@"
}

by_hand() {
  line="apt-get update && apt-get install -y --no-install-recommends $*"
  case $* in *postgresql*)
    line="mkdir -p ${createcluster%/*} && { [ -e $createcluster ] || echo 'create_main_cluster = false' >$createcluster; } && $line" ;;
  esac
  fail "These system packages are missing, and $(id -un) may not install them: $*" \
    "Ask somebody who may to run this line as root, then try again:" "" "  $line"
}

# The site runs without making PDFs, so what they want never stops it: tried once, then told.
install_for_pdf() {
  packages=$(missing_for_pdf)
  [ -n "$packages" ] && [ ! -e "$stamps/pdf" ] && command -v apt-get >/dev/null || return 0
  as_root=''
  [ "$(id -u)" = 0 ] || as_root='sudo -n'
  say "Installing system packages for PDFs: $packages"
  apt_install $packages </dev/null >"$logs/pdf.log" 2>&1 || say "They could not be installed," \
    "so people print from the browser. To have PDFs, as root: apt-get install -y $packages"
  : >"$stamps/pdf"
}

# install_system run|test
install_system() {
  install_needed "$1"
  [ "$1" = test ] || install_for_pdf
}

install_needed() {
  packages=$(missing_packages "$1")
  [ -n "$packages" ] || return 0
  if ! command -v apt-get >/dev/null; then
    fail "Please install these (Debian's names) with your system's package manager: $packages" \
      "On macOS: brew install python postgresql postgis"
  fi
  as_root=''
  if [ "$(id -u)" != 0 ]; then
    as_root=sudo
    command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; } ||
      by_hand $packages
  fi
  say "Installing system packages: $packages"
  quietly apt apt_install $packages ||
    fail "The system packages could not be installed. Is the machine online?" \
      "When it is, run the same command again: it goes on where it stopped."
  packages=$(missing_packages "$1")
  [ -z "$packages" ] ||
    fail "Still missing after installing: $packages." "The log is $logs/apt.log"
}

check_python_version() {
  python3 -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' ||
    fail "Python 3.11 to 3.14 is needed; python3 here is $(python3 --version 2>&1)." \
      "Debian 12 and 13 and Ubuntu 24.04 have the right one."
}

# A virtual environment holds its own path, so one from a moved folder is made anew.
venv_works() {
  grep -qsF "$root/.venv" "$root/.venv/bin/activate" &&
    [ "$("$python" -c 'import pip, sys; print(sys.version_info[:2])' 2>/dev/null)" = \
      "$(python3 -c 'import sys; print(sys.version_info[:2])')" ]
}

pip() {
  env PIP_USER=0 PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1 "$python" -m pip "$@"
}

# pip_setting NAME: from PIP_NAME, which pip lists first and obeys first, or from its files.
pip_setting() {
  pip config list 2>/dev/null | sed -n "s/.*\.$1='\(.*\)'/\1/p" | head -n 1
}

# uv reads none of pip's settings, so the two that matter are handed to it.
uv() {
  index=$(pip_setting index-url)
  [ -z "$index" ] || export UV_DEFAULT_INDEX="$index"
  certificates=$(pip_setting cert)
  [ -z "$certificates" ] || export SSL_CERT_FILE="${SSL_CERT_FILE:-$certificates}"
  env UV_NO_CONFIG=1 UV_PYTHON_DOWNLOADS=never UV_HTTP_TIMEOUT=180 "$root/.venv/bin/uv" "$@"
}

pip_install() {
  again pip install --require-hashes -r "$1"
}

uv_install() {
  "$root/.venv/bin/uv" --version >/dev/null 2>&1 || pip_install "$root/bin/lib/uv.txt" || return
  uv pip install --python "$python" --require-hashes -r "$1"
}

install_list() {
  again uv_install "$1" || {
    printf 'uv could not do it; trying with pip.\n'
    pip_install "$1"
  }
}

# install_python LIST: requirements.txt to run, requirements-dev.txt to test.
install_python() {
  check_python_version
  if ! venv_works; then
    say "Making a Python environment in .venv"
    rm -rf "$root/.venv"
    quietly venv python3 -m venv "$root/.venv" ||
      fail "The Python environment could not be made."
  fi
  list_stamp=$root/.venv/.installed-$1
  list=$(fingerprint "$root/$1" "$root/bin/lib/uv.txt")
  if fresh "$list_stamp" "$list"; then return; fi
  say "Installing Python packages from $1"
  quietly python install_list "$root/$1" ||
    fail "The Python packages could not be installed. Is the machine online?" \
      "When it is, run the same command again."
  printf '%s\n' "$list" >"$list_stamp"
}

# Vite needs 20.19, 22.12 or newer.
node_is_new_enough() {
  command -v npm >/dev/null && node -e '
const [major, minor] = process.versions.node.split(".").map(Number);
const enough = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
process.exit(enough ? 0 : 1)' 2>/dev/null
}

# The system's Node where it will do, else one from a wheel inside .venv.
install_node() {
  if node_is_new_enough; then return; fi
  export PATH="$root/.venv/bin:$PATH"
  if node_is_new_enough; then return; fi
  say "Installing Node for building the pages (none here, or older than 20.19)"
  quietly node install_list "$root/bin/lib/node.txt" ||
    fail "Node could not be installed. Is the machine online?" \
      "When it is, run the same command again."
  node_is_new_enough || fail "Node was installed but does not start. The log is $logs/node.log"
}

npm_ci() {
  (cd "$root/frontend" && again npm ci --no-audit --no-fund)
}

install_node_packages() {
  install_node
  modules_stamp=$root/frontend/node_modules/.installed
  modules=$(cd "$root/frontend" && fingerprint package.json package-lock.json)
  if fresh "$modules_stamp" "$modules"; then return; fi
  say "Installing the front end's packages"
  quietly npm npm_ci || fail "The front end's packages could not be installed. Is the machine online?" \
    "When it is, run the same command again."
  printf '%s\n' "$modules" >"$modules_stamp"
}
