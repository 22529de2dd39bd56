import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';
import { applicationKey } from '../../../api/applications.js';
import { ConfirmedButton } from '../../../components/confirmed-button.js';
import { Moment } from '../../../components/moment.js';
import type { Column } from '../../../components/record-table.js';
import { useText, type Text } from '../../../text/text.js';

/** What a secret and a key have in common. */
interface Credential {
  readonly created_at: string;
  readonly last_used_at: string | null;
  readonly deleted_at: string | null;
}

interface Deletion<Item> {
  readonly clientId: string;
  readonly name: (item: Item) => string;
  readonly title: string;
  readonly help: (item: Item) => string;
  readonly done: string;
  readonly run: (item: Item) => Promise<unknown>;
}

/** When it was made, when it was last used, and its end. */
export function credentialColumns<Item extends Credential>(
  { t }: Text,
  { clientId, name, title, help, done, run }: Deletion<Item>,
): readonly Column<Item>[] {
  return [
    { key: 'created', label: t('secrets.created'), render: (item) => <Moment at={item.created_at} /> },
    { key: 'used', label: t('applications.lastUsed'), render: (item) => <Moment at={item.last_used_at} /> },
    {
      key: 'actions',
      label: t('common.actions'),
      align: 'end',
      render: (item) =>
        item.deleted_at === null && (
          <ConfirmedButton
            label={t('common.delete')}
            ariaLabel={name(item)}
            title={title}
            action={t('common.delete')}
            run={() => run(item)}
            changes={[applicationKey(clientId)]}
            done={() => done}
          >
            {help(item)}
          </ConfirmedButton>
        ),
    },
  ];
}

/** One that is gone stays in the list: a client may still send it, and this says which one that is. */
export function DeletedBadge({ deletedAt }: { readonly deletedAt: string | null }): ReactNode {
  const { t } = useText();
  if (deletedAt === null) return null;
  return (
    <Badge color="danger" variant="light" tt="none">
      {t('secrets.deleted')}
    </Badge>
  );
}
