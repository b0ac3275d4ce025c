/** What Prometheus reads from the worker of the stack about one scan. */

import { METRICS } from '../../worker/src/platform/telemetry/metrics.ts';
import { scrape } from '../../worker/src/platform/telemetry/scrape.fixture.ts';
import { expect, vi } from 'vitest';
import { it } from './world.ts';

/** The samples of all workers, added up. */
async function samplesOf(urls: readonly string[]): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  for (const samples of await Promise.all(urls.map((url) => scrape(url))))
    for (const [name, value] of samples) sums.set(name, (sums.get(name) ?? 0) + value);
  return sums;
}

it('a scan is counted once in each of its parts, beside what the SDK counts', async ({ world }) => {
  const { metrics } = world.servers.stack;
  const before = await samplesOf(metrics);
  const user = await world.newUser();
  await user.model.fault({ step: 'nutrition', kind: 'server_error', times: 1 });
  const { scanId, seen } = await world.submitScan(user);
  expect((await seen.ended).status).toBe('completed');
  await world.workflowResult(scanId);

  const grown = async () => {
    const now = await samplesOf(metrics);
    return (name: string) => (now.get(name) ?? 0) - (before.get(name) ?? 0);
  };
  // The webhooks of the last event are sent after the workflow's end.
  const by = await vi.waitFor(async () => {
    const since = await grown();
    expect(since('reddyfit_webhook_attempts_total{outcome="delivered"}')).toBe(10);
    return since;
  }, 60_000);

  expect(by('reddyfit_scans_total{outcome="completed"}')).toBe(1);
  expect(by('reddyfit_scan_duration_seconds_count{outcome="completed"}')).toBe(1);
  expect(by('reddyfit_step_attempts_total{step="estimation",outcome="completed"}')).toBe(1);
  expect(by('reddyfit_step_attempts_total{step="nutrition",outcome="retried"}')).toBe(1);
  expect(by('reddyfit_step_attempts_total{step="nutrition",outcome="completed"}')).toBe(1);
  expect(by('reddyfit_pushes_total{outcome="sent"}')).toBe(1);
  expect(by('reddyfit_start_wait_seconds_count')).toBe(1);
  expect(by('reddyfit_status_write_lag_seconds_count')).toBeGreaterThan(1);
  const model =
    'gen_ai_operation_name="chat",gen_ai_provider_name="openai",gen_ai_request_model="local-simulator"';
  const agent = `${model},gen_ai_agent_name="estimation"`;
  expect(by(`gen_ai_client_operation_duration_seconds_count{${agent}}`)).toBe(1);
  expect(by(`gen_ai_client_token_usage_sum{${agent},gen_ai_token_type="output"}`)).toBeGreaterThan(0);
  expect(by('reddyfit_model_cost_usd_total{agent="estimation",model="local-simulator"}')).toBeGreaterThan(0);

  const now = [...(await samplesOf(metrics)).keys()];
  for (const name of [
    'temporal_workflow_completed_total',
    'temporal_num_pollers',
    'temporal_worker_task_slots_available',
  ])
    expect(
      now.filter((sample) => sample.startsWith(`${name}{`)),
      name,
    ).not.toEqual([]);
  // No label holds ids or health data.
  const labels = now.join('\n');
  for (const id of [user.uid, scanId, ...user.devices]) expect(labels).not.toContain(id);
  const documented = Object.values(METRICS).map(({ prometheus }) => prometheus);
  const ours = now
    .map((sample) => sample.replace(/(_bucket|_sum|_count)?(\{.*)?$/, ''))
    .filter((name) => /^(reddyfit|gen_ai)_/.test(name));
  expect(ours.filter((name) => !documented.some((known) => known === name))).toEqual([]);
});
