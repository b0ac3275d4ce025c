/**
 * Loads the two networks that look at photos, on ONNX Runtime, from the files in worker/models, once in a process. The
 * browser's gate runs the same weights on TensorFlow.js (clients/web/src/gate/networks.ts).
 */

import { join } from 'node:path';
import { INPUT_SHAPE, type Networks, SIDE } from '@reddyfit/shared/gate/networks';
import { InferenceSession, Tensor } from 'onnxruntime-node';

/**
 * One thread, since a process has one processor. The runtime's memory arena is off: it would keep 23 MiB between runs
 * and makes no run faster.
 */
const ON_ONE_THREAD: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  enableCpuMemArena: false,
};

/**
 * Loads both networks. `root` is worker/src or worker/dist, which have worker/models beside them. Throws when a file is
 * missing. Nothing is downloaded.
 */
export async function loadModels(root: string): Promise<Networks> {
  const load = (name: string) =>
    InferenceSession.create(join(root, '..', 'models', `${name}.onnx`), ON_ONE_THREAD);
  const people = await load('movenet-multipose');
  const person = await load('selfie');
  const networks: Networks = {
    people: (pixels) => run(people, new Tensor('int32', pixels, INPUT_SHAPE)),
    person: (pixels) => run(person, new Tensor('float32', pixels, INPUT_SHAPE)),
  };
  // A network's first run takes longer than the next ones, so it is made before any user waits for it.
  const pixels = SIDE * SIDE * 3;
  await networks.people(new Int32Array(pixels));
  await networks.person(new Float32Array(pixels));
  return networks;
}

/** Runs a network that has one input and one output, and resolves with the output. */
async function run(session: InferenceSession, input: Tensor): Promise<ArrayLike<number>> {
  const [[from], [to]] = [session.inputNames, session.outputNames];
  const output = await session.run({ [from!]: input });
  return output[to!]!.data as Float32Array;
}
