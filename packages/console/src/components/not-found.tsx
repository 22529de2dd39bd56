import { EmptyState } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../text/text.js';
import { SearchIcon } from './icons.js';

export function NotFound(): ReactNode {
  const { t } = useText();
  return (
    <EmptyState icon={<SearchIcon />} title={t('common.notFoundTitle')} description={t('common.notFound')} />
  );
}
