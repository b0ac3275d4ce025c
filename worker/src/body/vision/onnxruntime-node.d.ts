/** The package is published without its declarations. What it exports is all of onnxruntime-common. */

declare module 'onnxruntime-node' {
  export * from 'onnxruntime-common';
}
