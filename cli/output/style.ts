import { styleText } from 'node:util';

export type Tone = 'good' | 'bad' | 'warn' | 'dim' | 'strong';
export type Paint = (tone: Tone, text: string) => string;

const formats = { good: 'green', bad: 'red', warn: 'yellow', dim: 'dim', strong: 'bold' } as const;

/** Colours, or plain text. Whether the stream takes them was decided once, where the process is looked at. */
export function painter(color: boolean): Paint {
  return color
    ? (tone, text) => styleText(formats[tone], text, { validateStream: false })
    : (_tone, text) => text;
}
