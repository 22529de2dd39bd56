import {
  colorsTuple,
  createTheme,
  virtualColor,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';
import { darkColors, lightColors, measures, type ColorName } from '@fluxo/ui/tokens';

type Colors = Readonly<Record<ColorName, string>>;

/** The names that Mantine's components ask for, in the words of our design tokens. */
function named(colors: Colors): Record<string, string> {
  return {
    ...colors,
    '--mantine-color-body': colors['--paper'],
    '--mantine-color-text': colors['--ink'],
    '--mantine-color-bright': colors['--ink'],
    '--mantine-color-dimmed': colors['--ink-soft'],
    '--mantine-color-placeholder': colors['--ink-soft'],
    '--mantine-color-anchor': colors['--accent'],
    '--mantine-color-error': colors['--danger'],
    '--mantine-color-default': colors['--surface'],
    '--mantine-color-default-hover': colors['--sunken'],
    '--mantine-color-default-color': colors['--ink'],
    '--mantine-color-default-border': colors['--line-strong'],
    '--mantine-color-disabled': colors['--sunken'],
    '--mantine-color-disabled-color': colors['--ink-soft'],
    '--mantine-color-disabled-border': colors['--line'],
    '--mantine-primary-color-contrast': colors['--on-primary'],
    ...shadesOf('accent', {
      main: colors['--accent'],
      filled: colors['--primary'],
      hover: colors['--primary-hover'],
      soft: colors['--accent-soft'],
      contrast: colors['--on-primary'],
    }),
    ...shadesOf('danger', {
      main: colors['--danger'],
      filled: colors['--danger'],
      hover: colors['--danger'],
      soft: colors['--danger-soft'],
      contrast: colors['--surface'],
    }),
  };
}

interface Shades {
  readonly main: string;
  readonly filled: string;
  readonly hover: string;
  readonly soft: string;
  readonly contrast: string;
}

function shadesOf(name: string, { main, filled, hover, soft, contrast }: Shades): Record<string, string> {
  const color = `--mantine-color-${name}`;
  return {
    [`${color}-text`]: main,
    [`${color}-filled`]: filled,
    [`${color}-filled-hover`]: hover,
    [`${color}-light`]: soft,
    [`${color}-light-hover`]: soft,
    [`${color}-light-color`]: main,
    [`${color}-outline`]: main,
    [`${color}-outline-hover`]: soft,
    [`${color}-contrast`]: contrast,
  };
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: { ...measures },
  light: named(lightColors),
  dark: named(darkColors),
});

/** Mantine's greys, in the tint of our paper. */
const gray: MantineColorsTuple = [
  lightColors['--sunken'],
  '#edf2ef',
  '#e5ece8',
  lightColors['--line'],
  '#bfcbc6',
  lightColors['--line-strong'],
  '#5e706a',
  lightColors['--ink-soft'],
  '#2c3d37',
  lightColors['--ink'],
];

const dark: MantineColorsTuple = [
  darkColors['--ink'],
  '#cbd8d2',
  darkColors['--ink-soft'],
  darkColors['--line-strong'],
  darkColors['--line'],
  '#202c28',
  darkColors['--sunken'],
  darkColors['--surface'],
  darkColors['--paper'],
  '#080d0b',
];

/** The same look as the pages: one accent, round corners, the system's own font. */
export const theme = createTheme({
  primaryColor: 'accent',
  autoContrast: true,
  black: lightColors['--ink'],
  colors: {
    ...{ gray, dark },
    accentLight: colorsTuple(lightColors['--accent']),
    accentDark: colorsTuple(darkColors['--accent']),
    accent: virtualColor({ name: 'accent', light: 'accentLight', dark: 'accentDark' }),
    dangerLight: colorsTuple(lightColors['--danger']),
    dangerDark: colorsTuple(darkColors['--danger']),
    danger: virtualColor({ name: 'danger', light: 'dangerLight', dark: 'dangerDark' }),
  },
  fontFamily: measures['--font'],
  fontFamilyMonospace: measures['--font-code'],
  defaultRadius: 'md',
  radius: { md: measures['--radius'], lg: measures['--radius-card'] },
  headings: { fontFamily: measures['--font'], fontWeight: '650' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Below 16 px, phones zoom into the field.
    Input: { defaultProps: { size: 'md' } },
    InputWrapper: { defaultProps: { size: 'md' } },
    Button: { defaultProps: { size: 'md' } },
    SegmentedControl: { defaultProps: { size: 'md' } },
    Switch: { defaultProps: { size: 'md' } },
    Checkbox: { defaultProps: { size: 'md' } },
    Radio: { defaultProps: { size: 'md' } },
    Modal: {
      defaultProps: {
        ...{ centered: true, radius: 'lg', transitionProps: { duration: 120 } },
        // A dialog's header is no second banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
    },
  },
});
