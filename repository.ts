/** Where this repository lies. */

/** The repository's root, an absolute path. */
export const repositoryRoot = import.meta.dirname;
