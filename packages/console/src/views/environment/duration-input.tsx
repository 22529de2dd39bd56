import { Group, NativeSelect, NumberInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useText } from '../../text/text.js';

const MINUTES_IN = { minutes: 1, hours: 60, days: 1440 } as const;
type Unit = keyof typeof MINUTES_IN;
const UNITS = Object.keys(MINUTES_IN) as readonly Unit[];

interface Props {
  readonly label: string;
  readonly description: string;
  /** Minutes; empty while nothing is typed. */
  readonly value?: number | string;
  readonly onChange?: (minutes: number | string) => void;
  readonly error?: ReactNode;
}

/** A time in the unit that people say it in, and in minutes for the API. */
export function DurationInput({ label, description, value = '', onChange, error }: Props): ReactNode {
  const { t } = useText();
  const [unit, setUnit] = useState(() => unitFor(value));
  const size = MINUTES_IN[unit];
  return (
    <Group gap="xs" align="end">
      <NumberInput
        label={label}
        description={description}
        error={error}
        value={typeof value === 'number' ? value / size : value}
        onChange={(amount) => onChange?.(typeof amount === 'number' ? Math.round(amount * size) : amount)}
        allowNegative={false}
        flex="1 1 12rem"
        maw="20rem"
      />
      <NativeSelect
        aria-label={t('environment.unit', { field: label })}
        data={UNITS.map((name) => ({ value: name, label: t(`environment.unit.${name}`) }))}
        value={unit}
        onChange={({ currentTarget }) => setUnit(currentTarget.value as Unit)}
        // Beside the field and not beside what is wrong with it.
        style={error === undefined ? undefined : { alignSelf: 'center' }}
      />
    </Group>
  );
}

/** The largest that leaves no fraction. */
function unitFor(minutes: number | string): Unit {
  if (typeof minutes !== 'number') return 'minutes';
  return UNITS.toReversed().find((unit) => minutes % MINUTES_IN[unit] === 0) ?? 'minutes';
}
