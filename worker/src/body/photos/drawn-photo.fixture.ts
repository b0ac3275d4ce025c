/** Draws a simple person in front of a plain wall: a photo that passes the checks, which tests then spoil. */

import sharp, { type Sharp } from 'sharp';

/** A drawn photo of this size (px), not yet encoded. */
export function drawnPhoto({ width = 1200, height = 1600 } = {}): Sharp {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 160" width="${width}" height="${height}" preserveAspectRatio="none">
    <rect width="120" height="160" fill="#cfd6da"/>
    <rect y="140" width="120" height="20" fill="#a89f94"/>
    <g fill="#c99b7d">
      <circle cx="60" cy="20" r="9"/>
      <path d="M48 32 h24 l6 44 h-36 z"/>
      <rect x="36" y="34" width="7" height="46" rx="3"/>
      <rect x="77" y="34" width="7" height="46" rx="3"/>
      <path d="M44 76 h32 l-3 70 h-9 l-4 -56 l-4 56 h-9 z"/>
    </g>
    <path d="M44 74 h32 l1 20 h-34 z" fill="#2b3a67"/>
  </svg>`;
  return sharp(Buffer.from(svg)).flatten();
}
