import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState, type ReactNode } from 'react';
import { createLane, lanesKey } from '../../api/lanes.js';
import type { Schemas } from '../../api/types.js';
import { SubmitForm } from '../../components/edit-form.js';
import { CopyFact } from '../../components/fact.js';
import { Section } from '../../components/section.js';
import { useSubmit } from '../../components/use-submit.js';
import { useText } from '../../text/text.js';

type Created = Schemas['CreatedLane'];

/** A new lane, and then the way into it, which is shown once. */
export function NewLane(): ReactNode {
  const { t } = useText();
  const [created, setCreated] = useState<Created>();
  if (created === undefined) return <Form onCreated={setCreated} />;
  const { lane, link } = created;
  return (
    <Section isAnswer title={t('lanes.new.linkTitle', { lane })}>
      <Stack gap="md" align="start">
        <Text>{t('lanes.new.linkHelp')}</Text>
        <CopyFact label={t('lanes.new.link')} value={link} />
        <Button onClick={() => setCreated(undefined)}>{t('lanes.new.stored')}</Button>
      </Stack>
    </Section>
  );
}

function Form({ onCreated }: { readonly onCreated: (lane: Created) => void }): ReactNode {
  const { t } = useText();
  const form = useForm({
    initialValues: { lane: '' },
    validate: { lane: (lane) => (lane.trim() === '' ? t('edit.required') : null) },
  });
  const submission = useSubmit({
    form,
    run: () => createLane(form.values.lane.trim()),
    changes: [lanesKey],
    done: ({ lane }) => t('lanes.new.done', { lane }),
    onDone: onCreated,
  });
  return (
    <Section title={t('lanes.new.title')} lead={t('lanes.new.help')}>
      <SubmitForm submission={submission} action={t('lanes.new.submit')}>
        <TextInput
          label={t('lanes.new.field')}
          description={t('lanes.new.fieldHelp')}
          placeholder="sb01"
          autoComplete="off"
          autoCapitalize="none"
          required
          maw="20rem"
          {...form.getInputProps('lane')}
        />
      </SubmitForm>
    </Section>
  );
}
