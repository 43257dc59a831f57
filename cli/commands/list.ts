import { Exit, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { houseModels, type LoadedModel, loadModel } from '../models.ts';
import { type Paint, painter } from '../output/style.ts';

/** `fencepost list`: every model, or one, with its parameters, properties and design changes. */
export async function list(argument: string | undefined, io: Io): Promise<ExitCode> {
  const models = argument === undefined ? await houseModels() : [await loadModel(argument)];
  const paint = painter(io.color);
  io.out(`${models.map((model) => describe(model, paint).join('\n')).join('\n\n')}\n`);
  return Exit.ok;
}

function describe({ argument, spec }: LoadedModel, paint: Paint): string[] {
  const { params, changes } = spec.model.definition;
  const sections: [title: string, entries: [name: string, text: string][]][] = [
    [
      'parameters',
      Object.entries(params.shape).map(([name, schema]) => [
        name,
        about(defaultOf(schema), schema.description),
      ]),
    ],
    ['properties', spec.properties.map(({ name, kind, about: text }) => [name, about(kind, text)])],
    ['changes', Object.entries(changes).map(([name, change]) => [name, about(change.source, change.about)])],
  ];
  return [
    `${paint('strong', argument)}  ${spec.model.about}`,
    ...sections.flatMap(([title, entries]) => {
      const longest = Math.max(0, ...entries.map(([name]) => name.length));
      const lines = entries.map(([name, text]) => `    ${name.padEnd(longest)}  ${text}`.trimEnd());
      return lines.length === 0 ? [] : [`  ${paint('dim', title)}`, ...lines];
    }),
  ];
}

function about(first: string, text: string | undefined): string {
  return text === undefined ? first : `${first}: ${text}`;
}

function defaultOf(schema: { safeParse(value: unknown): { success: boolean; data?: unknown } }): string {
  const result = schema.safeParse(undefined);
  return result.success ? JSON.stringify(result.data) : 'required';
}
