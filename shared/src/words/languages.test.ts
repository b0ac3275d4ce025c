import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { languageList, listLanguages } from '../../list-languages.ts';
import { ERROR_CODES, CALL_ERRORS } from '../errors.ts';
import { PHOTO_ISSUES } from '../scan/results.ts';
import { en, type Language } from './en.ts';
import { formatOf } from './format.ts';
import { LANGUAGES } from './languages.ts';

const HERE = import.meta.dirname;
const GROUPS = Object.keys(en) as (keyof Language)[];
const FORMAT = formatOf('en', { units: 'metric' });

type Sentence = string | ((params: object, format: typeof FORMAT) => string);
const sentencesOf = (language: object) =>
  GROUPS.flatMap((group) =>
    Object.entries((language as Record<string, Record<string, Sentence>>)[group] ?? {}).map(
      ([key, sentence]) => [`${group} ${key}`, sentence] as const,
    ),
  );

/** The text of a sentence, and the names of the parameters that it reads. */
function said(sentence: Sentence, values: Record<string, unknown> = {}): { text: string; asked: string[] } {
  if (typeof sentence === 'string') return { text: sentence, asked: [] };
  const asked = new Set<string>();
  const params = new Proxy(
    {},
    {
      get(_, name: string) {
        asked.add(name);
        return values[name] ?? (name === 'angle' || name === 'shown' ? 'left' : 7);
      },
    },
  );
  return { text: sentence(params, FORMAT), asked: [...asked].toSorted() };
}

it('the list of languages is what lies in the folder', async () => {
  expect(await readFile(join(HERE, 'languages.ts'), 'utf8')).toBe(languageList(await readdir(HERE)));
});

describe.each(Object.entries(LANGUAGES))('%s', (_, language) => {
  const sentences = sentencesOf(language);

  it('has every key', () => {
    expect(sentences.map(([key]) => key)).toEqual(sentencesOf(en).map(([key]) => key));
  });

  it('has the same parameters in every sentence', () => {
    const parameters = (of: object) =>
      Object.fromEntries(sentencesOf(of).map(([key, sentence]) => [key, said(sentence).asked]));
    expect(parameters(language)).toEqual(parameters(en));
  });

  it.each(['front', 'back', 'left', 'right'])('has words for the %s of everybody', (angle) => {
    for (const [key, sentence] of sentences) {
      const { text } = said(sentence, { angle, shown: angle });
      expect.soft(text, key).not.toMatch(/undefined|\[object|NaN/);
      expect.soft(text.trim(), key).toBe(text);
    }
  });

  it('names each photo in a way of its own', () => {
    for (const [key, sentence] of sentences) {
      if (!said(sentence).asked.includes('angle')) continue;
      const texts = ['front', 'back', 'left', 'right'].map((angle) => said(sentence, { angle }).text);
      expect.soft(new Set(texts).size, key).toBe(4);
    }
  });
});

it.each(Object.entries(LANGUAGES).filter(([tag]) => tag !== 'en'))(
  '%s says nothing as English does',
  (_, language) => {
    const english = new Map(sentencesOf(en));
    const same = sentencesOf(language).filter(([key, sentence]) => {
      const { text } = said(sentence);
      return text.length > 12 && text === said(english.get(key)!).text;
    });
    expect(same.map(([key]) => key)).toEqual([]);
  },
);

it('every error, refusal and fault of a photo has a sentence, and every sentence one of them', () => {
  const codes = (group: keyof Language) => [
    ...new Set(Object.keys(en[group]).map((key) => key.split('.')[0]!)),
  ];
  expect(codes('errors').toSorted()).toEqual([...ERROR_CODES].toSorted());
  expect(codes('calls').toSorted()).toEqual([...Object.keys(CALL_ERRORS), 'InternalError'].toSorted());
  expect(codes('photos').toSorted()).toEqual([...PHOTO_ISSUES].toSorted());
});

describe('another language', () => {
  it('is one file: nothing else is written by hand', { timeout: 60_000 }, async () => {
    const copy = await mkdtemp(join(HERE, '../../.toy-language-'));
    try {
      await cp(join(HERE, '..'), copy, { recursive: true });
      const words = join(copy, 'words');
      await cp(join(words, 'tlh.fixture.ts'), join(words, 'tlh.ts'));
      expect(await listLanguages(words)).toBe(true);
      const before = new Set(await readdir(HERE));
      expect((await readdir(words)).filter((file) => !before.has(file))).toEqual(['tlh.ts']);

      const script = `
        import { speakerFor } from ${JSON.stringify(join(words, 'speaker.ts'))};
        import { readerOf } from ${JSON.stringify(join(words, 'reader.ts'))};
        import { pushText } from ${JSON.stringify(join(words, 'push.ts'))};
        import { scanError } from ${JSON.stringify(join(copy, 'errors.ts'))};
        const reader = readerOf({ locale: 'tlh_AQ', units: 'metric' });
        const speaker = speakerFor(reader);
        console.log(JSON.stringify({
          push: pushText(reader, 'completed').title,
          error: scanError({ messageCode: 'InvalidScanError.weight', params: { minLb: 20, maxLb: 100 } }, speaker).message,
          call: speaker.say('calls', 'SignInRequiredError'),
          warning: speaker.say('warnings', 'insights'),
          step: speaker.say('steps', 'retrying'),
          photo: speaker.say('photos', 'too_dark', { angle: 'left' }),
          note: speaker.say('estimation', 'under_18'),
          screen: speaker.say('screen', 'state.failed'),
          missing: speaker.say('steps', 'retrying') && speaker.say('warnings', 'delta'),
        }));`;
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
      expect(JSON.parse(stdout)).toEqual({
        push: 'Qapla’! 🎉',
        error: 'ngI’ 9.1 kg–45.4 kg',
        call: 'yI’el.',
        warning: 'yab QIjlu’be’.',
        step: 'nIDqa’lu’.',
        photo: 'Hurgh left nagh beQ.',
        note: 'loD puqloD.',
        screen: 'luj',
        missing: en.warnings.delta,
      });
    } finally {
      await rm(copy, { recursive: true, force: true });
    }
  });

  it('may be a dialect or a script', () => {
    const list = languageList([
      'en.ts',
      'pt-BR.ts',
      'sr-Latn.ts',
      'speaker.ts',
      'es.test.ts',
      'tlh.fixture.ts',
    ]);
    expect(list).toContain("import { pt_BR } from './pt-BR.ts';");
    expect(list).toContain("'sr-Latn': sr_Latn");
    expect(list).not.toMatch(/speaker|test|fixture/);
  });
});
