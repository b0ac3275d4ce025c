#!/usr/bin/env bash
# @opentelemetry/sdk-metrics 2.12.0 with api 1.9.1, and 3.1.0 with api 1.10.0 (npm), Node 20 and newer.
# One would expect: an observable gauge tells what its callback observed when it was last asked; what a callback that succeeds no longer
# observes should not be told, says the specification of such instruments. A room that is gone has no length of a queue.
# What happens: whoever reads cumulative metrics, as Prometheus does, is given the last value of each room there ever was for as long as the process
# lives, also when the callback observes nothing at all, so that a rule on absence does not fire, and a sum over all rooms counts
# those that are gone. A reader of deltas is given what was observed.
# Seen (the callback observes two rooms, then one, then none):
#   2.12.0, cumulative: a 1, b 2 | a 5, b 2 | a 5, b 2
#   2.12.0, delta: a 1, b 2 | a 5 | nothing
#   3.1.0, cumulative: a 1, b 2 | a 5, b 2 | a 5, b 2
#   3.1.0, delta: a 1, b 2 | a 5 | nothing
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat >observe.cjs <<'JS'
const { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } = require('@opentelemetry/sdk-metrics');
async function observe(name, temporality) {
  const exporter = new InMemoryMetricExporter(temporality);
  const reader = new PeriodicExportingMetricReader({ exporter });
  let rooms;
  const gauge = new MeterProvider({ readers: [reader] }).getMeter('finding').createObservableGauge('waiting');
  gauge.addCallback((result) => Object.entries(rooms).forEach(([room, waiting]) => result.observe(waiting, { room })));
  const told = [];
  for (rooms of [{ a: 1, b: 2 }, { a: 5 }, {}]) {
    exporter.reset();
    await reader.forceFlush();
    const points = exporter.getMetrics().flatMap((all) => all.scopeMetrics.flatMap(({ metrics }) => metrics.flatMap((metric) => metric.dataPoints)));
    told.push(points.map(({ attributes, value }) => `${attributes.room} ${value}`).join(', ') || 'nothing');
  }
  console.log(`${process.argv[2]}, ${name}: ${told.join(' | ')}`);
  await reader.shutdown();
}
observe('cumulative', AggregationTemporality.CUMULATIVE).then(() => observe('delta', AggregationTemporality.DELTA));
JS
for versions in '2.12.0 1.9.1' '3.1.0 1.10.0'; do
  read -r sdk api <<<"$versions"
  mkdir "$sdk"
  echo "{\"private\":true,\"dependencies\":{\"@opentelemetry/sdk-metrics\":\"$sdk\",\"@opentelemetry/api\":\"$api\"}}" >"$sdk/package.json"
  (cd "$sdk" && npm install --silent --no-audit --no-fund >/dev/null 2>&1 && cp ../observe.cjs . && node observe.cjs "$sdk")
done | tee seen
diff seen - <<'SEEN'
2.12.0, cumulative: a 1, b 2 | a 5, b 2 | a 5, b 2
2.12.0, delta: a 1, b 2 | a 5 | nothing
3.1.0, cumulative: a 1, b 2 | a 5, b 2 | a 5, b 2
3.1.0, delta: a 1, b 2 | a 5 | nothing
SEEN
