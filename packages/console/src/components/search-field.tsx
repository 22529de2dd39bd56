import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { useText } from '../text/text.js';
import { SearchIcon } from './icons.js';

const TYPING_MS = 250;

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onSearch: (value: string) => void;
}

/** Searches while one types, a moment after the last key. */
export function SearchField({ label, value, onSearch }: Props): ReactNode {
  const { t } = useText();
  const [typed, setTyped] = useState(value);
  const search = useDebouncedCallback(onSearch, TYPING_MS);
  const change = (next: string): void => {
    setTyped(next);
    search(next.trim());
  };
  return (
    <TextInput
      type="text"
      role="searchbox"
      aria-label={label}
      placeholder={label}
      leftSection={<SearchIcon />}
      rightSection={
        typed === '' ? undefined : <CloseButton aria-label={t('common.clear')} onClick={() => change('')} />
      }
      value={typed}
      maxLength={200}
      onChange={(event) => change(event.currentTarget.value)}
      flex="1 1 14rem"
    />
  );
}
