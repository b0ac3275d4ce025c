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
   * Puts a JPEG in which faces are hidden in the place of a photo. Key: the object, which says that it was done; again, and of a photo that is
   * gone: nothing. A photo that changes meanwhile is left, with an error: then it may be asked again.
   */
  keepCopy(url: string, jpeg: Uint8Array): Promise<void>;
  /** Deletes a scan's folder. Again: nothing left to delete. */
  deleteFolder(uid: string, scanId: string): Promise<void>;
}
