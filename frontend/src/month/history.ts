/** What was changed on a sheet, so that it can be taken back step by step. */

export interface Edit {
  readonly row: number;
  readonly column: number;
  readonly before: string;
  readonly after: string;
}

const MOST_STEPS = 200;

export class History {
  private done: Edit[][] = [];
  private undone: Edit[][] = [];

  /** One step: all that one key or one paste changed. */
  record(edits: readonly Edit[]): void {
    const real = edits.filter((edit) => edit.before !== edit.after);
    if (!real.length) return;
    this.done.push(real);
    if (this.done.length > MOST_STEPS) this.done.shift();
    this.undone = [];
  }

  /** What to write to be where one was a step ago. */
  undo(): Edit[] {
    const step = this.done.pop();
    if (!step) return [];
    this.undone.push(step);
    return step
      .map((edit) => ({ ...edit, before: edit.after, after: edit.before }))
      .reverse();
  }

  redo(): Edit[] {
    const step = this.undone.pop();
    if (!step) return [];
    this.done.push(step);
    return step;
  }
}
