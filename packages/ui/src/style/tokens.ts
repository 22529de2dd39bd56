/** Every colour and measure has its name here, once for light and once for dark. */

/** What both have in common. */
export const measures = {
  '--radius': '0.75rem',
  '--radius-card': '1.25rem',
  '--gap': '1rem',
  '--font': "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif",
  '--font-code': "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
} as const;

export const lightColors = {
  '--paper': '#f2f5f3',
  '--surface': '#ffffff',
  '--sunken': '#f5f8f6',
  '--ink': '#10201c',
  '--ink-soft': '#4a5c56',
  '--line': '#dbe3df',
  '--line-strong': '#7b8c86',
  '--accent': '#0a6352',
  '--primary': '#0a6352',
  '--primary-hover': '#084f42',
  '--on-primary': '#ffffff',
  '--primary-line': 'transparent',
  '--accent-soft': '#e2f1ec',
  '--danger': '#ad2a1f',
  '--danger-soft': '#fdeeec',
  '--test': '#ffe6a8',
  '--on-test': '#4a3300',
  '--current': '#cfdcd6',
  '--shadow': '0 1px 2px rgb(16 32 28 / 5%), 0 12px 32px -12px rgb(16 32 28 / 16%)',
  '--tint-0': '#dcefe9',
  '--on-tint-0': '#0a5546',
  '--tint-1': '#e0e9fa',
  '--on-tint-1': '#244a90',
  '--tint-2': '#f8e5d8',
  '--on-tint-2': '#84400f',
  '--tint-3': '#ede3f6',
  '--on-tint-3': '#643491',
  '--tint-4': '#f1ecd0',
  '--on-tint-4': '#5c4d08',
} as const;

export type ColorName = keyof typeof lightColors;

export const darkColors = {
  '--paper': '#0c1311',
  '--surface': '#141d1a',
  '--sunken': '#1a2522',
  '--ink': '#e9f0ed',
  '--ink-soft': '#a3b5ae',
  '--line': '#293632',
  '--line-strong': '#71837c',
  '--accent': '#62d3b8',
  '--primary': '#62d3b8',
  '--primary-hover': '#84e2cb',
  '--on-primary': '#04241c',
  '--primary-line': 'transparent',
  '--accent-soft': '#15332b',
  '--danger': '#ff9d92',
  '--danger-soft': '#351a17',
  '--test': '#4d3a0c',
  '--on-test': '#ffe3a0',
  '--current': '#22312c',
  '--shadow': '0 0 0 1px #1f2b27, 0 16px 40px -16px rgb(0 0 0 / 60%)',
  '--tint-0': '#17392f',
  '--on-tint-0': '#86dcc6',
  '--tint-1': '#1c2f52',
  '--on-tint-1': '#a9c6ff',
  '--tint-2': '#43291a',
  '--on-tint-2': '#ffc29b',
  '--tint-3': '#35234a',
  '--on-tint-3': '#dcbcff',
  '--tint-4': '#3a3312',
  '--on-tint-4': '#ecd97f',
} as const satisfies Readonly<Record<ColorName, string>>;

const declare = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `  ${name}: ${value};`)
    .join('\n');

export const lightTokens = declare(lightColors);
export const darkTokens = declare(darkColors);

export const tokens = `
:root {
  color-scheme: light dark;
${declare(measures)}
${lightTokens}
}
@media (prefers-color-scheme: dark) {
  :root {
${darkTokens}
  }
}
`;
