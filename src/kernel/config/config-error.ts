/** One variable that cannot be used: its name and what was expected; never its value. */
export interface ConfigProblem {
  readonly variable: string;
  readonly expected: string;
}

/** The environment is not one the API can start from. Carries every problem at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ variable, expected }) => `  ${variable}: ${expected}`);
    super(`The environment is not usable; .env.example explains each variable.\n${lines.join('\n')}`);
    this.problems = problems;
  }
}
