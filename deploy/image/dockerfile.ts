/** Reads a Dockerfile into stages and steps. Supports only what deploy/worker.Dockerfile uses, and refuses the rest. */

import { type Copy, DockerfileParser, type From, type Healthcheck, type Instruction } from 'dockerfile-ast';

export type Step =
  | { readonly kind: 'workdir'; readonly path: string }
  /** `from` is a stage; null is the build's context. The paths are as the Dockerfile has them. */
  | {
      readonly kind: 'copy';
      readonly from: string | null;
      readonly sources: readonly string[];
      readonly target: string;
    }
  | { readonly kind: 'run'; readonly command: string };

export interface Stage {
  /** Name after AS; null for a stage without one, which is the last. */
  readonly name: string | null;
  /** The image that the stage starts from, with its tag. */
  readonly image: string;
  readonly steps: readonly Step[];
}

/** How a container of the image runs. */
export interface ContainerSettings {
  readonly env: Readonly<Record<string, string>>;
  readonly uid: number;
  readonly gid: number;
  readonly entrypoint: readonly string[];
  readonly healthcheck: readonly string[];
}

export interface Dockerfile {
  readonly stages: readonly Stage[];
  readonly container: ContainerSettings;
}

/** Throws at the first instruction, or form of one, that is not supported. */
export function readDockerfile(text: string): Dockerfile {
  const stages: { name: string | null; image: string; steps: Step[] }[] = [];
  const env: Record<string, string> = {};
  const found: Partial<Record<'USER' | 'ENTRYPOINT' | 'HEALTHCHECK', string>> = {};
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const keyword = instruction.getKeyword();
    const steps = stages.at(-1)?.steps ?? [];
    if (keyword === 'FROM') {
      const from = instruction as From;
      stages.push({ name: from.getBuildStage(), image: from.getImage() ?? '', steps: [] });
    } else if (keyword === 'WORKDIR') steps.push({ kind: 'workdir', path: wordsOf(instruction)[0]! });
    else if (keyword === 'COPY') steps.push(copyOf(instruction as Copy));
    else if (keyword === 'RUN') steps.push({ kind: 'run', command: commandOf(instruction) });
    else if (keyword === 'ENV') Object.assign(env, assignmentsOf(instruction));
    else if (keyword === 'USER' || keyword === 'ENTRYPOINT') found[keyword] = argumentsOf(instruction);
    else if (keyword === 'HEALTHCHECK') found[keyword] = healthcheckOf(instruction as Healthcheck);
    else if (keyword !== 'EXPOSE') throw new Error(`${keyword} is not known here`);
  }
  const [, uid, gid] = /^(\d+):(\d+)$/.exec(found.USER ?? '') ?? [];
  if (!uid || !gid) throw new Error('USER must be uid:gid in numbers');
  return {
    stages,
    container: {
      env,
      uid: Number(uid),
      gid: Number(gid),
      entrypoint: wordList('ENTRYPOINT', found.ENTRYPOINT),
      healthcheck: wordList('HEALTHCHECK', found.HEALTHCHECK),
    },
  };
}

/** The text after the keyword, on one line. */
function argumentsOf(instruction: Instruction): string {
  return instruction.getArgumentsContent() ?? '';
}

function wordsOf(instruction: Instruction): string[] {
  return instruction.getArguments().map((argument) => argument.getValue());
}

function copyOf(copy: Copy): Step {
  const flags = copy.getFlags().map((flag) => flag.getName());
  if (flags.some((flag) => flag !== 'from')) throw new Error(`COPY --${flags.join(' --')} is not known here`);
  const words = wordsOf(copy);
  return {
    kind: 'copy',
    from: copy.getFromFlag()?.getValue() ?? null,
    sources: words.slice(0, -1),
    target: words.at(-1)!,
  };
}

/** The command without its cache mounts, which only make it faster. */
function commandOf(run: Instruction): string {
  const command = argumentsOf(run).replace(/^(--mount=type=cache,\S+\s+)*/, '');
  if (/^(--|\[)/.test(command)) throw new Error(`RUN ${command} is not known here`);
  return command;
}

function assignmentsOf(env: Instruction): Record<string, string> {
  const pairs = wordsOf(env).map((word) => /^([A-Z_]+)=([^"'\\$]+)$/.exec(word));
  if (pairs.includes(null)) throw new Error(`ENV ${argumentsOf(env)} is not known here`);
  return Object.fromEntries(pairs.map((pair) => [pair![1]!, pair![2]!]));
}

function healthcheckOf(check: Healthcheck): string {
  const [, list] = /\bCMD\s+(\[.*\])$/s.exec(argumentsOf(check)) ?? [];
  return list ?? '';
}

/** Reads the form of an instruction that runs a program without a shell. */
function wordList(keyword: string, json: string | undefined): string[] {
  try {
    return JSON.parse(json ?? '') as string[];
  } catch (cause) {
    throw new Error(`${keyword} must be a list of words in JSON`, { cause });
  }
}
