/** Follows a Dockerfile's instructions without Docker: each stage is a folder in which its commands run. */

import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, matchesGlob, relative } from 'node:path';
import { execa } from 'execa';
import { baseImage } from './base-images.ts';
import { type ContainerSettings, readDockerfile, type Stage, type Step } from './dockerfile.ts';

export interface Image {
  /** The folder that is `/` in a container. */
  readonly root: string;
  /** Working directory, as in the container. */
  readonly workdir: string;
  readonly container: ContainerSettings;
  /** The size of the whole image, including its base (bytes). */
  readonly bytes: number;
  /** Removes everything that the build has left. */
  remove(): void;
}

export interface BuildOptions {
  /** Path of the Dockerfile. `<Dockerfile>.dockerignore` beside it names the files that the build ignores. */
  readonly dockerfile: string;
  /** The build's context. */
  readonly context: string;
  /** Called before each step. */
  readonly onStep?: (step: string) => void;
}

/** Builds all stages in their order; the last one is the image. Throws with a command's output when the command fails. */
export async function buildImage({ dockerfile, context, onStep = () => {} }: BuildOptions): Promise<Image> {
  const { stages, container } = readDockerfile(readFileSync(dockerfile, 'utf8'));
  const ignored = ignoredBy(readFileSync(`${dockerfile}.dockerignore`, 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'reddyfit-image-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const roots = new Map<string | null, string>();
    let workdir = '/';
    for (const stage of stages) {
      const root = join(folder, stage.name ?? 'image');
      roots.set(stage.name, root);
      onStep(`FROM ${stage.image}`);
      prepare(stage, root);
      workdir = '/';
      for (const step of stage.steps) {
        onStep(wordingOf(step));
        if (step.kind === 'workdir') {
          workdir = step.path;
          mkdirSync(join(root, workdir), { recursive: true });
        } else if (step.kind === 'copy') {
          const from = step.from === null ? context : roots.get(step.from);
          if (from === undefined) throw new Error(`COPY from ${step.from}, which is no stage before it`);
          copy(
            step,
            from,
            join(root, inside(workdir, step.target)),
            step.from === null ? ignored : undefined,
          );
        } else await run(step.command, join(root, workdir), join(root, 'usr/local/bin'));
      }
    }
    const root = roots.get(null)!;
    const bytes = sizeOf(root) + baseImage(stages.at(-1)!.image).bytes;
    return { root, workdir, container, bytes, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The path of an instruction within the stage's root. */
const inside = (workdir: string, path: string) => (path.startsWith('/') ? path : join(workdir, path));

/** Copies the files that the instructions need from the base image. */
function prepare({ image }: Stage, root: string): void {
  mkdirSync(root, { recursive: true });
  for (const [path, source] of Object.entries(baseImage(image).files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    cpSync(source, join(root, path), { dereference: true });
  }
}

/** Copies as Docker does: of a folder, its content is copied, and a target that ends in / is a folder. */
function copy(
  { sources, target }: Extract<Step, { kind: 'copy' }>,
  from: string,
  to: string,
  ignored: (path: string) => boolean = () => false,
): void {
  const intoFolder = sources.length > 1 || /\/$|^\.$/.test(target);
  for (const source of sources) {
    const path = join(from, source);
    const isFile = !lstatSync(path).isDirectory();
    mkdirSync(isFile && !intoFolder ? dirname(to) : to, { recursive: true });
    cpSync(path, isFile && intoFolder ? join(to, basename(source)) : to, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (one) => !ignored(relative(from, one)),
    });
  }
}

/**
 * Runs a command with only the environment that an image has, since a variable of this machine could make npm behave
 * differently. PATH, HOME and npm's registry are this machine's.
 */
async function run(command: string, cwd: string, bin: string): Promise<void> {
  const { PATH, HOME, npm_config_registry: registry } = process.env;
  const env = { PATH: `${bin}:${PATH}`, HOME, ...(registry && { npm_config_registry: registry }) };
  const ran = await execa('sh', ['-c', command], { cwd, env, extendEnv: false, all: true, reject: false });
  if (ran.failed) throw new Error(`${command}\n${ran.all}`);
}

/** Tells which paths a .dockerignore leaves out of the context. Throws for an exception (!), which is not supported. */
function ignoredBy(text: string): (path: string) => boolean {
  const patterns = text.split('\n').filter((line) => line && !line.startsWith('#'));
  if (patterns.some((pattern) => pattern.startsWith('!'))) throw new Error('! is not known in .dockerignore');
  return (path) => patterns.some((pattern) => matchesGlob(path, pattern));
}

function wordingOf(step: Step): string {
  if (step.kind === 'run') return `RUN ${step.command}`;
  if (step.kind === 'workdir') return `WORKDIR ${step.path}`;
  return ['COPY', ...(step.from ? [`--from=${step.from}`] : []), ...step.sources, step.target].join(' ');
}

/** Bytes of all files in a folder. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + lstatSync(join(entry.parentPath, entry.name)).size, 0);
}
