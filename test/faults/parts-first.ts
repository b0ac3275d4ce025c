/**
 * The order of the files is random, except that the longest begins first: otherwise the suite would end with that file
 * running alone.
 */

import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { chanceOf, theSeed } from './chance.ts';

export class PartsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = (file: TestSpecification) =>
      file.project.name === 'faults-parts' ? -1 : chanceOf(theSeed(), file.moduleId).between(0, 1);
    return files
      .map((file) => ({ file, at: place(file) }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ file }) => file);
  }
}
