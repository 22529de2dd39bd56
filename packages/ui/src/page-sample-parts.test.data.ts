import type { ApplicationCard } from './page.js';

/** Who and what all samples are about. */

export const now = Date.UTC(2026, 2, 14, 15, 9, 26);
export const minute = 60_000;
export const day = 24 * 60 * minute;

export const application: ApplicationCard = {
  name: 'Harvest Planner',
  description: 'Plans the season from your projects and writes hours back.',
  developerName: 'Northfield Labs',
  developerEmail: 'hello@northfield.example',
  descriptionUrl: 'https://northfield.example/planner',
  privacyUrl: 'https://northfield.example/privacy',
  termsUrl: 'https://northfield.example/terms',
};

export const user = { name: 'Ana Beatriz Lima', username: 'ana.lima@aurora.example' };
