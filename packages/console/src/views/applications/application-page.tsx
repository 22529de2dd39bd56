import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { applicationQuery } from '../../api/applications.js';
import { isProblem } from '../../api/problem.js';
import { NotFound } from '../../components/not-found.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { ViewHeader } from '../../components/view-header.js';

const route = getRouteApi('/applications/$clientId');

export function ApplicationPage(): ReactNode {
  const { clientId } = route.useParams();
  const { data, error, refetch } = useQuery(applicationQuery(clientId));
  if (data !== undefined) return <ViewHeader title={data.data.name} />;
  if (isProblem(error, 'not-found')) return <NotFound />;
  return error === null ? <Skeleton height={120} /> : <ProblemAlert error={error} retry={() => void refetch()} />;
}
