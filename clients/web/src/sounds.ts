/**
 * The sounds of a countdown, for a user who stands too far away to read it. make-sounds.ts wrote the files in sounds/.
 */

const FILES = {
  tick: new URL('./sounds/tick.wav', import.meta.url),
  shutter: new URL('./sounds/shutter.wav', import.meta.url),
  again: new URL('./sounds/again.wav', import.meta.url),
} as const;

export interface Sounds {
  /** Plays a sound as soon as its file is loaded. Does nothing when the file could not be loaded. */
  play(name: keyof typeof FILES): void;
  close(): void;
}

/** Loads the sounds. Must be called from a tap, since a browser stays silent otherwise. */
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
