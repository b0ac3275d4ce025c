/** The beginning of each HTML page: the page is one file without scripts, and loads nothing. */

import { PAGE_STYLE } from './page-style.ts';

/** From the doctype to the open `<main>`. `title` is HTML. */
export function pageHead(title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>`;
}
