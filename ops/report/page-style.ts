/** The style sheet of a report's page, for light and dark. */

export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fbfaf8, #16181c);
  --card: light-dark(#ffffff, #1f2227);
  --ink: light-dark(#22252a, #e7e5e0);
  --soft: light-dark(#6a6f78, #9aa0aa);
  --line: light-dark(#e4e1da, #33373e);
  --accent: light-dark(#2f6db0, #6fa8e0);
  --good: light-dark(#3c8f5a, #5fb57e);
  --fair: light-dark(#c9922b, #dcae55);
  --bad: light-dark(#c2473d, #e0766d);
  --quiet: light-dark(#9aa0a8, #767c86);
  --waiting: light-dark(#9cb8d6, #4a6684);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 800px; margin: 0 auto; padding: 32px 16px 64px; }
h1 { font-size: 24px; margin: 0; }
h2 { font-size: 16px; margin: 0 0 4px; }
header p, section > p, .note, li { color: var(--soft); margin: 0; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px 20px; margin-top: 16px; overflow-x: auto; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 12px; background: none; border: 0; padding: 0; margin-top: 20px; }
.tile { background: var(--card); border: 1px solid var(--line); border-top: 3px solid var(--line); border-radius: 10px; padding: 12px 14px; }
.tile h2 { font-size: 13px; font-weight: 600; color: var(--soft); }
.tile p { margin: 0; font-size: 12px; color: var(--soft); }
.tile .value { font-size: 22px; color: var(--ink); font-variant-numeric: tabular-nums; }
.tile.met { border-top-color: var(--good); }
.tile.met b { color: var(--good); }
.tile.missed { border-top-color: var(--bad); }
.tile.missed b { color: var(--bad); }
.pair { display: flex; flex-wrap: wrap; gap: 16px 32px; align-items: flex-start; }
.pair:empty { display: none; }
.plot { margin: 12px 0; }
.plot svg { max-width: 100%; height: auto; display: block; }
.key { display: inline-flex; align-items: center; gap: 5px; margin-right: 14px; }
.key i { width: 10px; height: 10px; border-radius: 2px; }
.note, .empty { margin: 14px 2px 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 14px; margin-top: 4px; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: 12px; }
th, td { padding: 4px 18px 4px 0; border-bottom: 1px solid var(--line); }
th:not(:first-child), td:not(:first-child) { text-align: right; }
tr:last-child td { border-bottom: 0; }
ul { margin: 10px 0 0; padding-left: 18px; font-size: 13px; }
@media print { section, .tile { break-inside: avoid; } }
`;
