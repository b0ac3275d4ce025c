/** The sounds of a countdown, for a user who stands too far away to read it. */

/** Opens them; from a tap, since a browser stays silent otherwise. */
export function openSound(): { tick(): void; shutter(): void; close(): void } {
  const context = new AudioContext();
  const sound = (hertz: number, seconds: number) => {
    const tone = new OscillatorNode(context, { frequency: hertz });
    const volume = new GainNode(context, { gain: 0.3 });
    tone.connect(volume).connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + seconds);
  };
  return {
    tick: () => sound(880, 0.08),
    shutter: () => sound(1320, 0.4),
    close: () => void context.close(),
  };
}
