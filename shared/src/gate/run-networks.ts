/** Runs the two networks on TensorFlow.js, in the worker and in a browser alike. The caller has loaded TensorFlow.js. */

import { INPUT_SHAPE, type Networks } from './networks.ts';

/** The JSON file of a network. */
export interface GraphFile {
  readonly modelTopology: object;
  readonly weightsManifest: readonly { weights: never[] }[];
}

/** The argument for `loadGraphModel`, from a network's JSON file and its weights. */
export function graphFrom({ modelTopology, weightsManifest }: GraphFile, weightData: ArrayBuffer) {
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  return { load: async () => ({ modelTopology, weightSpecs, weightData }) };
}

interface Tensor {
  data(): Promise<ArrayLike<number>>;
  dispose(): void;
}

interface Graph<Input extends Tensor> {
  execute(input: Input): unknown;
}

/** The functions of `@tensorflow/tfjs-core` that make tensors. */
interface TensorMaker<Input extends Tensor> {
  tensor4d(values: Int32Array | Float32Array, shape: typeof INPUT_SHAPE, type?: 'int32'): Input;
  zeros(shape: typeof INPUT_SHAPE, type?: 'int32'): Input;
}

/**
 * Resolves after each network has run once. The first run of a network takes several times as long as later ones, so no user
 * has to wait for it.
 */
export async function runNetworks<Input extends Tensor>(
  { tensor4d, zeros }: TensorMaker<Input>,
  { people, person }: Readonly<Record<keyof Networks, Graph<Input>>>,
): Promise<Networks> {
  await run(people, zeros(INPUT_SHAPE, 'int32'));
  await run(person, zeros(INPUT_SHAPE));
  return {
    people: (pixels) => run(people, tensor4d(pixels, INPUT_SHAPE, 'int32')),
    person: (pixels) => run(person, tensor4d(pixels, INPUT_SHAPE)),
  };
}

/** The output of a network for an input. Disposes of both tensors. */
async function run<Input extends Tensor>(graph: Graph<Input>, input: Input): Promise<ArrayLike<number>> {
  const output = graph.execute(input) as Tensor;
  const numbers = await output.data();
  input.dispose();
  output.dispose();
  return numbers;
}
