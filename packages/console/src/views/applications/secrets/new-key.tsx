import { Button, Group, Radio, SegmentedControl, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import { createKey } from '../../../api/application-parts.js';
import { applicationKey } from '../../../api/applications.js';
import type { Schemas } from '../../../api/types.js';
import { SubmitForm } from '../../../components/edit-form.js';
import { useSubmit } from '../../../components/use-submit.js';
import { useText } from '../../../text/text.js';

const GENERATED = ['ES256', 'RS256', 'EdDSA'] as const;

interface Props {
  readonly clientId: string;
  readonly onMade: (key: Schemas['CreatedKey']) => void;
  readonly onClose: () => void;
}

interface Values extends Record<string, unknown> {
  readonly way: 'generate' | 'paste';
  readonly generate: (typeof GENERATED)[number];
  readonly public_key: string;
  readonly note: string;
}

/** Made here, or made elsewhere and pasted: then the private half never leaves its machine. */
export function NewKey({ clientId, onMade, onClose }: Props): ReactNode {
  const { t } = useText();
  const form = useForm<Values>({
    initialValues: { way: 'generate', generate: 'ES256', public_key: '', note: '' },
    validate: {
      public_key: (key, { way }) => (way === 'paste' && key.trim() === '' ? t('keys.missing') : null),
    },
  });
  const submission = useSubmit({
    form,
    run: () => createKey(clientId, toBody(form.getValues())),
    changes: [applicationKey(clientId)],
    done: () => t('keys.added'),
    onDone: onMade,
  });
  const cancel = (
    <Button variant="default" onClick={onClose}>
      {t('common.cancel')}
    </Button>
  );
  return (
    <div className="inner">
      <SubmitForm submission={submission} action={t('keys.add')} beside={cancel}>
        <SegmentedControl
          aria-label={t('keys.add')}
          // On a phone each has two lines rather than half a word.
          fullWidth
          styles={{ label: { whiteSpace: 'normal' } }}
          data={[
            { value: 'generate', label: t('keys.generate') },
            { value: 'paste', label: t('keys.paste') },
          ]}
          {...form.getInputProps('way')}
        />
        {form.values.way === 'paste' ? (
          <Textarea
            label={t('keys.publicKey')}
            description={t('keys.publicKeyHelp')}
            autosize
            minRows={5}
            maxRows={14}
            spellCheck={false}
            {...form.getInputProps('public_key')}
          />
        ) : (
          <Radio.Group label={t('keys.algorithm')} {...form.getInputProps('generate')}>
            <Group mt="xs">
              {GENERATED.map((name) => (
                <Radio key={name} value={name} label={name} />
              ))}
            </Group>
          </Radio.Group>
        )}
        <TextInput label={t('secrets.note')} maxLength={200} {...form.getInputProps('note')} />
        <Text size="sm" c="dimmed">
          {t('keys.actsForYou')}
        </Text>
      </SubmitForm>
    </div>
  );
}

function toBody({ way, generate, public_key: publicKey, note }: Values): Schemas['NewKey'] {
  return {
    ...(way === 'generate' ? { generate } : { public_key: publicKey }),
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  };
}
