import type { ReactNode } from 'react';

/** Separate currents that join: the one ornament of the pages, quiet enough to be forgotten. */
export function FlowLines(): ReactNode {
  return (
    <svg
      className="flow-lines"
      viewBox="0 0 1440 480"
      preserveAspectRatio="xMidYMax slice"
      fill="none"
      stroke="currentColor"
      aria-hidden="true"
      focusable="false"
    >
      {starts.map((start, index) => {
        const end = 300 + index * 7;
        return (
          <path
            key={start}
            d={`M-20 ${start}C420 ${start} 560 ${end} 900 ${end}S1280 ${end - 60} 1460 ${end - 130 + index * 9}`}
          />
        );
      })}
    </svg>
  );
}

const starts = [60, 120, 185, 250, 315, 375, 430, 480];

/** The same current, small: it joins who asks with whom they ask. */
export function JointLine(): ReactNode {
  return (
    <svg className="joint-line" viewBox="0 0 72 24" fill="none" stroke="currentColor" focusable="false">
      <path d="M2 5c22 0 20 7 36 7h32" />
      <path d="M2 19c22 0 20-7 36-7" />
    </svg>
  );
}
