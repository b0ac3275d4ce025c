/**
 * The sounds of a countdown, for a user who stands too far away to read it. make-sounds.ts wrote the files in sounds/.
 */

const FILES = {
  tick: new URL('./sounds/tick.wav', import.meta.url),
  shutter: new URL('./sounds/shutter.wav', import.meta.url),
  again: new URL('./sounds/again.wav', import.meta.url),
} as const;

export interface Sounds {
  /** Plays a sound as soon as its file is loaded. Does nothing where it cannot be played. */
  play(name: keyof typeof FILES): void;
  close(): void;
}

const SILENCE: Sounds = { play: () => undefined, close: () => undefined };

/** Loads the sounds. Must be called from a tap, since a browser stays silent otherwise. Never throws. */
export function openSounds(): Sounds {
  try {
    return soundsIn(new AudioContext());
  } catch {
    // A browser without sound, or one that opens no further audio.
    return SILENCE;
  }
}

function soundsIn(context: AudioContext): Sounds {
  const load = async (address: URL) =>
    context.decodeAudioData(await (await fetch(address)).arrayBuffer()).catch(() => null);
  const files = Object.fromEntries(
    Object.entries(FILES).map(([name, address]) => [name, load(address).catch(() => null)]),
  );
  const play = async (name: keyof typeof FILES) => {
    const buffer = await files[name];
    if (!buffer || context.state === 'closed') return;
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(context.destination);
    source.start();
  };
  return {
    play: (name) => void play(name).catch(() => undefined),
    close: () => void context.close().catch(() => undefined),
  };
}
