import { createHash } from 'node:crypto';
import type { Project, ProjectId } from '@fluxo/objects';

const DEMO_DOMAIN = 'acme';

export const DEMO_ENVIRONMENTS = [
  { domain: DEMO_DOMAIN, lane: 'my', name: 'Acme Studios' },
  { domain: DEMO_DOMAIN, lane: 'preview', name: 'Acme Studios' },
] as const;

/** Written on the screen by `npm start`: it opens nothing but a demo on this machine. */
export const DEMO_PASSWORD = 'let-me-connect';

export const DEMO_USERS = [
  { username: 'ana', name: 'Ana Souza', email: 'ana@acme.example', administrator: false },
  { username: 'ben', name: 'Ben Carter', email: 'ben@acme.example', administrator: true },
] as const;

/** An organization whose people sign in at their company, and nowhere else. */
export const COMPANY_ENVIRONMENT = { domain: 'borealis', lane: 'my', name: 'Borealis Labs' } as const;

/** For the day on which the company's sign-in is away. */
export const COMPANY_ADMINISTRATOR = {
  username: 'olga',
  name: 'Olga Berg',
  email: 'olga@borealis.example',
  administrator: true,
} as const;

/** Whom the company knows. Fluxo learns of them when they come. */
export const COMPANY_PEOPLE = [
  { username: 'nora', firstName: 'Nora', lastName: 'Lind', email: 'nora@borealis.example' },
  { username: 'tomas', firstName: 'Tomás', lastName: 'Rey', email: 'tomas@borealis.example' },
] as const;

export const COMPANY_EMAIL_DOMAIN = 'borealis.example';

export const DEMO_APPLICATION = {
  name: 'Lapis',
  description: 'Plans your week from the projects you work on.',
  developerName: 'Lapis Works',
  developerEmail: 'hello@lapis.example',
  descriptionUrl: 'https://lapis.example/about',
  privacyUrl: 'https://lapis.example/privacy',
  termsUrl: 'https://lapis.example/terms',
} as const;

type Row = readonly [
  name: string,
  status: string,
  percentComplete: number,
  priority: number,
  start: string,
  end: string,
];

const ROWS: readonly Row[] = [
  ['Annual report', 'CUR', 65, 3, '2026-09-01T09:00:00Z', '2026-12-18T17:00:00Z'],
  ['Autumn campaign', 'CPL', 100, 2, '2026-07-06T09:00:00Z', '2026-10-30T17:00:00Z'],
  ['Brand refresh', 'CUR', 40, 4, '2026-10-05T09:00:00Z', '2027-02-26T17:00:00Z'],
  ['Customer portal', 'CUR', 25, 3, '2026-11-02T09:00:00Z', '2027-04-30T17:00:00Z'],
  ['Data clean-up', 'PLN', 0, 1, '2027-01-11T09:00:00Z', '2027-02-05T17:00:00Z'],
  ['Field service app', 'PLN', 0, 2, '2027-02-01T09:00:00Z', '2027-06-25T17:00:00Z'],
  ['Office move', 'CUR', 80, 2, '2026-08-17T09:00:00Z', '2026-12-04T17:00:00Z'],
  ['Spring trade fair', 'PLN', 5, 3, '2026-12-01T09:00:00Z', '2027-03-19T17:00:00Z'],
];

/** @param index which environment, so that no two have a project of one identifier */
export function demoProjects(index: number): readonly Project[] {
  return ROWS.map(([name, status, percentComplete, priority, start, end], row) => ({
    id: createHash('md5').update(`${index}/${row}`).digest('hex') as ProjectId,
    name,
    status,
    percentComplete,
    priority,
    plannedStartDate: Date.parse(start),
    plannedCompletionDate: Date.parse(end),
  }));
}
