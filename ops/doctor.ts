/**
 * `npm run doctor`: checks everything that a deployment needs, changes nothing, and advises what to do. Exits with 1 on
 * errors.
 */

import { Command } from 'commander';
import { ALL_CHECKS } from './doctor/all-checks.ts';
import { examine } from './doctor/examine.ts';
import { countOf, reportLines } from './doctor/report.ts';
import { productionSite, stackSite } from './doctor/site.ts';
import { defaultInstance } from './site.ts';

interface Options {
  production: boolean;
  instance: string;
  json: boolean;
  rulesApi?: string;
  firestoreApi?: string;
  storageApi?: string;
}

const options = new Command('npm run doctor --')
  .description('Looks at a running stack, or at production, and says what is missing. Changes nothing.')
  .option(
    '--production',
    "production, by this environment (the worker's) and application default credentials",
    false,
  )
  .option('--instance <name>', 'which running stack', defaultInstance)
  .option('--json', 'print JSON', false)
  .option('--rules-api <url>', "another server than Google's")
  .option('--firestore-api <url>', "another server than Google's")
  .option('--storage-api <url>', "another server than Google's")
  .parse()
  .opts<Options>();

// Google's clients also reject promises that nobody awaits; the check itself reports the problem.
process.on('unhandledRejection', () => {});

try {
  const { rulesApi: rules, firestoreApi: firestore, storageApi: storage } = options;
  const apis = { ...(rules && { rules }), ...(firestore && { firestore }), ...(storage && { storage }) };
  const site = options.production ? productionSite(process.env, { apis }) : stackSite(options.instance);
  const examined = await examine(ALL_CHECKS, site);
  const text = options.json ? JSON.stringify(examined, null, 2) : reportLines(examined).join('\n');
  process.stdout.write(`${text}\n`);
  process.exitCode = countOf(examined, 'error') > 0 ? 1 : 0;
  await site.close();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
