/** Runs the two networks in this thread, on WebAssembly with SIMD: the same files and the same code as the worker of the server. */

import { INPUT_SHAPE, type Networks } from '@reddyfit/shared/gate/networks';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import wasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import { env, setBackend, type Tensor, tensor4d, zeros } from '@tensorflow/tfjs-core';

/** Data of the worker's, which the build copies beside the page. */
const FILES = {
  people: {
    graph: new URL('../../../../worker/models/movenet-multipose.json', import.meta.url),
    weights: new URL('../../../../worker/models/movenet-multipose.bin', import.meta.url),
  },
  person: {
    graph: new URL('../../../../worker/models/selfie.json', import.meta.url),
    weights: new URL('../../../../worker/models/selfie.bin', import.meta.url),
  },
} as const;

/** Rejects without WebAssembly, without SIMD, and when a file does not arrive. */
export async function openNetworks(): Promise<Networks> {
  const name = 'tfjs-backend-wasm';
  // It wants to be told of all three, and takes the second.
  setWasmPaths({ [`${name}.wasm`]: wasm, [`${name}-simd.wasm`]: wasm, [`${name}-threaded-simd.wasm`]: wasm });
  // Threads would start scripts from memory, which the page's policy forbids; few browsers let a page have them.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await setBackend('wasm'))) throw new Error('no WebAssembly here');
  const [people, person] = await Promise.all([load(FILES.people), load(FILES.person)]);
  // A network's first run takes several times as long.
  await run(people, zeros(INPUT_SHAPE, 'int32'));
  await run(person, zeros(INPUT_SHAPE));
  return {
    people: (pixels) => run(people, tensor4d(pixels, INPUT_SHAPE, 'int32')),
    person: (pixels) => run(person, tensor4d(pixels, INPUT_SHAPE)),
  };
}

async function run(model: GraphModel, input: Tensor): Promise<ArrayLike<number>> {
  const output = model.execute(input) as Tensor;
  const numbers = await output.data();
  input.dispose();
  output.dispose();
  return numbers;
}

interface Graph {
  readonly modelTopology: object;
  readonly weightsManifest: readonly { weights: never[] }[];
}

async function load({ graph, weights }: { graph: URL; weights: URL }): Promise<GraphModel> {
  const [{ modelTopology, weightsManifest }, weightData] = await Promise.all([
    fetched(graph).then((answer) => answer.json() as Promise<Graph>),
    fetched(weights).then((answer) => answer.arrayBuffer()),
  ]);
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  return loadGraphModel({ load: async () => ({ modelTopology, weightSpecs, weightData }) });
}

async function fetched(address: URL): Promise<Response> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address.pathname}: ${answer.status}`);
  return answer;
}
