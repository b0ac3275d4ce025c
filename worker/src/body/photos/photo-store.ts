/** The port through which activities use the photo bucket. */

/** A photo as it was uploaded. */
export interface StoredPhoto {
  readonly bytes: Buffer;
  /** The content type that the uploader declared, or null when there was none. */
  readonly contentType: string | null;
}

export interface PhotoStore {
  /** The photo with this gs:// URL, or null when there is none. */
  read(url: string): Promise<StoredPhoto | null>;
  /**
   * Replaces a photo by a JPEG in which faces are hidden. Key: the object, whose metadata records that it was replaced. A
   * second call does nothing, and neither does a call for a photo that was deleted. When the photo changes during the call,
   * the call throws and leaves the photo as it is; the caller may try again.
   */
  keepCopy(url: string, jpeg: Uint8Array): Promise<void>;
  /** Deletes a photo that was not replaced by `keepCopy`. A second call finds nothing to delete. */
  deleteOriginal(url: string): Promise<void>;
  /** Deletes a scan's folder. A second call finds nothing to delete. */
  deleteFolder(uid: string, scanId: string): Promise<void>;
}
