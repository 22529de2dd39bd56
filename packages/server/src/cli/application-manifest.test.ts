import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readManifest } from './application-manifest.js';

const folder = mkdtempSync(join(tmpdir(), 'fluxo-manifest-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  const file = join(folder, 'applications.yaml');
  writeFileSync(file, text);
  return readManifest(file);
}

const CLIENT_ID = '0123456789abcdef0123456789abcdef';

describe('a file of applications', () => {
  it('is read with every member, and each application knows its line', async () => {
    const text = `# ours
applications:
  - name: Reports
    kind: web
    redirect_urls:
      - https://a.example/cb
    refresh_policy: { rotation: true, absolute_days: 90, inactivity_days: null }
    token_type: Bearer
    remember_consent: false
    enabled: true
    description: null
    description_url: https://a.example
    privacy_url: https://a.example/p
    terms_url: https://a.example/t
    developer_name: Dev
    developer_email: dev@a.example
  - client_id: ${CLIENT_ID}
`;
    expect(await read(text)).toEqual([
      {
        place: 'line 3',
        kind: 'web',
        change: {
          name: 'Reports',
          redirectUrls: ['https://a.example/cb'],
          refreshPolicy: { rotation: true, absoluteDays: 90, inactivityDays: null },
          tokenType: 'Bearer',
          ...{ rememberConsent: false, enabled: true, description: null },
          descriptionUrl: 'https://a.example',
          privacyUrl: 'https://a.example/p',
          termsUrl: 'https://a.example/t',
          ...{ developerName: 'Dev', developerEmail: 'dev@a.example' },
        },
      },
      { place: 'line 17', clientId: CLIENT_ID, change: {} },
    ]);
  });

  it('may be JSON, and may say once what several have', async () => {
    expect(await read('{"applications": [{"name": "A", "kind": "spa"}]}')).toMatchObject([{ kind: 'spa' }]);
    const shared =
      'applications:\n  - name: A\n    redirect_urls: &urls [https://a.example/]\n  - name: B\n    redirect_urls: *urls\n';
    expect(await read(shared)).toMatchObject([
      { change: { redirectUrls: ['https://a.example/'] } },
      { change: { redirectUrls: ['https://a.example/'] } },
    ]);
    expect(await read('applications: []')).toEqual([]);
  });

  it.each([
    [
      'a member that is none',
      'applications:\n  - name: A\n    colour: red\n',
      /^line 3: "colour" is no member.*redirect_urls/,
    ],
    [
      'one that JavaScript objects have',
      'applications:\n  - name: A\n    toString: x\n',
      /^line 3: "toString" is no member/,
    ],
    ['a member beside applications', 'applications: []\nusers: []\n', /^line 2: "users" is no member here/],
    ['a member twice', 'applications:\n  - name: A\n    name: B\n', /^line 3: /],
    [
      'a value of another type',
      'applications:\n  - name: A\n    enabled: "yes"\n',
      /^line 3: .*true or false/,
    ],
    ['a name that is no text', 'applications:\n  - name: 12\n', /^line 2: name is a text/],
    [
      'a kind that is none',
      'applications:\n  - name: A\n    kind: native\n',
      /^line 3: kind is one of web, spa, machine/,
    ],
    [
      'a redirect URL that stands alone',
      'applications:\n  - name: A\n    redirect_urls: https://a.example/\n',
      /^line 3: redirect_urls is a list/,
    ],
    [
      'a policy’s member that is none',
      'applications:\n  - name: A\n    refresh_policy: { days: 3 }\n',
      /^line 3: "days" is no member of refresh_policy/,
    ],
    [
      'a client_id that can’t be one',
      'applications:\n  - client_id: MY-APP\n',
      /^line 2: a client_id has 32 characters/,
    ],
    [
      'an application without name and client_id',
      'applications:\n  - kind: web\n',
      /^line 2: an application needs its name/,
    ],
    [
      'a text in place of an application',
      'applications:\n  - Reports\n',
      /^line 2: here must stand an application/,
    ],
    ['applications that are no list', 'applications:\n  name: A\n', /^line 2: "applications" is a list/],
    ['a file without applications', '{}', /no member "applications"/],
    ['an empty file', '', /^line 1: here must stand a list/],
    ['what is no YAML', 'applications: [\n', /^line \d: /],
  ])('%s is refused by its line', async (_what, text, problem) => {
    await expect(read(text)).rejects.toThrow(problem);
  });

  it('that isn’t there is named', async () => {
    await expect(readManifest(join(folder, 'nothing.yaml'))).rejects.toThrow(/could not be read: ENOENT/);
  });
});
