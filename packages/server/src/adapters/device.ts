import Bowser from 'bowser';

/** `Firefox on Linux`, for a person who has to recognize a browser; undefined when it doesn't say. */
export function describeDevice(userAgent: string | null): string | undefined {
  if (userAgent === null || userAgent === '') return undefined;
  const { browser, os } = Bowser.parse(userAgent);
  const names = [browser.name, os.name].filter((name) => name !== undefined && name !== '');
  return names.length === 0 ? undefined : names.join(' · ');
}
