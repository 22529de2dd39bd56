import { EmptyState } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../text/text.js';
import { SearchIcon } from './icons.js';
import { ViewHeader } from './view-header.js';

export function NotFound(): ReactNode {
  const { t } = useText();
  return (
    <>
      <ViewHeader title={t('common.notFoundTitle')} />
      <EmptyState icon={<SearchIcon />} title={t('common.notFound')} />
    </>
  );
}
