import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState, type ReactNode } from 'react';
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
  /** What was searched for from here and has not come back as the value yet. */
  const searched = useRef<string[]>([]);
  const search = useDebouncedCallback((next: string) => {
    searched.current.push(next);
    onSearch(next);
  }, TYPING_MS);
  useEffect(() => {
    const place = searched.current.indexOf(value);
    searched.current = searched.current.slice(place + 1);
    if (place >= 0) return;
    // The address changed by itself: a link, or the way back.
    search.cancel();
    searched.current = [];
    setTyped(value);
    // Only another value is a reason.
  }, [value]);
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
