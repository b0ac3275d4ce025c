/** Watches which memory is freed before the garbage collector finds it. */

import { onTestFinished, vi } from 'vitest';

/** The sizes (bytes) of the buffers that are freed from now on until the test ends, in order. */
export function watchFreed(): readonly number[] {
  const freed: number[] = [];
  const transfer = ArrayBuffer.prototype.transfer;
  const spy = vi.spyOn(ArrayBuffer.prototype, 'transfer').mockImplementation(function free(
    this: ArrayBuffer,
    length,
  ) {
    freed.push(this.byteLength);
    return transfer.call(this, length);
  });
  onTestFinished(() => spy.mockRestore());
  return freed;
}
