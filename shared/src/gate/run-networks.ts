/** The two networks on TensorFlow.js, which whoever runs them has loaded: in the worker and in a browser the same way. */

import { INPUT_SHAPE, type Networks } from './networks.ts';

/** A network's file of JSON. */
export interface GraphFile {
  readonly modelTopology: object;
  readonly weightsManifest: readonly { weights: never[] }[];
}

/** What `loadGraphModel` is given of a network's two files. */
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

/** What of `@tensorflow/tfjs-core` makes tensors. */
interface TensorMaker<Input extends Tensor> {
  tensor4d(values: Int32Array | Float32Array, shape: typeof INPUT_SHAPE, type?: 'int32'): Input;
  zeros(shape: typeof INPUT_SHAPE, type?: 'int32'): Input;
}

/** Resolves once each has run: a network's first run takes several times as long, and no user waits for it. */
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

/** What a network says to an input, of which it disposes. */
async function run<Input extends Tensor>(graph: Graph<Input>, input: Input): Promise<ArrayLike<number>> {
  const output = graph.execute(input) as Tensor;
  const numbers = await output.data();
  input.dispose();
  output.dispose();
  return numbers;
}
