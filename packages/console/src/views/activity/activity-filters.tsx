import { Button, Group, Select, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { ActivityFilter } from '../../api/activity.js';
import { SearchField } from '../../components/search-field.js';
import { useText, type Text as Voice } from '../../text/text.js';
import { EVENT_GROUPS, EVENT_TYPES, nameOfType } from './event-types.js';
import { ApplicationChoice, PersonChoice } from './record-choice.js';

interface Props {
  readonly filter: ActivityFilter;
  readonly change: (next: ActivityFilter) => void;
  readonly reset: () => void;
}

export function ActivityFilters({ filter, change, reset }: Props): ReactNode {
  const text = useText();
  const { t } = text;
  const [resets, setResets] = useState(0);
  const resetAll = (): void => {
    reset();
    setResets((count) => count + 1);
  };
  return (
    // Another key after a reset, so that the fields forget what was typed into them.
    <Group gap="sm" align="end" key={resets}>
      <SearchField
        label={t('activity.search')}
        value={filter.q ?? ''}
        onSearch={(q) => change({ q: q === '' ? undefined : q })}
      />
      <Select
        aria-label={t('activity.kind')}
        placeholder={t('activity.anyKind')}
        data={choicesIn(text)}
        value={filter.type ?? null}
        onChange={(type) => change({ type: type ?? undefined })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('activity.anyKind') }}
        nothingFoundMessage={t('activity.nothingFound')}
        flex="1 1 14rem"
      />
      <PersonChoice value={filter.wid} onChange={(wid) => change({ wid })} />
      <ApplicationChoice value={filter.client_id} onChange={(clientId) => change({ client_id: clientId })} />
      <Day label={t('activity.from')} value={filter.from} onChange={(from) => change({ from })} />
      <Day label={t('activity.to')} value={filter.to} onChange={(to) => change({ to })} />
      {Object.keys(filter).length > 0 && (
        <Button variant="subtle" size="md" onClick={resetAll}>
          {t('activity.resetFilter')}
        </Button>
      )}
    </Group>
  );
}

function choicesIn(text: Voice) {
  const { t } = text;
  const groups = Object.entries(EVENT_GROUPS) as [keyof typeof EVENT_GROUPS, string][];
  return [
    {
      group: t('activity.groups'),
      items: groups.map(([name, value]) => ({ value, label: t(`activity.group.${name}`) })),
    },
    {
      group: t('activity.singleKinds'),
      items: EVENT_TYPES.map((value) => ({ value, label: nameOfType(value, text) })),
    },
  ];
}

interface DayProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (day: string | undefined) => void;
}

/** The browser's own: it speaks the reader's language and works with the keyboard. */
function Day({ label, value, onChange }: DayProps): ReactNode {
  return (
    <TextInput
      type="date"
      label={label}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
      flex="1 1 9rem"
      maw="12rem"
    />
  );
}
