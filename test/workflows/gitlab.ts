import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { bash } from './runner.ts';

interface Job {
  stage: string;
  image?: string;
  extends?: string;
  variables?: Record<string, string>;
  rules: { if: string; when?: string }[];
  script: string[];
  needs?: string[];
  artifacts?: { paths: string[]; reports?: { dotenv?: string } };
}

/** A file for `.gitlab-ci.yml`: its variables, and its jobs with what they extend. */
export class GitlabTemplate {
  readonly variables: Record<string, string>;
  readonly jobs = new Map<string, Job>();

  constructor(text: string) {
    const { variables = {}, ...parts } = parse(text) as Record<string, unknown> & {
      variables?: Record<string, string>;
    };
    this.variables = variables;
    for (const [name, part] of Object.entries(parts)) {
      const job = part as Job;
      const base = job.extends === undefined ? {} : (parts[job.extends] as Partial<Job>);
      if (!name.startsWith('.'))
        this.jobs.set(name, { ...base, ...job, variables: { ...base.variables, ...job.variables } });
    }
  }

  /** Returns the jobs of a pipeline with these variables. */
  pipeline(variables: Record<string, string>): string[] {
    return [...this.jobs]
      .filter(([, { rules }]) => rules.some((rule) => holds(rule.if, variables)))
      .map(([name]) => name);
  }

  /** Runs the script of a job in a folder, with the variables that the jobs before it have left. */
  async play(name: string, folder: string, variables: Record<string, string>) {
    const job = this.jobs.get(name);
    if (!job) throw new Error(`no job ${name}`);
    const script = join(folder, '.git', 'script');
    await writeFile(script, job.script.join('\n'));
    const env = { ...this.variables, ...job.variables, ...variables };
    const ended = await bash(script, folder, env);
    const report = job.artifacts?.reports?.dotenv;
    const text = report === undefined ? '' : await readFile(join(folder, report), 'utf8');
    const left = Object.fromEntries(
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split('=', 2) as [string, string]),
    );
    return { ...ended, left };
  }
}

/** Evaluates a condition of `rules: if`: comparisons of variables and texts. */
function holds(condition: string, variables: Record<string, string>): boolean {
  const [, left = '', sign, right = ''] = /^(\S+) (==|!=) (\S+)$/.exec(condition) ?? [];
  if (sign === undefined) throw new Error(`not understood: ${condition}`);
  const value = (word: string) => (word.startsWith('$') ? variables[word.slice(1)] : word.replaceAll('"', ''));
  return (value(left) === value(right)) === (sign === '==');
}
