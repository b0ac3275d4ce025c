/**
 * Runs the two networks in this thread, on WebAssembly with SIMD, with the same files and the same code as the server's
 * worker.
 */

import type { Networks } from '@reddyfit/shared/gate/networks';
import { graphFrom, type GraphFile, runNetworks } from '@reddyfit/shared/gate/run-networks';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import wasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import { env, setBackend, type Tensor, tensor4d, zeros } from '@tensorflow/tfjs-core';

/** Files of the server's worker, which the build copies beside the page. */
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

/** Loads the networks. Rejects without WebAssembly, without SIMD, and when a file cannot be fetched. */
export async function openNetworks(): Promise<Networks> {
  const name = 'tfjs-backend-wasm';
  // TensorFlow.js needs the addresses of all three builds, and loads the SIMD one.
  setWasmPaths({ [`${name}.wasm`]: wasm, [`${name}-simd.wasm`]: wasm, [`${name}-threaded-simd.wasm`]: wasm });
  // Threads would start scripts from memory, which the page's policy forbids, and few browsers allow a page threads.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await setBackend('wasm'))) throw new Error('no WebAssembly here');
  const [people, person] = await Promise.all([load(FILES.people), load(FILES.person)]);
  return runNetworks<Tensor>({ tensor4d, zeros }, { people, person });
}

async function load({ graph, weights }: { graph: URL; weights: URL }): Promise<GraphModel> {
  const [file, weightData] = await Promise.all([
    fetched(graph).then((answer) => answer.json() as Promise<GraphFile>),
    fetched(weights).then((answer) => answer.arrayBuffer()),
  ]);
  return loadGraphModel(graphFrom(file, weightData));
}

async function fetched(address: URL): Promise<Response> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address.pathname}: ${answer.status}`);
  return answer;
}
