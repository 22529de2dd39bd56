import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { comparisonQuery } from '../../api/lanes.js';
import { isProblem } from '../../api/problem.js';
import type { CopiedApplication } from '../../api/types.js';
import { TextLink } from '../../components/link-button.js';
import { NotFound } from '../../components/not-found.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { ViewHeader } from '../../components/view-header.js';
import { useText } from '../../text/text.js';
import { ComparisonTable } from './comparison-table.js';
import { CopiedSecrets } from './copied-secrets.js';

const route = getRouteApi('/lanes/$lane');

/** The applications of here beside those of another lane, and the way over. */
export function ComparisonView(): ReactNode {
  const { t } = useText();
  const { lane } = route.useParams();
  const [copied, setCopied] = useState<readonly CopiedApplication[]>();
  const { data, error, refetch } = useQuery(comparisonQuery(lane));
  // Whoever copies again before they stored the secrets of before still has those to store.
  const keep = (more: readonly CopiedApplication[]): void =>
    setCopied((before = []) => [...before.filter(({ client_secret: secret }) => secret !== null), ...more]);
  if (isProblem(error, 'not-found')) return <NotFound />;
  return (
    <>
      <ViewHeader
        title={t('lanes.comparison.title', { lane })}
        lead={t('lanes.comparison.lead', { lane })}
        back={
          <TextLink to="/lanes" size="sm">
            {t('lanes.back')}
          </TextLink>
        }
      />
      <Stack gap="lg">
        {copied !== undefined && (
          <CopiedSecrets lane={lane} copied={copied} onStored={() => setCopied(undefined)} />
        )}
        {error !== null && <ProblemAlert error={error} retry={() => void refetch()} />}
        {data === undefined ? (
          error === null && <Skeleton height={240} />
        ) : (
          <ComparisonTable lane={lane} applications={data.items} onCopied={keep} />
        )}
      </Stack>
    </>
  );
}
