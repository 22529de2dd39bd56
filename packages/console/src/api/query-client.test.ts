import { MutationObserver } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { queryClient } from './query-client.js';

test('what a change answered is kept as long as somebody looks at it, and no longer', async () => {
  const observer = new MutationObserver(queryClient, { mutationFn: () => Promise.resolve('a secret') });
  const unsubscribe = observer.subscribe(() => undefined);
  await observer.mutate();
  const answers = (): readonly unknown[] =>
    queryClient
      .getMutationCache()
      .getAll()
      .map(({ state }) => state.data);
  expect(answers()).toEqual(['a secret']);
  observer.reset();
  await vi.waitFor(() => expect(answers()).toEqual([]));
  unsubscribe();
});
