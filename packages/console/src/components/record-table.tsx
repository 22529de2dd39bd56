import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

export interface Column<Item> {
  readonly key: string;
  readonly label: string;
  readonly render: (item: Item) => ReactNode;
  /** Stands above the others where there is room for one column only, without its label. */
  readonly isTitle?: boolean;
  readonly align?: 'end';
}

interface Props<Item> {
  readonly label: string;
  readonly columns: readonly Column<Item>[];
  readonly items: readonly Item[];
  readonly idOf: (item: Item) => string;
}

/** A table where there is room, and the same rows as cards on a phone. */
export function RecordTable<Item>({ label, columns, items, idOf }: Props<Item>): ReactNode {
  return (
    // On a phone the style sheet takes `display: table` away, and with it what a screen reader knows: so it is said here.
    <Table className="records" aria-label={label} role="table" verticalSpacing="sm" horizontalSpacing="md">
      <Table.Thead role="rowgroup">
        <Table.Tr role="row">
          {columns.map((column) => (
            <Table.Th key={column.key} role="columnheader" ta={column.align} scope="col">
              {column.label}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody role="rowgroup">
        {items.map((item) => (
          <Table.Tr key={idOf(item)} role="row">
            {columns.map((column) => (
              <Table.Td
                key={column.key}
                role="cell"
                ta={column.align}
                data-label={column.isTitle === true ? undefined : column.label}
              >
                {column.render(item)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
