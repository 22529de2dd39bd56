import { correction, generate } from 'lean-qr';
import type { ReactNode } from 'react';

/** Modules of quiet around it, without which cameras don't find it (ISO/IEC 18004 §6.3.8). */
const QUIET = 4;

/** Dark on light in every colour scheme: many cameras don't read the other way round. */
export function QrCode(props: { readonly value: string; readonly label: string }): ReactNode {
  const code = generate(props.value, { minCorrectionLevel: correction.M });
  const size = code.size + 2 * QUIET;
  return (
    <svg className="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={props.label}>
      <rect width={size} height={size} fill="#ffffff" />
      <path d={pathOf(code)} fill="#000000" shapeRendering="crispEdges" />
    </svg>
  );
}

interface Modules {
  readonly size: number;
  get(x: number, y: number): boolean;
}

/** One rectangle for each run of dark modules in a row. */
function pathOf(code: Modules): string {
  let path = '';
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      if (!code.get(x, y)) continue;
      const from = x;
      while (x < code.size && code.get(x, y)) x += 1;
      path += `M${from + QUIET} ${y + QUIET}h${x - from}v1h-${x - from}z`;
    }
  }
  return path;
}
