import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../language/errors.ts';
import type { Entry } from '../../space/domain.ts';
import { hashOf } from '../../space/hash.ts';
import { packInto, placesOf, unpack, widened } from '../../space/places.ts';
import type { Space } from '../../space/space.ts';
import type { StateGraph } from '../liveness/state-graph.ts';
import type { Visited } from '../visited.ts';
import { difference, identityOf } from './identity.ts';
import { DamagedFile, SectionReader, SectionWriter } from './sections.ts';
import { Snapshot } from './snapshot.ts';

export interface CheckpointOptions {
  readonly folder: string;
  /** Go on from the one that is there; otherwise there must be none. */
  readonly resume: boolean;
  /** Between two of them. */
  readonly everySeconds: number;
  /** See `identityOf`. */
  readonly edition: string;
}

const BLOCK = 2 ** 15;

/** A search kept in a folder, as one file that is replaced as a whole. */
export class Checkpoint {
  private readonly space: Space;
  private readonly options: CheckpointOptions;
  private readonly file: string;
  private last = performance.now();

  /** @throws UsageError when the folder cannot be used in the way that is asked for */
  constructor(space: Space, options: CheckpointOptions) {
    const { folder, resume } = options;
    this.space = space;
    this.options = options;
    this.file = join(folder, 'checkpoint');
    if (existsSync(folder) && !statSync(folder).isDirectory())
      throw new UsageError(`${folder} is a file: name a folder for checkpoints.`);
    if (resume && !existsSync(this.file)) throw new UsageError(`${folder} holds no checkpoint to resume.`);
    if (!resume && existsSync(this.file))
      throw new UsageError(
        `${folder} holds a checkpoint: go on from it with --resume, or name another folder.`,
      );
  }

  get isDue(): boolean {
    return performance.now() - this.last >= this.options.everySeconds * 1000;
  }

  /** @throws UsageError when it cannot be written; the one before stays */
  save(snapshot: Snapshot, visited: Visited, graph: StateGraph | undefined): void {
    const { folder, edition } = this.options;
    try {
      mkdirSync(folder, { recursive: true });
      const writer = new SectionWriter(this.file);
      try {
        writer.json(identityOf(this.space, edition));
        writer.json(snapshot);
        this.writeValues(writer);
        this.writeStates(writer, visited);
        writeTransitions(writer, snapshot.expanded, graph);
      } catch (error) {
        writer.giveUp();
        throw error;
      }
      writer.finish();
    } catch (error) {
      throw new UsageError(`a checkpoint cannot be written to ${folder}: ${(error as Error).message}.`);
    }
    this.last = performance.now();
  }

  /** Fills a new search with what was kept. @throws UsageError when that is damaged or belongs to something else */
  load(visited: Visited, graphOf: (snapshot: Snapshot) => StateGraph | undefined): Snapshot {
    const { folder, edition } = this.options;
    try {
      const reader = new SectionReader(this.file);
      try {
        const foreign = difference(reader.json(), identityOf(this.space, edition));
        if (foreign !== undefined) throw new UsageError(`the checkpoint in ${folder} ${foreign}.`);
        const snapshot = Snapshot.parse(reader.json());
        this.readValues(reader);
        this.readStates(reader, visited, snapshot.distinct);
        readTransitions(reader, snapshot.expanded, graphOf(snapshot));
        return snapshot;
      } finally {
        reader.close();
      }
    } catch (error) {
      if (!(error instanceof DamagedFile)) throw error;
      throw new UsageError(
        `the checkpoint in ${folder} is damaged: it ends early, or bytes of it have changed.`,
      );
    }
  }

  /** The search has ended by itself: there is nothing to go on with. */
  remove(): void {
    rmSync(this.file, { force: true });
  }

  private writeValues(writer: SectionWriter): void {
    for (const domain of this.space.layout.domains) {
      domain.shared?.catchUp();
      writer.json(domain.size);
      for (let from = 0; from < domain.size; from += BLOCK) {
        const length = Math.min(BLOCK, domain.size - from);
        writer.json(Array.from({ length }, (_, i) => plain(domain.entry(from + i))));
      }
    }
  }

  private readValues(reader: SectionReader): void {
    for (const domain of this.space.layout.domains) {
      const size = reader.json() as number;
      for (let from = 0; from < size; from += BLOCK) {
        for (const [i, entry] of (reader.json() as Entry[]).entries()) {
          if (from + i >= domain.size) domain.learn(entry);
          else if (domain.find(entry) !== from + i)
            throw new UsageError(`the checkpoint in ${this.options.folder} belongs to other initial states.`);
        }
      }
    }
  }

  /** In blocks: packed states with the parent after each. */
  private writeStates(writer: SectionWriter, visited: Visited): void {
    const { layout } = this.space;
    const bits = widened(new Uint8Array(layout.slots.length).fill(1), layout);
    const places = placesOf(bits);
    const stride = places.words + 1;
    const vector = new Int32Array(layout.slots.length);
    const packed = new Int32Array(places.words);
    writer.json([...bits]);
    for (let from = 0; from < visited.count; from += BLOCK) {
      const block = new Int32Array(Math.min(BLOCK, visited.count - from) * stride);
      for (let at = 0; at < block.length; at += stride) {
        const state = from + at / stride;
        visited.read(state, vector);
        packInto(packed, vector, places);
        block.set(packed, at);
        block[at + places.words] = visited.parentOf(state);
      }
      writer.numbers(block);
    }
  }

  private readStates(reader: SectionReader, visited: Visited, count: number): void {
    const places = placesOf(Uint8Array.from(reader.json() as number[]));
    const stride = places.words + 1;
    const vector = new Int32Array(this.space.layout.slots.length);
    while (visited.count < count) {
      const block = reader.numbers();
      for (let at = 0; at < block.length; at += stride) {
        unpack(block, at, places, vector);
        const parent = (block[at + places.words] as number) >>> 0;
        visited.insert(vector, hashOf(vector), parent);
      }
    }
  }
}

function plain(entry: Entry): string | readonly number[] {
  return typeof entry === 'string' ? entry : Array.from(entry);
}

/** Of each expanded state: how many transitions, then each with the state after it and the action instance. */
function writeTransitions(writer: SectionWriter, states: number, graph: StateGraph | undefined): void {
  if (graph === undefined) return;
  for (let from = 0; from < states; from += BLOCK) {
    const block: number[] = [];
    for (let state = from; state < Math.min(states, from + BLOCK); state++) {
      block.push(graph.end(state) - graph.begin(state));
      for (let edge = graph.begin(state); edge < graph.end(state); edge++)
        block.push(graph.targetOf(edge), graph.instanceOf(edge));
    }
    writer.numbers(Int32Array.from(block));
  }
}

function readTransitions(reader: SectionReader, states: number, graph: StateGraph | undefined): void {
  if (graph === undefined) return;
  while (graph.states < states) {
    const block = reader.numbers();
    for (let at = 0; at < block.length; ) {
      for (let edges = block[at++] as number; edges > 0; edges--) {
        graph.add(block[at++] as number, block[at++] as number);
      }
      graph.close();
    }
  }
}
