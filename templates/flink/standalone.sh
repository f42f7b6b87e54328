#!/usr/bin/env bash
# A Flink cluster on this machine, from Maven Central's jars alone: a JobManager and TaskManagers,
# each a process of its own, on loopback. For trials and tests; it has no web pages.
#
#   templates/flink/standalone.sh start [--taskmanagers N] [--slots N] [--heap MB]
#   templates/flink/standalone.sh taskmanager      one more TaskManager, e.g. after one was lost
#   templates/flink/standalone.sh stop
#
# What "flink run" does, without Flink's distribution (the job jar: mvn -Pjob-jar -DskipTests package):
#
#   FLINK_CONF_DIR=templates/flink java -cp "target/flink/lib/*" org.apache.flink.client.cli.CliFrontend \
#     run -m localhost:8081 -p 4 pipelines/target/medvilam-job.jar \
#     convert --dataset busi --input /data/busi --output /data/out/busi --runner flink
#
# With the distribution: flink run -m HOST:8081 -p 4 medvilam-job.jar convert ..., the same words.
# Slots, jars and settings are then those of flink run, and Beam's flags after -- are not needed.
#
# --home DIR    where jars, logs and process ids lie (default: target/flink of the checkout)
# --port N      port of the REST interface, for --flinkMaster=localhost:N (default 8081)
# --rpc-port N  port of the JobManager (default 6123)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

fail() { echo "standalone.sh: $*" >&2; exit 1; }

home=$here/../../target/flink port=8081 rpc_port=6123 taskmanagers=2 slots=2 heap=768
action=${1:-}; [ $# -gt 0 ] && shift
while [ $# -gt 0 ]; do
  [ $# -gt 1 ] || fail "expected a value after $1"
  case $1 in
    --home) home=$2 ;;
    --port) port=$2 ;;
    --rpc-port) rpc_port=$2 ;;
    --taskmanagers) taskmanagers=$2 ;;
    --slots) slots=$2 ;;
    --heap) heap=$2 ;;
    *) fail "unknown option $1" ;;
  esac
  shift 2
done
mkdir -p "$home"
home=$(cd "$home" && pwd)
java=java
[ -n "${JAVA_HOME:-}" ] && java=$JAVA_HOME/bin/java

jars() {
  # Complete or not at all: a copy that was broken off would miss classes later.
  [ -d "$home/lib" ] && [ ! "$here/pom.xml" -nt "$home/lib" ] && [ ! "$here/../../pom.xml" -nt "$home/lib" ] && return
  command -v mvn >/dev/null || fail "expected Maven (mvn) on the PATH to fetch Flink, found none"
  rm -rf "$home/lib" "$home/lib.tmp"
  local copy=(-q -B -f "$here/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$home/lib.tmp")
  mvn -o "${copy[@]}" >"$home/maven.log" 2>&1 || mvn "${copy[@]}" >"$home/maven.log" 2>&1 ||
    fail "Flink's jars could not be fetched; see $home/maven.log"
  mv "$home/lib.tmp" "$home/lib"
  touch "$home/lib"
}

# launch NAME CLASS HEAP-MB [KEY=VALUE ...]: starts a process in the background, keeps its id.
launch() {
  local name=$1 class=$2 megabytes=$3; shift 3
  local settings=() setting
  for setting in "$@" \
    jobmanager.rpc.address=localhost jobmanager.rpc.port="$rpc_port" jobmanager.bind-host=localhost \
    rest.address=localhost rest.bind-address=localhost rest.port="$port" \
    taskmanager.host=localhost taskmanager.bind-host=localhost io.tmp.dirs="$home/tmp"; do
    settings+=(-D "$setting")
  done
  mkdir -p "$home/tmp" "$home/logs"
  # slf4j-simple writes to stderr; OMP_NUM_THREADS as in the medvilam script.
  OMP_NUM_THREADS=${OMP_NUM_THREADS:-1} nohup "$java" -Xmx"${megabytes}m" -XX:+UseParallelGC \
    -Djava.awt.headless=true -Djava.io.tmpdir="$home/tmp" -Dmedvilam.flink.home="$home" \
    -cp "$home/lib/*" "$class" --configDir "$here" "${settings[@]}" \
    >"$home/logs/$name.log" 2>&1 </dev/null &
  echo $! >"$home/$name.pid"
}

jobmanager() {
  launch jobmanager org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint 512 \
    jobmanager.memory.heap.size=512m
}

taskmanager() {
  local number=1
  while [ -e "$home/taskmanager-$number.pid" ]; do number=$((number + 1)); done
  # The sizes that Flink's own scripts would derive, given here in full.
  launch "taskmanager-$number" org.apache.flink.runtime.taskexecutor.TaskManagerRunner "$((heap + 128))" \
    taskmanager.resource-id="taskmanager-$number" taskmanager.numberOfTaskSlots="$slots" \
    taskmanager.cpu.cores="$slots" taskmanager.memory.framework.heap.size=128m \
    taskmanager.memory.task.heap.size="${heap}m" taskmanager.memory.framework.off-heap.size=128m \
    taskmanager.memory.task.off-heap.size=0m taskmanager.memory.network.min=64m \
    taskmanager.memory.network.max=64m taskmanager.memory.managed.size=64m \
    taskmanager.memory.jvm-overhead.min=192m taskmanager.memory.jvm-overhead.max=192m
}

ours() { # PID: whether it is a process of this home, not a stranger with a used id
  ps -o args= -p "$1" 2>/dev/null | grep -qF -- "-Dmedvilam.flink.home=$home "
}

registered() {
  (
    exec 3<>"/dev/tcp/localhost/$port" || exit 1
    printf 'GET /overview HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
    grep -o '"taskmanagers":[0-9]*' <&3 | grep -o '[0-9]*'
  ) 2>/dev/null
}

await() { # N: until so many TaskManagers are there
  local i
  for i in $(seq 120); do
    [ "$(registered || true)" = "$1" ] && return
    ours "$(cat "$home/jobmanager.pid")" || fail "the JobManager ended; see $home/logs/jobmanager.log"
    sleep 0.5
  done
  fail "expected $1 TaskManagers within 60 s, found ${i:+$(registered || true)}; see $home/logs"
}

stop() {
  local file pid
  for file in "$home"/*.pid; do
    [ -e "$file" ] || continue
    pid=$(cat "$file")
    if ours "$pid"; then
      kill "$pid"
      for _ in $(seq 50); do ours "$pid" || break; sleep 0.1; done
      ours "$pid" && kill -9 "$pid"
    fi
    rm -f "$file"
  done
  rm -rf "$home/tmp"
}

case $action in
  start)
    [ -e "$home/jobmanager.pid" ] && ours "$(cat "$home/jobmanager.pid")" &&
      fail "expected no cluster in $home, found one that runs; stop it first"
    rm -f "$home"/*.pid
    jars
    jobmanager
    for _ in $(seq "$taskmanagers"); do taskmanager; done
    await "$taskmanagers"
    echo "Flink is up: $taskmanagers TaskManagers of $slots slots; use --flinkMaster=localhost:$port"
    ;;
  taskmanager) jars; taskmanager ;;
  stop) stop ;;
  *) sed -n '2,/^set /p' "${BASH_SOURCE[0]}" | sed '$d; s/^# \{0,1\}//' >&2; exit 2 ;;
esac
