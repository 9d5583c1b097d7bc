#!/bin/sh
# Builds every fuzz target and runs each for some seconds (60 unless told), one after the other.
# Fails if one of them crashes, hangs or needs too much memory; what did it is left in
# build/fuzz/findings/.
#
#   tools/fuzz.sh [seconds]
set -eu
seconds=${1:-60}
case $seconds in '' | *[!0-9]*) echo "usage: tools/fuzz.sh [seconds]" >&2; exit 2 ;; esac
cd "$(dirname "$0")/.."

mkdir -p build
cmake --preset fuzz >build/fuzz-configure.log 2>&1 || { cat build/fuzz-configure.log >&2; exit 1; }
cmake --build build/fuzz --target fuzz_targets >build/fuzz-build.log 2>&1 ||
  { cat build/fuzz-build.log >&2; exit 1; }

ran=0
for source in fuzz/*_fuzz.cpp; do
  name=$(basename "$source" _fuzz.cpp)
  # New inputs go to the first folder; the corpus in the tree is only read.
  mkdir -p "build/fuzz/corpus/$name" build/fuzz/findings
  build/fuzz/fuzz/"${name}_fuzz" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
    -max_len=2048 -dict="fuzz/$name.dict" -artifact_prefix="build/fuzz/findings/$name-" \
    -print_final_stats=1 "build/fuzz/corpus/$name" "fuzz/corpus/$name"
  ran=$((ran + 1))
done
[ "$ran" -gt 0 ] || { echo "no fuzz target found" >&2; exit 1; }
