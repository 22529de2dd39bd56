import { Button, Paper, Skeleton, Stack, Text } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useText } from '../text/text.js';
import { ProblemAlert } from './problem-alert.js';
import { RecordTable, type Column } from './record-table.js';

interface Page<Item> {
  readonly items: readonly Item[];
}

interface Props<Item> {
  readonly query: UseInfiniteQueryResult<InfiniteData<Page<Item>>>;
  readonly label: string;
  readonly columns: readonly Column<Item>[];
  readonly idOf: (item: Item) => string;
  /** What stands here when there is nothing: an invitation, or what the search didn't find. */
  readonly empty: ReactNode;
  /** Within a section, which has a surface already. */
  readonly isBare?: boolean;
}

/** A list of the API: loaded page by page, and honest about what it doesn't know yet. */
export function RecordList<Item>({ query, empty, isBare = false, ...table }: Props<Item>): ReactNode {
  const text = useText();
  const { t } = text;
  if (query.isPending) return <Waiting label={t('common.loading')} />;
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack gap="md">
      {query.isError && <ProblemAlert error={query.error} retry={() => void query.refetch()} />}
      {items.length === 0 && !query.isError && empty}
      {items.length > 0 && (
        <>
          {isBare ? (
            <RecordTable {...table} items={items} />
          ) : (
            <Paper data-surface className="records-surface">
              <RecordTable {...table} items={items} />
            </Paper>
          )}
          <Text size="sm" c="dimmed" role="status">
            {t('common.shown', { count: items.length })}
          </Text>
        </>
      )}
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
          style={{ alignSelf: 'center' }}
        >
          {t('common.more')}
        </Button>
      )}
    </Stack>
  );
}

function Waiting({ label }: { readonly label: string }): ReactNode {
  return (
    <Stack gap="sm" role="status" aria-label={label}>
      {['a', 'b', 'c'].map((key) => (
        <Skeleton key={key} height={56} />
      ))}
    </Stack>
  );
}
