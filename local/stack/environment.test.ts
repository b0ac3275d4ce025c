import { delimiter, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MARK } from '../processes/marked.ts';
import { baseEnvironment, callersModel } from './environment.ts';
import { instanceDir, projectIdOf, readStack } from './stack-file.ts';

describe('baseEnvironment', () => {
  it("drops what would lead off this machine, and keeps the caller's own", () => {
    const caller = {
      HOME: '/home/a',
      PATH: '/bin',
      JAVA_HOME: '/jdk',
      FIREBASE_EMULATORS_PATH: '/jars',
      OPENAI_API_KEY: 'sk-1',
      GOOGLE_APPLICATION_CREDENTIALS: '/prod.json',
      TEMPORAL_ADDRESS: 'prod:7233',
      PAYLOAD_ENCRYPTION: 'off',
      STORAGE_EMULATOR_HOST: 'x:1',
      FIREBASE_TOKEN: 't',
    };
    expect(baseEnvironment(caller, '/clone/.local')).toEqual({
      HOME: '/home/a',
      PATH: [dirname(process.execPath), '/bin'].join(delimiter),
      JAVA_HOME: '/jdk',
      FIREBASE_EMULATORS_PATH: '/jars',
      NODE_COMPILE_CACHE: expect.stringMatching(/node_modules\/\.cache\/compiled$/),
      METADATA_SERVER_DETECTION: 'none',
      [MARK]: '/clone/.local',
    });
  });
});

describe('callersModel', () => {
  it('takes model settings only', () => {
    const caller = { OPENAI_API_KEY: 'sk-1', OPENAI_MODEL: 'm', HOME: '/home/a' };
    expect(callersModel(caller)).toEqual({ OPENAI_API_KEY: 'sk-1', OPENAI_MODEL: 'm' });
  });

  it('asks for a key when there is none', () => {
    expect(() => callersModel({ OPENAI_MODEL: 'm' })).toThrow('--openai needs OPENAI_API_KEY');
  });
});

describe('instances', () => {
  it('have their own folder and project', () => {
    expect(instanceDir('second')).toBe(`${instanceDir()}/second`);
    expect([projectIdOf('default'), projectIdOf('second')]).toEqual([
      'demo-reddyfit',
      'demo-reddyfit-second',
    ]);
  });

  it.each(['../x', 'A', '1st', 'logs', 'much-too-long-a-name', ''])('are not called "%s"', (name) => {
    expect(() => instanceDir(name)).toThrow('cannot name an instance');
  });

  it('say how to start one when none runs', () => {
    expect(() => readStack('never-begun')).toThrow(
      'no stack is running; start one with npm start -- --instance never-begun',
    );
  });
});
