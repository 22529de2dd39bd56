import type { FluxoClient } from '@fluxo/client';
import { ApiError } from './problem.js';

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly percentComplete: number | undefined;
  /** The day alone, `2026-03-31`. */
  readonly plannedStart: string | undefined;
  readonly plannedCompletion: string | undefined;
}

const TIMEOUT_MS = 10_000;

/** What the person may see, as Fluxo tells it. */
export async function listProjects(fluxo: FluxoClient): Promise<readonly Project[]> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const answer = await fluxo.fetch('/attask/api/v14.0/proj/search', { signal });
  const body: unknown = await answer.json().catch(() => undefined);
  const data = isObject(body) ? body['data'] : undefined;
  if (!answer.ok || !Array.isArray(data)) throw new ApiError(`The API answered ${answer.status}.`);
  return data.filter(isObject).map(projectFrom);
}

function projectFrom(fields: Record<string, unknown>): Project {
  const status = text(fields['status']) ?? '';
  const percent = fields['percentComplete'];
  return {
    id: text(fields['ID']) ?? '',
    name: text(fields['name']) ?? 'Untitled',
    status: STATUS_WORDS[status] ?? status,
    percentComplete:
      typeof percent === 'number' ? Math.min(100, Math.max(0, Math.round(percent))) : undefined,
    plannedStart: day(fields['plannedStartDate']),
    plannedCompletion: day(fields['plannedCompletionDate']),
  };
}

/** The dialect's abbreviations; an organization may have more of its own, which are shown as they are. */
const STATUS_WORDS: Readonly<Record<string, string>> = {
  APR: 'Approved',
  CPL: 'Complete',
  CUR: 'Current',
  DED: 'Dead',
  IDA: 'Idea',
  ONH: 'On hold',
  PLN: 'Planning',
  REJ: 'Rejected',
  REQ: 'Requested',
};

/** Dates come as `2026-03-31T17:00:00:000-0700`, which no parser of JavaScript knows; the day is what we show. */
function day(value: unknown): string | undefined {
  return /^\d{4}-\d{2}-\d{2}/.exec(text(value) ?? '')?.[0];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
