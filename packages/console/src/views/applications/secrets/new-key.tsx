import { Button, Group, Radio, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState, type ReactNode } from 'react';
import { createKey } from '../../../api/application-parts.js';
import { applicationKey } from '../../../api/applications.js';
import type { Schemas } from '../../../api/types.js';
import { placeFieldErrors } from '../../../components/form-problems.js';
import { ProblemAlert } from '../../../components/problem-alert.js';
import { useAction } from '../../../components/use-action.js';
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
  const [problem, setProblem] = useState<unknown>();
  const form = useForm<Values>({
    initialValues: { way: 'generate', generate: 'ES256', public_key: '', note: '' },
  });
  const creation = useAction({
    run: ({ way, generate, public_key, note }: Values) =>
      createKey(clientId, {
        ...(way === 'generate' ? { generate } : { public_key }),
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      }),
    changes: [applicationKey(clientId)],
    done: () => t('keys.added'),
    onDone: onMade,
    onProblem: (error) => {
      setProblem(placeFieldErrors(form, error));
      return true;
    },
  });
  const isPasted = form.values.way === 'paste';
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setProblem(undefined);
        if (isPasted && form.values.public_key.trim() === '')
          form.setFieldError('public_key', t('keys.missing'));
        else creation.mutate(form.values);
      }}
    >
      <Stack gap="md" className="inner">
        <SegmentedControl
          aria-label={t('keys.add')}
          data={[
            { value: 'generate', label: t('keys.generate') },
            { value: 'paste', label: t('keys.paste') },
          ]}
          {...form.getInputProps('way')}
        />
        {isPasted ? (
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
        {problem !== undefined && <ProblemAlert error={problem} />}
        <Group>
          <Button type="submit" loading={creation.isPending}>
            {t('keys.add')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
