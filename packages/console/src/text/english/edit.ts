/** Forms over something that exists. */
export const edit = {
  'edit.nothing': 'Nothing was changed, so there is nothing to save.',
  'edit.saved': 'Saved.',
  'edit.yes': 'Yes',
  'edit.no': 'No',
  'edit.required': 'This is needed.',
} as const;
