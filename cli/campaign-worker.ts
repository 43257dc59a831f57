import { Answer, Ask } from './campaign/ask.ts';
import { declarationsOf } from './campaign/declarations.ts';
import { runCaptured } from './run-captured.ts';

// A process of its own for the cells of a campaign: what kills one cell does not touch the others. It answers what
// comes over the process's channel, one after the other, until that is closed.

process.setSourceMapsEnabled(true); // so that a property is found where it is written
process.on('SIGINT', () => {}); // of the whole terminal: the coordinator says what becomes of this process
process.on('disconnect', () => process.exit()); // nobody would hear the answer
process.on('message', (message) => {
  void answer(Ask.parse(message)).then((said) => process.send?.(said));
});

async function answer({ words, model }: Ask): Promise<Answer> {
  const { out, err } = await runCaptured([...words, '--json']);
  return Answer.parse({ out, err, declaredAt: await declarationsOf(model) });
}
