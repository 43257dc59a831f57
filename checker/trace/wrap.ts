/** Packs items into lines of at most `room` characters; the lines after the first are indented. */
export function wrap(items: readonly string[], separator: string, room: number, indent = 0): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + separator.length + item.length <= room) {
      lines[lines.length - 1] = last + separator + item;
    } else {
      if (last !== undefined) lines[lines.length - 1] = (last + separator).trimEnd();
      lines.push((lines.length === 0 ? '' : ' '.repeat(indent)) + item);
    }
  }
  return lines;
}

/** The members of one component together: server(0|2), net(1, 0|2); otherwise one after the other, if not too many. */
export function together(members: readonly string[]): string {
  const [first = '', ...rest] = members;
  const start = first.slice(0, Math.max(first.lastIndexOf('('), first.lastIndexOf(', ') + 1) + 1);
  const last = (member: string): string => member.slice(start.length, -1);
  const alike =
    first.endsWith(')') && rest.every((member) => member.startsWith(start) && !last(member).includes(','));
  const all = alike && rest.length > 0 ? `${start}${members.map(last).join('|')})` : members.join(', ');
  return all.length <= 40 || rest.length < 2 ? all : `${first}, … ${rest.length} more`;
}
