import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { applicationQuery, applicationsQuery } from '../../api/applications.js';
import { userQuery, usersQuery } from '../../api/users.js';
import { useText } from '../../text/text.js';

const TYPING_MS = 250;

interface ChoiceProps {
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** One person, found by name while one types. */
export function PersonChoice({ value, onChange }: ChoiceProps): ReactNode {
  const { t } = useText();
  const [typed, setTyped] = useState('');
  const q = useSearchFor(typed);
  const { data } = useInfiniteQuery({ ...usersQuery(q), placeholderData: keepPreviousData });
  const chosen = useQuery({ ...userQuery(value ?? ''), enabled: value !== undefined }).data?.data;
  const found = data?.pages[0]?.items ?? [];
  const people =
    chosen === undefined || found.some(({ wid }) => wid === chosen.wid) ? found : [chosen, ...found];
  return (
    <Choice
      label={t('activity.user')}
      placeholder={t('activity.anyUser')}
      none={t('activity.nobodyFound')}
      records={people.map(({ wid, name, username }) => ({ value: wid, label: `${name} (${username})` }))}
      onSearch={setTyped}
      {...{ value, onChange }}
    />
  );
}

/** One application, found by name while one types. */
export function ApplicationChoice({ value, onChange }: ChoiceProps): ReactNode {
  const { t } = useText();
  const [typed, setTyped] = useState('');
  const q = useSearchFor(typed);
  const { data } = useInfiniteQuery({ ...applicationsQuery(q), placeholderData: keepPreviousData });
  const chosen = useQuery({ ...applicationQuery(value ?? ''), enabled: value !== undefined }).data?.data;
  const found = (data?.pages[0]?.items ?? []).map(({ client_id: id, name }) => ({ value: id, label: name }));
  const records =
    chosen === undefined || found.some((each) => each.value === chosen.client_id)
      ? found
      : [{ value: chosen.client_id, label: chosen.name }, ...found];
  return (
    <Choice
      label={t('activity.application')}
      placeholder={t('activity.anyApplication')}
      none={t('activity.nothingFound')}
      onSearch={setTyped}
      {...{ records, value, onChange }}
    />
  );
}

/** What is typed, a moment after the last key. The label of what is chosen, which stands in the field too, is no search. */
function useSearchFor(typed: string): { readonly q?: string } {
  const [text] = useDebouncedValue(typed.replace(/ \([^)]*\)$/, '').trim(), TYPING_MS);
  return text === '' ? {} : { q: text };
}

interface Props extends ChoiceProps {
  readonly label: string;
  readonly placeholder: string;
  readonly none: string;
  readonly records: readonly { readonly value: string; readonly label: string }[];
  readonly onSearch: (typed: string) => void;
}

function Choice({ label, placeholder, none, records, value, onChange, onSearch }: Props): ReactNode {
  return (
    <Select
      aria-label={label}
      placeholder={placeholder}
      data={[...records]}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      searchable
      // The server has searched already.
      filter={({ options }) => options}
      onSearchChange={onSearch}
      clearable
      clearButtonProps={{ 'aria-label': placeholder }}
      nothingFoundMessage={none}
      flex="1 1 14rem"
    />
  );
}
