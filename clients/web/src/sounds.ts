/** The sounds of a countdown, for a user who stands too far away to read it: files of sounds/, which make-sounds.ts wrote. */

const FILES = {
  tick: new URL('./sounds/tick.wav', import.meta.url),
  shutter: new URL('./sounds/shutter.wav', import.meta.url),
  again: new URL('./sounds/again.wav', import.meta.url),
} as const;

export interface Sounds {
  /** A file that has not arrived is not heard. */
  play(name: keyof typeof FILES): void;
  close(): void;
}

/** Loads them; from a tap, since a browser stays silent otherwise. */
export function openSounds(): Sounds {
  const context = new AudioContext();
  const load = async (address: URL) =>
    context.decodeAudioData(await (await fetch(address)).arrayBuffer()).catch(() => null);
  const files = Object.fromEntries(
    Object.entries(FILES).map(([name, address]) => [name, load(address).catch(() => null)]),
  );
  return {
    async play(name) {
      const buffer = await files[name];
      if (!buffer || context.state === 'closed') return;
      const source = new AudioBufferSourceNode(context, { buffer });
      source.connect(context.destination);
      source.start();
    },
    close: () => void context.close(),
  };
}
