import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { provisionOne } from '../../local/provision/provision.ts';
import { hadolint } from '../../local/provision/servers.ts';
import { WORKER_FLAGS } from '../../local/stack/parts/workers.ts';
import { buildImage } from './build.ts';
import { readDockerfile } from './dockerfile.ts';
import { WORKER_DOCKERFILE } from './worker-image.ts';

const NODE = /^FROM (node:\S+)/m.exec(readFileSync(WORKER_DOCKERFILE, 'utf8'))![1]!;

const folder = mkdtempSync(join(tmpdir(), 'reddyfit-dockerfile-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A context with a few files, and a Dockerfile with these instructions before the last stage's settings. */
function write(instructions: string) {
  mkdirSync(join(folder, 'shared/src/node_modules'), { recursive: true });
  for (const file of ['package.json', 'shared/a.txt', 'shared/src/b.txt', 'shared/src/node_modules/c.txt']) {
    writeFileSync(join(folder, file), file);
  }
  const dockerfile = join(folder, 'Dockerfile');
  const settings = 'USER 1:1\nHEALTHCHECK CMD ["true"]\nENTRYPOINT ["node"]\n';
  writeFileSync(dockerfile, `${instructions}\n${settings}`);
  writeFileSync(`${dockerfile}.dockerignore`, '# what npm makes\n**/node_modules\n');
  return { dockerfile, context: folder };
}

describe("the worker's Dockerfile", () => {
  it('has nothing that hadolint would change', async () => {
    const linter = await provisionOne(hadolint);
    const { stdout } = await promisify(execFile)(linter, ['--format=json', WORKER_DOCKERFILE]);
    expect(JSON.parse(stdout)).toEqual([]);
  });

  it('runs node itself, with the flags of a local worker, as a user that is not root', () => {
    const { container } = readDockerfile(readFileSync(WORKER_DOCKERFILE, 'utf8'));
    expect(container.uid).toBeGreaterThan(0);
    expect(container.gid).toBeGreaterThan(0);
    expect(container.entrypoint).toEqual(['node', ...WORKER_FLAGS, 'worker/dist/main.js']);
    expect(container.healthcheck.join(' ')).toContain('/readyz');
    expect(container.env).toMatchObject({ NODE_ENV: 'production' });
  });
});

describe('following a Dockerfile', () => {
  it('copies as Docker does, without what is ignored, and runs commands in the working directory', async () => {
    const image = await buildImage(
      write(`FROM ${NODE} AS build
        WORKDIR /app
        COPY package.json ./
        COPY shared lib
        RUN --mount=type=cache,target=/root/.npm node -p 1+1 > two.txt \\
          && mkdir empty
        FROM debian:bookworm-slim
        COPY --from=build /app/two.txt /etc/2
        COPY --from=build /app/lib /app/lib
        ENV A=1 \\
            B=/app`),
    );
    try {
      const files = readdirSync(image.root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(image.root.length));
      expect(files.toSorted()).toEqual(['/app/lib/a.txt', '/app/lib/src/b.txt', '/etc/2']);
      expect(readFileSync(join(image.root, 'etc/2'), 'utf8')).toBe('2\n');
      expect(image.container.env).toEqual({ A: '1', B: '/app' });
    } finally {
      image.remove();
    }
  });

  it.each([
    ['an image of another Node', 'FROM node:20-bookworm', 'node:20-bookworm is not known here'],
    [
      'an instruction that it does not know',
      `FROM ${NODE}\nADD https://example.com/x /x`,
      'ADD is not known here',
    ],
    [
      'a flag that it does not know',
      `FROM ${NODE}\nCOPY --chown=1 package.json /`,
      '--chown is not known here',
    ],
    ['a command that fails, with what it said', `FROM ${NODE}\nRUN echo oh no && false`, 'oh no'],
  ])('stops at %s', async (_, instructions, message) => {
    await expect(buildImage(write(instructions))).rejects.toThrow(message);
  });
});
