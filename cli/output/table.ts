import { stripVTControlCharacters } from 'node:util';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Fixes the least width, for rows that are printed before the later ones are known. */
  readonly width?: number;
}

const width = (text: string): number => stripVTControlCharacters(text).length;

/** One line for the titles and one for each row; colours do not count. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const titles = columns.map((column) => column.title);
  const widths = columns.map(({ title, width: least = 0 }, i) =>
    Math.max(width(title), least, ...rows.map((row) => width(row[i] ?? ''))),
  );
  return [titles, ...rows].map((row) =>
    columns
      .map(({ align = 'left' }, i) => {
        const cell = row[i] ?? '';
        const gap = ' '.repeat(Math.max(0, (widths[i] ?? 0) - width(cell)));
        return align === 'right' ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd(),
  );
}
