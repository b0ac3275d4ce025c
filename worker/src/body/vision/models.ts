/** The two networks that look at photos, on WebAssembly: loaded once in a thread, from the files in worker/models. */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Networks } from '@reddyfit/shared/gate/networks';
import { graphFrom, type GraphFile, runNetworks } from '@reddyfit/shared/gate/run-networks';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import { setBackend, type Tensor, tensor4d, zeros } from '@tensorflow/tfjs-core';

const WASM_FILE = 'tfjs-backend-wasm-simd.wasm';

/** Folder of the WebAssembly file: beside the built worker, in its package otherwise. */
function wasmFolder(root: string): string {
  if (existsSync(join(root, WASM_FILE))) return root;
  return dirname(createRequire(import.meta.url).resolve(`@tensorflow/tfjs-backend-wasm/dist/${WASM_FILE}`));
}

/**
 * Loads both. `root` is worker/src or worker/dist, which have worker/models beside them. Throws
 * when a file is missing. Nothing is fetched.
 */
export async function loadModels(root: string): Promise<Networks> {
  setWasmPaths(join(wasmFolder(root), '/'));
  if (!(await setBackend('wasm'))) throw new Error('the WebAssembly backend did not start');
  const folder = join(root, '..', 'models');
  const people = await load(folder, 'movenet-multipose');
  const person = await load(folder, 'selfie');
  return runNetworks<Tensor>({ tensor4d, zeros }, { people, person });
}

async function load(folder: string, name: string): Promise<GraphModel> {
  const [json, weights] = await Promise.all([
    readFile(join(folder, `${name}.json`), 'utf8'),
    readFile(join(folder, `${name}.bin`)),
  ]);
  return loadGraphModel(graphFrom(JSON.parse(json) as GraphFile, new Uint8Array(weights).buffer));
}
