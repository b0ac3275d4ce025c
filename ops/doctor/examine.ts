/** Runs all checks at once, each within a time limit, and removes secrets from their findings. */

import { setTimeout as wait } from 'node:timers/promises';
import { type Check, type Finding, problem } from './check.ts';
import type { Site } from './site.ts';

export interface Examined {
  readonly name: string;
  readonly findings: readonly Finding[];
}

/** How long a check may take (ms). */
const CHECK_MS = 20_000;

/** Variables whose values must not appear in a terminal or a log. */
const SECRETS = /(KEY|KEYS|PASSWORD|SECRET|TOKEN|CERT)$/;

/** Resolves with the findings of each check, in the order of the checks. Never rejects. */
export function examine(
  checks: readonly Check[],
  site: Site,
  withinMs: number = CHECK_MS,
): Promise<Examined[]> {
  const hide = hiding(site.env);
  return Promise.all(
    checks.map(async (check) => {
      const findings = await within(check, site, withinMs);
      return {
        name: check.name,
        findings: findings.map((finding) => ({ ...finding, seen: hide(finding.seen) })),
      };
    }),
  );
}

async function within(check: Check, site: Site, ms: number): Promise<readonly Finding[]> {
  const over = new AbortController();
  try {
    return await Promise.race([
      Promise.resolve(check.run(site)).then((found) => (Array.isArray(found) ? found : [found as Finding])),
      wait(ms, undefined, { signal: over.signal, ref: false }).then(() => {
        throw new Error(`no answer within ${ms / 1000} s`);
      }),
    ]);
  } catch (error) {
    return [problem(firstLine(error), 'It could not be looked at; see whether this machine may and can.')];
  } finally {
    over.abort();
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0]!.slice(0, 200);
}

/** Replaces the values of secret variables in a message. */
function hiding(env: Readonly<NodeJS.ProcessEnv>): (text: string) => string {
  const values = Object.entries(env)
    .filter(([name, value]) => SECRETS.test(name) && value !== undefined && value.length >= 6)
    .map(([, value]) => value!);
  return (text) => values.reduce((shown, value) => shown.replaceAll(value, '…'), text);
}
