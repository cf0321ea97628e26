import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { misunderstood } from '../docs/commands.ts';
import { repository } from '../docs/pages.ts';

const read = (path: string) => readFileSync(join(repository, 'deploy', path), 'utf8');

interface Container {
  image: string;
  args?: string[];
  command?: string[];
  envFrom: { secretRef?: { name: string }; configMapRef?: { name: string } }[];
  securityContext: { allowPrivilegeEscalation: boolean; readOnlyRootFilesystem: boolean };
  volumeMounts: { name: string; mountPath: string }[];
  livenessProbe?: { exec: { command: string[] } };
  env?: unknown;
}

interface Pod {
  securityContext: { runAsNonRoot: boolean; runAsUser: number };
  containers: Container[];
  volumes: { name: string; persistentVolumeClaim?: { claimName: string } }[];
}

interface Manifest {
  kind: string;
  metadata: { name: string };
  data: Record<string, string>;
  spec: {
    replicas: number;
    strategy: { type: string };
    concurrencyPolicy: string;
    selector: { matchLabels: object };
    template: { metadata: { labels: object }; spec: Pod };
    jobTemplate: { spec: { template: { spec: Pod } } };
  };
}

const manifest = (path: string) => parse(read(`kubernetes/${path}`)) as Manifest;
const settings = manifest('base/settings.yaml');
const claim = manifest('base/store.yaml');
const pods: [string, Pod][] = [
  ['worker', manifest('worker/worker.yaml').spec.template.spec],
  ['tick', manifest('cron/tick.yaml').spec.jobTemplate.spec.template.spec],
  ['migrate', manifest('migrate/migrate.yaml').spec.template.spec],
];

/** Returns the calls of crm in the words of a container, with the values of the settings. */
function callsOf({ args, command = ['crm', ...(args ?? [])] }: Container): string[] {
  const source = settings.data.CRM_SOURCE ?? '';
  const text = command.join(' ').replaceAll(/\$\(CRM_SOURCE\)|"\$CRM_SOURCE"/g, source);
  return text.split(';').map((part) => part.slice(part.indexOf('crm ')));
}

describe('the image', () => {
  const lines = read('Dockerfile')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
  const argumentOf = (word: string) => last.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1) ?? '';

  it('runs as nobody in particular, on the Node that the package needs', () => {
    expect(argumentOf('USER')).toBe('1000:1000');
    for (const line of lines.filter((one) => one.startsWith('FROM ')))
      expect(line).toMatch(/^FROM node:22-bookworm-slim/);
    const { engines } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
    expect(engines.node).toBe('>=22.12');
  });

  it('has no tools for building and none of the sources', () => {
    expect(last.filter((line) => line.startsWith('COPY'))).toEqual(['COPY --from=installed /app /app']);
    expect(argumentOf('RUN')).toContain('--no-install-recommends');
    expect(argumentOf('RUN')).toContain('rm -rf /var/lib/apt/lists/*');
  });

  it('says whether it is healthy, and runs a command that there is', () => {
    const health = JSON.parse(argumentOf('HEALTHCHECK').replace(/^.* CMD /, ''));
    const entry = JSON.parse(argumentOf('ENTRYPOINT'));
    expect(entry.slice(0, 2)).toEqual(['tini', '--']);
    const started = [...entry.slice(2), ...JSON.parse(argumentOf('CMD'))];
    for (const call of [health, started]) expect(misunderstood(call.join(' '))).toBeUndefined();
  });
});

describe.each(pods)('the pod %s', (_, pod) => {
  it('is not root, and can write in its volumes only', () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    for (const { securityContext, volumeMounts } of pod.containers) {
      expect(securityContext).toMatchObject({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true });
      expect(volumeMounts.map(({ mountPath }) => mountPath)).toEqual(['/shop', '/tmp']);
    }
  });

  it('has the claim, the settings and the secret by their names, and no secret itself', () => {
    expect(pod.volumes[0]?.persistentVolumeClaim?.claimName).toBe(claim.metadata.name);
    for (const { envFrom, env } of pod.containers) {
      const names = { configMapRef: { name: settings.metadata.name }, secretRef: { name: 'kaskad' } };
      expect(Object.assign({}, ...envFrom)).toEqual(names);
      expect(env).toBeUndefined();
    }
    expect(Object.keys(settings.data)).toEqual(['CRM_ENV', 'CRM_SOURCE']);
  });

  it('calls commands that there are', () => {
    const calls = pod.containers.flatMap((one) => [...callsOf(one), (one.livenessProbe?.exec.command ?? []).join(' ')]);
    expect(calls.filter(Boolean).length).toBeGreaterThan(0);
    for (const call of calls.filter(Boolean)) expect([call, misunderstood(call)]).toEqual([call, undefined]);
  });
});

it('one pod has the store at a time', () => {
  const { spec } = manifest('worker/worker.yaml');
  expect(spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
  expect(spec.template.metadata.labels).toEqual(spec.selector.matchLabels);
  expect(manifest('cron/tick.yaml').spec.concurrencyPolicy).toBe('Forbid');
  expect(claim.spec).toMatchObject({ accessModes: ['ReadWriteOncePod'] });
});

it.each(['base', 'worker', 'cron', 'migrate'])('the kustomization %s has files that there are', (folder) => {
  const { resources } = parse(read(`kubernetes/${folder}/kustomization.yaml`)) as { resources: string[] };
  expect(resources.length).toBeGreaterThan(0);
  for (const file of resources)
    expect(read(`kubernetes/${folder}/${file.endsWith('.yaml') ? file : `${file}/kustomization.yaml`}`)).not.toBe('');
});

it('the unit calls commands that there are', () => {
  const calls = [...read('systemd/kaskad.service').matchAll(/^Exec\w+=\/usr\/local\/bin\/(crm .*)$/gm)];
  expect(calls.map(([, call]) => call)).toHaveLength(2);
  for (const [, call = ''] of calls) expect([call, misunderstood(call)]).toEqual([call, undefined]);
});
