import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { allowForPrograms, copyProject, runScript } from './project.ts';

allowForPrograms();

test('npm run lint:document fails on faults of either linter, and says where they are', async () => {
  const project = copyProject('spec', '.spectral.yaml');
  const edit = (name: string, change: (content: Record<string, never>) => void) => {
    const file = join(project, 'spec/v1', name);
    const content = parse(readFileSync(file, 'utf8'));
    change(content);
    writeFileSync(file, stringify(content));
  };
  edit('paths/m_{id}.yaml', ({ get, patch }: Record<string, Record<string, unknown>>) => {
    if (get) delete get.description;
    if (get) get['x-rate-limit'] = { scope: 'generic_update' };
    if (patch) patch.summary = 'change a member.';
  });
  const examples = join(project, 'spec/v1/examples/getMember.yaml');
  writeFileSync(examples, readFileSync(examples, 'utf8').replace(/^( +)id: .*$/m, '$&\n$1unknown_key: 1'));

  const { code, errors } = await runScript('lint-document', ['--project', project]);
  expect(code).toBe(1);
  for (const rule of ['operation-description', 'rule/summary-is-a-title', 'no-invalid-media-type-examples']) {
    expect(errors).toContain(rule);
  }
  expect(errors).toContain('rate-limit-scope');
  expect(errors).toContain('m_{id}.yaml');
  expect(errors).toContain('paths./m/{id}.get');
});
