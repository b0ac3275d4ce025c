/** The photo bucket, as activities need it. */

/** A photo as it arrived. */
export interface StoredPhoto {
  readonly bytes: Buffer;
  /** What its uploader said it is, or null where nothing was said. */
  readonly contentType: string | null;
}

export interface PhotoStore {
  /** One photo by its gs:// URL, or null when it is not there. */
  read(url: string): Promise<StoredPhoto | null>;
  /**
   * Replaces a photo by a JPEG in which faces are hidden. Key: the object, whose metadata says that it was replaced. A second call does nothing,
   * nor does a call for a photo that is gone. Throws when the photo changes meanwhile, and leaves it: the caller may try again.
   */
  keepCopy(url: string, jpeg: Uint8Array): Promise<void>;
  /** Deletes a scan's folder. Again: nothing left to delete. */
  deleteFolder(uid: string, scanId: string): Promise<void>;
}
