import { Alert, Button, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore, type ReactNode } from 'react';
import { meQuery } from '../api/me.js';
import { isSignedOut, subscribeSignedOut } from '../api/signed-out.js';
import { useText } from '../text/text.js';

/** The session ended while somebody worked: nothing typed is thrown away, and the way back is another tab. */
export function SignedOutNotice(): ReactNode {
  const { t } = useText();
  const queries = useQueryClient();
  const isOut = useSyncExternalStore(subscribeSignedOut, isSignedOut);
  useEffect(() => {
    if (!isOut) return undefined;
    const look = (): void => void queries.query({ ...meQuery, staleTime: 0 }).catch(() => undefined);
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [isOut, queries]);
  if (!isOut) return null;
  return (
    <Alert color="danger" title={t('problem.signedOut')} role="alert" mb="lg">
      <Stack gap="sm" align="start">
        <Text>{t('problem.signedOutHelp')}</Text>
        <Button component="a" href="/console" target="_blank" rel="noopener">
          {t('problem.signIn')} {t('common.newTab')}
        </Button>
      </Stack>
    </Alert>
  );
}
