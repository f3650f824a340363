# shellcheck shell=bash
# Shared by the scripts beside it, which source it.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
target=$root/generator/target

# Compiled testbenches are worth keeping from clone to clone.
export CCACHE_DIR=${CCACHE_DIR:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/sluice-ccache}

fail() {
  echo "error: $*" >&2
  exit 1
}

# Compiles the generator, unless it was compiled by a script after the last change of its sources.
compile_if_needed() {
  local stamp=$target/compiled-by-scripts
  if [[ -e $stamp ]] && libraries_exist &&
    [[ -z $(find "$root/pom.xml" "$root/generator/pom.xml" "$root/generator/src/main" \
      -newer "$stamp" -print -quit) ]]; then
    return
  fi
  command -v mvn >/dev/null || fail "Maven is missing: install a JDK 17 and Maven 3.8 or later"
  echo "compiling the generator" >&2
  mkdir -p "$target"
  touch "$stamp.next"
  (cd "$root" && mvn -q -B -ntp process-classes) >&2 || fail "the generator does not compile"
  mv "$stamp.next" "$stamp"
}

# Whether all libraries of the class path that Maven noted are still there.
libraries_exist() {
  local libraries library
  [[ -e $target/classpath.txt ]] || return 1
  IFS=: read -r -a libraries <"$target/classpath.txt" || true
  for library in "${libraries[@]}"; do
    [[ -e $library ]] || return 1
  done
}

# Options of the JVM that runs a command of the generator.
jvm_options=()

# Runs a command of the generator in place of the script, in the user's working directory.
sluice() {
  compile_if_needed
  exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" ${jvm_options[@]+"${jvm_options[@]}"} "-Dsluice.root=$root" \
    -cp "$target/classes:$(<"$target/classpath.txt")" sluice.cli.Sluice "$@"
}
