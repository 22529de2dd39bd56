import type { edit as english } from '../english/edit.js';

export const edit = {
  'edit.nothing': 'Nada foi alterado, então não há o que salvar.',
  'edit.saved': 'Salvo.',
  'edit.yes': 'Sim',
  'edit.no': 'Não',
  'edit.required': 'Isto é necessário.',
} as const satisfies Readonly<Record<keyof typeof english, string>>;
