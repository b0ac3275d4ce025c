/** Gives memory of pixels back before the garbage collector finds it. */

/**
 * Frees the pixels, which have no length from then on. A picture takes megabytes, of which V8 sees no more than a handle, so
 * that it collects its whole heap for every photo to be rid of them. Pixels that share their memory with others, as small
 * buffers of Node do, are left to the garbage collector.
 */
export function releasePixels({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && !buffer.detached)
    buffer.transfer(0);
}
