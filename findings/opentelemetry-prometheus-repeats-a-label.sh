#!/usr/bin/env bash
# @opentelemetry/exporter-prometheus 0.223.0 with sdk-metrics 2.12.0, and 0.301.0 with 3.1.0 (npm), Node 20 and newer.
# One would expect: names that OpenTelemetry tells apart and Prometheus does not are brought together as the specification says (two attributes of
# one label name become one label, its values joined by ";"), or one metric is left out with a warning.
# What happens: what is written cannot be read. One label stands there twice, and two counters of one name are written as the same series twice.
# Tried by hand, and not by this script: a Prometheus server (2.42) says 'label name "a_b" is not unique' and refuses the whole answer, every
# metric of the process, for as long as that one series exists; of the two counters it keeps the first number.
# Seen:
#   0.223.0, attributes a.b and a_b: jobs_total{a_b="1",a_b="2"} 1
#   0.223.0, counters scan.jobs and scan_jobs: scan_jobs_total 1, scan_jobs_total 20
#   0.301.0, attributes a.b and a_b: jobs_total{a_b="1",a_b="2"} 1
#   0.301.0, counters scan.jobs and scan_jobs: scan_jobs_total 1, scan_jobs_total 20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat >expose.cjs <<'JS'
const { PrometheusExporter, PrometheusSerializer } = require('@opentelemetry/exporter-prometheus');
const { MeterProvider } = require('@opentelemetry/sdk-metrics');
async function expose(what, count) {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  count(new MeterProvider({ readers: [exporter] }).getMeter('finding'));
  const { resourceMetrics } = await exporter.collect();
  const lines = new PrometheusSerializer().serialize(resourceMetrics).split('\n');
  const series = lines.filter((line) => /^\w+_total/.test(line)).map((line) => line.replace(/,?otel_scope_name="finding"/, '').replace('{}', ''));
  console.log(`${process.argv[2]}, ${what}: ${series.join(', ')}`);
}
expose('attributes a.b and a_b', (meter) => meter.createCounter('jobs').add(1, { 'a.b': '1', a_b: '2' })).then(() =>
  expose('counters scan.jobs and scan_jobs', (meter) => {
    meter.createCounter('scan.jobs').add(1);
    meter.createCounter('scan_jobs').add(20);
  }),
);
JS
for versions in '0.223.0 2.12.0 1.9.1' '0.301.0 3.1.0 1.10.0'; do
  read -r exporter sdk api <<<"$versions"
  mkdir "$exporter"
  echo "{\"private\":true,\"dependencies\":{\"@opentelemetry/exporter-prometheus\":\"$exporter\",\"@opentelemetry/sdk-metrics\":\"$sdk\",\"@opentelemetry/api\":\"$api\"}}" >"$exporter/package.json"
  (cd "$exporter" && npm install --silent --no-audit --no-fund >/dev/null 2>&1 && cp ../expose.cjs . && node expose.cjs "$exporter")
done | tee seen
diff seen - <<'SEEN'
0.223.0, attributes a.b and a_b: jobs_total{a_b="1",a_b="2"} 1
0.223.0, counters scan.jobs and scan_jobs: scan_jobs_total 1, scan_jobs_total 20
0.301.0, attributes a.b and a_b: jobs_total{a_b="1",a_b="2"} 1
0.301.0, counters scan.jobs and scan_jobs: scan_jobs_total 1, scan_jobs_total 20
SEEN
