import type { Kind } from '../../api/types.js';

export const KINDS = ['web', 'spa', 'machine'] as const satisfies readonly Kind[];

export const isKind = (value: unknown): value is Kind => KINDS.some((kind) => kind === value);
