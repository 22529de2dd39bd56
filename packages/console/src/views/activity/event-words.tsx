import { Badge, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ActivityEvent } from '../../api/types.js';
import { activity } from '../../text/english/activity.js';
import type { MessageKey } from '../../text/english.js';
import { useText, type Text as Voice } from '../../text/text.js';
import { isSuspicious, nameOfCheck, nameOfType } from './event-types.js';

/** What happened, why it was refused, and by which way it came. */
export function EventWords({ event }: { readonly event: ActivityEvent }): ReactNode {
  const voice = useText();
  const { t, rich } = voice;
  const { type, evidence, actor, via, sealed } = event;
  const reason = reasonOf(event, voice);
  return (
    <Stack gap={2}>
      <Group gap="xs">
        <Text fw={600} {...(isSuspicious(type) ? { c: 'danger' } : {})}>
          {nameOfType(type, voice)}
        </Text>
        {!sealed && (
          <Badge variant="default" tt="none" fw={400}>
            {t('activity.notSealed')}
          </Badge>
        )}
      </Group>
      {reason !== undefined && (
        <Text size="sm" component="bdi">
          {reason}
        </Text>
      )}
      {evidence !== null && <Compared evidence={evidence} />}
      {(actor !== null || via !== null) && (
        <Text size="sm" c="dimmed">
          {actor !== null &&
            rich('activity.by', { actor: <bdi>{actor.name ?? t('activity.deletedPerson')}</bdi> })}{' '}
          {via !== null && t(`activity.via.${via}`)}
        </Text>
      )}
    </Stack>
  );
}

function Compared({ evidence }: { readonly evidence: NonNullable<ActivityEvent['evidence']> }): ReactNode {
  const { t } = useText();
  const lines = [
    [t('activity.expected'), evidence.expected],
    [t('activity.received'), evidence.received],
  ] as const;
  return lines
    .filter(([, value]) => value !== null)
    .map(([label, value]) => (
      <Text key={label} size="sm">
        <Text span inherit c="dimmed">
          {label}:
        </Text>{' '}
        <bdi>{value}</bdi>
      </Text>
    ));
}

/** The server's own words are English; those that it often says are said in the reader's language. */
function reasonOf({ evidence, detail, omitted }: ActivityEvent, voice: Voice): string | undefined {
  if (omitted !== null) return voice.t('activity.omitted', { count: omitted });
  const where = detail === null ? undefined : ofRedirect(detail, voice);
  if (where !== undefined) return where;
  const words = [
    ...(evidence === null ? [] : [nameOfCheck(evidence.check, voice)]),
    ...(detail === null ? [] : [detail]),
  ];
  return words.length === 0 ? undefined : words.join(' ');
}

function ofRedirect(detail: string, { t }: Voice): string | undefined {
  const [, position, hint] =
    /^redirect URL differs(?: at character (\d+))? \(([a-z-]+)\)$/.exec(detail) ?? [];
  if (hint === undefined) return undefined;
  const where = position === undefined ? t('activity.differs') : t('activity.differsAt', { position });
  const key = `activity.hint.${hint}`;
  return Object.hasOwn(activity, key) ? `${where} (${t(key as MessageKey)}).` : `${where}.`;
}
