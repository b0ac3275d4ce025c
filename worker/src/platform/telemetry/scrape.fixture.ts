/** Reads a process's metrics as Prometheus would. */

/** The samples at `url`: `name{label="value"}`, with the labels in their order → value. */
export async function scrape(url: string): Promise<Map<string, number>> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}
