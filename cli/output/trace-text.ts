import type { Trace } from '../../checker/trace/trace.ts';

export const formats = ['text', 'mermaid', 'itf', 'json', 'html'] as const;
export type Format = (typeof formats)[number];

interface TextOptions {
  readonly color: boolean;
  readonly width: number;
  /** Why the run violates what it violates; text and html tell it. */
  readonly explained?: string | undefined;
}

/** A trace in one of the formats, with a newline at its end. */
export async function traceText(trace: Trace, format: Format, options: TextOptions): Promise<string> {
  const text = await inFormat(trace, format, options);
  return text.endsWith('\n') ? text : `${text}\n`;
}

async function inFormat(trace: Trace, format: Format, options: TextOptions): Promise<string> {
  switch (format) {
    case 'text':
      return (await import('../../checker/trace/text.ts')).renderTrace(trace, options);
    case 'mermaid':
      return (await import('../../checker/trace/mermaid.ts')).renderMermaid(trace);
    case 'itf':
      return JSON.stringify((await import('../../checker/trace/itf.ts')).toItf(trace), null, 2);
    case 'json':
      return JSON.stringify(trace, null, 2);
    case 'html':
      return (await import('../../checker/trace/html/page.ts')).renderHtml(trace, options.explained);
  }
}
