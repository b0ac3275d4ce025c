import { describe, expect, it } from 'vitest';
import { findServer, type Surroundings } from './find.ts';

const temporal = {
  name: 'temporal',
  version: '1.9.1',
  binary: 'temporal',
  env: 'TEMPORAL_BIN',
  purpose: 'Temporal server',
  versionArgs: ['--version'],
};
const cached = '/cache/temporal-1.9.1/bin/temporal';

/** A machine on which the executables of `works` run; those of `broken` exist but do not run. */
function machine(env: Record<string, string>, works: string[], broken: string[] = []): Surroundings {
  return {
    env: { REDDYFIT_CACHE: '/cache', PATH: '/usr/bin:/opt/bin', ...env },
    isExecutable: (path) => [...works, ...broken].includes(path),
    answers: (path) => works.includes(path),
  };
}

describe('findServer', () => {
  it('takes an explicit path before all else', () => {
    const here = machine({ TEMPORAL_BIN: '/mine/temporal' }, ['/mine/temporal', '/usr/bin/temporal', cached]);
    expect(findServer(temporal, here)).toBe('/mine/temporal');
  });

  it('refuses an explicit path that does not run, rather than take another', () => {
    const here = machine({ TEMPORAL_BIN: '/mine/temporal' }, ['/usr/bin/temporal'], ['/mine/temporal']);
    expect(() => findServer(temporal, here)).toThrow(
      'TEMPORAL_BIN names /mine/temporal, which does not run as a Temporal server.',
    );
  });

  it('takes PATH before the cache, of any version', () => {
    expect(findServer(temporal, machine({}, ['/opt/bin/temporal', cached]))).toBe('/opt/bin/temporal');
  });

  it('passes over one on PATH that does not run', () => {
    const here = machine({}, ['/opt/bin/temporal', cached], ['/usr/bin/temporal']);
    expect(findServer(temporal, here)).toBe('/opt/bin/temporal');
  });

  it('takes one on PATH by the other name that some give it', () => {
    const here = machine({}, ['/usr/bin/debian-temporal']);
    expect(findServer(temporal, here)).toBeNull();
    expect(findServer({ ...temporal, alsoCalled: 'debian-temporal' }, here)).toBe('/usr/bin/debian-temporal');
  });

  it('takes the cache last', () => {
    expect(findServer(temporal, machine({}, [cached]))).toBe(cached);
  });

  it('finds the cache by XDG_CACHE_HOME when the project has none of its own', () => {
    const path = '/xdg/reddyfit/temporal-1.9.1/bin/temporal';
    const here = machine({ REDDYFIT_CACHE: '', XDG_CACHE_HOME: '/xdg' }, [path]);
    expect(findServer(temporal, here)).toBe(path);
  });

  it('finds nothing where only another version is cached', () => {
    expect(findServer(temporal, machine({}, ['/cache/temporal-1.8.0/bin/temporal']))).toBeNull();
  });
});
