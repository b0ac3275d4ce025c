/** The activity exportUserData: writes all of a user's data as one JSON object, piece by piece. */

import { objects } from '@reddyfit/shared/names/paths';
import type { MemoryKeeper } from '../store/ports.ts';
import type { SignIns, UserFiles, UserRecords } from './ports.ts';
import type { ErasureActivities } from './activities.ts';

export interface ExportSources {
  files: UserFiles;
  keeper: MemoryKeeper;
  records: UserRecords;
  signIns: SignIns;
}

/** Makes the activity, which writes a user's export from these sources. */
export function createExportUserData(
  sources: ExportSources,
  signal: () => AbortSignal,
): ErasureActivities['exportUserData'] {
  return ({ userId }) => sources.files.writeExport(userId, jsonOf(parts(sources, userId, signal())));
}

type Part = [name: string, value: unknown];

async function* parts(
  { files, keeper, records, signIns }: ExportSources,
  uid: string,
  signal: AbortSignal,
): AsyncGenerator<Part> {
  yield ['userId', uid];
  yield ['exportedAt', new Date().toISOString()];
  yield ['signIn', await signIns.find(uid)];
  yield* records.everything(uid);
  yield ['memories', await keeper.all(uid, signal)];
  const photos = (await files.list(uid)).filter(({ object }) => object.startsWith(objects.userFolder(uid)));
  yield ['photos', photos];
}

/** Writes the parts as one JSON object. A part that comes in pieces becomes an array; only one piece at a time is in memory. */
async function* jsonOf(all: AsyncIterable<Part>): AsyncGenerator<string> {
  let separator = '{';
  for await (const [name, value] of all) {
    yield `${separator}\n${JSON.stringify(name)}: `;
    separator = ',';
    if (!isAsyncIterable(value)) {
      yield JSON.stringify(value ?? null);
      continue;
    }
    let between = '[';
    for await (const piece of value) {
      yield `${between}\n${JSON.stringify(piece)}`;
      between = ',';
    }
    yield between === '[' ? '[]' : '\n]';
  }
  yield '\n}\n';
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
